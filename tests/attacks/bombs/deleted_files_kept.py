"""Fills the disk with files that have no name any more, held open or in memory."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk, with nothing to be seen there",
    answer=STUB
    + """
import mmap
import os
import time

kept = []
for number in range(16):
    file = open("file", "w+b", buffering=0)
    os.remove("file")
    for _ in range(32):
        file.write(bytes(2**20))
    if number % 2:
        kept.append(mmap.mmap(file.fileno(), mmap.PAGESIZE))
        file.close()
    else:
        kept.append(file)
else:
    time.sleep(0.3)
    succeeded("wrote 512 MiB")
""",
    limits=("written_bytes",),
)
