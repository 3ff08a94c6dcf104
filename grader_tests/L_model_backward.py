"""Hidden tests of L_model_backward."""

import copy

import numpy as np
import pytest

from grader_tests.draws import network
from grader_tests.support import (
    Case,
    assert_gradient,
    assert_unchanged,
    entry,
    network_cost,
    numerical_gradient,
    random_parameters,
)
from solutions.L_model_backward import L_model_backward as reference
from solutions.L_model_forward import L_model_forward
from solutions.linear_activation_backward import linear_activation_backward
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

RETURNS = ("grads",)


def random_case(rng, layer_dims, m=5):
    """Return AL, Y and the caches of a real forward pass."""
    _, Y, _, AL, caches = network(rng, layer_dims, m)
    return AL, Y, caches


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(9)
    X = np.round(rng.standard_normal((3, 5)), 2)
    parameters = random_parameters(rng, (3, 4, 2, 1))
    rounded = {key: np.round(value, 2) for key, value in parameters.items()}
    AL, caches = L_model_forward(X, rounded)
    Y = np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
    yield Case("3 inputs, layers of 4, 2 and 1 units, 5 examples", (AL, Y, caches))
    # With one unit a layer no shape can be wrong, so a wrong order of layers shows in the numbers.
    X = np.array([[0.5, -1.0, 2.0, 1.0]])
    weights, biases = (1.5, 0.8, 1.2, -0.7), (0.2, 0.3, -0.1, 0.4)
    parameters = {}
    for l in range(1, 5):
        parameters[f"W{l}"] = np.array([[weights[l - 1]]])
        parameters[f"b{l}"] = np.array([[biases[l - 1]]])
    AL, caches = L_model_forward(X, parameters)
    yield Case("4 layers of one unit, 4 examples", (AL, np.array([[1.0, 0.0, 0.0, 1.0]]), caches))


def assert_entries(student, case, starts):
    """Raise AssertionError unless the entries of grads whose keys start so are right."""
    (grads,) = split(student(*case), RETURNS)
    want = {key: value for key, value in reference(*case).items() if key.startswith(starts)}
    assert_same("grads", grads, want)


@pytest.mark.points(2)
def test_output_layer(student, rng):
    """dW and db of the output layer are right, in a network without a hidden layer"""
    for m in (5, 8):
        assert_entries(student, random_case(rng, (4, 1), m), ("dW", "db"))
    # Sure answers, some of them wrong. Here even 1e-7 beside AL makes a small difference.
    _, Y, _, AL, caches = network(rng, (4, 1), 8, sure=True)
    grads = gradients(student, AL, Y, caches)
    for key, want in reference(AL, Y, caches).items():
        if key != "dA0":
            assert_near(f"{key} of answers that are very sure", entry("grads", grads, key), want)


def assert_near(where, got, want):
    """Raise AssertionError unless an array is right to a hundredth of its largest entry."""
    assert isinstance(got, np.ndarray), f"{where} should be a NumPy array"
    assert got.shape == want.shape, f"{where} has shape {got.shape}; it should have {want.shape}"
    error = float(np.abs(got - want).max()) / float(np.abs(want).max())
    # Written so that an error of nan fails, too.
    assert error <= 0.01, f"{where} is not right: its relative error is {error:.2g}"


@pytest.mark.points(2)
def test_one_hidden_layer(student, rng):
    """dW and db are right for a network with one hidden layer"""
    for layer_dims, m in (((4, 3, 1), 5), ((3, 5, 1), 8)):
        assert_entries(student, random_case(rng, layer_dims, m), ("dW", "db"))


@pytest.mark.points(3)
def test_more_hidden_layers(student, rng):
    """dW and db are right for networks with two and three hidden layers, of any sizes"""
    for layer_dims, m in (((5, 4, 3, 1), 6), ((6, 5, 4, 3, 1), 7)):
        assert_entries(student, random_case(rng, layer_dims, m), ("dW", "db"))


def gradients(student, AL, Y, caches):
    """Return the answer if it is a dictionary, or raise AssertionError."""
    (grads,) = split(student(AL, Y, caches), RETURNS)
    assert isinstance(grads, dict), f"grads is {kind(grads)}; it should be a dictionary"
    return grads


@pytest.mark.points(1)
def test_hidden_layers_follow(student, rng):
    """Each hidden layer's gradients follow from the dA that the layer after it passed back"""
    # Starts from the answer's own dA, so that a mistake in the output layer costs nothing here.
    AL, Y, caches = random_case(rng, (5, 4, 3, 1), 6)
    grads = gradients(student, AL, Y, caches)
    for l in (2, 1):
        assert f"dA{l}" in grads, f"grads should hold an array under the key 'dA{l}'"
        dA = array_of_numbers(f"dA{l}", grads[f"dA{l}"], caches[l - 1][1].shape)
        if l == 2:
            assert np.abs(dA).max() > 0, (
                "dA2 is all zeros, so no gradient reaches the hidden layers"
            )
        dA_prev, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        assert_same("grads", grads, {f"dA{l - 1}": dA_prev, f"dW{l}": dW, f"db{l}": db})


@pytest.mark.points(2)
def test_dA(student, rng):
    """Each dA is right and stored under its own layer's number: dA0 belongs to the input"""
    for layer_dims, m in (((4, 1), 5), ((4, 3, 1), 5), ((5, 4, 3, 1), 6)):
        assert_entries(student, random_case(rng, layer_dims, m), "dA")


@pytest.mark.points(1)
def test_dW_and_db_by_finite_differences(student, rng):
    """dW and db are the derivatives of the cost J (finite differences)"""
    X, Y, parameters, AL, caches = network(rng, (3, 4, 2, 1), 5)
    grads = gradients(student, AL, Y, caches)
    for key, array in parameters.items():
        numerical = numerical_gradient(
            lambda value, key=key: network_cost(X, Y, {**parameters, key: value}), array
        )
        found = entry("grads", grads, f"d{key}")
        assert_gradient(f"d{key}", found, numerical, "the derivative of the cost")


@pytest.mark.points(1)
def test_dA_by_finite_differences(student, rng):
    """Each dA is m times the derivative of the cost J (finite differences)"""
    _, Y, parameters, AL, caches = network(rng, (3, 4, 2, 1), 5)
    grads = gradients(student, AL, Y, caches)
    L, m = len(caches), Y.shape[1]
    for l in range(L):
        # The layers above A{l} are a network of their own, with A{l} as its input.
        above = {
            f"{letter}{k - l}": parameters[f"{letter}{k}"]
            for k in range(l + 1, L + 1)
            for letter in "Wb"
        }
        A = caches[l][0][0]
        numerical = m * numerical_gradient(lambda a, above=above: network_cost(a, Y, above), A)
        meaning = "m times the derivative of the cost"
        assert_gradient(f"dA{l}", entry("grads", grads, f"dA{l}"), numerical, meaning)


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """dW and db are right for one example, for one input and for layers of one unit"""
    for layer_dims, m in (((4, 3, 1), 1), ((1, 3, 1), 4), ((3, 1, 1), 4), ((1, 1), 1)):
        assert_entries(student, random_case(rng, layer_dims, m), ("dW", "db"))


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """It leaves AL, Y and the caches unchanged, and gives the same answer when called again"""
    AL, Y, caches = random_case(rng, (4, 3, 1), 6)
    before = copy.deepcopy((AL, Y, caches))
    first = student(AL, Y, caches)
    assert_unchanged(before, (AL, Y, caches), "AL, Y or the caches")
    for answer in (first, student(AL, Y, caches)):
        assert_entries(lambda *_, answer=answer: answer, before, ("dW", "db"))
