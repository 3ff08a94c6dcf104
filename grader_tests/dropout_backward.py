"""Hidden tests of dropout_backward."""

import copy

import numpy as np
import pytest

from grader_tests.support import Case, assert_gradient, assert_unchanged, numerical_gradient
from solutions.dropout_backward import dropout_backward as reference
from solutions.dropout_forward import dropout_forward as dropout
from workbook.compare import assert_same, split

RETURNS = ("dA",)


def random_case(rng, shape=(4, 6), keep_prob=0.7):
    """Return gradients, keep_prob and a mask that keeps some and silences others."""
    mask = (rng.permutation(np.prod(shape)) < keep_prob * np.prod(shape)).astype(float)
    return rng.standard_normal(shape), keep_prob, mask.reshape(shape)


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(83)
    for title, shape, keep_prob in (
        ("3 units, 4 examples, keep_prob 0.8", (3, 4), 0.8),
        ("2 units, 5 examples, keep_prob 0.5", (2, 5), 0.5),
        ("everything kept", (2, 3), 1.0),
    ):
        dA, keep_prob, mask = random_case(rng, shape, keep_prob)
        yield Case(title, (np.round(dA, 2), keep_prob, mask))


def answer_of(student, case):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(*case), RETURNS)[0]


@pytest.mark.points(1)
def test_backward_mask(student, rng):
    """A gradient passes where the mask is 1, and is 0 where the mask is 0"""
    for shape in ((4, 6), (1, 8)):
        dA, keep_prob, mask = random_case(rng, shape)
        got = answer_of(student, (dA, keep_prob, mask))
        assert np.shape(got) == shape, f"dA has shape {np.shape(got)}; it should be {shape}"
        there = np.asarray(got) != 0
        wrong = int(np.sum(there != (mask == 1)))
        assert not wrong, f"{wrong} of {mask.size} entries do not follow the mask"


@pytest.mark.points(1)
def test_backward_scale(student, rng):
    """What is kept is divided by keep_prob"""
    for keep_prob in (0.9, 0.5, 0.25):
        case = random_case(rng, keep_prob=keep_prob)
        assert_same("dA", answer_of(student, case), reference(*case))


@pytest.mark.points(1)
def test_backward_by_finite_differences(student, rng):
    """It is the gradient of what the forward pass with the same mask does (finite differences)"""
    A, keep_prob, mask = random_case(rng)
    weights = rng.standard_normal(A.shape)
    # A sum of the forward answer with these weights has them as its gradient: they are the dA.
    numerical = numerical_gradient(
        lambda a: float(np.sum(weights * dropout(a, keep_prob, mask))), A
    )
    got = answer_of(student, (weights, keep_prob, mask))
    assert_gradient("dA", got, numerical, "the derivative of the forward pass")


@pytest.mark.points(1)
def test_backward_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    for _ in range(2):
        got = answer_of(student, case)
        assert_unchanged(before, case, "dA or the mask")
        assert_same("dA", got, reference(*before))
