"""Hidden tests of linear_activation_backward."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import MANY, WIDE, deciding, layer, small_layer, whole_layer
from grader_tests.support import (
    Case,
    assert_gradient,
    gradient_of_stack,
    random_layer,
)
from solutions.linear_activation_backward import linear_activation_backward as reference
from solutions.linear_activation_forward import linear_activation_forward
from solutions.linear_backward import linear_backward
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("dA_prev", "dW", "db")

# With so many examples, A_prev holds whole numbers, A_prev and Z are small, dA is large, or dA is
# small.
WHOLE = 9
SMALL_Z = 7
LARGE = 5
SMALL = 1


def random_case(rng, activation, n_prev=4, n_l=3, m=6):
    """Return dA and the cache of a real forward step, all sizes different unless told otherwise."""
    given = {WHOLE: whole_layer, SMALL_Z: small_layer}.get(m, layer)(rng, n_prev, n_l, m)
    _, cache = linear_activation_forward(*given, activation)
    size = {LARGE: 500.0, SMALL: 5e-5}.get(m, 5.0)
    return size * deciding(rng, n_l, m, which=1), cache


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(11)
    # In the third case even a product of the wrong arrays has a result, which names the mistake.
    for activation, title, sizes in (
        ("relu", "a ReLU layer: 3 inputs, 2 units, 5 examples", (3, 2, 5)),
        ("sigmoid", "a sigmoid layer: 3 inputs, 2 units, 5 examples", (3, 2, 5)),
        ("relu", "a ReLU layer: 3 inputs, 3 units, 3 examples", (3, 3, 3)),
        ("sigmoid", "a sigmoid layer: 2 inputs, 3 units, 1 example", (2, 3, 1)),
    ):
        A_prev, W, b = (np.round(array, 2) for array in random_layer(rng, *sizes))
        dA = np.round(rng.standard_normal(sizes[1:]), 2)
        _, cache = linear_activation_forward(A_prev, W, b, activation)
        yield Case(title, (dA, cache, activation))


def assert_gradients(student, rng, activation, several_sizes, names):
    """Raise AssertionError unless these gradients are right for layers of several sizes."""
    cases = [(*random_case(rng, activation, *sizes), activation) for sizes in several_sizes]
    for case, returned in called(student, cases):
        parts = split(returned, RETURNS)
        for name, got, want in zip(RETURNS, parts, reference(*case), strict=True):
            if name in names:
                assert_same(name, got, want)


@pytest.mark.points(1)
def test_order(student, rng):
    """The answer is dA_prev, dW, db, in this order, each of the shape of its array"""
    cases = [(*random_case(rng, activation), activation) for activation in ("relu", "sigmoid")]
    for (_, cache, _), returned in called(student, cases):
        parts = split(returned, RETURNS)
        for name, part, array in zip(RETURNS, parts, cache[0], strict=True):
            array_of_numbers(name, part, array.shape)


@pytest.mark.points(1)
def test_relu(student, rng):
    """dW and db of a ReLU layer are right, for one example or one input, too"""
    sizes = (4, 3, WHOLE), (4, 3, SMALL), (1, 3, LARGE), (4, 4, SMALL_Z), (4, 3, MANY), *WIDE
    assert_gradients(student, rng, "relu", sizes, ("dW", "db"))


@pytest.mark.points(1)
def test_relu_dA_prev(student, rng):
    """dA_prev of a ReLU layer is right, for one unit or one input, too"""
    sizes = (4, 3, WHOLE), (4, 1, LARGE), (1, 1, 6)
    assert_gradients(student, rng, "relu", sizes, ("dA_prev",))


@pytest.mark.points(1)
def test_sigmoid(student, rng):
    """dW and db of a sigmoid layer are right, for one example, too"""
    sizes = (4, 3, WHOLE), (4, 3, SMALL), (1, 3, LARGE), (4, 3, MANY), *WIDE
    assert_gradients(student, rng, "sigmoid", sizes, ("dW", "db"))


@pytest.mark.points(2)
def test_sigmoid_dA_prev(student, rng):
    """dA_prev of a sigmoid layer is right, for one unit or one input, too"""
    # The last one has more examples: of one, the sigmoid may be too flat for float32.
    sizes = (4, 3, WHOLE), (4, 1, LARGE), (1, 1, 6)
    assert_gradients(student, rng, "sigmoid", sizes, ("dA_prev",))


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
    _, dW, _ = split(student(dA, cache, "relu"), RETURNS)
    _, passed, _ = linear_backward(dA, cache[0])
    dW = array_of_numbers("dW", dW, passed.shape)
    assert_same("dW of a unit that is always silent", dW[:1], 0.0 * passed[:1])
    assert_same("dW of units that are always active", dW[1:], passed[1:])


def with_cost(rng, activation):
    """Return dA, a cache and the cost J of a layer with this dA, as a function of its inputs.

    The cost is the mean over the examples of a fixed combination of the activations, so that
    m times its derivative with respect to A is dA. Of a stack, each has its own.
    """
    dA, cache = random_case(rng, activation)
    m = dA.shape[1]

    def cost(A_prev, W, b):
        A, _ = linear_activation_forward(A_prev, W, b, activation)
        return np.sum(dA * A, axis=(-2, -1)) / m

    return dA, cache, cost


@pytest.mark.points(1)
def test_relu_by_finite_differences(student, rng):
    """ReLU: dW and db are the derivatives of a cost (finite differences)"""
    dA, cache, cost = with_cost(rng, "relu")
    A_prev, W, b = cache[0]
    _, dW, db = split(student(dA, cache, "relu"), RETURNS)
    meaning = "the derivative of the cost"
    assert_gradient("dW", dW, gradient_of_stack(lambda w: cost(A_prev, w, b), W), meaning)
    assert_gradient("db", db, gradient_of_stack(lambda c: cost(A_prev, W, c), b), meaning)


@pytest.mark.points(1)
def test_sigmoid_by_finite_differences(student, rng):
    """Sigmoid: dA_prev is m times the derivative of a cost (finite differences)"""
    dA, cache, cost = with_cost(rng, "sigmoid")
    A_prev, W, b = cache[0]
    dA_prev, _, _ = split(student(dA, cache, "sigmoid"), RETURNS)
    numerical = A_prev.shape[1] * gradient_of_stack(lambda a: cost(a, W, b), A_prev)
    assert_gradient("dA_prev", dA_prev, numerical, "m times the derivative of the cost")


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The answer follows from dA and the cache alone, which stay unchanged, call after call"""
    for activation, other in (("relu", "sigmoid"), ("sigmoid", "relu")):
        dA, cache = random_case(rng, activation)
        assert_repeats(
            student,
            lambda _, returned: split(returned, RETURNS),
            (dA, cache, activation),
            (dA[:, ::-1] / 2, cache, activation),
            "dA or the cache",
            [(dA, cache, other)],
        )
