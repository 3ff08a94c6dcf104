"""seccomp: takes away system calls that no notebook of the course needs.

This module builds a filter and loads it into the kernel with prctl. Each refused call has its
reason here; it fails with EPERM, so that Python raises PermissionError and says where.
"""

import ctypes
import os
import platform
import struct

_libc = ctypes.CDLL(None, use_errno=True)

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000

# Instructions of the classic BPF machine.
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Places in the structure that the filter looks at: the call's number, the architecture, and the
# low and high halves of the arguments.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_CLONE_THREAD = 0x00010000
_X32_CALLS = 0x40000000

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MACHINE = platform.machine()

# Numbers on x86_64 and on aarch64 (None where there is no such call), by reason.
_REFUSED: dict[str, dict[str, tuple[int | None, int | None]]] = {
    "a new process could outlive the submission": {
        "fork": (57, None),
        "vfork": (58, None),
        "execve": (59, 221),
        "execveat": (322, 281),
    },
    "no network, no service of this machine, and no open file inside a message": {
        "socket": (41, 198),
        "connect": (42, 203),
        "bind": (49, 200),
        "listen": (50, 201),
        "accept": (43, 202),
        "accept4": (288, 242),
        "sendmsg": (46, 211),
        "sendmmsg": (307, 269),
    },
    "looking into other processes": {
        "ptrace": (101, 117),
        "process_vm_readv": (310, 270),
        "process_vm_writev": (311, 271),
        "pidfd_open": (434, 434),
        "pidfd_getfd": (438, 438),
        "process_madvise": (440, 440),
        "kcmp": (312, 272),
        "perf_event_open": (298, 241),
    },
    "disturbing other processes of the same user": {
        "kill": (62, 129),
        "tkill": (200, 130),
        "rt_sigqueueinfo": (129, 138),
        "rt_tgsigqueueinfo": (297, 240),
        "pidfd_send_signal": (424, 424),
        "setpriority": (141, 140),
        "sched_setscheduler": (144, 119),
        "sched_setparam": (142, 118),
        "sched_setattr": (314, 274),
        "sched_setaffinity": (203, 122),
        "ioprio_set": (251, 30),
        "migrate_pages": (256, 238),
        "move_pages": (279, 239),
    },
    "new namespaces and mounts widen what the kernel lets a process try": {
        "unshare": (272, 97),
        "setns": (308, 268),
        "mount": (165, 40),
        "umount2": (166, 39),
        "pivot_root": (155, 41),
        "chroot": (161, 51),
        "open_tree": (428, 428),
        "move_mount": (429, 429),
        "fsopen": (430, 430),
        "fsconfig": (431, 431),
        "fsmount": (432, 432),
        "fspick": (433, 433),
        "mount_setattr": (442, 442),
    },
    "interfaces with a long record of holes": {
        "bpf": (321, 280),
        "io_uring_setup": (425, 425),
        "io_uring_enter": (426, 426),
        "io_uring_register": (427, 427),
        "userfaultfd": (323, 282),
        "keyctl": (250, 219),
        "add_key": (248, 217),
        "request_key": (249, 218),
    },
    "memory that no limit on files or address space counts": {
        "memfd_create": (319, 279),
        "memfd_secret": (447, 447),
        "shmget": (29, 194),
        "shmat": (30, 196),
        "msgget": (68, 186),
        "semget": (64, 190),
        "mq_open": (240, 180),
    },
    "Landlock does not guard a file's attributes, nor tell of its changes": {
        "chown": (92, None),
        "fchown": (93, 55),
        "lchown": (94, None),
        "fchownat": (260, 54),
        "setxattr": (188, 5),
        "lsetxattr": (189, 6),
        "fsetxattr": (190, 7),
        "removexattr": (197, 14),
        "lremovexattr": (198, 15),
        "fremovexattr": (199, 16),
        "setxattrat": (463, 463),
        "removexattrat": (466, 466),
        "file_setattr": (469, 469),
        "inotify_init": (253, None),
        "inotify_init1": (294, 26),
        "fanotify_init": (300, 262),
        "name_to_handle_at": (303, 264),
        "open_by_handle_at": (304, 265),
    },
}

# These change nothing, and report success: whoever copies a file sets its mode and its times, too.
# Landlock does not guard them.
_WITHOUT_EFFECT: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
}


def available() -> bool:
    """Tell whether there is a filter for this machine's architecture."""
    return _MACHINE in _ARCHITECTURES


def restrict(common: bytes) -> None:
    """Take the refused system calls away from this process and its threads, for good.

    Parameters
    ----------
    common : bytes
        The common instructions, which may have been put together in the process that this one was
        forked from.

    Raises
    ------
    OSError
        If the kernel refuses the filter.
    """
    program = b"".join([common, *_own_signals(), _return(_ALLOW)])
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _libc.prctl(
        _PR_SET_SECCOMP, _FILTER_MODE, ctypes.c_char_p(header), 0, 0
    ):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")


def common_instructions() -> bytes:
    """Return those instructions of the filter that are the same in each process.

    Raises
    ------
    OSError
        If there is no filter for this architecture.
    """
    if not available():
        raise OSError(_ENOSYS, f"seccomp: no filter for {_MACHINE}")
    column = list(_ARCHITECTURES).index(_MACHINE)
    calls = [call[column] for group in _REFUSED.values() for call in group.values()]
    ends = dict.fromkeys(calls, _ERRNO | _EPERM)
    ends |= {call[column]: _ERRNO for call in _WITHOUT_EFFECT.values()}
    lines = [
        _load(_ARCHITECTURE),
        _jump(_JUMP_EQUAL, _ARCHITECTURES[_MACHINE], 1, 0),
        _return(_KILL_PROCESS),
        _load(_NUMBER),
    ]
    if _MACHINE == "x86_64":
        # The same calls under other numbers, for programs with short pointers.
        lines += [_jump(_JUMP_GREATER_EQUAL, _X32_CALLS, 0, 1), _return(_KILL_PROCESS)]
    for number, end in ends.items():
        if number is not None:
            lines += [_jump(_JUMP_EQUAL, number, 0, 1), _return(end)]
    return b"".join([*lines, *_refused_arguments(column)])


def _refused_arguments(column: int) -> list[bytes]:
    """Return instructions that refuse calls with some arguments, on an architecture."""
    clone, clone3 = ((56, 435), (220, 435))[column]
    prlimit, prctl = ((302, 157), (261, 167))[column]
    fcntl, ioctl = ((72, 16), (25, 29))[column]
    sendto = (44, 206)[column]
    # Its flags lie in memory, where a filter cannot look; without it, the C library uses clone.
    lines = [_jump(_JUMP_EQUAL, clone3, 0, 1), _return(_ERRNO | _ENOSYS)]
    # A new thread is welcome, a new process is not.
    lines += _refused_unless(clone, _JUMP_ANY_BIT, _CLONE_THREAD)
    # The limits of another process, such as the judge's.
    lines += _refused_unless(prlimit, _JUMP_EQUAL, 0)
    # Whether the process dies with its parent, and whether the parent can see its open files, is
    # not its own choice (PR_SET_PDEATHSIG, PR_SET_DUMPABLE).
    lines += _refused_if(prctl, 0, _JUMP_EQUAL, (1, 4))
    # A file's owner gets a signal when there is something to read, whoever that is: F_SETOWN,
    # F_SETSIG, F_SETOWN_EX, FIOSETOWN, SIOCSPGRP.
    lines += _refused_if(fcntl, 1, _JUMP_EQUAL, (8, 10, 15))
    lines += _refused_if(ioctl, 1, _JUMP_EQUAL, (0x8901, 0x8902))
    # A file that nobody can remove: FS_IOC_SETFLAGS, with numbers of both sizes, FS_IOC_FSSETXATTR.
    lines += _refused_if(ioctl, 1, _JUMP_EQUAL, (0x40086602, 0x40046602, 0x401C5820))
    # Urgent data (MSG_OOB) on the wire, which a read by the judge passes over.
    return lines + _refused_if(sendto, 3, _JUMP_ANY_BIT, (1,))


def _own_signals() -> list[bytes]:
    """Allow a signal to a thread of this process only: to abort, C sends one to itself."""
    tgkill = (234, 131)[list(_ARCHITECTURES).index(_MACHINE)]
    return _refused_unless(tgkill, _JUMP_EQUAL, os.getpid())


def _refused_unless(call: int, test: int, value: int) -> list[bytes]:
    """Return instructions that refuse a call if the low half of its first argument is another."""
    return [
        _jump(_JUMP_EQUAL, call, 0, 4),
        _load(_ARGUMENTS),
        _jump(test, value, 1, 0),
        _return(_ERRNO | _EPERM),
        _load(_NUMBER),
    ]


def _refused_if(call: int, argument: int, test: int, values: tuple[int, ...]) -> list[bytes]:
    """Return instructions that refuse a call if the low half of an argument is one of these."""
    lines = [_load(_ARGUMENTS + 8 * argument)]
    for value in values:
        lines += [_jump(test, value, 0, 1), _return(_ERRNO | _EPERM)]
    lines.append(_load(_NUMBER))
    return [_jump(_JUMP_EQUAL, call, 0, len(lines)), *lines]


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", _LOAD, 0, 0, offset)


def _jump(code: int, value: int, if_true: int, if_false: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _return(value: int) -> bytes:
    return struct.pack("HBBI", _RETURN, 0, 0, value)
