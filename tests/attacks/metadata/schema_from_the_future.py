"""Claims nbgrader metadata of version 99, which no nbgrader knows."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    settings = {"grade": False, "solution": False, "locked": False, "grade_id": "mine"}
    cell = nbformat.v4.new_code_cell("1 + 1")
    cell.metadata["nbgrader"] = {**settings, "schema_version": 99}
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a class that stops",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
