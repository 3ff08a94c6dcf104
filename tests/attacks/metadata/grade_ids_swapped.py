"""Gives each graded cell the name of another one, and the answer's cell that of a test."""

from tests.attacks.suite import Attack, graded_cells, solution_cell


def change(notebook, target):
    cells = [*graded_cells(notebook), solution_cell(notebook)]
    names = [cell.metadata.nbgrader["grade_id"] for cell in cells]
    for cell, name in zip(cells, names[1:] + names[:1], strict=True):
        cell.metadata.nbgrader["grade_id"] = name


ATTACK = Attack(harm="marks for the tests of a cell that is worth nothing", change=change)
