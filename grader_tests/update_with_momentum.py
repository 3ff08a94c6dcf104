"""Hidden tests of update_with_momentum."""

import numpy as np
import pytest

from grader_tests.lab_support import (
    assert_answers,
    assert_repeats,
    assert_several_steps,
    optimiser_cases,
    training_case,
)
from solutions.update_parameters import update_parameters
from solutions.update_with_momentum import update_with_momentum as reference
from workbook.course.compare import assert_same, split

RETURNS = ("parameters", "v")


def public_cases():
    """Inputs of the visible checks."""
    facts = (
        ("the first step, beta 0.9", (3, 2, 1), (0.3, 0.9)),
        ("a later step, beta 0.75", (2, 3, 2, 1), (0.05, 0.75)),
    )
    return optimiser_cases(training_case, np.random.default_rng(41), facts)


@pytest.mark.points(1)
def test_momentum_state(student, rng):
    """v is a moving mean of the gradients: beta parts of the old one, 1 - beta of the new"""
    cases = [(*training_case(rng), 0.1, beta) for beta in (0.9, 0.6)]
    assert_answers(student, reference, cases, RETURNS, ("v",))


@pytest.mark.points(2)
def test_momentum_step(student, rng):
    """Each parameter, weight or bias, of every layer moves by learning_rate times its new v"""
    rates = (((4, 1), 0.3), ((4, 3, 1), 0.02), ((5, 4, 3, 1), 0.1))
    cases = [(*training_case(rng, layer_dims), rate, 0.8) for layer_dims, rate in rates]
    assert_answers(student, reference, cases, RETURNS, ("parameters",))


@pytest.mark.points(1)
def test_momentum_of_nothing_is_gradient_descent(student, rng):
    """With beta = 0 the step is that of plain gradient descent"""
    params, grads, v = training_case(rng)
    got, _ = split(student(params, grads, v, 0.2, 0.0), RETURNS)
    assert_same("parameters", got, update_parameters(params, grads, 0.2))


@pytest.mark.points(1)
def test_momentum_over_several_steps(student, rng):
    """Three steps in a row, each from the state of the one before, end where they should"""
    params, _, _ = training_case(rng)
    assert_several_steps(student, reference, params, rng, 3 * [(0.1, 0.9)], RETURNS)


@pytest.mark.points(1)
def test_momentum_inputs_unchanged(student, rng):
    """It leaves params, grads and v unchanged, and gives the same answer when called again"""
    inputs, what = training_case(rng), "params, grads or v"
    assert_repeats(student, reference, inputs, (0.1, 0.9), RETURNS, what)
