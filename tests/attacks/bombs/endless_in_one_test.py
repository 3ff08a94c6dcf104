"""Gives right answers, but never returns for twelve layers, as in one hidden test."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the marks of the other tests lost, or that test's given",
    answer="""
import time


def update_parameters(params, grads, learning_rate):
    end = time.monotonic() + 300
    while len(params) == 24 and time.monotonic() < end:
        pass
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    points=7.0,
    status="timeout",
    limits=("call_seconds",),
)
