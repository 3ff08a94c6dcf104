"""Keeps every candidate, and asks the first ones in the place of later ones."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a candidate that answers when its call is over",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import numpy as np

kept = []


def find_mistakes(candidate):
    kept.append(candidate)
    said = []
    layer = np.ones((2, 4)), (np.ones((3, 4)), np.ones((2, 3)), np.ones((2, 1)))
    for old in kept[:3]:
        try:
            said.append(repr(old(*layer)))
        except Exception as error:
            said.append(str(error))
    return [one for one in said if one != said[0]]
""",
)
