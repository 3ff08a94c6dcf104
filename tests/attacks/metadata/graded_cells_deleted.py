"""Deletes the cells below a right answer, hidden tests and all, as a tidy student might."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    deleted = graded_cells(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell not in deleted]


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
