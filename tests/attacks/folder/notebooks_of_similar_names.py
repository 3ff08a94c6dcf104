"""Answers in notebooks with similar names only, and leaves the one with the right name open."""

import nbformat

from tests.attacks.suite import Attack, solution_cell

NAMES = (
    "10_update_parameters-Copy1", "99_update_parameters", "10_Update_Parameters",
    " 10_update_parameters", "data/10_update_parameters", ".ipynb_checkpoints/10_update_parameters",
)  # fmt: skip


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    solution_cell(notebook).source += "\nexec(RIGHT)\n"
    for name in NAMES:
        copied = folder / f"{name}.ipynb"
        copied.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, copied)


ATTACK = Attack(
    harm="an answer lost because of the notebook without one beside it", plant=plant, points=8.0
)
