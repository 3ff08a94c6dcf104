"""Hidden tests of update_with_adam."""

import numpy as np
import pytest

from grader_tests.lab_support import (
    assert_answers,
    assert_eps,
    assert_repeats,
    assert_several_steps,
    optimiser_cases,
)
from grader_tests.support import (
    entry,
    random_grads_like,
    random_parameters,
    random_state,
    zero_state,
)
from solutions.update_with_adam import update_with_adam as reference
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

RETURNS = ("parameters", "v", "s")


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return parameters, gradients and two states in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    states = random_state(rng, params), random_state(rng, params)
    return params, random_grads_like(rng, params), *states


def public_cases():
    """Inputs of the visible checks."""
    # A large eps shows where it stands.
    facts = (
        ("the first step", (3, 2, 1), (1, 0.1, 0.9, 0.999, 1e-8)),
        ("step 4, eps 0.1", (2, 3, 2, 1), (4, 0.05, 0.8, 0.95, 0.1)),
    )
    return optimiser_cases(random_case, np.random.default_rng(47), facts)


@pytest.mark.points(1)
def test_adam_states(student, rng):
    """v and s are moving means of the gradients and of their squares, stored uncorrected"""
    betas = ((1, 0.9, 0.999), (3, 0.6, 0.8))
    cases = [(*random_case(rng), t, 0.1, beta1, beta2, 1e-8) for t, beta1, beta2 in betas]
    assert_answers(student, reference, cases, RETURNS, ("v", "s"))


@pytest.mark.points(1)
def test_adam_first_step(student, rng):
    """The first step of every number is as long as the learning rate, against its gradient"""
    params, grads, _, _ = random_case(rng)
    zeros = zero_state(params)
    got, _, _ = split(student(params, grads, zeros, zeros, 1, 0.02, 0.9, 0.999, 1e-8), RETURNS)
    assert isinstance(got, dict), f"parameters is {kind(got)}; it should be a dictionary"
    for key, value in params.items():
        step = array_of_numbers(key, entry("parameters", got, key), value.shape) - value
        # Of the step alone: beside the parameters a large eps would be hard to see.
        assert_same(f"the step of {key}", step, -0.02 * np.sign(grads[f"d{key}"]))


@pytest.mark.points(2)
def test_adam_step(student, rng):
    """Each parameter of every layer moves by the corrected v over the root of the corrected s"""
    steps = (((4, 1), 2, 0.3), ((4, 3, 1), 5, 0.02), ((5, 4, 3, 1), 30, 0.1))
    cases = [(*random_case(rng, dims), t, rate, 0.8, 0.95, 1e-8) for dims, t, rate in steps]
    assert_answers(student, reference, cases, RETURNS, ("parameters",))


@pytest.mark.points(1)
def test_adam_eps(student, rng):
    """eps is added to the root, and where all gradients are 0 nothing moves"""
    rest, first = (3, 0.1, 0.8, 0.95), (1, 0.1, 0.9, 0.999, 1e-8)
    assert_eps(student, reference, random_case(rng), rest, first, RETURNS)


@pytest.mark.points(1)
def test_adam_over_several_steps(student, rng):
    """Four steps in a row, with t = 1, 2, 3, 4, end where they should"""
    params, _, _, _ = random_case(rng)
    rests = [(t, 0.1, 0.9, 0.999, 1e-8) for t in (1, 2, 3, 4)]
    assert_several_steps(student, reference, params, rng, rests, RETURNS)


@pytest.mark.points(1)
def test_adam_inputs_unchanged(student, rng):
    """It leaves params, grads, v and s unchanged, and gives the same answer when called again"""
    inputs, what = random_case(rng), "params, grads, v or s"
    assert_repeats(student, reference, inputs, (30, 0.3, 0.8, 0.95, 1e-8), RETURNS, what)
