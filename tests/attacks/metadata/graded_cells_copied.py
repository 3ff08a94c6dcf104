"""Copies the graded cells and pastes them at the end, with all of their metadata."""

import copy

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        # JupyterLab gives a pasted cell an identifier of its own, and keeps all else.
        notebook.cells.append(copy.deepcopy(cell))
        notebook.cells[-1].id = f"pasted-{cell.id}"


ATTACK = Attack(
    harm="a right answer without a mark, or a class that stops",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
