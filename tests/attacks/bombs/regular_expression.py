"""Matches a regular expression that tries more ways than there are atoms."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that hangs",
    answer="""
import re


def update_parameters(params, grads, learning_rate):
    return re.fullmatch("(a|a|a?)+" * 5, "a" * 60 + "b")
""",
    status="timeout",
    limits=("call_seconds",),
)
