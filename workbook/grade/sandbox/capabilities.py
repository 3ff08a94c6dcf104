"""Capabilities: takes away what root may do beyond an ordinary user, on Linux."""

import ctypes
import errno
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)

_VERSION_3 = 0x20080522
_PR_CAPBSET_DROP = 24
_OF_THIS_PROCESS = struct.pack("Ii", _VERSION_3, 0)
# Effective, permitted and inheritable ones, in two halves; with these, the ambient ones go.
_NONE = bytes(24)
# More than any kernel has.
_MOST = 64


def bring_none_back() -> None:
    """Keep programs that this process or its forks execute from gaining capabilities.

    Who may not ask for that has none to begin with.
    """
    for capability in range(_MOST):
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            break


def drop() -> None:
    """Take every capability away from this process, for good.

    Raises
    ------
    OSError
        If the kernel refuses.
    """
    if _libc.capset(_OF_THIS_PROCESS, _NONE):
        number = ctypes.get_errno() or errno.EPERM
        raise OSError(number, f"capset: {os.strerror(number)}")
