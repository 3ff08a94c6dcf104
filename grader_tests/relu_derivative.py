"""Hidden tests of relu_derivative."""

import numpy as np
import pytest

from grader_tests.draws import deciding, moved
from grader_tests.lab_support import assert_computes, assert_slope, slope_of
from grader_tests.support import Case
from solutions.relu_derivative import relu_derivative as reference
from workbook import relu
from workbook.course.compare import assert_same

RETURNS = ("slope",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("2 units, 3 examples", (np.array([[0.5, -1.0, 2.0], [-0.25, 3.0, -2.0]]),))
    yield Case(
        "a 0 among them", (np.array([[-1.5, 0.0, 1.5], [0.0, 0.75, -0.5], [2.5, -0.1, 0.2]]),)
    )
    # A row without a positive number as well.
    Z = np.array([[1e-9, -1e-9, 50.0], [-1.0, -2.5, -0.5]])
    yield Case("very small numbers, and a large one", (Z,))


@pytest.mark.points(1)
def test_relu_slope(student, rng):
    """It is the slope of ReLU, entry by entry, with Z's shape (finite differences)"""
    assert_slope(student, lambda z: relu(z)[0], lambda shape: deciding(rng, *shape), "ReLU")


@pytest.mark.points(1)
def test_relu_slope_at_zero(student, rng):
    """It is 0 at exactly 0, the convention of this course"""
    # And what is near to 0 is not 0, however near it is.
    near = [1e-2, -1e-2, 1e-4, -1e-4, 1e-9, -1e-9, 1e-15, -1e-15]
    Z = np.array([0.0, *moved(rng, [300.0, -300.0, *near]), 0.0]).reshape(2, 6)
    assert_same("the slope", slope_of(student, Z), reference(Z))


@pytest.mark.points(1)
def test_relu_slope_inputs_unchanged(student, rng):
    """It leaves Z unchanged, and gives the same answer when called again"""
    Z = deciding(rng, 3, 4)
    assert_computes(student, (Z,), (deciding(rng, 3, 4, which=1) + 0.7,), "Z")
