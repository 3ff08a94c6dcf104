"""Hands in archives whose members have names of megabytes, made of figures and of folders."""

import io
import tarfile

from tests.attacks.suite import Attack


def plant(folder, target):
    notebook = next(folder.glob("*.ipynb")).read_bytes()
    with tarfile.open(folder / "names.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name in (
            "update_parameters" + "_1_1_" * 10**6 + ".ipynb",
            "a/" * 3 * 10**6 + "b.ipynb",
        ):
            info = tarfile.TarInfo(name)
            info.size = len(notebook)
            archive.addfile(info, io.BytesIO(notebook))


ATTACK = Attack(
    harm="a command that looks at names for hours, or a right answer lost",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
