"""Raises the points that each graded cell is worth, in the notebook's own metadata."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        cell.metadata.nbgrader["points"] = 800.0


ATTACK = Attack(harm="more points than the cell has", change=change)
