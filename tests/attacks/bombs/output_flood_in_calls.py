"""Gives right answers, and prints megabytes in every call."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="results of many megabytes, or a right answer's marks lost",
    answer="""
import sys


def update_parameters(params, grads, learning_rate):
    for _ in range(20):
        print("x" * 100000, flush=True)
        print("y" * 100000, file=sys.stderr)
        print("z" * 100000, file=sys.__stdout__)
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    points=8.0,
)
