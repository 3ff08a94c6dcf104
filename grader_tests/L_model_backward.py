"""Hidden tests of L_model_backward."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import DEEP, MANY, network, stretched
from grader_tests.support import (
    Case,
    assert_gradient,
    entry,
    gradient_of_stack,
    network_costs,
    random_layer,
    random_parameters,
)
from solutions.L_model_backward import L_model_backward as reference
from solutions.L_model_forward import L_model_forward
from solutions.linear_activation_backward import linear_activation_backward
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind
from workbook.course.numbers_in_words import not_finite

RETURNS = ("grads",)

# Of the layer that the gradient comes to last.
FIRST = ("dW1", "db1")


def random_case(rng, layer_dims, m=5, by=1.0):
    """Return AL, Y and the caches of a real forward pass, `stretched` by a factor."""
    X, Y, parameters, _, _ = network(rng, layer_dims, m)
    AL, caches = L_model_forward(*stretched(X, parameters, by))
    return AL, Y, caches


def single_units(rng):
    """Return AL, Y and the caches of layers of one unit: no mistake elsewhere ends in an error."""
    X, Y, parameters, _, _ = network(rng, (1, 1, 1, 1), 1)
    # W2 is about 1, and dA1 would be about dA2.
    parameters |= {"W2": 2 * parameters["W2"], "W3": parameters["W3"] / 2}
    AL, caches = L_model_forward(X, parameters)
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
    # Layer 3 is silent for two examples: else each dA2 would be the same multiple of dA3.
    X = np.array([[0.5, -1.0, 2.0, 1.0, -0.4, 0.1]])
    weights, biases = (1.5, -0.8, 1.2, -0.7), (0.2, 1.5, -0.5, 0.4)
    parameters = {}
    for l in range(1, 5):
        parameters[f"W{l}"] = np.array([[weights[l - 1]]])
        parameters[f"b{l}"] = np.array([[biases[l - 1]]])
    AL, caches = L_model_forward(X, parameters)
    Y = np.array([[1.0, 0.0, 0.0, 1.0, 1.0, 0.0]])
    yield Case("4 layers of one unit, 6 examples", (AL, Y, caches))
    X, W, b = (np.round(array, 2) for array in random_layer(rng, 3, 1, 4))
    AL, caches = L_model_forward(X, {"W1": W, "b1": b})
    Y = np.array([[0.0, 1.0, 1.0, 0.0]])
    yield Case("no hidden layer: 3 inputs, 1 unit, 4 examples", (AL, Y, caches))


def assert_entries(student, cases, chosen):
    """Raise AssertionError unless the entries of grads are right whose keys are chosen."""
    for case, returned in called(student, cases):
        (grads,) = split(returned, RETURNS)
        want = {key: value for key, value in reference(*case).items() if chosen(key)}
        assert_same("grads", grads, want)


def is_of_parameters(key):
    """Return whether a key is that of a dW or a db."""
    return key.startswith(("dW", "db"))


@pytest.mark.points(1)
def test_output_layer(student, rng):
    """dW and db of the output layer are right, in a network without a hidden layer"""
    # The gradients of the second one are larger than where anybody clips them.
    cases = [random_case(rng, (4, 1), 5), random_case(rng, (4, 1), 8, by=10_000)]
    assert_entries(student, cases, is_of_parameters)


@pytest.mark.points(1)
def test_sure_answers(student, rng):
    """Answers that are very sure, and some of them wrong, get their full dA0"""
    # Here even 1e-7 beside AL makes a small difference.
    _, Y, _, AL, caches = network(rng, (4, 1), 8, sure=True)
    grads = gradients(student(AL, Y, caches))
    assert_near(
        "dA0 of answers that are very sure",
        entry("grads", grads, "dA0"),
        reference(AL, Y, caches)["dA0"],
    )


def assert_near(where, got, want):
    """Raise AssertionError unless an array is right to a hundredth of its largest entry."""
    got = array_of_numbers(where, got, want.shape)
    assert np.isfinite(got).all(), f"{where} holds {not_finite(got)}"
    errors = np.abs(got - want) / np.abs(want).max()
    wrong = errors > 0.01
    smaller = (np.abs(got) < np.abs(want))[wrong]
    how = "too small" if smaller.all() else "too large"
    if (smaller.any() and not smaller.all()) or (got * want < 0)[wrong].any():
        how = "not right"
    far = f"its largest error is {errors.max():.2g} times its largest right entry"
    assert not wrong.any(), f"{where} is {how}: {far}"


@pytest.mark.points(2)
def test_output_layer_above_others(student, rng):
    """dW and db of the output layer are right in a network with hidden layers, too"""
    assert_entries(student, [single_units(rng)], ("dW3", "db3").__contains__)


@pytest.mark.points(2)
def test_dA_of_output_layer(student, rng):
    """The dA that the output layer passes back is right, and stored as that of the layer before"""
    assert_entries(student, [single_units(rng)], ("dA2",).__contains__)


@pytest.mark.points(1)
def test_one_hidden_layer(student, rng):
    """dW and db of the hidden layer are right, in a network with one"""
    first = random_case(rng, (4, 3, 1), MANY, by=100)
    # Labels may be whole numbers.
    AL, Y, caches = random_case(rng, (3, 5, 1), 8, by=0.01)
    assert_entries(student, [first, (AL, Y.astype(int), caches)], FIRST.__contains__)


@pytest.mark.points(1)
def test_more_hidden_layers(student, rng):
    """All gradients of layer 2 and above are right for two and for eleven hidden layers"""
    # The first layer, to which the gradient comes last, is what other tests look at.
    of_first = (*FIRST, "dA0")
    cases = [random_case(rng, layer_dims, m) for layer_dims, m in (((5, 4, 3, 1), 6), DEEP)]
    assert_entries(student, cases, lambda key: key not in of_first)
    # Layer 6 is silent for every example: what comes before it still has its gradients, all zeros.
    X, Y, parameters, _, _ = network(rng, *DEEP)
    parameters |= {
        "b6": parameters["b6"] - 1000,
        "W12": parameters["W12"] / 100,
        "b12": np.zeros((1, 1)),
    }
    AL, caches = L_model_forward(X, parameters)
    assert_entries(student, [(AL, Y, caches)], lambda key: key not in of_first)


def gradients(returned):
    """Return the answer if it is a dictionary, or raise AssertionError."""
    (grads,) = split(returned, RETURNS)
    assert isinstance(grads, dict), f"grads is {kind(grads)}; it should be a dictionary"
    return grads


@pytest.mark.points(1)
def test_hidden_layers_follow(student, rng):
    """The dA of a hidden layer follows from the dA that the layer after it passed back"""
    # Starts from the answer's own dA, so that a mistake in the output layer costs nothing here.
    AL, Y, caches = random_case(rng, (5, 4, 3, 1), 6)
    grads = gradients(student(AL, Y, caches))
    dA = array_of_numbers("dA2", entry("grads", grads, "dA2"), caches[1][1].shape)
    assert np.abs(dA).max() > 0, "dA2 is all zeros, so no gradient reaches the hidden layers"
    dA_prev, _, _ = linear_activation_backward(dA, caches[1], "relu")
    assert_same("grads", grads, {"dA1": dA_prev})


@pytest.mark.points(1)
def test_dA(student, rng):
    """Each dA is right and stored under its own layer's number: dA0 belongs to the input"""
    case = random_case(rng, (5, 4, 3, 1), 6)
    assert_entries(student, [case], lambda key: key.startswith("dA"))


@pytest.mark.points(1)
def test_dW_and_db_by_finite_differences(student, rng):
    """dW and db of the first layer are the derivatives of the cost J (finite differences)"""
    X, Y, parameters, AL, caches = network(rng, (3, 4, 2, 1), 5)
    grads = gradients(student(AL, Y, caches))
    for key in ("W1", "b1"):
        numerical = gradient_of_stack(
            lambda values, key=key: network_costs(X, Y, {**parameters, key: values}),
            parameters[key],
        )
        found = entry("grads", grads, f"d{key}")
        assert_gradient(f"d{key}", found, numerical, "the derivative of the cost")


@pytest.mark.points(1)
def test_dA_by_finite_differences(student, rng):
    """dA0 is m times the derivative of the cost J with respect to the input (finite differences)"""
    X, Y, parameters, AL, caches = network(rng, (3, 4, 1), 5)
    grads = gradients(student(AL, Y, caches))
    numerical = Y.shape[1] * gradient_of_stack(lambda x: network_costs(x, Y, parameters), X)
    found = entry("grads", grads, "dA0")
    assert_gradient("dA0", found, numerical, "m times the derivative of the cost")


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """dW and db of the first layer are right for one example, for one input and for single units"""
    sizes = ((4, 3, 1), 1), ((1, 3, 1), 4), ((3, 1, 1), 4)
    cases = [random_case(rng, layer_dims, m) for layer_dims, m in sizes]
    assert_entries(student, cases, FIRST.__contains__)


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The answer follows from AL, Y and the caches alone, which stay unchanged, call after call"""
    AL, Y, caches = random_case(rng, (4, 1), 6)
    assert_repeats(
        student,
        lambda _, returned: gradients(returned),
        (AL, Y, caches),
        (AL, 1 - Y, caches),
        "AL, Y or the caches",
        [random_case(rng, (4, 1, 1), 6)],
    )
