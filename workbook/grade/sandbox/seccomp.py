"""seccomp: leaves a process only those system calls that a notebook of the course needs.

This module builds a filter and loads it into the kernel. What is allowed is listed in
`workbook.grade.sandbox.system_calls`, and with which arguments, here. All else is refused: with
EPERM, so that Python raises PermissionError and says where, or with ENOSYS where a call is so young
that programs try it and have another way without it.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable

from workbook.grade.sandbox.system_calls import (
    ALLOWED,
    CHECKED,
    UNSUPPORTED,
    WITHOUT_EFFECT,
    CallNumbers,
)

_libc = ctypes.CDLL(None, use_errno=True)

#: The environment variable that has the kernel log what is refused, if it is not empty.
LOG_VARIABLE = "WORKBOOK_LOG_REFUSED"

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _LOG, _NEW_LISTENER = 1, 2, 8
_EPERM, _ENOSYS, _EOPNOTSUPP = 1, 38, 95
_ALLOW, _ASK, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x7FC00000, 0x00050000, 0x80000000
_REFUSE = _ERRNO | _EPERM
_FLAGS = _LOG if os.environ.get(LOG_VARIABLE) else 0
# Stands for the number of the process that is restricted: none has this one.
_THIS_PROCESS = 2**31

# Instructions of the classic BPF machine.
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Places in the structure that the filter looks at: the call's number, the architecture, and the
# low and high halves of the arguments.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_X32_CALLS = 0x40000000
# From here on both architectures have the same numbers, and programs do not rely on the calls yet.
_YOUNG_CALLS = 424

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MACHINE = platform.machine()
# Of the call `seccomp` itself.
_SECCOMP: CallNumbers = (317, 277)

# A new thread, which shares everything with this process; no new process, and no namespace.
# CLONE_VM, _FS, _FILES, _SIGHAND, _THREAD, _SYSVSEM, _SETTLS, _PARENT_SETTID, _CHILD_CLEARTID,
# _DETACHED and _CHILD_SETTID.
_OF_THREADS = 0x00000F00 | 0x00010000 | 0x00040000 | 0x00080000 | 0x01700000
_CLONE_THREAD = 0x00010000

# What may be done with an open file: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK,
# F_OFD_GETLK, F_DUPFD_CLOEXEC and F_GETPIPE_SZ. Not among them are leases and notices, with which
# whoever opens a file waits, or is watched; signals to whoever reads it; and larger pipes.
_FILE_COMMANDS = (0, 1, 2, 3, 4, 5, 36, 1030, 1032)
# F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW.
_LOCKS = (6, 7, 37, 38)
# Whether it is a terminal and how large, whether a file is passed on, whether a read waits, and how
# much there is to read: TCGETS, TCGETS2, TIOCGWINSZ, FIONCLEX, FIOCLEX, FIONBIO, FIONREAD.
_DEVICE_COMMANDS = (0x5401, 0x802C542A, 0x5413, 0x5450, 0x5451, 0x5421, 0x541B)
# FICLONE: whoever copies a file tries it, and copies the bytes where it is not supported.
_CLONE_FILE = 0x40049409
# PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ. Whether the process dies with its
# parent, and whether the parent can see its open files, is not its own choice.
_PROCESS_OPTIONS = (3, 15, 16, 23)
# O_DSYNC, O_SYNC and O_DIRECT, which is another bit on each architecture; RWF_DSYNC and RWF_SYNC:
# what is written so is on the disk at once, for which everybody waits.
_AT_ONCE = {"x86_64": 0x105000, "aarch64": 0x111000}
_WRITE_AT_ONCE = 0x2 | 0x4
# MADV_NORMAL to MADV_DONTNEED, MADV_FREE, MADV_DONTFORK and MADV_DOFORK, MADV_HUGEPAGE to
# MADV_DODUMP. Not among them is what puts out pages that other processes read, too.
_ADVICE = (0, 1, 2, 3, 4, 8, 10, 11, 14, 15, 16, 17)
_AF_UNIX = 1
# Urgent data on the wire, which a read by the judge passes over.
_MSG_OOB = 1


def available() -> bool:
    """Tell whether there is a filter for this machine's architecture."""
    return _MACHINE in _ARCHITECTURES


def restrict(common: bytes) -> None:
    """Leave this process and its threads only the allowed system calls, for good.

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
    _load_filter(common.replace(_is(_THIS_PROCESS), _is(os.getpid())), _FLAGS)


def ask_for_threads() -> int:
    """Have each new thread of this process and of its forks wait until it is allowed.

    Returns
    -------
    listener : int
        A file descriptor at which that can be done (`workbook.grade.sandbox.threads`).

    Raises
    ------
    OSError
        If the kernel is older than 5.0, or somebody listens already: in a container, it may.
    """
    if not available():
        raise OSError(_ENOSYS, f"seccomp: no filter for {_MACHINE}")
    asked = _call(_number(CHECKED["clone"]), _if(0, _JUMP_ANY_BIT, [_CLONE_THREAD], _ASK), _ALLOW)
    return _load_filter(b"".join([_start(), *asked, _return(_ALLOW)]), _NEW_LISTENER)


def _load_filter(program: bytes, flags: int) -> int:
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    result: int = _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _libc.syscall(
        _number(_SECCOMP), _SET_MODE_FILTER, flags, ctypes.c_char_p(header)
    )
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
    return result


def common_instructions(threads: bool = True) -> bytes:
    """Return those instructions of the filter that are the same in each process.

    Parameters
    ----------
    threads : bool, optional
        Whether there may be new threads.

    Raises
    ------
    OSError
        If there is no filter for this architecture.
    """
    if not available():
        raise OSError(_ENOSYS, f"seccomp: no filter for {_MACHINE}")
    return b"".join([_start(), *_with_arguments(threads), *_by_number()])


def _number(numbers: CallNumbers) -> int:
    """Return a call's number on this architecture; -1, which no call has, where there is none."""
    found = numbers[list(_ARCHITECTURES).index(_MACHINE)]
    return 2**32 - 1 if found is None else found


def _start() -> bytes:
    """Return instructions that end what comes by another architecture, and load the number."""
    lines = [
        _load(_ARCHITECTURE),
        _jump(_JUMP_EQUAL, _ARCHITECTURES[_MACHINE], 1, 0),
        _return(_KILL_PROCESS),
        _load(_NUMBER),
    ]
    if _MACHINE == "x86_64":
        # The same calls under other numbers, for programs with short pointers.
        lines += [_jump(_JUMP_GREATER_EQUAL, _X32_CALLS, 0, 1), _return(_KILL_PROCESS)]
    return b"".join(lines)


def _by_number() -> list[bytes]:
    """Return instructions that end every call, by its number alone."""
    ends = {_number(n): _ERRNO | _EOPNOTSUPP for n in UNSUPPORTED.values()}
    ends |= {_number(n): _ERRNO for n in WITHOUT_EFFECT.values()}
    ends |= {_number(n): _ALLOW for group in ALLOWED.values() for n in group.values()}
    # Where one end gives way to another, from the highest number downward.
    lines: list[bytes] = []
    last = None
    for number in range(max(n for n in ends if n < _X32_CALLS) + 1, -1, -1):
        end = _end(number, ends)
        if last is not None and end != last:
            lines += [_jump(_JUMP_GREATER_EQUAL, number + 1, 0, 1), _return(last)]
        last = end
    return [*lines, _return(_end(0, ends))]


def _end(number: int, ends: dict[int, int]) -> int:
    return ends.get(number, _REFUSE if number < _YOUNG_CALLS else _ERRNO | _ENOSYS)


def _with_arguments(threads: bool) -> list[bytes]:
    """Return instructions that end the calls that are allowed with some arguments only."""
    number = {name: _number(numbers) for name, numbers in CHECKED.items()}
    clone = [
        *_if(0, _JUMP_ANY_BIT, [~_OF_THREADS & 0xFFFFFFFF], _REFUSE),
        *_if(0, _JUMP_ANY_BIT, [_CLONE_THREAD if threads else 0], _ALLOW),
    ]
    fcntl = [
        *_if(1, _JUMP_EQUAL, _FILE_COMMANDS, _ALLOW),
        *_if(1, _JUMP_EQUAL, _LOCKS, _ERRNO),
    ]
    ioctl = [
        *_if(1, _JUMP_EQUAL, _DEVICE_COMMANDS, _ALLOW),
        *_if(1, _JUMP_EQUAL, [_CLONE_FILE], _ERRNO | _EOPNOTSUPP),
    ]
    # To the other end only: by an address it would reach a service of this machine.
    sendto = [
        *_if(3, _JUMP_ANY_BIT, [_MSG_OOB], _REFUSE),
        *_if(4, _JUMP_ANY_BIT, [0xFFFFFFFF], _REFUSE),
        *_if(4, _JUMP_ANY_BIT, [0xFFFFFFFF], _REFUSE, high=True),
    ]
    at_once = [_AT_ONCE[_MACHINE]]
    return [
        *_call(number["openat"], _if(2, _JUMP_ANY_BIT, at_once, _REFUSE), _ALLOW),
        *_call(number["open"], _if(1, _JUMP_ANY_BIT, at_once, _REFUSE), _ALLOW),
        *_call(number["pwritev2"], _if(5, _JUMP_ANY_BIT, [_WRITE_AT_ONCE], _REFUSE), _ALLOW),
        *_only(number["madvise"], 2, _JUMP_EQUAL, _ADVICE),
        *_call(number["clone"], clone, _REFUSE),
        *_call(number["fcntl"], fcntl, _REFUSE),
        *_call(number["ioctl"], ioctl, _REFUSE),
        *_call(number["sendto"], sendto, _ALLOW),
        # To abort, C sends a signal to a thread of its own; to no other.
        *_only(number["tgkill"], 0, _JUMP_EQUAL, [_THIS_PROCESS]),
        # The limits of another process, such as the judge's.
        *_only(number["prlimit64"], 0, _JUMP_EQUAL, [0]),
        *_only(number["prctl"], 0, _JUMP_EQUAL, _PROCESS_OPTIONS),
        *_only(number["socketpair"], 0, _JUMP_EQUAL, [_AF_UNIX]),
    ]


def _only(call: int, argument: int, test: int, values: Iterable[int]) -> list[bytes]:
    """Return instructions that end a call: allowed if its argument is one of these values."""
    return _call(call, _if(argument, test, values, _ALLOW), _REFUSE)


def _call(call: int, lines: list[bytes], otherwise: int) -> list[bytes]:
    """Return instructions for one call, which end it one way or another."""
    return [_jump(_JUMP_EQUAL, call, 0, len(lines) + 1), *lines, _return(otherwise)]


def _if(
    argument: int, test: int, values: Iterable[int], end: int, high: bool = False
) -> list[bytes]:
    """Return instructions that end a call if half of an argument passes a test with a value."""
    lines = [_load(_ARGUMENTS + 8 * argument + 4 * high)]
    for value in values:
        lines += [_jump(test, value, 0, 1), _return(end)]
    return lines


def _is(process: int) -> bytes:
    """Return the instruction that compares with the number of a process, in a call's filter."""
    return _jump(_JUMP_EQUAL, process, 0, 1)


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", _LOAD, 0, 0, offset)


def _jump(code: int, value: int, if_true: int, if_false: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _return(value: int) -> bytes:
    return struct.pack("HBBI", _RETURN, 0, 0, value)
