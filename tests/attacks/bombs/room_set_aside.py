"""Sets room aside on the disk, in files that stay as short as they were, here up to 1 GiB."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk, within a hundredth of a second and with nothing to be seen there",
    answer=STUB
    + """
import ctypes
import os
import time

libc = ctypes.CDLL(None)
for number in range(16):
    file = os.open(str(number), os.O_CREAT | os.O_RDWR)
    # Without a change of its length, and with one.
    for mode in (1, 0):
        libc.fallocate(file, mode, ctypes.c_long(0), ctypes.c_long(2**26))
    os.close(file)
time.sleep(0.3)
if sum(os.stat(str(number)).st_blocks for number in range(16)) * 512 > 2**26:
    succeeded("set more than 64 MiB aside")
""",
)
