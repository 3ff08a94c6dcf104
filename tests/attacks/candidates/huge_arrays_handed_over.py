"""Hands over arrays of megabytes, views without end and nested lists."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that runs out of memory, or computes for minutes",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import numpy as np


def find_mistakes(candidate):
    nested = []
    for _ in range(900):
        nested = [nested]
    big = np.ones((1400, 1400))
    wide = np.broadcast_to(1.0, (10**6, 10**6))
    for args in (
        (big, (big, big, big)), (wide, (wide, wide, wide)), (nested, nested), (10**400, None),
        ([0.0] * 10**6, ()), (np.ones((1, 1900)), (np.ones((1900, 1)).T, np.ones((90, 1)), 0)),
        (np.ones((2,) * 10), (1, 2, 3)), (np.zeros((0, 2**40)), ()), ("x" * 10**7, ()),
    ):
        for _ in range(3):
            try:
                candidate(*args)
            except Exception:
                pass
    return []
""",
)
