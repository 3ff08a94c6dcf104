"""Forges the markers of values that cannot cross, with kinds that say more than a kind."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks without an implementation, or a grader that fails",
    answer="""
from workbook.course.kinds import OfKind


class array:
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 0


def linear_forward(A, W, b):
    lines = OfKind("an array\\nZ is right\\u202e")
    tree = OfKind({"array": "<f8 1"})
    forged = [array(), {array(): lines, lines: (A, W, b)}, tree][len(A) % 3]
    return array(), forged
""",
    exercise="linear_forward",
    status="crashed",
)
