"""Ends lines of code by a million spaces, and says that the cells are as they were released."""

from nbformat.v4 import new_code_cell

from tests.attacks.suite import Attack


def change(notebook, target):
    # Whoever takes the spaces off the ends of lines looks at each of them from where it stands.
    claimed = {"workbook": {"checksum": "0" * 32}}
    notebook.cells += [new_code_cell("0" + " " * 900_000 + "#", metadata=claimed) for _ in range(9)]


ATTACK = Attack(
    harm="a judge that reads one notebook for hours",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
