"""Hidden tests of update_with_rmsprop."""

import numpy as np
import pytest

from grader_tests.draws import DEEP
from grader_tests.optimiser_support import Optimiser, optimiser_cases, training_case
from grader_tests.support import where
from solutions.update_with_rmsprop import update_with_rmsprop as reference

RETURNS = ("parameters", "s")


def public_cases():
    """Inputs of the visible checks."""
    # An eps that is larger than some of the roots, and smaller than others, shows where it stands.
    facts = (
        ("the first step, beta 0.9", (3, 2, 1), (0.3, 0.9, 1e-8)),
        ("a later step, beta 0.75, eps 0.8", (2, 3, 2, 1), (0.05, 0.75, 0.8)),
    )
    return optimiser_cases(training_case, np.random.default_rng(43), facts)


def rmsprop(student):
    """Return the rule with an answer to it."""

    def step(g, s, learning_rate, beta=0.9, eps=1e-8):
        return learning_rate * g / (np.sqrt(s) + eps)

    return Optimiser(student, reference, RETURNS, step)


@pytest.mark.points(2)
def test_rmsprop_state(student, rng):
    """s is a moving mean of the squared gradients: beta parts of the old one, 1 - beta new"""
    rmsprop(student).assert_state("s", rng, DEEP[0], 0.1, 0.3, 1e-8)
    rmsprop(student).assert_state("s", rng, (4, 3, 1), 0.1, 0.0, 1e-8)


@pytest.mark.points(1)
def test_rmsprop_step(student, rng):
    """Each parameter of every layer moves by its gradient, divided by the root of its new s"""
    rule = rmsprop(student)
    for layer_dims, rate, words in (
        ((4, 1), 4e-4, ""),
        ((4, 1), 1.7, "with a learning rate above 1"),
        (DEEP[0], 1.7, ""),
    ):
        with where(words):
            rule.assert_step(rule.case(rng, layer_dims), rate, 0.8, 1e-8)


@pytest.mark.points(1)
def test_rmsprop_eps(student, rng):
    """eps is added to the root, given by its place, by its name, or left out"""
    rmsprop(student).assert_eps(rng, 0.1, 0.8)


@pytest.mark.points(1)
def test_rmsprop_defaults(student, rng):
    """beta may be left out, and given by its place or by its name"""
    rmsprop(student).assert_defaults(rng, 0.1, beta=0.9, eps=1e-8)


@pytest.mark.points(1)
def test_rmsprop_inputs_unchanged(student, rng):
    """It leaves params, grads and s unchanged, and gives the same answer when called again"""
    rmsprop(student).assert_repeats(rng, 0.1, 0.9, 1e-8)
