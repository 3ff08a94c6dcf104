"""Keeps memory that is free for what is needed next, in processes with many short messages."""

import contextlib
import ctypes

# Parameters of the GNU C library: how much may be free at the end of the heap, and from which size
# on something gets memory of its own.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_FREE_BYTES, _LARGE_BYTES = 2**26, 2**23


def keep_memory() -> None:
    """Give memory back to the system only if there is much of it.

    A message of a submission is as long as what the library gives back at once otherwise, and what
    is asked for again costs an interruption for each page.
    """
    # Another C library has no such function.
    with contextlib.suppress(AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _FREE_BYTES)
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
