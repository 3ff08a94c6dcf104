"""Fills the disk with one file, written, reserved or stretched, here up to 256 MiB."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk",
    answer=STUB
    + """
import os

MOST = 2**28
with open("huge", "wb") as file:
    for grow in (
        lambda: os.ftruncate(file.fileno(), MOST),
        lambda: os.posix_fallocate(file.fileno(), 0, MOST),
        lambda: os.pwrite(file.fileno(), b"end", MOST),
    ):
        try:
            grow()
            succeeded("made a file of 256 MiB")
        except OSError:
            pass
    while file.tell() < MOST:
        file.write(bytes(2**20))
    succeeded("wrote 256 MiB")
""",
    limits=("written_bytes",),
)
