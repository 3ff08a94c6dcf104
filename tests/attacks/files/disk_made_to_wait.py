"""Has the disk write at once, again and again, and the system forget what it has read of it."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a disk for which everybody waits, and time given back for it",
    answer=STUB
    + """
import ctypes
import mmap
import os
import sys

for name in ("O_SYNC", "O_DSYNC", "O_DIRECT"):
    try:
        os.close(os.open(name, os.O_CREAT | os.O_RDWR | getattr(os, name)))
        succeeded(name)
    except OSError:
        pass
file = os.open("file", os.O_CREAT | os.O_RDWR)
for flag in (os.RWF_SYNC, os.RWF_DSYNC):
    try:
        os.pwritev(file, [b"x"], 0, flag)
        succeeded(f"written with the flag {flag}")
    except OSError:
        pass
libc = ctypes.CDLL(None)
page = id(ctypes) & ~(mmap.PAGESIZE - 1)
for advice in (20, 21):
    if libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(mmap.PAGESIZE), advice) == 0:
        succeeded(f"pages put out by the advice {advice}")
""",
)
