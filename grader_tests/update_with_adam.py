"""Hidden tests of update_with_adam."""

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
from solutions.update_with_adam import update_with_adam as reference
from workbook.compare import assert_same, split

RETURNS = ("parameters", "v", "s")


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return parameters, gradients and two states in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    states = random_state(rng, params), random_state(rng, params)
    return params, random_grads_like(rng, params), *states


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(47)
    # A large eps shows where it stands.
    for title, layer_dims, rest in (
        ("the first step", (3, 2, 1), (1, 0.1, 0.9, 0.999, 1e-8)),
        ("step 4, eps 0.1", (2, 3, 2, 1), (4, 0.05, 0.8, 0.95, 0.1)),
    ):
        params, grads, v, s = random_case(rng, layer_dims)
        if "first" in title:
            v, s = zero_state(params), zero_state(params)
        yield Case(title, (rounded(params), rounded(grads), rounded(v), rounded(s), *rest))


@pytest.mark.points(1)
def test_adam_states(student, rng):
    """v and s are moving means of the gradients and of their squares, stored uncorrected"""
    for t, beta1, beta2 in ((1, 0.9, 0.999), (3, 0.6, 0.8)):
        case = (*random_case(rng), t, 0.1, beta1, beta2, 1e-8)
        _, v, s = split(student(*case), RETURNS)
        _, want_v, want_s = reference(*case)
        assert_same("v", v, want_v)
        assert_same("s", s, want_s)


@pytest.mark.points(1)
def test_adam_first_step(student, rng):
    """The first step of every number is as long as the learning rate, against its gradient"""
    params, grads, _, _ = random_case(rng)
    zeros = zero_state(params)
    got, _, _ = split(student(params, grads, zeros, zeros, 1, 0.02, 0.9, 0.999, 1e-8), RETURNS)
    want = {key: value - 0.02 * np.sign(grads[f"d{key}"]) for key, value in params.items()}
    assert_same("parameters", got, want)


@pytest.mark.points(2)
def test_adam_step(student, rng):
    """Each parameter of every layer moves by the corrected v over the root of the corrected s"""
    for layer_dims, t, learning_rate in (
        ((4, 1), 2, 0.3),
        ((4, 3, 1), 5, 0.02),
        ((5, 4, 3, 1), 30, 0.1),
    ):
        case = (*random_case(rng, layer_dims), t, learning_rate, 0.8, 0.95, 1e-8)
        got, _, _ = split(student(*case), RETURNS)
        assert_same("parameters", got, reference(*case)[0])


@pytest.mark.points(1)
def test_adam_eps(student, rng):
    """eps is added to the root, and where all gradients are 0 nothing moves"""
    params, grads, v, s = random_case(rng)
    for eps in (0.05, 0.5):
        case = (params, grads, v, s, 3, 0.1, 0.8, 0.95, eps)
        got, _, _ = split(student(*case), RETURNS)
        assert_same(f"parameters with eps = {eps}", got, reference(*case)[0])
    nothing, zeros = {key: np.zeros_like(g) for key, g in grads.items()}, zero_state(params)
    got, _, _ = split(student(params, nothing, zeros, zeros, 1, 0.1, 0.9, 0.999, 1e-8), RETURNS)
    assert_same("parameters with gradients of 0", got, params)


@pytest.mark.points(1)
def test_adam_over_several_steps(student, rng):
    """Four steps in a row, with t = 1, 2, 3, 4, end where they should"""
    params, _, _, _ = random_case(rng)
    ours = theirs = (params, zero_state(params), zero_state(params))
    for t in (1, 2, 3, 4):
        grads = random_grads_like(rng, params)
        rest = (t, 0.1, 0.9, 0.999, 1e-8)
        ours = reference(ours[0], grads, ours[1], ours[2], *rest)
        theirs = split(student(theirs[0], grads, theirs[1], theirs[2], *rest), RETURNS)
    for name, got, want in zip(RETURNS, theirs, ours, strict=True):
        assert_same(name, got, want)


@pytest.mark.points(1)
def test_adam_inputs_unchanged(student, rng):
    """It leaves params, grads, v and s unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    rest = (2, 0.1, 0.9, 0.999, 1e-8)
    want = reference(*before, *rest)
    for _ in range(2):
        answer = split(student(*case, *rest), RETURNS)
        assert_unchanged(before, case, "params, grads, v or s")
        for name, got, right in zip(RETURNS, answer, want, strict=True):
            assert_same(name, got, right)
