"""Is slow in a hundred cells, each time in a way that no signal interrupts."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    slow = "sum(range(10**12))"
    notebook.cells[1:1] = [nbformat.v4.new_code_cell(slow) for _ in range(100)]


ATTACK = Attack(
    harm="a class that waits for one submission",
    answer="exec(RIGHT)",
    change=change,
    status="timeout",
    limits=("cell_seconds",),
)
