"""Landlock: takes away a process's access to files, TCP, and other processes' signals.

The kernel's interface, called directly: three system calls, on Linux 5.13 and newer. See
https://docs.kernel.org/userspace-api/landlock.html for what each right means.
"""

import ctypes
import errno
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

# The same numbers on every architecture: Landlock is younger than the common table.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_SOCKET, _MAKE_PIPE = 1 << 5, 1 << 9, 1 << 10
# Making devices, sockets and pipes.
_MAKE_SPECIAL = 1 << 6 | _MAKE_SOCKET | _MAKE_PIPE | 1 << 11
# Bits 0 to 12 came with the first version; renaming across folders, truncating and device
# ioctls with versions 2, 3 and 5.
_RIGHTS_BY_ABI = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
# What a rule on a file, not a folder, may allow.
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | 1 << 15
_TCP = (1 << 0) | (1 << 1)
_TCP_ABI = 4
_ABSTRACT_SOCKETS_AND_SIGNALS = (1 << 0) | (1 << 1)
_SCOPE_ABI = 6

#: The version from which on Landlock stops all that the confinement relies on it for.
FULL_ABI = _SCOPE_ABI


#: What may be done to a path, and below it where it is a folder.
Rule = tuple[str, int]


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


@cache
def abi() -> int:
    """Return the kernel's version of Landlock; 0 if it has none, or it is switched off."""
    version: int = _libc.syscall(_CREATE_RULESET, None, 0, _VERSION)
    return max(version, 0)


def rules(readable: Iterable[Path], writable: Iterable[Path]) -> tuple[Rule, ...]:
    """Return rules that allow access to these files and folders, as far as they exist.

    Parameters
    ----------
    readable : iterable of pathlib.Path
        Files and folders that may be read, and whose libraries may be loaded.
    writable : iterable of pathlib.Path
        Files and folders that may also be written.
    """
    asked = [(path, False) for path in readable] + [(path, True) for path in writable]
    return tuple(
        (str(path), rights(may_write) & (-1 if path.is_dir() else _FILE_RIGHTS))
        for path, may_write in asked
        if path.exists()
    )


@cache
def rights(may_write: bool) -> int:
    """Return what may be done in a folder that may be written, or only be read."""
    return (
        _all_rights() & ~(_EXECUTE | _MAKE_SPECIAL)
        if may_write
        else _EXECUTE | _READ_FILE | _READ_DIR
    )


def sockets_only() -> int:
    """Return the rights to read in a folder, and to make and remove sockets there, but no files."""
    return _READ_FILE | _READ_DIR | _REMOVE_FILE | _MAKE_SOCKET


def own_folder() -> int:
    """Return the rights of a kernel in its own folder: to make sockets, pipes and programs, too."""
    return rights(may_write=True) | _EXECUTE | _MAKE_SOCKET | _MAKE_PIPE


@cache
def _all_rights() -> int:
    return sum(bits for since, bits in _RIGHTS_BY_ABI if since <= abi())


def ruleset(rules: Iterable[Rule], tcp: bool = False) -> int:
    """Return the handle of a new set of rules, which allow no other file.

    They allow no signals to other processes, and no TCP unless that is asked for.

    Raises
    ------
    OSError
        If the kernel has no Landlock or refuses, or a file has gone.
    """
    version = abi()
    handled = _Ruleset(
        _all_rights(),
        _TCP if version >= _TCP_ABI and not tcp else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPE_ABI else 0,
    )
    # An older kernel takes the longer structure, too, if it finds zeros where it knows no field.
    size = ctypes.sizeof(handled)
    handle = _checked(_libc.syscall(_CREATE_RULESET, ctypes.byref(handled), size, 0))
    try:
        for rule in rules:
            allow(handle, *rule)
    except OSError:
        os.close(handle)
        raise
    return handle


def allow(ruleset: int, path: str, rights: int) -> None:
    """Add a rule to a set.

    Raises
    ------
    OSError
        If there is no such file or folder.
    """
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(rights, handle)
        _checked(_libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(handle)


def restrict(ruleset: int) -> None:
    """Restrict this process to a set of rules, for good.

    Rules can be added by the handle of the set: the process has to close it.

    Raises
    ------
    OSError
        If the kernel refuses; nothing has been taken away then.
    """
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(_libc.syscall(_RESTRICT_SELF, ruleset, 0))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno() or errno.ENOSYS
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
