"""Fills the disk with small files, here at most 4,000 of 60 KiB."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk",
    answer=STUB
    + """
import os

os.mkdir("small")
for number in range(4000):
    with open(f"small/{number}", "wb", buffering=0) as file:
        file.write(bytes(60 * 1024))
else:
    succeeded("wrote 234 MiB")
""",
    limits=("written_bytes",),
)
