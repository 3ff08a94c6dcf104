"""Hidden tests of linear_forward."""

import copy

import numpy as np
import pytest

from grader_tests.draws import layer, normal
from grader_tests.support import LINEAR_STEP, Case, assert_unchanged, random_layer
from solutions.linear_forward import linear_forward as reference
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("Z", "cache")

# (n_prev, n_l, m): all different, then one example, one unit, one input.
DIFFERENT = ((4, 3, 5), (2, 6, 3))
SINGLE = ((4, 3, 1), (4, 1, 5), (1, 3, 5), (1, 1, 1))


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(3)
    # In the second case even a product of the wrong arrays has a result, which names the mistake.
    for title, sizes in (
        ("3 inputs, 2 units, 4 examples", (3, 2, 4)),
        ("3 inputs, 3 units, 3 examples", (3, 3, 3)),
        ("2 inputs, 3 units, 1 example", (2, 3, 1)),
    ):
        yield Case(title, tuple(np.round(array, 2) for array in random_layer(rng, *sizes)))


def answer(student, A, W, b):
    """Return the answer, Z and cache.

    The function gets arrays of its own, so that a change of them is judged in one test only.
    """
    return split(student(A.copy(), W.copy(), b.copy()), RETURNS)


def Z_of(student, A, W, b):
    """Return the Z of the answer, or raise AssertionError if it is no array of Z's shape."""
    Z, _ = answer(student, A, W, b)
    return array_of_numbers("Z", Z, (W.shape[0], A.shape[1]))


@pytest.mark.points(2)
def test_Z(student, rng):
    """Z is the matrix product of W and A, plus b"""
    for sizes in DIFFERENT:
        A, W, b = layer(rng, *sizes)
        Z, _ = answer(student, A, W, b)
        assert_same("Z", Z, reference(A, W, b)[0])


@pytest.mark.points(2)
def test_cache(student, rng):
    """The cache keeps the three inputs A, W and b, in this order"""
    for sizes in DIFFERENT + SINGLE:
        A, W, b = layer(rng, *sizes)
        _, cache = answer(student, A, W, b)
        assert_same("cache", cache, (A, W, b))


@pytest.mark.points(1)
def test_product_by_finite_differences(student, rng):
    """Z answers to a small change of W or of A as a matrix product does (finite differences)"""
    A, W, b = layer(rng, 4, 3, 5)
    dA, dW, _ = layer(rng, 4, 3, 5, which=1)
    change = Z_of(student, A, W + LINEAR_STEP * dW, b) - Z_of(student, A, W - LINEAR_STEP * dW, b)
    assert_same("the derivative of Z with respect to W", change / (2 * LINEAR_STEP), dW @ A)
    change = Z_of(student, A + LINEAR_STEP * dA, W, b) - Z_of(student, A - LINEAR_STEP * dA, W, b)
    assert_same("the derivative of Z with respect to A", change / (2 * LINEAR_STEP), W @ dA)


@pytest.mark.points(1)
def test_bias_by_finite_differences(student, rng):
    """The bias of a unit moves that unit's row of Z, by as much, for every example"""
    A, W, b = layer(rng, 4, 3, 5)
    db = normal(rng, *b.shape)
    up, down = (Z_of(student, A, W, b + h * db) for h in (LINEAR_STEP, -LINEAR_STEP))
    assert_same(
        "the derivative of Z with respect to b",
        (up - down) / (2 * LINEAR_STEP),
        np.repeat(db, 5, axis=1),
    )


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one unit and for one input"""
    for sizes in SINGLE:
        A, W, b = layer(rng, *sizes)
        Z, _ = answer(student, A, W, b)
        assert_same("Z", Z, reference(A, W, b)[0])


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """It leaves A, W and b unchanged, and gives the same Z when called again"""
    inputs = layer(rng, 4, 3, 5)
    before = copy.deepcopy(inputs)
    want, _ = reference(*before)
    Z, _ = split(student(*inputs), RETURNS)
    assert_same("Z", Z, want)
    assert_unchanged(before, inputs, "A, W or b")
    student(*layer(rng, 2, 6, 3))
    Z, _ = split(student(*inputs), RETURNS)
    assert_same("Z of a later call", Z, want)
