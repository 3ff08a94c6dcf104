"""Fills the disk with small files, here at most 60,000 of 4 KiB."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk",
    answer=STUB
    + """
import os

os.mkdir("small")
for number in range(60000):
    with open(f"small/{number}", "wb", buffering=0) as file:
        file.write(bytes(4096))
succeeded("wrote 234 MiB")
""",
    limits=("written_bytes",),
)
