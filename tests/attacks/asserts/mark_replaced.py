"""Replaces the functions that run hidden tests and count points with ones that give all."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import workbook.hidden_tests
import workbook.learn.hidden
import workbook.verdicts


def mark(student, tests, earlier):
    return float(sum(points for _, points in tests))


def earned(verdicts):
    return float(sum(verdict.max_points for verdict in verdicts))


workbook.learn.hidden.mark = mark
workbook.learn.hidden.earned = workbook.verdicts.earned = earned
workbook.learn.hidden.run = workbook.hidden_tests.run = lambda *args: []
""",
)
