"""Runs the C stack over, which no limit of Python's guards: by the hash of nested tuples."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that ends with the student's process",
    answer="""
import sys


def update_parameters(params, grads, learning_rate):
    sys.setrecursionlimit(2**31 - 1)
    nested = ()
    # In one test only: each time takes a new process.
    for _ in range(200_000 if len(params) == 2 else 1):
        nested = (nested,)
    return {"W1": hash(nested)}
""",
    status="crashed",
)
