"""Hidden tests of linear_forward."""

from itertools import starmap

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import MANY, WIDE, layer, normal, small_layer, whole_layer
from grader_tests.support import LINEAR_STEP, Case, random_layer
from solutions.linear_forward import linear_forward as reference
from workbook.course.compare import ABSOLUTE, array_of_numbers, assert_same, split

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


def layers_and_answers(student, layers):
    """Yield each layer, A, W and b, with the answer, Z and cache.

    The function gets arrays of its own, so that a change of them is judged in one test only.
    """
    calls = called(student, [tuple(array.copy() for array in layer) for layer in layers])
    for given, (_, returned) in zip(layers, calls, strict=True):
        yield given, split(returned, RETURNS)


def Zs_of(student, layers):
    """Yield the Z of each answer, or raise AssertionError if it is no array of Z's shape."""
    for (A, W, _), (Z, _) in layers_and_answers(student, layers):
        yield array_of_numbers("Z", Z, (W.shape[0], A.shape[1]))


@pytest.mark.points(1)
def test_Z(student, rng):
    """Z is the matrix product of W and A, plus b"""
    A, W, b = layer(rng, *DIFFERENT[1])
    # The second one is larger than where anybody cuts numbers off, and the next one is wide.
    layers = [
        whole_layer(rng, *DIFFERENT[0]),
        (1000 * A, W, 1000 * b),
        small_layer(rng, 14, 12, 5),
        layer(rng, 4, 3, MANY),
        *(layer(rng, *sizes) for sizes in WIDE),
    ]
    for given, (Z, _) in layers_and_answers(student, layers):
        assert_same("Z", Z, reference(*given)[0])


@pytest.mark.points(1)
def test_cache(student, rng):
    """The cache keeps the three inputs A, W and b, in this order"""
    layers = [layer(rng, *sizes) for sizes in DIFFERENT + SINGLE[:2]]
    for given, (_, cache) in layers_and_answers(student, layers):
        assert_same("cache", cache, given)


@pytest.mark.points(1)
def test_product_by_finite_differences(student, rng):
    """Z answers to a small change of W or of A as a matrix product does (finite differences)"""
    A, W, b = layer(rng, 4, 3, 5)
    # No step brings an input near to 0. The product of both steps cancels out.
    dA, dW, _ = layer(rng, 4, 3, 5, which=9)
    A = A + np.sign(A) * (1 + LINEAR_STEP * np.abs(dA))
    steps = (LINEAR_STEP, -LINEAR_STEP)
    up, down = Zs_of(student, [(A + h * dA, W + h * dW, b) for h in steps])
    assert_same(
        "the derivative of Z with respect to A and W",
        (up - down) / (2 * LINEAR_STEP),
        W @ dA + dW @ A,
    )


@pytest.mark.points(1)
def test_bias_by_finite_differences(student, rng):
    """The bias of a unit moves that unit's row of Z, by as much, for every example"""
    A, W, b = layer(rng, 4, 3, 5)
    db = normal(rng, *b.shape)
    up, down = Zs_of(student, [(A, W, b + h * db) for h in (LINEAR_STEP, -LINEAR_STEP)])
    assert_same(
        "the derivative of Z with respect to b",
        (up - down) / (2 * LINEAR_STEP),
        np.repeat(db, 5, axis=1),
    )


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one unit and for one input"""
    layers = [layer(rng, *sizes) for sizes in SINGLE]
    for given, (Z, _) in layers_and_answers(student, layers):
        assert_same("Z", Z, reference(*given)[0])


def rows_of_units(given, returned):
    """Return the Z of the answer with a row for each unit: its axes are another test's question."""
    Z = array_of_numbers("Z", split(returned, RETURNS)[0])
    shape = given[1].shape[0], given[0].shape[1]
    assert Z.shape in (shape, shape[::-1]), f"Z has shape {Z.shape}; it should have {shape}"
    return Z if Z.shape == shape else Z.T


@pytest.mark.points(1)
def test_examples_stay_apart(student, rng):
    """The examples do not mix: a column of Z changes with its own column of A, and with no other"""
    A, W, b = layer(rng, 4, 3, 5)
    others = np.array([1, 3, 4])
    moved = A.copy()
    moved[:, others] = layer(rng, 4, 3, 5, which=1)[0][:, others]
    change = change_of_Z(student, (moved, W, b), (A, W, b))
    assert_changes("the column of an example", change.T, others)


@pytest.mark.points(1)
def test_units_stay_apart(student, rng):
    """The units do not mix: a row of Z changes with its own row of W, and with no other"""
    A, W, b = layer(rng, 4, 3, 5)
    moved = W.copy()
    moved[1:] = layer(rng, 4, 3, 5, which=1)[1][1:]
    change = change_of_Z(student, (A, moved, b), (A, W, b))
    assert_changes("the row of a unit", change, np.array([1, 2]))


def change_of_Z(student, moved, before):
    """Return how Z changes from one layer to another of the same sizes."""
    there, here = starmap(rows_of_units, called(student, [moved, before]))
    return there - here


def assert_changes(what, change, moved):
    """Raise AssertionError unless those rows of a change are the ones that are not zero."""
    still = np.delete(change, moved, axis=0)
    assert np.abs(change[moved]).max(axis=1).min() > 1e-3, f"{what} in Z does not follow its inputs"
    assert np.abs(still).max() <= ABSOLUTE * np.abs(change).max(), (
        f"{what} in Z changes with the inputs of others"
    )


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """Z follows from A, W and b alone, which stay unchanged: a later call gives the same Z"""
    A, W, b = layer(rng, 4, 3, 5)
    _, W_other, _ = layer(rng, 4, 3, 5, which=1)
    further = [layer(rng, 2, 6, 3)]
    assert_repeats(
        student,
        rows_of_units,
        (A, W, b),
        (A, W_other, b),
        "A, W or b",
        further,
    )
