"""Adds a copy whose stub raises an expression that is nested too deep to be written out."""

import nbformat

from tests.attacks.suite import Attack, solution_cell


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    copy = nbformat.read(path, as_version=4)
    nested = "-" * 900 + "1"
    text = f"def update_parameters():\n    raise NotImplementedError({nested})\n"
    solution_cell(copy).source = text
    nbformat.write(copy, folder / "update_parameters-copy.ipynb")


ATTACK = Attack(
    harm="a command that ends with a traceback, for the whole class",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
