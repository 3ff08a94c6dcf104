"""Gives the notebook's name to an archive in which the notebook lies unpacked."""

import zipfile

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    inner = path.read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("update_parameters.ipynb", inner)


ATTACK = Attack(
    harm="a right answer taken for none",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
