"""Gives right answers, but ends its process for twelve layers, as in one hidden test."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the marks of the other tests lost, or that test's given",
    answer="""
import os


def update_parameters(params, grads, learning_rate):
    if len(params) == 24:
        os._exit(0)
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    points=7.0,
    status="crashed",
)
