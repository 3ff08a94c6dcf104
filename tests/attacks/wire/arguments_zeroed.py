"""Zeroes its arguments, which go back with the reply, so that zeros are the right answer."""

from tests.attacks.suite import Attack

# The one point is for the shapes of the three arrays, which are right.
ATTACK = Attack(
    harm="marks without an implementation",
    answer="""
import numpy as np


def linear_activation_backward(dA, cache, activation):
    dA[...] = 0
    return tuple(np.zeros_like(array) for array in cache[0])
""",
    exercise="linear_activation_backward",
    points=1.0,
)
