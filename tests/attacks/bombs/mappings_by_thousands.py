"""Cuts its memory into 60,000 pieces, whose list the grader reads again every few milliseconds."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a process of the grader's that only reads this list, and answers late",
    answer="exec(RIGHT)\n"
    + """
import ctypes

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
begin = libc.mmap(None, ctypes.c_size_t(120_000 * 4096), 0, 0x22, -1, ctypes.c_long(0))
for number in range(0, 60_000, 2):
    libc.mprotect(ctypes.c_void_p(begin + number * 8192), ctypes.c_size_t(4096), 1)
open("file", "w").close()
""",
    points=8.0,
    other_ends=("timeout",),
)
