"""Hidden tests of leaky_relu."""

import copy

import numpy as np
import pytest
from solutions.leaky_relu import leaky_relu as reference

from grader_tests.calls import assert_unchanged
from grader_tests.support import (
    Case,
)
from workbook.course.compare import assert_same, split

RETURNS = ("A",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("2 units, 3 examples", (np.array([[0.5, -1.0, 2.0], [-0.25, 3.0, -2.0]]), 0.1))
    yield Case("a steeper slope, a 0 among them", (np.array([[-1.5, 0.0, 1.5]]), 0.25))


def random_Z(rng, shape):
    """Return numbers of both signs, none of them near 0."""
    signs = rng.permutation(np.resize([1.0, -1.0], shape[0] * shape[1]))
    return rng.uniform(0.2, 3, shape) * signs.reshape(shape)


@pytest.mark.points(3)
def test_both_sides(student, rng):
    """It keeps positive entries, and multiplies negative ones by the slope"""
    for shape in ((3, 4), (1, 2)):
        Z = random_Z(rng, shape)
        (A,) = split(student(Z.copy(), 0.1), RETURNS)
        assert_same("A", A, reference(Z, 0.1))


@pytest.mark.points(2)
def test_any_slope(student, rng):
    """It uses the slope that it is given"""
    for slope in (0.01, 0.3):
        Z = random_Z(rng, (2, 5))
        (A,) = split(student(Z.copy(), slope), RETURNS)
        assert_same("A", A, reference(Z, slope))


@pytest.mark.points(1)
def test_Z_unchanged(student, rng):
    """It leaves Z unchanged, and gives the same answer when called again"""
    Z = random_Z(rng, (3, 4))
    before, want = copy.deepcopy((Z,)), reference(Z.copy(), 0.2)
    for _ in range(2):
        (A,) = split(student(Z, 0.2), RETURNS)
        assert_same("A", A, want)
        assert_unchanged(before, (Z,), "Z")
