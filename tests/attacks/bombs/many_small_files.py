"""Fills the disk with small files, here at most 400 of 600 KiB."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk",
    answer=STUB
    + """
import os
import time

os.mkdir("small")
for number in range(400):
    with open(f"small/{number}", "wb", buffering=0) as file:
        file.write(bytes(600 * 1024))
else:
    time.sleep(0.3)
    succeeded("wrote 234 MiB")
""",
    limits=("written_bytes",),
)
