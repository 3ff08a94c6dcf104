"""Hidden tests of l1_gradients."""

import copy

import numpy as np
import pytest

from grader_tests.support import (
    Case,
    assert_gradient,
    assert_unchanged,
    network_cost,
    numerical_gradient,
    random_grads_like,
    random_network,
    random_parameters,
    rounded,
)
from solutions.l1_gradients import l1_gradients as reference
from solutions.L_model_backward import L_model_backward
from workbook.compare import assert_same, split

RETURNS = ("grads",)


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return gradients with a dA0 beside them, and parameters: one weight of each layer is 0."""
    parameters = random_parameters(rng, layer_dims)
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"][0, 0] = 0.0
    return random_grads_like(rng, parameters), parameters


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(73)
    for title, layer_dims, lambd, m in (
        ("2 layers, lambd 0.7, 5 examples", (3, 2, 1), 0.7, 5),
        ("3 layers, lambd 2, 8 examples", (2, 3, 2, 1), 2.0, 8),
    ):
        grads, parameters = random_case(rng, layer_dims)
        yield Case(title, (rounded(grads), rounded(parameters), lambd, m))


def assert_entries(student, case, letter):
    """Raise AssertionError unless the gradients of all weights, or of all biases, are right."""
    (grads,) = split(student(*case), RETURNS)
    want = {key: value for key, value in reference(*case).items() if key[1] == letter}
    assert_same("grads", grads, want)


@pytest.mark.points(1)
def test_l1_weights(student, rng):
    """Each dW gets the slope of the penalty added, in every layer, which is 0 for a weight of 0"""
    for layer_dims, lambd, m in (((4, 1), 0.3, 5), ((4, 3, 1), 2.0, 7), ((5, 4, 3, 1), 0.8, 9)):
        assert_entries(student, (*random_case(rng, layer_dims), lambd, m), "W")


@pytest.mark.points(1)
def test_l1_biases_are_free(student, rng):
    """Each db stays as it is: biases have no penalty"""
    for layer_dims in ((4, 1), (5, 4, 3, 1)):
        assert_entries(student, (*random_case(rng, layer_dims), 0.8, 6), "b")


@pytest.mark.points(1)
def test_l1_by_finite_differences(student, rng):
    """They are the derivatives of the cost with its penalty (finite differences)"""
    lambd, m = 3.0, 6
    while True:
        X, Y, parameters, AL, caches = random_network(rng, (4, 3, 1), m)
        # At weights near 0 the absolute value has its kink.
        if all(np.abs(parameters[key]).min() > 1e-2 for key in ("W1", "W2")):
            break
    grads = split(student(L_model_backward(AL, Y, caches), parameters, lambd, m), RETURNS)[0]
    assert isinstance(grads, dict), "the function should return a dictionary, grads"

    def cost(key, array):
        moved = {**parameters, key: array}
        penalty = sum(np.sum(np.abs(W)) for k, W in moved.items() if k[0] == "W")
        return network_cost(X, Y, moved) + lambd * penalty / m

    for key in ("W1", "W2"):
        numerical = numerical_gradient(lambda a, key=key: cost(key, a), parameters[key])
        assert_gradient(f"d{key}", grads.get(f"d{key}"), numerical, "the derivative of the cost")


@pytest.mark.points(1)
def test_l1_inputs_unchanged(student, rng):
    """It leaves gradients and parameters unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    for _ in range(2):
        (grads,) = split(student(*case, 0.5, 4), RETURNS)
        assert_unchanged(before, case, "the gradients or the parameters")
        assert_same("grads", grads, reference(*before, 0.5, 4))
