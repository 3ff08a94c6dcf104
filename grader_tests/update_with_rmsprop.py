"""Hidden tests of update_with_rmsprop."""

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
from solutions.update_with_rmsprop import update_with_rmsprop as reference
from workbook.compare import assert_same, split

RETURNS = ("parameters", "s")


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return parameters, gradients and a state in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    return params, random_grads_like(rng, params), random_state(rng, params)


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(43)
    # A large eps shows where it stands.
    for title, layer_dims, learning_rate, beta, eps in (
        ("the first step, beta 0.9", (3, 2, 1), 0.3, 0.9, 1e-8),
        ("a later step, beta 0.75, eps 0.1", (2, 3, 2, 1), 0.05, 0.75, 0.1),
    ):
        params, grads, s = random_case(rng, layer_dims)
        s = zero_state(params) if "first" in title else s
        yield Case(title, (rounded(params), rounded(grads), rounded(s), learning_rate, beta, eps))


@pytest.mark.points(1)
def test_rmsprop_state(student, rng):
    """s is a moving mean of the squared gradients: beta parts of the old one, 1 - beta new"""
    for beta in (0.9, 0.6):
        params, grads, s = random_case(rng)
        _, got = split(student(params, grads, s, 0.1, beta, 1e-8), RETURNS)
        assert_same("s", got, reference(params, grads, s, 0.1, beta, 1e-8)[1])


@pytest.mark.points(2)
def test_rmsprop_step(student, rng):
    """Each parameter of every layer moves by its gradient, divided by the root of its new s"""
    for layer_dims, learning_rate in (((4, 1), 0.3), ((4, 3, 1), 0.02), ((5, 4, 3, 1), 0.1)):
        params, grads, s = random_case(rng, layer_dims)
        got, _ = split(student(params, grads, s, learning_rate, 0.8, 1e-8), RETURNS)
        assert_same("parameters", got, reference(params, grads, s, learning_rate, 0.8, 1e-8)[0])


@pytest.mark.points(1)
def test_rmsprop_eps(student, rng):
    """eps is added to the root, and where all gradients are 0 nothing moves"""
    params, grads, s = random_case(rng)
    for eps in (0.05, 0.5):
        got, _ = split(student(params, grads, s, 0.1, 0.8, eps), RETURNS)
        want, _ = reference(params, grads, s, 0.1, 0.8, eps)
        assert_same(f"parameters with eps = {eps}", got, want)
    nothing = {key: np.zeros_like(value) for key, value in grads.items()}
    got, _ = split(student(params, nothing, zero_state(params), 0.1, 0.9, 1e-8), RETURNS)
    assert_same("parameters with gradients of 0", got, params)


@pytest.mark.points(1)
def test_rmsprop_over_several_steps(student, rng):
    """Three steps in a row, each from the state of the one before, end where they should"""
    params, _, _ = random_case(rng)
    ours, theirs = (params, zero_state(params)), (params, zero_state(params))
    for _ in range(3):
        grads = random_grads_like(rng, params)
        ours = reference(*(ours[0], grads, ours[1]), 0.1, 0.9, 1e-8)
        parameters, s = split(student(theirs[0], grads, theirs[1], 0.1, 0.9, 1e-8), RETURNS)
        theirs = (parameters, s)
    assert_same("parameters", theirs[0], ours[0])
    assert_same("s", theirs[1], ours[1])


@pytest.mark.points(1)
def test_rmsprop_inputs_unchanged(student, rng):
    """It leaves params, grads and s unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    want = reference(*before, 0.1, 0.9, 1e-8)
    for _ in range(2):
        parameters, s = split(student(*case, 0.1, 0.9, 1e-8), RETURNS)
        assert_unchanged(before, case, "params, grads or s")
        assert_same("parameters", parameters, want[0])
        assert_same("s", s, want[1])
