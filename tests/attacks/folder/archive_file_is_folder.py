"""Hands in an archive in which files beside a right notebook are folders of others, too."""

import zipfile

from tests.attacks.suite import Attack

NAMES = ("data", "data/points.csv", "data/points.csv/more", "/".join(["deep" * 40] * 30))


def plant(folder, target):
    (notebook,) = folder.glob("*.ipynb")
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.write(notebook, "update_parameters.ipynb")
        for name in NAMES:
            archive.writestr(name, "1,2")
    notebook.unlink()


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
