"""Fills 3,000 cells that run nothing with signs of which each takes five in a page."""

from nbformat.v4 import new_raw_cell

from tests.attacks.suite import Attack


def change(notebook, target):
    notebook.cells += [new_raw_cell("'" * 9_900) for _ in range(3_000)]


ATTACK = Attack(
    harm="a page of a hundred megabytes, for the memory of who makes it and of who opens it",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
