"""Hidden tests of l1_gradients."""

import numpy as np
import pytest

from grader_tests.draws import steady
from grader_tests.overfitting_support import (
    assert_bias_gradients,
    assert_new_gradients,
    assert_penalised_gradients,
    assert_weight_gradients,
    gradients_cases,
)
from grader_tests.support import random_grads_like, random_parameters
from solutions.l1_gradients import l1_gradients as reference

RETURNS = ("grads",)


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return gradients with a dA0 beside them, and parameters: one weight of each layer is 0."""
    parameters = random_parameters(rng, layer_dims)
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"][0, 0] = 0.0
    return random_grads_like(rng, parameters), parameters


@steady
def steady_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return the same; one weight of each layer is tiny, and its sign counts as any other's."""
    grads, parameters = random_case(rng, layer_dims)
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"][0, -1] = 1e-9
    return grads, parameters


def public_cases():
    """Inputs of the visible checks."""
    return gradients_cases(random_case, np.random.default_rng(73))


@pytest.mark.points(1)
def test_l1_weights(student, rng):
    """Each dW gets the slope of the penalty added, in every layer, which is 0 for a weight of 0"""
    assert_weight_gradients(student, reference, steady_case, rng)


@pytest.mark.points(1)
def test_l1_biases_are_free(student, rng):
    """Each db stays as it is: biases have no penalty"""
    assert_bias_gradients(student, reference, steady_case, rng)


@pytest.mark.points(1)
def test_l1_by_finite_differences(student, rng):
    """They are the derivatives of the cost with its penalty (finite differences)"""
    assert_penalised_gradients(student, lambda W: np.sum(np.abs(W)), rng)


@pytest.mark.points(1)
def test_l1_inputs_unchanged(student, rng):
    """It leaves gradients and parameters unchanged, and returns new arrays each time"""
    assert_new_gradients(student, steady_case, rng)
