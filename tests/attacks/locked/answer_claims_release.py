"""Writes checksums into a right answer and into helpers, as if both were as released."""

import nbformat

from tests.attacks.suite import Attack, solution_cell
from workbook.course.checksums import checksum, plain_checksum


def change(notebook, target):
    helper = nbformat.v4.new_code_cell("rate_of = float  # NotImplementedError")
    helper.metadata["workbook"] = {"checksum": plain_checksum(helper.source)}
    notebook.cells.insert(1, helper)
    cell = solution_cell(notebook)
    cell.source += "\n# NotImplementedError"
    cell.metadata.nbgrader.checksum = checksum(cell, cell.source)


ATTACK = Attack(
    harm="a right answer that is taken for an untouched stub",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
