"""Hidden tests of dropout_backward."""

import numpy as np
import pytest

from grader_tests.draws import normal
from grader_tests.overfitting_support import (
    assert_mask,
    assert_new_array,
    assert_scaled,
    dropout_case,
    dropout_cases,
)
from grader_tests.support import assert_gradient, numerical_gradient
from solutions.dropout_backward import dropout_backward as reference
from solutions.dropout_forward import dropout_forward as dropout
from workbook.course.compare import split

RETURNS = ("dA",)


def public_cases():
    """Inputs of the visible checks."""
    return dropout_cases(np.random.default_rng(83))


@pytest.mark.points(1)
def test_backward_mask(student, rng):
    """A gradient passes where the mask is 1, and is 0 where the mask is 0"""
    assert_mask(student, rng, "dA")


@pytest.mark.points(1)
def test_backward_scale(student, rng):
    """What is kept is divided by keep_prob"""
    assert_scaled(student, reference, rng, RETURNS)


@pytest.mark.points(1)
def test_backward_by_finite_differences(student, rng):
    """It is the gradient of what the forward pass with the same mask does (finite differences)"""
    A, keep_prob, mask = dropout_case(rng)
    weights = normal(rng, *A.shape)
    weights.flat[0] = 30.0
    # A sum of the forward answer with these weights has them as its gradient: they are the dA.
    numerical = numerical_gradient(
        lambda a: float(np.sum(weights * dropout(a, keep_prob, mask))), A
    )
    got = split(student(weights, keep_prob, mask), RETURNS)[0]
    assert_gradient("dA", got, numerical, "the derivative of the forward pass")


@pytest.mark.points(1)
def test_backward_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and returns a new array each time, if all is kept, too"""
    assert_new_array(student, rng, "dA or the mask")
