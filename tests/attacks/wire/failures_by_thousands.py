"""Tells of twenty exceptions in each of 300 cells, each in another line of one long statement."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    long = "x = (\n" + "1,\n" * 900 + ")"
    notebook.cells.append(nbformat.v4.new_code_cell(FORGE))
    notebook.cells += [nbformat.v4.new_code_cell(long) for _ in range(300)]


FORGE = """
from workbook.grade.sandbox.statements import CellRun, FailedStatement


def tell(cell, error):
    cell.failures += [FailedStatement(0, 2 + line, ValueError(f"no {line}")) for line in range(20)]


CellRun.ends = tell
"""

ATTACK = Attack(
    harm="a judge that is busy for minutes with what failed",
    answer="del update_parameters",
    change=change,
)
