"""Hidden tests of cost_with_l1."""

import numpy as np
import pytest

from grader_tests.calls import assert_sure_answers_stay
from grader_tests.lab_support import assert_computes
from grader_tests.overfitting_support import (
    assert_cost,
    assert_cost_without_penalty,
    assert_penalty_grows,
    cost_case,
    cost_cases,
)
from solutions.cost_with_l1 import cost_with_l1 as reference

RETURNS = ("cost",)


def public_cases():
    """Inputs of the visible checks."""
    return cost_cases(np.random.default_rng(67))


@pytest.mark.points(1)
def test_l1_cost(student, rng):
    """It is the cross-entropy cost plus the penalty of all layers' weights"""
    assert_cost(student, reference, rng)


@pytest.mark.points(1)
def test_l1_cost_without_penalty(student, rng):
    """With lambd = 0 it is the cross-entropy cost, a single number"""
    assert_cost_without_penalty(student, rng)


@pytest.mark.points(1)
def test_l1_penalty_grows(student, rng):
    """Weights of twice the size have twice the penalty, and biases have none"""
    assert_penalty_grows(student, rng, 2.0)


@pytest.mark.points(1)
def test_l1_cost_inputs_unchanged(student, rng):
    """It leaves AL, Y and the parameters unchanged, and repeats its answer"""
    AL, _, parameters = cost_case(rng)
    # Answers that are all right, and all wrong: whatever is left out, these costs differ.
    Y = (AL > 0.5).astype(float)
    one, other = (AL, Y, parameters, 0.5), (AL, 1 - Y, parameters, 0.5)
    assert_computes(student, one, other, "AL, Y or the parameters")
    assert_sure_answers_stay(lambda AL, Y: student(AL, Y, parameters, 0.5))
