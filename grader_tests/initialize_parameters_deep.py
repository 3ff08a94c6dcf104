"""Hidden tests of initialize_parameters_deep."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import WIDTH, normal
from grader_tests.random_support import (
    Drawn,
    assert_independent,
    assert_lines_vary,
    assert_no_unit_twice,
    assert_normals,
    assert_scale,
    assert_scales,
    many_numbers,
)
from grader_tests.support import (
    Case,
    assert_rows_differ,
    numerical_gradient,
    parameters_in,
    unit_scale,
    weights_of_shapes,
)
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep as reference
from workbook import sigmoid
from workbook.course.compare import NormalArray, assert_same

# Large enough for the statistics to bite. With equal sizes, one array would do for two layers.
LARGE = [60, 100, 100, 100]

# Deep enough for what is wrong only in a later layer.
DEEP = [20] * 13


def public_cases():
    """Inputs of the visible checks."""
    # Large, so that chance cannot hide the scale or the sign of the numbers.
    for layer_dims in ([150, 60, 40, 30], [60, 40]):
        expected = {}
        for layer in range(1, len(layer_dims)):
            n_prev, n_l = layer_dims[layer - 1], layer_dims[layer]
            expected[f"W{layer}"] = NormalArray((n_l, n_prev), 0.01)
            expected[f"b{layer}"] = np.zeros((n_l, 1))
        yield Case(f"layer_dims {layer_dims}", (layer_dims,), expected)


def several_layer_dims(rng):
    """Return layer_dims of 1 to 12 layers, all sizes different, and some with one unit."""
    different = [int(n) for n in rng.permutation(np.arange(2, 15))]
    return [different[: L + 1] for L in (1, 2, 3, 12)] + [[3, 1, 2], [2, 3, 1], [1, 1]]


def parameters_of(student, layer_dims):
    """Return the answer, or raise AssertionError if it is no dictionary."""
    ((_, parameters),) = each_parameters(student, [layer_dims])
    return parameters


def each_parameters(student, several):
    """Yield layer_dims with the answer, or raise AssertionError if it is no dictionary."""
    # The function gets a list of its own, so that a change of it is judged in one test only.
    calls = called(student, [(list(layer_dims),) for layer_dims in several])
    for layer_dims, (_, returned) in zip(several, calls, strict=True):
        yield layer_dims, parameters_in(returned)


def many_weights(student):
    """Return the weights that a large network has, whatever their shapes, by key."""
    weights = weights_of(student, LARGE)
    assert weights, "parameters has no key of a weight matrix, such as 'W1'"
    return weights


def weights_of_deep(student):
    """Return the weights that a deep network has, by key."""
    return weights_of(student, DEEP)


def weights_of(student, layer_dims):
    """Return those weights that a network has, whatever their shapes, by key."""
    parameters = parameters_of(student, layer_dims)
    # A missing layer is for the test of the keys to judge.
    keys = {str(key).replace("_", "").capitalize() for key in parameters}
    right = {key: shape for key, shape in weight_shapes(layer_dims).items() if key in keys}
    return many_numbers(parameters, right) if right else {}


def weight_shapes(layer_dims):
    """Return the right shapes of the weight matrices, by key."""
    return {f"W{l}": (layer_dims[l], layer_dims[l - 1]) for l in range(1, len(layer_dims))}


def assert_keys(parameters, layer_dims):
    """Raise AssertionError unless each layer has its two keys, and nothing else has one."""
    L, want = len(layer_dims) - 1, reference(layer_dims).keys()
    missing = ", ".join(sorted(want - parameters.keys()))
    assert not missing, f"with L = {L}, parameters lacks {missing}"
    # The number of layers is later read from the number of keys.
    extra = ", ".join(sorted(map(str, parameters.keys() - want)))
    assert not extra, f"with L = {L}, parameters has too many keys: {extra}"


@pytest.mark.points(1)
def test_keys(student, rng):
    """There is a weight matrix and a bias vector for every layer from 1 to L, and no other"""
    for layer_dims, parameters in each_parameters(student, several_layer_dims(rng)):
        assert_keys(parameters, layer_dims)


@pytest.mark.points(1)
def test_weight_shapes(student, rng):
    """Each weight matrix has a row for each unit of its layer and a column for each input of it"""
    for layer_dims, parameters in each_parameters(student, several_layer_dims(rng)):
        weights_of_shapes(parameters, weight_shapes(layer_dims))


@pytest.mark.points(1)
def test_biases(student, rng):
    """Each bias vector is a column of zeros, one for each unit of its layer"""
    for layer_dims, parameters in each_parameters(student, several_layer_dims(rng)):
        biases = {k: b for k, b in reference(layer_dims).items() if k.startswith("b")}
        assert_same("parameters", parameters, biases)


@pytest.mark.points(1)
def test_weight_scale(student, rng):
    """The weights of every layer have the standard deviation 0.01"""
    assert_scales(many_weights(student))
    # Each by itself: where numbers are there twice, the scale of all of them is up to chance.
    for key, W in weights_of_deep(student).items():
        assert_scale(key, W)


@pytest.mark.points(1)
def test_weights_are_normal(student, rng):
    """The weights scatter evenly around 0, in the bell curve of the normal distribution"""
    weights = many_weights(student)
    assert_normals(weights)
    assert_lines_vary(weights)


def tanh_network_cost(X, Y, weights):
    """Return the cost J of a network without biases whose hidden layers are tanh.

    Units start alike or not whatever the activation is. With tanh no unit is silent, as a ReLU
    unit may be, and no finite difference meets a kink.
    """
    A = X
    for W in weights[:-1]:
        A = np.tanh(W @ A)
    return compute_cost(sigmoid(weights[-1] @ A)[0], Y)


@pytest.mark.points(1)
def test_symmetry_is_broken(student, rng):
    """No two units of a hidden layer get the same gradient, so they can learn different things"""
    layer_dims = [3, 5, 4, 1]
    found = weights_of_shapes(parameters_of(student, layer_dims), weight_shapes(layer_dims))
    weights = [unit_scale(W) for W in found.values()]
    X, Y = normal(rng, 3, 10), np.resize([0.0, 1.0, 1.0], (1, 10))
    for hidden in (0, 1):
        before, after = weights[:hidden], weights[hidden + 1 :]
        gradient = numerical_gradient(
            lambda W, before=before, after=after: tanh_network_cost(X, Y, [*before, W, *after]),
            weights[hidden],
        )
        assert_rows_differ(f"W{hidden + 1}", gradient)
    for layer_dims in ([6, WIDTH, 1], [WIDTH, 6, 1]):
        shapes = weight_shapes(layer_dims)
        assert_no_unit_twice(weights_of_shapes(parameters_of(student, layer_dims), shapes))


@pytest.mark.points(1)
def test_new_numbers(student, rng):
    """Every layer, and every call, gets new random numbers"""
    for weights in (many_weights, weights_of_deep):
        first, second = ({key: Drawn(W) for key, W in weights(student).items()} for _ in range(2))
        keys = [key for key in first if key in second]
        for i, key in enumerate(keys):
            assert_independent(f"{key} of one call and {key} of the next", first[key], second[key])
            for other in keys[:i]:
                assert_independent(f"{other} and {key}", first[other], first[key])


@pytest.mark.points(1)
def test_layer_dims_unchanged(student, rng):
    """It leaves layer_dims unchanged, and works again when called with it again"""
    layer_dims = several_layer_dims(rng)[2]
    assert_repeats(
        student,
        lambda _, returned: shapes_in(returned),
        (layer_dims,),
        (layer_dims[::-1],),
        "layer_dims",
        [(several_layer_dims(rng)[3],)],
    )


def shapes_in(returned):
    """Return the shape of each array of an answer, by key."""
    return {key: list(np.shape(value)) for key, value in parameters_in(returned).items()}
