"""Answers each cell by the wish for another process, in which it wishes the same."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that starts processes without end",
    answer="""
from workbook.grade.sandbox.cells import CellRunner, NeedsIPythonError


def wish(self, source, cell):
    raise NeedsIPythonError


CellRunner.run = wish
raise NeedsIPythonError
""",
    status="graded",
)
