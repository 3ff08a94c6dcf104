"""Hidden tests of update_with_momentum."""

import numpy as np
import pytest

from grader_tests.draws import DEEP
from grader_tests.optimiser_support import Optimiser, optimiser_cases, training_case
from grader_tests.support import where
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


def momentum(student):
    """Return the rule with an answer to it."""
    return Optimiser(
        student, reference, RETURNS, lambda g, v, learning_rate, beta: learning_rate * v
    )


@pytest.mark.points(2)
def test_momentum_state(student, rng):
    """v is a moving mean of the gradients: beta parts of the old one, 1 - beta of the new"""
    momentum(student).assert_state("v", rng, DEEP[0], 0.1, 0.3)


@pytest.mark.points(1)
def test_momentum_step(student, rng):
    """Each parameter, weight or bias, of every layer moves by learning_rate times its new v"""
    rule = momentum(student)
    for layer_dims, rate, words in (
        ((4, 1), 4e-4, ""),
        ((4, 1), 1.7, "with a learning rate above 1"),
        (DEEP[0], 1.7, ""),
    ):
        with where(words):
            rule.assert_step(rule.case(rng, layer_dims), rate, 0.8)


@pytest.mark.points(1)
def test_momentum_of_nothing_is_gradient_descent(student, rng):
    """With beta = 0 the step is that of plain gradient descent"""
    params, grads, v = momentum(student).case(rng)
    got, _ = split(student(params, grads, v, 0.2, 0.0), RETURNS)
    assert_same("parameters", got, update_parameters(params, grads, 0.2))


@pytest.mark.points(1)
def test_momentum_defaults(student, rng):
    """beta may be left out, and given by its place or by its name"""
    momentum(student).assert_defaults(rng, 0.1, beta=0.9)


@pytest.mark.points(1)
def test_momentum_inputs_unchanged(student, rng):
    """It leaves params, grads and v unchanged, and gives the same answer when called again"""
    momentum(student).assert_repeats(rng, 0.1, 0.9, as_it_is=(0.1, 0.0))
