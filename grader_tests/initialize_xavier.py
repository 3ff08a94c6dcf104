"""Hidden tests of initialize_xavier."""

import copy

import numpy as np
import pytest

from grader_tests.support import (
    Case,
    assert_independent,
    assert_normal,
    assert_standard_deviation,
    assert_unchanged,
    many_numbers,
    parameters_in,
    weights_of_shapes,
)
from solutions.initialize_xavier import initialize_xavier as reference
from workbook.compare import NormalArray, assert_same

RETURNS = ("parameters",)

# Large enough for the statistics to bite, neighbours of clearly different sizes.
LARGE = [60, 150, 80, 200]


def standard_deviation(n_prev, n_l):
    """Return the standard deviation that the rule gives the weights of a layer."""
    return float(np.sqrt(2 / (n_prev + n_l)))


def public_cases():
    """Inputs of the visible checks."""
    # Large, so that chance cannot hide the scale of the numbers; sizes that tell rules apart.
    for layer_dims in ([300, 100, 300], [100, 250]):
        expected = {}
        for layer in range(1, len(layer_dims)):
            n_prev, n_l = layer_dims[layer - 1], layer_dims[layer]
            expected[f"W{layer}"] = NormalArray((n_l, n_prev), standard_deviation(n_prev, n_l))
            expected[f"b{layer}"] = np.zeros((n_l, 1))
        yield Case(f"layer_dims {layer_dims}", (layer_dims,), expected)


def parameters_of(student, layer_dims):
    """Return the answer, or raise AssertionError if it is no dictionary."""
    # The function gets a list of its own, so that a change of it is judged in one test only.
    return parameters_in(student(list(layer_dims)))


def several_layer_dims(rng):
    """Return layer_dims of 1 to 4 layers, all sizes different, and one with a layer of one unit."""
    different = [int(n) for n in rng.permutation(np.arange(2, 10))[:5]]
    return [different[: L + 1] for L in (1, 2, 3, 4)] + [[3, 1, 2]]


def weight_keys(layer_dims):
    """Return the keys of the weight matrices."""
    return [f"W{layer}" for layer in range(1, len(layer_dims))]


@pytest.mark.points(1)
def test_xavier_shapes(student, rng):
    """Each layer has weights of shape (n_l, n_prev) and a column of zeros for its biases"""
    for layer_dims in several_layer_dims(rng):
        want = reference(layer_dims)
        parameters = parameters_of(student, layer_dims)
        extra = ", ".join(sorted(map(str, parameters.keys() - want.keys())))
        # The number of layers is later read from the number of keys.
        assert not extra, f"parameters has too many keys: {extra}"
        weights_of_shapes(parameters, {key: want[key].shape for key in weight_keys(layer_dims)})
        assert_same("parameters", parameters, {k: b for k, b in want.items() if k[0] == "b"})


@pytest.mark.points(2)
def test_xavier_scale(student, rng):
    """The weights of every layer have the standard deviation of Xavier's rule"""
    for layer_dims in (LARGE, LARGE[::-1]):
        weights = many_numbers(parameters_of(student, layer_dims), weight_keys(layer_dims), 60)
        for layer, (key, W) in enumerate(weights.items(), 1):
            assert_standard_deviation(
                key, W, standard_deviation(layer_dims[layer - 1], layer_dims[layer])
            )


@pytest.mark.points(1)
def test_xavier_weights_are_normal(student, rng):
    """The weights are new normal numbers around 0 in every layer and in every call"""
    first, second = (
        many_numbers(parameters_of(student, LARGE), weight_keys(LARGE), 60) for _ in range(2)
    )
    for i, (key, W) in enumerate(first.items()):
        assert_normal(key, W)
        assert_independent(f"{key} of one call and {key} of the next", W, second[key])
        for other in list(first)[:i]:
            assert_independent(f"{other} and {key}", first[other], W)


@pytest.mark.points(1)
def test_xavier_layer_dims_unchanged(student, rng):
    """It leaves layer_dims unchanged, and works again when called with it again"""
    layer_dims = several_layer_dims(rng)[2]
    before = copy.deepcopy(layer_dims)
    for _ in range(2):
        parameters = parameters_in(student(layer_dims))
        assert_unchanged(before, layer_dims, "layer_dims")
        missing = ", ".join(sorted(reference(before).keys() - parameters.keys()))
        assert not missing, f"parameters lacks {missing}"
