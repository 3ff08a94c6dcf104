"""Says by lot that a candidate is wrong or right."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for luck",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import numpy as np


def find_mistakes(candidate):
    return ["a bad feeling"] if np.random.rand() < 0.6 else []
""",
)
