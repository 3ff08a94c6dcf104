"""Packs an XZ file that is hundreds of thousands of XZ files, none of which holds a byte."""

import lzma
import zipfile

from tests.attacks.suite import Attack


def plant(folder, target):
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.xz", lzma.compress(b"") * 150_000)


ATTACK = Attack(
    harm="a class that waits for hours, or a grader without memory, for a small archive",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
