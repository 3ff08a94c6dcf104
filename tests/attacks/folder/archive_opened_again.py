"""Hides one right notebook, and stubs of others, behind megabytes that take long to unpack."""

import io
import tarfile

from tests.attacks.suite import Attack
from workbook.course.exercises import NOTEBOOKS


def plant(folder, target):
    notebook = next(folder.glob("*.ipynb")).read_bytes()
    stubs = {
        f"{one.notebook}.ipynb": one for one in NOTEBOOKS[:4] if one.name != "update_parameters"
    }
    with tarfile.open(folder.parent / "work.tar.bz2", "w:bz2") as archive:
        _add(archive, "filler.bin", bytes(60 * 2**20))
        _add(archive, "update_parameters.ipynb", notebook)
        for name, exercise in stubs.items():
            path = target.course / "release" / exercise.notebook_path
            _add(archive, name, path.read_bytes())
    next(folder.glob("*.ipynb")).unlink()


def _add(archive, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


ATTACK = Attack(
    harm="a class that waits for minutes while one archive is unpacked again and again",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
