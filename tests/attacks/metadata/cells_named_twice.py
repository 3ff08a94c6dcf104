"""Gives 8,000 empty cells the name of one that counts, for whoever says of each that it is one."""

from nbformat.v4 import new_code_cell

from tests.attacks.suite import Attack


def change(notebook, target):
    named = {"nbgrader": {"grade_id": "update_parameters-setup"}}
    notebook.cells[:0] = [new_code_cell(metadata=named)] * 8_000


ATTACK = Attack(
    harm="a result, a page and a terminal full of the same sentence",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
