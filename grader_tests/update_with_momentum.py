"""Hidden tests of update_with_momentum."""

import copy

import numpy as np
import pytest

from grader_tests.support import (
    Case,
    assert_unchanged,
    random_grads_like,
    random_parameters,
    random_state,
    rounded,
    zero_state,
)
from solutions.update_parameters import update_parameters
from solutions.update_with_momentum import update_with_momentum as reference
from workbook.compare import assert_same, split

RETURNS = ("parameters", "v")


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return parameters, gradients and a state in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    return params, random_grads_like(rng, params), random_state(rng, params)


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(41)
    for title, layer_dims, learning_rate, beta in (
        ("the first step, beta 0.9", (3, 2, 1), 0.3, 0.9),
        ("a later step, beta 0.75", (2, 3, 2, 1), 0.05, 0.75),
    ):
        params, grads, v = random_case(rng, layer_dims)
        v = zero_state(params) if "first" in title else v
        yield Case(title, (rounded(params), rounded(grads), rounded(v), learning_rate, beta))


@pytest.mark.points(1)
def test_momentum_state(student, rng):
    """v is a moving mean of the gradients: beta parts of the old one, 1 - beta of the new"""
    for beta in (0.9, 0.6):
        params, grads, v = random_case(rng)
        _, got = split(student(params, grads, v, 0.1, beta), RETURNS)
        assert_same("v", got, reference(params, grads, v, 0.1, beta)[1])


@pytest.mark.points(2)
def test_momentum_step(student, rng):
    """Each parameter, weight or bias, of every layer moves by learning_rate times its new v"""
    for layer_dims, learning_rate in (((4, 1), 0.3), ((4, 3, 1), 0.02), ((5, 4, 3, 1), 0.1)):
        params, grads, v = random_case(rng, layer_dims)
        got, _ = split(student(params, grads, v, learning_rate, 0.8), RETURNS)
        want, _ = reference(params, grads, v, learning_rate, 0.8)
        assert_same("parameters", got, want)


@pytest.mark.points(1)
def test_momentum_of_nothing_is_gradient_descent(student, rng):
    """With beta = 0 the step is that of plain gradient descent"""
    params, grads, v = random_case(rng)
    got, _ = split(student(params, grads, v, 0.2, 0.0), RETURNS)
    assert_same("parameters", got, update_parameters(params, grads, 0.2))


@pytest.mark.points(1)
def test_momentum_over_several_steps(student, rng):
    """Three steps in a row, each from the state of the one before, end where they should"""
    params, _, _ = random_case(rng)
    ours, theirs = (params, zero_state(params)), (params, zero_state(params))
    for _ in range(3):
        grads = random_grads_like(rng, params)
        ours = reference(*(ours[0], grads, ours[1]), 0.1, 0.9)
        parameters, v = split(student(theirs[0], grads, theirs[1], 0.1, 0.9), RETURNS)
        theirs = (parameters, v)
    assert_same("parameters", theirs[0], ours[0])
    assert_same("v", theirs[1], ours[1])


@pytest.mark.points(1)
def test_momentum_inputs_unchanged(student, rng):
    """It leaves params, grads and v unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    want = reference(*before, 0.1, 0.9)
    for _ in range(2):
        parameters, v = split(student(*case, 0.1, 0.9), RETURNS)
        assert_unchanged(before, case, "params, grads or v")
        assert_same("parameters", parameters, want[0])
        assert_same("v", v, want[1])
