"""Hidden tests of linear_activation_backward."""

import copy

import numpy as np
import pytest

from grader_tests.draws import deciding, layer
from grader_tests.support import (
    Case,
    assert_gradient,
    assert_unchanged,
    numerical_gradient,
    random_layer,
)
from solutions.linear_activation_backward import linear_activation_backward as reference
from solutions.linear_activation_forward import linear_activation_forward
from solutions.linear_backward import linear_backward
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("dA_prev", "dW", "db")


def random_case(rng, activation, n_prev=4, n_l=3, m=6):
    """Return dA and the cache of a real forward step, all sizes different unless told otherwise."""
    _, cache = linear_activation_forward(*layer(rng, n_prev, n_l, m), activation)
    return deciding(rng, n_l, m, which=1), cache


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(11)
    for activation, title in (
        ("relu", "a ReLU layer: 3 inputs, 2 units, 5 examples"),
        ("sigmoid", "a sigmoid layer: 3 inputs, 2 units, 5 examples"),
    ):
        A_prev, W, b = (np.round(array, 2) for array in random_layer(rng, 3, 2, 5))
        dA = np.round(rng.standard_normal((2, 5)), 2)
        _, cache = linear_activation_forward(A_prev, W, b, activation)
        yield Case(title, (dA, cache, activation))


def assert_gradients(student, dA, cache, activation):
    """Raise AssertionError unless the three gradients are right."""
    parts = split(student(dA, cache, activation), RETURNS)
    for name, got, want in zip(RETURNS, parts, reference(dA, cache, activation), strict=True):
        assert_same(name, got, want)


@pytest.mark.points(1)
def test_order(student, rng):
    """The answer is dA_prev, dW, db, in this order, each of the shape of its array"""
    for activation in ("relu", "sigmoid"):
        dA, cache = random_case(rng, activation)
        parts = split(student(dA, cache, activation), RETURNS)
        for name, part, array in zip(RETURNS, parts, cache[0], strict=True):
            array_of_numbers(name, part, array.shape)


@pytest.mark.points(2)
def test_relu(student, rng):
    """The three gradients of a ReLU layer are right"""
    for m in (6, 9):
        assert_gradients(student, *random_case(rng, "relu", m=m), "relu")


@pytest.mark.points(2)
def test_sigmoid(student, rng):
    """The three gradients of a sigmoid layer are right"""
    for m in (6, 9):
        assert_gradients(student, *random_case(rng, "sigmoid", m=m), "sigmoid")


@pytest.mark.points(1)
def test_relu_blocks_silent_units(student, rng):
    """ReLU blocks the gradient of silent units, and lets that of active units through unchanged"""
    A_prev, W, _ = layer(rng, 4, 3, 6)
    # Biases larger than any product of this size: unit 0 is silent for every example, the others
    # are active for every example.
    b = np.array([[-1.0], [1.0], [1.0]]) * (0.3 + np.abs(W @ A_prev).max())
    _, cache = linear_activation_forward(A_prev, W, b, "relu")
    # Of either sign in every unit: what ReLU lets through does not depend on the sign of dA.
    dA = np.abs(deciding(rng, 3, 6, which=1)) * np.array([[1.0, -1.0, 1.0, -1.0, 1.0, 1.0]])
    _, dW, db = split(student(dA, cache, "relu"), RETURNS)
    _, dW_through, db_through = linear_backward(dA, cache[0])
    for name, got, passed in (("dW", dW, dW_through), ("db", db, db_through)):
        got = array_of_numbers(name, got, passed.shape)
        assert_same(f"{name} of a unit that is always silent", got[:1], 0.0 * passed[:1])
        assert_same(f"{name} of units that are always active", got[1:], passed[1:])


def assert_finite_differences(student, rng, activation):
    """Raise AssertionError unless the gradients agree with finite differences.

    The cost is the mean over the examples of a fixed combination of the activations, so that
    m times its derivative with respect to A is dA.
    """
    dA, cache = random_case(rng, activation)
    A_prev, W, b = cache[0]
    m = A_prev.shape[1]

    def cost(A_prev, W, b):
        return float(np.sum(dA * linear_activation_forward(A_prev, W, b, activation)[0]) / m)

    dA_prev, dW, db = split(student(dA, cache, activation), RETURNS)
    meaning = "the derivative of the cost"
    assert_gradient("dW", dW, numerical_gradient(lambda w: cost(A_prev, w, b), W), meaning)
    assert_gradient("db", db, numerical_gradient(lambda c: cost(A_prev, W, c), b), meaning)
    numerical = m * numerical_gradient(lambda a: cost(a, W, b), A_prev)
    assert_gradient("dA_prev", dA_prev, numerical, f"m times {meaning}")


@pytest.mark.points(1)
def test_relu_by_finite_differences(student, rng):
    """ReLU: the gradients are the derivatives of a cost (finite differences)"""
    assert_finite_differences(student, rng, "relu")


@pytest.mark.points(1)
def test_sigmoid_by_finite_differences(student, rng):
    """Sigmoid: the gradients are the derivatives of a cost (finite differences)"""
    assert_finite_differences(student, rng, "sigmoid")


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one unit and for one input"""
    for activation in ("relu", "sigmoid"):
        # The last one has more examples: of one, the sigmoid may be too flat for float32.
        for sizes in ((4, 3, 1), (4, 1, 5), (1, 3, 5), (1, 1, 6)):
            assert_gradients(student, *random_case(rng, activation, *sizes), activation)


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """It leaves dA and the cache unchanged, and gives the same answer when called again"""
    for activation in ("relu", "sigmoid"):
        dA, cache = random_case(rng, activation)
        before = copy.deepcopy((dA, cache))
        first = student(dA, cache, activation)
        assert_unchanged(before, (dA, cache), "dA or the cache")
        for answer in (first, student(dA, cache, activation)):
            assert_gradients(lambda *_, answer=answer: answer, *before, activation)
