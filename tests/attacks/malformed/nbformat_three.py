"""Saves a right answer in the notebook format of 2014, which keeps cells in worksheets."""

import nbformat

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    old = nbformat.convert(nbformat.read(path, as_version=4), 3)
    path.write_text(nbformat.writes(old, version=3), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
