"""Replaces the functions that run hidden tests and count points with ones that give all."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import workbook.course.hidden_tests
import workbook.learn.workspace.plain_nbgrader
import workbook.course.verdicts


def mark(student, tests, earlier):
    return float(sum(points for _, points in tests))


def earned(verdicts):
    return float(sum(verdict.max_points for verdict in verdicts))


workbook.learn.workspace.plain_nbgrader.mark = mark
workbook.learn.workspace.plain_nbgrader.earned = workbook.course.verdicts.earned = earned
workbook.learn.workspace.plain_nbgrader.run = workbook.course.hidden_tests.run = lambda *args: []
""",
)
