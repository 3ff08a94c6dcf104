"""Hidden tests of l2_gradients."""

import numpy as np
import pytest

from grader_tests.overfitting_support import (
    assert_bias_gradients,
    assert_new_gradients,
    assert_penalised_gradients,
    assert_weight_gradients,
    gradients_cases,
)
from grader_tests.support import random_grads_like, random_parameters
from solutions.l2_gradients import l2_gradients as reference

RETURNS = ("grads",)


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return gradients with a dA0 beside them, and parameters."""
    parameters = random_parameters(rng, layer_dims)
    return random_grads_like(rng, parameters), parameters


def public_cases():
    """Inputs of the visible checks."""
    return gradients_cases(random_case, np.random.default_rng(71))


@pytest.mark.points(1)
def test_l2_weights(student, rng):
    """Each dW gets the slope of the penalty added, in every layer"""
    assert_weight_gradients(student, reference, random_case, rng)


@pytest.mark.points(1)
def test_l2_biases_are_free(student, rng):
    """Each db stays as it is: biases have no penalty"""
    assert_bias_gradients(student, reference, random_case, rng)


@pytest.mark.points(1)
def test_l2_by_finite_differences(student, rng):
    """They are the derivatives of the cost with its penalty (finite differences)"""
    assert_penalised_gradients(student, lambda W: np.sum(W**2) / 2, rng)


@pytest.mark.points(1)
def test_l2_inputs_unchanged(student, rng):
    """It leaves gradients and parameters unchanged, and returns new arrays each time"""
    assert_new_gradients(student, random_case, rng)
