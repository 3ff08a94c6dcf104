"""Hidden tests of update_with_rmsprop."""

import numpy as np
import pytest

from grader_tests.lab_support import (
    assert_answers,
    assert_eps,
    assert_repeats,
    assert_several_steps,
    optimiser_cases,
    training_case,
)
from solutions.update_with_rmsprop import update_with_rmsprop as reference

RETURNS = ("parameters", "s")


def public_cases():
    """Inputs of the visible checks."""
    # A large eps shows where it stands.
    facts = (
        ("the first step, beta 0.9", (3, 2, 1), (0.3, 0.9, 1e-8)),
        ("a later step, beta 0.75, eps 0.1", (2, 3, 2, 1), (0.05, 0.75, 0.1)),
    )
    return optimiser_cases(training_case, np.random.default_rng(43), facts)


@pytest.mark.points(1)
def test_rmsprop_state(student, rng):
    """s is a moving mean of the squared gradients: beta parts of the old one, 1 - beta new"""
    cases = [(*training_case(rng), 0.1, beta, 1e-8) for beta in (0.9, 0.6)]
    assert_answers(student, reference, cases, RETURNS, ("s",))


@pytest.mark.points(2)
def test_rmsprop_step(student, rng):
    """Each parameter of every layer moves by its gradient, divided by the root of its new s"""
    rates = (((4, 1), 0.3), ((4, 3, 1), 0.02), ((5, 4, 3, 1), 0.1))
    cases = [(*training_case(rng, layer_dims), rate, 0.8, 1e-8) for layer_dims, rate in rates]
    assert_answers(student, reference, cases, RETURNS, ("parameters",))


@pytest.mark.points(1)
def test_rmsprop_eps(student, rng):
    """eps is added to the root, and where all gradients are 0 nothing moves"""
    rest, first = (0.1, 0.8), (0.1, 0.9, 1e-8)
    assert_eps(student, reference, training_case(rng), rest, first, RETURNS)


@pytest.mark.points(1)
def test_rmsprop_over_several_steps(student, rng):
    """Three steps in a row, each from the state of the one before, end where they should"""
    params, _, _ = training_case(rng)
    assert_several_steps(student, reference, params, rng, 3 * [(0.1, 0.9, 1e-8)], RETURNS)


@pytest.mark.points(1)
def test_rmsprop_inputs_unchanged(student, rng):
    """It leaves params, grads and s unchanged, and gives the same answer when called again"""
    inputs, what = training_case(rng), "params, grads or s"
    assert_repeats(student, reference, inputs, (0.1, 0.9, 1e-8), RETURNS, what)
