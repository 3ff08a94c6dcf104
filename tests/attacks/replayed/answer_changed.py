"""Leaks its inputs in a first attempt, and knows the right answers to them in the second."""

from tests.attacks.replay import ANSWER, LEAK, POINTS, attempt, learnt
from tests.attacks.suite import Attack, cell_of
from workbook.course.folder import Course


def change(notebook, target):
    cell = cell_of(notebook, "update_parameters")
    cell.source = LEAK + ANSWER
    cell.source = learnt(Course(target.course), attempt(notebook, target.name)) + ANSWER


ATTACK = Attack(
    harm="marks for the answers of an earlier attempt",
    change=change,
    points=POINTS,
)
