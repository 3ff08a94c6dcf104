"""Packs a hundred archives of 1,999 names each into one, beside its work."""

import io
import zipfile

from tests.attacks.suite import Attack


def plant(folder, target):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(1999):
            archive.writestr(str(number), b"")
    with zipfile.ZipFile(folder / "more.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            archive.writestr(f"{number}.zip", held.getvalue())


ATTACK = Attack(
    harm="a class that waits for minutes, and a gigabyte for the names",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
