"""Loops in C in each call, where Python handles no signal and no other thread ever runs."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that hangs",
    answer="""
import collections
import itertools


def update_parameters(params, grads, learning_rate):
    collections.deque(itertools.repeat(None, 5 * 10**10), maxlen=0)
    return {}
""",
    status="timeout",
    limits=("call_seconds",),
)
