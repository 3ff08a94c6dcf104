"""Moves the graded cells above the answer, where its function does not exist yet."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    moved = graded_cells(notebook)
    notebook.cells = moved + [cell for cell in notebook.cells if cell not in moved]


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
