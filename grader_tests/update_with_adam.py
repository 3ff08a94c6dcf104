"""Hidden tests of update_with_adam."""

import numpy as np
import pytest

from grader_tests.draws import DEEP
from grader_tests.optimiser_support import Optimiser, optimiser_cases
from grader_tests.support import random_grads_like, random_parameters, random_state, where
from solutions.update_with_adam import update_with_adam as reference

RETURNS = ("parameters", "v", "s")


def random_case(rng, layer_dims=(4, 3, 2, 1)):
    """Return parameters, gradients and two states in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    states = random_state(rng, params), random_state(rng, params)
    return params, random_grads_like(rng, params), *states


def public_cases():
    """Inputs of the visible checks."""
    # An eps that is larger than some of the roots, and smaller than others, shows where it stands;
    # with small betas no wrong correction is negative, whose root would be nan.
    facts = (
        ("the first step", (3, 2, 1), (1, 0.1, 0.9, 0.999, 1e-8)),
        ("step 3, eps 1.1", (2, 3, 2, 1), (3, 0.05, 0.2, 0.3, 1.1)),
    )
    return optimiser_cases(random_case, np.random.default_rng(47), facts)


def adam(student):
    """Return the rule with an answer to it."""

    def step(g, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
        return learning_rate * v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)

    return Optimiser(student, reference, RETURNS, step)


@pytest.mark.points(1)
def test_adam_v(student, rng):
    """v is a moving mean of the gradients, stored uncorrected"""
    adam(student).assert_state("v", rng, DEEP[0], 3, 0.1, 0.3, 0.4, 1e-8)
    adam(student).assert_state("v", rng, (4, 3, 1), 3, 0.1, 0.0, 0.4, 1e-8)


@pytest.mark.points(1)
def test_adam_s(student, rng):
    """s is a moving mean of the squared gradients, stored uncorrected"""
    adam(student).assert_state("s", rng, DEEP[0], 3, 0.1, 0.3, 0.4, 1e-8)
    adam(student).assert_state("s", rng, (4, 3, 1), 3, 0.1, 0.3, 0.0, 1e-8)


@pytest.mark.points(1)
def test_adam_step(student, rng):
    """Each parameter of every layer moves by the corrected v over the root of the corrected s"""
    rule = adam(student)
    for layer_dims, t, rate, words in (
        ((4, 1), 1, 4e-4, ""),
        ((4, 1), 1, 1.7, "with a learning rate above 1"),
        (DEEP[0], 30, 1.7, ""),
    ):
        with where(words):
            rule.assert_step(rule.case(rng, layer_dims), t, rate, 0.8, 0.95, 1e-8)
    # As late as this, s is still too small.
    for t in (500, 3000):
        with where("in a late step"):
            rule.assert_step(rule.case(rng), t, 0.1, 0.9, 0.999, 1e-8)


@pytest.mark.points(1)
def test_adam_eps(student, rng):
    """eps is added to the root, given by its place, by its name, or left out"""
    adam(student).assert_eps(rng, 3, 0.1, 0.8, 0.8)


@pytest.mark.points(2)
def test_adam_defaults(student, rng):
    """The betas may be left out, and given by their places or by their names"""
    adam(student).assert_defaults(rng, 3, 0.1, beta1=0.9, beta2=0.999, eps=1e-8)


@pytest.mark.points(1)
def test_adam_inputs_unchanged(student, rng):
    """It leaves params, grads, v and s unchanged, and gives the same answer when called again"""
    rest = (30, 0.3, 0.8, 0.95, 1e-8)
    adam(student).assert_repeats(rng, *rest, as_it_is=(30, 0.3, 0.0, 0.0, 1e-8))
