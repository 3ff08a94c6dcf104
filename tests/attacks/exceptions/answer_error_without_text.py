"""Raises the grader's own exception with an empty text, which reads as no mistake at all."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
from workbook.course.hidden_tests import AnswerError


def update_parameters(params, grads, learning_rate):
    raise AnswerError("")
""",
)
