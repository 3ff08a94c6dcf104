"""Moves the tests above the answer, and below them a worse answer than the first."""

import nbformat

from tests.attacks.suite import Attack, graded_cells, solution_cell


def change(notebook, target):
    graded, answer = graded_cells(notebook), solution_cell(notebook)
    rest = [cell for cell in notebook.cells if cell not in (*graded, answer)]
    worse = nbformat.v4.new_code_cell("def update_parameters(*args):\n    return None")
    notebook.cells = [*rest[:1], *graded, answer, worse, *rest[1:]]


ATTACK = Attack(
    harm="a right answer that is judged before it stands there, or after it was replaced",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
