"""Hidden tests of linear_activation_forward."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import MANY, WIDE, layer, small_layer, whole_layer
from grader_tests.support import (
    STUDENT_TOLERANCE,
    Case,
    assert_gradient,
    assert_sure,
    random_layer,
)
from solutions.linear_activation_forward import linear_activation_forward as reference
from workbook import relu_backward, sigmoid_backward
from workbook.course.compare import ABSOLUTE, array_of_numbers, assert_same, split

RETURNS = ("A", "cache")

# Of finite differences: no pre-activation of `layer` crosses 0 in such a step, and numbers with 6
# decimals are good enough.
STEP = 5e-4

# (n_prev, n_l, m): all different, then one example, one unit, one input.
DIFFERENT = ((4, 3, 5), (2, 6, 3))
SINGLE = ((4, 3, 1), (4, 1, 5), (1, 3, 5), (1, 1, 1))


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(5)
    layer = tuple(np.round(array, 2) for array in random_layer(rng, 3, 2, 4))
    yield Case("sigmoid: 3 inputs, 2 units, 4 examples", (*layer, "sigmoid"))
    yield Case("relu: 3 inputs, 2 units, 4 examples", (*layer, "relu"))
    layer = tuple(np.round(array, 2) for array in random_layer(rng, 2, 3, 1))
    yield Case("relu: 2 inputs, 3 units, 1 example", (*layer, "relu"))
    # Here even a product of the wrong arrays has a result, which names the mistake.
    layer = tuple(np.round(array, 2) for array in random_layer(rng, 3, 3, 3))
    yield Case("sigmoid: 3 inputs, 3 units, 3 examples", (*layer, "sigmoid"))


def cases_and_answers(student, cases):
    """Yield each case, A_prev, W, b and activation, with the answer, A and cache.

    The function gets arrays of its own, so that a change of them is judged in one test only.
    """
    copies = [(*(array.copy() for array in given), activation) for *given, activation in cases]
    for case, (_, returned) in zip(cases, called(student, copies), strict=True):
        yield case, split(returned, RETURNS)


def half_of(cache, index):
    """Return the linear (0) or the activation (1) part of the cache, if it has two parts."""
    if not isinstance(cache, tuple | list) or len(cache) != 2:
        raise AssertionError("cache should be a pair: the linear cache, then the activation cache")
    return cache[index]


def As_of(student, cases):
    """Yield the A of each answer, or raise AssertionError if it is no array of A's shape."""
    for (A_prev, W, *_), (A, _) in cases_and_answers(student, cases):
        yield array_of_numbers("A", A, (W.shape[0], A_prev.shape[1]))


def random_cases(rng, activations, several_sizes, whole=None):
    """Return a case of each activation and sizes; with some sizes, A_prev holds whole numbers."""
    return [
        (*(whole_layer if sizes == whole else layer)(rng, *sizes), activation)
        for activation in activations
        for sizes in several_sizes
    ]


def assert_As(student, cases):
    """Raise AssertionError unless the A of each answer is right."""
    for case, (A, _) in cases_and_answers(student, cases):
        assert_same("A", A, reference(*case)[0])


@pytest.mark.points(1)
def test_sigmoid(student, rng):
    """With activation "sigmoid", A is the sigmoid of the linear part"""
    cases = random_cases(rng, ["sigmoid"], (*DIFFERENT, (4, 3, MANY), *WIDE), DIFFERENT[1])
    for case, (A, _) in cases_and_answers(student, cases):
        right, _ = reference(*case)
        assert_same("A", A, right)
        assert_sure("A", A, right)


@pytest.mark.points(1)
def test_relu(student, rng):
    """With activation "relu", A is the ReLU of the linear part"""
    cases = random_cases(rng, ["relu"], (*DIFFERENT, (4, 3, MANY), *WIDE), DIFFERENT[1])
    # As many inputs as units: what belongs to one could be taken for the other.
    assert_As(student, [*cases, (*small_layer(rng, 4, 4, 5), "relu")])


@pytest.mark.points(2)
def test_linear_cache(student, rng):
    """The cache holds first the linear cache, that is A_prev, W and b"""
    cases = random_cases(rng, ("sigmoid", "relu"), DIFFERENT + SINGLE[:2])
    for (*given, _), (_, cache) in cases_and_answers(student, cases):
        assert_same("the linear cache", half_of(cache, 0), tuple(given))


@pytest.mark.points(2)
def test_activation_cache(student, rng):
    """The cache holds second the pre-activation Z"""
    cases = random_cases(rng, ("sigmoid", "relu"), DIFFERENT, DIFFERENT[1])
    for case, (_, cache) in cases_and_answers(student, cases):
        _, (_, Z) = reference(*case)
        assert_same("the activation cache", half_of(cache, 1), Z)


def assert_slopes(student, rng, activation, slope_times):
    """Raise AssertionError unless A moves with its inputs as the derivative says."""
    A_prev, W, b = layer(rng, 4, 3, 5)
    dA_prev, dW, db = layer(rng, 4, 3, 5, which=1)
    none = 0.0
    _, (_, Z) = reference(A_prev, W, b, activation)
    slopes = (
        ("A_prev", (dA_prev, none, none), W @ dA_prev),
        ("W", (none, dW, none), dW @ A_prev),
        ("b", (none, none, db), np.repeat(db, 5, axis=1)),
    )
    cases = [
        (A_prev + h * step[0], W + h * step[1], b + h * step[2], activation)
        for _, step, _ in slopes
        for h in (STEP, -STEP)
    ]
    As = As_of(student, cases)
    for name, _, dZ in slopes:
        numerical, right = (next(As) - next(As)) / (2 * STEP), slope_times(dZ, Z)
        # Where ReLU is flat, nothing may move, however much the other entries do.
        moved = float(np.abs(numerical[right == 0]).max(initial=0.0))
        assert moved <= ABSOLUTE, f"with {activation}, A depends on {name} where Z is negative"
        assert_gradient(
            f"with {activation}, the derivative of A with respect to {name}",
            numerical,
            right,
            "what its activation has",
            STUDENT_TOLERANCE,
        )


@pytest.mark.points(1)
def test_sigmoid_by_finite_differences(student, rng):
    """A answers to a small change of A_prev, W or b as the sigmoid does (finite differences)"""
    assert_slopes(student, rng, "sigmoid", sigmoid_backward)


@pytest.mark.points(1)
def test_relu_by_finite_differences(student, rng):
    """A answers to a small change of A_prev, W or b as ReLU does (finite differences)"""
    assert_slopes(student, rng, "relu", relu_backward)


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one unit and for one input"""
    assert_As(student, random_cases(rng, ("sigmoid", "relu"), SINGLE))


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The answer follows from A_prev, W and b alone, which stay unchanged, call after call"""

    def A_and_Z(_, returned):
        A, cache = split(returned, RETURNS)
        # What the cache holds of the inputs follows from them by itself.
        return A, cache[-1] if isinstance(cache, tuple | list) and cache else None

    A_prev, W, b = layer(rng, 4, 3, 5)
    _, *others = layer(rng, 4, 3, 5, which=1)
    for activation, other in (("sigmoid", "relu"), ("relu", "sigmoid")):
        assert_repeats(
            student,
            A_and_Z,
            (A_prev, W, b, activation),
            (A_prev, *others, activation),
            "A_prev, W or b",
            [(A_prev, W, b, other)],
        )
