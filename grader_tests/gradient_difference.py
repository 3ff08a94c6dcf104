"""Hidden tests of gradient_difference."""

import numpy as np
import pytest

from grader_tests.draws import normal
from grader_tests.lab_support import assert_computes
from grader_tests.support import Case
from solutions.gradient_difference import gradient_difference as reference
from workbook.course.compare import alike, array_of_numbers, assert_same, split

RETURNS = ("difference",)


def public_cases():
    """Inputs of the visible checks."""
    one = np.array([3.0, 0.0, -4.0])
    # Once the first gradient is the longer one, and once the second.
    yield Case("two vectors", (one, np.array([3.0, 1.0, -2.0])))
    yield Case(
        "two matrices", (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.5, 2.0], [3.0, 6.0]]))
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
    whole = np.rint(9 * one).astype(int), np.rint(9 * other).astype(int)
    got = difference_of(student, *whole)
    assert_same("the difference of whole numbers", got, reference(*whole))
    # Nearly equal ones, as a gradient and its finite difference are.
    where = "the difference of nearly equal gradients"
    # Between two numbers of 7 decimals; and three numbers of float32 apart, so that it keeps this.
    one = rng.choice([-1.0, 1.0], (3, 4)) * rng.choice([1.125, 1.25, 1.375], (3, 4))
    near = one + 3 * 2.0**-23
    got = float(array_of_numbers(where, difference_of(student, one, near), ()))
    ratio = got / reference(one, near)
    assert abs(ratio - 1) < 0.1, (
        f"{where} is {ratio:.2g} times what it should be: is it rounded, or taken for 0?"
    )
    # Measured gradients differ by even less. Where they differ they are small, so that float32
    # keeps this, too.
    one, near = (np.array([[1.0, x], [0.0, -2.0]]) for x in (3e-9, 1.2e-8))
    got = float(array_of_numbers(where, difference_of(student, one, near), ()))
    assert abs(got / reference(one, near) - 1) < 0.1, (
        f"a difference of about 2e-9 comes out as {got:.2g}: is it rounded, or taken for 0?"
    )


@pytest.mark.points(1)
def test_difference_has_no_unit(student, rng):
    """It stays the same when both gradients grow by the same factor, or change places"""
    one, other = pair(rng)
    want = reference(one, other)
    exchanged = difference_of(student, other, one)
    for factor, length in ((1e-6, "much shorter"), (1e4, "much longer")):
        got = difference_of(student, factor * other, factor * one)
        assert alike(got, want) or not alike(exchanged, want), (
            f"gradients that are {length} have another difference: no number may be added to their "
            "lengths, or be compared with them"
        )
        assert_same(f"the difference, the two exchanged and {length},", got, want)
    # Here a tiny number beside the lengths may show, but no more.
    got = array_of_numbers("the difference", difference_of(student, 1e-9 * one, 1e-9 * other), ())
    assert abs(got - want) < 1e-3 * want, (
        "the difference of very short gradients is another one: are they taken for zero?"
    )


@pytest.mark.points(1)
def test_difference_at_its_ends(student, rng):
    """It is 0 for equal gradients, also for zeros, and 1 for opposite ones or if one is zero"""
    one, _ = pair(rng)
    zeros = np.zeros((2, 3))
    for where, equal in (("equal", one), ("two zero", zeros)):
        got = difference_of(student, equal, equal.copy())
        assert_same(f"the difference of {where} gradients", got, 0.0)
        # Measured gradients differ by as little as 1e-10.
        assert abs(float(got)) < 1e-12, f"the difference of {where} gradients is {float(got):.2g}"
    assert_same("the difference of opposite gradients", difference_of(student, one, -one), 1.0)
    nothing = np.zeros_like(one)
    for both in ((one, nothing), (nothing, one)):
        got = difference_of(student, *both)
        assert not alike(got, 0.0), (
            "the difference of a gradient and zeros is 0: only two that are both zero are equal"
        )
        assert_same("the difference of a gradient and zeros", got, 1.0)


@pytest.mark.points(1)
def test_difference_inputs_unchanged(student, rng):
    """It leaves both gradients unchanged, and gives the same answer when called again"""
    one, other = pair(rng)
    assert_computes(student, (one, other), (one, -3 * other), "the gradients")
