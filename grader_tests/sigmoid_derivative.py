"""Hidden tests of sigmoid_derivative."""

import numpy as np
import pytest

from grader_tests.support import (
    Case,
    assert_gradient,
    assert_unchanged,
    numerical_gradient,
)
from solutions.sigmoid_derivative import sigmoid_derivative as reference
from workbook import sigmoid
from workbook.compare import assert_same, split

RETURNS = ("slope",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("2 units, 3 examples", (np.array([[0.0, 1.0, -1.0], [2.0, -0.5, 3.0]]),))
    yield Case("one unit, far from 0", (np.array([[-6.0, 6.0, 0.25]]),))


def slope_of(student, Z):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(Z), RETURNS)[0]


@pytest.mark.points(1)
def test_sigmoid_slope(student, rng):
    """It is the slope of the sigmoid, entry by entry, with Z's shape (finite differences)"""
    for shape in ((3, 4), (1, 5), (4,)):
        Z = 2 * rng.standard_normal(shape)
        # A sum's gradient holds the slope of each of its terms.
        numerical = numerical_gradient(lambda z: float(np.sum(sigmoid(z)[0])), Z)
        assert_gradient("the slope", slope_of(student, Z), numerical, "the slope of the sigmoid")


@pytest.mark.points(1)
def test_sigmoid_slope_at_its_ends(student, rng):
    """It is 0.25 at 0, nowhere larger, the same on both sides, and finite far out"""
    assert_same("the slope at 0", slope_of(student, np.zeros((1, 1))), np.array([[0.25]]))
    Z = rng.uniform(0.5, 5, (2, 6))
    assert_same("the slope at -Z", slope_of(student, -Z), reference(Z))
    far = np.array([[-700.0, 700.0]])
    got = slope_of(student, far)
    assert np.shape(got) == far.shape, f"the slope has shape {np.shape(got)}"
    assert np.all(np.abs(got) < 1e-12), "the slope at -700 and 700 should be 0, but for rounding"


@pytest.mark.points(1)
def test_sigmoid_slope_inputs_unchanged(student, rng):
    """It leaves Z unchanged, and gives the same answer when called again"""
    Z = rng.standard_normal((3, 4))
    before = Z.copy()
    for _ in range(2):
        assert_same("the slope", slope_of(student, Z), reference(before))
        assert_unchanged(before, Z, "Z")
