"""Hidden tests of tanh_derivative."""

import numpy as np
import pytest

from grader_tests.draws import deciding
from grader_tests.lab_support import assert_computes, assert_ends, assert_slope
from grader_tests.support import Case
from solutions.tanh_derivative import tanh_derivative as reference

RETURNS = ("slope",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("2 units, 3 examples", (np.array([[0.0, 1.0, -1.0], [2.0, -0.5, 3.0]]),))
    yield Case("one unit, far from 0", (np.array([[-6.0, 6.0, 0.25]]),))


@pytest.mark.points(1)
def test_tanh_slope(student, rng):
    """It is the slope of tanh, entry by entry, with Z's shape (finite differences)"""
    assert_slope(student, np.tanh, lambda shape: deciding(rng, *shape), "tanh")


@pytest.mark.points(1)
def test_tanh_slope_at_its_ends(student, rng):
    """It is 1 at 0, nowhere larger, the same on both sides, and finite far out"""
    assert_ends(student, reference, 1.0, deciding(rng, 6, 9))


@pytest.mark.points(1)
def test_tanh_slope_inputs_unchanged(student, rng):
    """It leaves Z unchanged, and gives the same answer when called again"""
    Z = deciding(rng, 3, 4)
    assert_computes(student, (Z,), (deciding(rng, 3, 4, which=1) + 0.7,), "Z")
