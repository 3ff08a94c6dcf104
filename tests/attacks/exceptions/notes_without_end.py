"""Raises an exception whose notes never end, and whose attributes raise another one."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that reads for ever",
    answer="""
import itertools


class Endless(AssertionError):
    @property
    def __notes__(self):
        return itertools.repeat("")

    @property
    def __cause__(self):
        raise Endless

    def __str__(self):
        return ""


def update_parameters(params, grads, learning_rate):
    raise Endless
""",
    status="timeout",
    other_ends=("graded", "out_of_memory", "crashed"),
)
