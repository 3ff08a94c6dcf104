"""Hidden tests of linear_backward."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import MANY, WIDE, deciding, layer, moved, whole_layer
from grader_tests.support import (
    Case,
    assert_gradient,
    gradient_of_stack,
    random_layer,
)
from solutions.linear_backward import linear_backward as reference
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("dA_prev", "dW", "db")

# With so many examples, A_prev holds whole numbers, dZ is large, or dZ is small.
WHOLE = 8
LARGE = 5
SMALL = 1


def random_case(rng, n_prev=4, n_l=3, m=6):
    """Return dZ and a linear cache, all sizes different unless told otherwise.

    Unless dZ is small, it goes beyond 50 in every draw, and so does dW: where gradients are
    clipped.
    """
    if m == WHOLE:
        cache = whole_layer(rng, n_prev, n_l, m)
    else:
        cache = moved(rng, layer(np.random.default_rng(0), n_prev, n_l, m))
    size = {LARGE: 500.0, SMALL: 5e-5}.get(m, 5.0)
    return size * deciding(rng, n_l, m, which=1), cache


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(7)
    # In the second case even a product of the wrong arrays has a result, which names the mistake.
    for title, sizes in (
        ("3 inputs, 2 units, 4 examples", (3, 2, 4)),
        ("3 inputs, 3 units, 3 examples", (3, 3, 3)),
        ("3 inputs, 1 unit, 4 examples", (3, 1, 4)),
        ("2 inputs, 3 units, 1 example", (2, 3, 1)),
    ):
        cache, dZ = random_layer(rng, *sizes), rng.standard_normal(sizes[1:])
        yield Case(title, (np.round(dZ, 2), tuple(np.round(array, 2) for array in cache)))


def several_cases(rng):
    """Return cases with large numbers, with whole ones, of many examples, inputs and units."""
    few_sizes = (random_case(rng, m=m) for m in (LARGE, WHOLE, MANY))
    return [*few_sizes, *(random_case(rng, *sizes) for sizes in WIDE)]


@pytest.mark.points(1)
def test_order(student, rng):
    """The answer is dA_prev, dW, db, in this order, each of the shape of its array"""
    dZ, cache = random_case(rng)
    parts = split(student(dZ, cache), RETURNS)
    for name, part, array in zip(RETURNS, parts, cache, strict=True):
        array_of_numbers(name, part, array.shape)


@pytest.mark.points(2)
def test_dW(student, rng):
    """dW is the product of dZ and the transposed A_prev, divided by m"""
    for case, returned in called(student, several_cases(rng)):
        _, dW, _ = split(returned, RETURNS)
        assert_same("dW", dW, reference(*case)[1])


@pytest.mark.points(2)
def test_db(student, rng):
    """db is the sum of dZ over the examples, divided by m, as a column"""
    for case, returned in called(student, several_cases(rng)):
        _, _, db = split(returned, RETURNS)
        assert_same("db", db, reference(*case)[2])


@pytest.mark.points(3)
def test_dA_prev(student, rng):
    """dA_prev is the product of the transposed W and dZ, without 1/m"""
    for case, returned in called(student, several_cases(rng)):
        dA_prev, _, _ = split(returned, RETURNS)
        assert_same("dA_prev", dA_prev, reference(*case)[0])


def logistic_unit(rng):
    """Return a layer of one unit, its dZ, and the cost J of sigmoid(W A + b), or of a stack."""
    # The same numbers in every draw but for a little: db, one number here, is far from 0.
    A, W, b = moved(rng, random_layer(np.random.default_rng(8), 4, 1, 6))
    Y = np.array([[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]])
    dZ = 1.0 / (1.0 + np.exp(-(W @ A + b))) - Y

    def cost(A, W, b):
        # -log of the sigmoid, for either label, in a form that cannot overflow.
        losses = np.logaddexp(0.0, np.where(Y == 1, -1.0, 1.0) * (W @ A + b))
        return np.mean(losses, axis=(-2, -1))

    return A, W, b, dZ, cost


@pytest.mark.points(1)
def test_dW_and_db_by_finite_differences(student, rng):
    """dW and db are the derivatives of the cost J (finite differences)"""
    A, W, b, dZ, cost = logistic_unit(rng)
    _, dW, db = split(student(dZ, (A, W, b)), RETURNS)
    meaning = "the derivative of the cost"
    assert_gradient("dW", dW, gradient_of_stack(lambda w: cost(A, w, b), W), meaning)
    assert_gradient("db", db, gradient_of_stack(lambda c: cost(A, W, c), b), meaning)


@pytest.mark.points(1)
def test_dA_prev_by_finite_differences(student, rng):
    """dA_prev is m times the derivative of the cost J (finite differences)"""
    A, W, b, dZ, cost = logistic_unit(rng)
    dA_prev, _, _ = split(student(dZ, (A, W, b)), RETURNS)
    numerical = A.shape[1] * gradient_of_stack(lambda a: cost(a, W, b), A)
    assert_gradient("dA_prev", dA_prev, numerical, "m times the derivative of the cost")


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one unit and for one input"""
    several_sizes = ((4, 3, SMALL), (4, 1, 3), (1, 3, LARGE), (1, 1, 1))
    for case, returned in called(student, [random_case(rng, *sizes) for sizes in several_sizes]):
        parts = split(returned, RETURNS)
        for name, got, want in zip(RETURNS, parts, reference(*case), strict=True):
            assert_same(name, got, want)


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The answer follows from dZ and the cache alone, which stay unchanged, call after call"""
    dZ, cache = random_case(rng)
    assert_repeats(
        student,
        lambda _, returned: split(returned, RETURNS),
        (dZ, cache),
        (dZ[:, ::-1] / 2, cache),
        "dZ or the cache",
        [random_case(rng, 2, 6, 3)],
    )
