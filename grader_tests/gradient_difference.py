"""Hidden tests of gradient_difference."""

import copy

import numpy as np
import pytest

from grader_tests.draws import normal
from grader_tests.support import Case, assert_unchanged
from solutions.gradient_difference import gradient_difference as reference
from workbook.course.compare import assert_same, split

RETURNS = ("difference",)


def public_cases():
    """Inputs of the visible checks."""
    one = np.array([3.0, 0.0, -4.0])
    yield Case("two vectors", (one, np.array([3.0, 1.0, -2.0])))
    yield Case(
        "two matrices", (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.5, 2.0], [3.0, 1.0]]))
    )
    yield Case("opposite columns", (one.reshape(3, 1), -one.reshape(3, 1)))
    yield Case("zero everywhere, twice", (np.zeros((2, 2)), np.zeros((2, 2))))


def pair(rng, shape=(3, 4)):
    """Return two arrays that differ in every entry."""
    return normal(rng, *shape), normal(rng, *shape, which=1)


def difference_of(student, one, other):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(one, other), RETURNS)[0]


@pytest.mark.points(1)
def test_difference_is_relative(student, rng):
    """It is the distance of the two, divided by the sum of their lengths"""
    for shape in ((5,), (3, 4), (4, 1)):
        one, other = pair(rng, shape)
        assert_same("the difference", difference_of(student, one, other), reference(one, other))


@pytest.mark.points(1)
def test_difference_has_no_unit(student, rng):
    """It stays the same when both gradients grow by the same factor, or change places"""
    one, other = pair(rng)
    want = reference(one, other)
    for factor in (1e-6, 1e4):
        got = difference_of(student, factor * one, factor * other)
        assert_same(f"the difference at {factor:g} times the size", got, want)
    assert_same("the difference, the two exchanged", difference_of(student, other, one), want)


@pytest.mark.points(1)
def test_difference_at_its_ends(student, rng):
    """It is 0 for equal gradients, zeros among them, and 1 for opposite ones"""
    one, _ = pair(rng)
    assert_same("the difference of equal gradients", difference_of(student, one, one.copy()), 0.0)
    zeros = np.zeros((2, 3))
    got = difference_of(student, zeros, zeros.copy())
    assert_same("the difference of two gradients that are zero everywhere", got, 0.0)
    assert_same("the difference of opposite gradients", difference_of(student, one, -one), 1.0)


@pytest.mark.points(1)
def test_difference_inputs_unchanged(student, rng):
    """It leaves both gradients unchanged, and gives the same answer when called again"""
    one, other = pair(rng)
    before = copy.deepcopy((one, other))
    for _ in range(2):
        assert_same("the difference", difference_of(student, one, other), reference(*before))
        assert_unchanged(before, (one, other), "the gradients")
