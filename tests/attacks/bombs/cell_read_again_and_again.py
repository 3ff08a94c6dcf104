"""Has a right answer below cells in which each of thousands of lines wants another one below it."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    notebook.cells[1:1] = [nbformat.v4.new_code_cell("@a\n" * 4000) for _ in range(2)]


ATTACK = Attack(
    harm="a right answer without time, because of what cannot be read above it",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
