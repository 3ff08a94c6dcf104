"""Hidden tests of cost_with_l1."""

import copy

import numpy as np
import pytest

from grader_tests.support import Case, assert_unchanged, random_network, random_parameters
from solutions.compute_cost import compute_cost
from solutions.cost_with_l1 import cost_with_l1 as reference
from workbook.compare import assert_same, split

RETURNS = ("cost",)


def random_case(rng, layer_dims=(4, 3, 1), m=6):
    """Return AL, Y and parameters whose biases are as large as the weights."""
    _, Y, parameters, AL, _ = random_network(rng, layer_dims, m)
    biases = {key: 3 * b for key, b in parameters.items() if key.startswith("b")}
    return AL, Y, {**parameters, **biases}


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(67)
    for title, layer_dims, lambd in (
        ("4 examples, 2 layers, lambd 0.7", (3, 2, 1), 0.7),
        ("5 examples, 3 layers, lambd 2", (2, 3, 2, 1), 2.0),
    ):
        m = 4 if "4 ex" in title else 5
        AL = np.round(rng.uniform(0.1, 0.9, (1, m)), 2)
        Y = rng.integers(0, 2, (1, m)).astype(float)
        parameters = {
            key: np.round(value, 2) for key, value in random_parameters(rng, layer_dims).items()
        }
        yield Case(title, (AL, Y, parameters, lambd))


def cost_of(student, AL, Y, parameters, lambd):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(AL, Y, parameters, lambd), RETURNS)[0]


@pytest.mark.points(1)
def test_l1_cost(student, rng):
    """It is the cross-entropy cost plus the penalty of all layers' weights"""
    for layer_dims, m in (((4, 1), 5), ((4, 3, 1), 6), ((5, 4, 3, 1), 7)):
        case = random_case(rng, layer_dims, m)
        for lambd in (0.1, 1.5):
            assert_same("the cost", cost_of(student, *case, lambd), reference(*case, lambd))


@pytest.mark.points(1)
def test_l1_cost_without_penalty(student, rng):
    """With lambd = 0 it is the cross-entropy cost, a single number"""
    AL, Y, parameters = random_case(rng)
    assert_same("the cost", cost_of(student, AL, Y, parameters, 0.0), compute_cost(AL, Y))


@pytest.mark.points(1)
def test_l1_penalty_grows(student, rng):
    """Weights of twice the size have twice the penalty, and biases have none"""
    AL, Y, parameters = random_case(rng)
    twice = {key: 2 * value if key[0] == "W" else value for key, value in parameters.items()}
    free = {key: 2 * value if key[0] == "b" else value for key, value in parameters.items()}
    bare = compute_cost(AL, Y)
    penalty = cost_of(student, AL, Y, parameters, 0.8) - bare
    assert abs(penalty) > 1e-6, "the penalty does not change the cost"
    larger = cost_of(student, AL, Y, twice, 0.8) - bare
    assert_same("the penalty of weights of twice the size", larger, 2.0 * penalty)
    same = cost_of(student, AL, Y, free, 0.8) - bare
    assert_same("the penalty with larger biases", same, penalty)


@pytest.mark.points(1)
def test_l1_cost_inputs_unchanged(student, rng):
    """It leaves AL, Y and the parameters unchanged, and repeats its answer"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    for _ in range(2):
        cost = cost_of(student, *case, 0.5)
        assert_unchanged(before, case, "AL, Y or the parameters")
        assert_same("the cost", cost, reference(*before, 0.5))
