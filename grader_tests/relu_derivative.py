"""Hidden tests of relu_derivative."""

import numpy as np
import pytest

from grader_tests.lab_support import assert_slope, assert_slope_repeats, slope_of
from grader_tests.support import Case
from solutions.relu_derivative import relu_derivative as reference
from workbook import relu
from workbook.course.compare import assert_same

RETURNS = ("slope",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("2 units, 3 examples", (np.array([[0.5, -1.0, 2.0], [-0.25, 3.0, -2.0]]),))
    yield Case("a 0 among them", (np.array([[-1.5, 0.0, 1.5]]),))


def away_from_zero(rng, shape):
    """Return numbers of both signs, none of them near ReLU's kink."""
    Z = rng.uniform(0.2, 3, shape)
    signs = np.resize([1.0, -1.0], Z.size)
    return Z * rng.permutation(signs).reshape(shape)


@pytest.mark.points(1)
def test_relu_slope(student, rng):
    """It is the slope of ReLU, entry by entry, with Z's shape (finite differences)"""
    assert_slope(student, lambda z: relu(z)[0], lambda shape: away_from_zero(rng, shape), "ReLU")


@pytest.mark.points(1)
def test_relu_slope_at_zero(student, rng):
    """It is 0 at exactly 0, the convention of this course"""
    Z = away_from_zero(rng, (2, 5))
    Z[0, 0] = Z[1, 3] = 0.0
    assert_same("the slope", slope_of(student, Z), reference(Z))


@pytest.mark.points(1)
def test_relu_slope_inputs_unchanged(student, rng):
    """It leaves Z unchanged, and gives the same answer when called again"""
    assert_slope_repeats(student, reference, away_from_zero(rng, (3, 4)))
