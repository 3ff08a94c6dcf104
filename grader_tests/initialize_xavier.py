"""Hidden tests of initialize_xavier."""

import copy

import numpy as np
import pytest

from grader_tests.support import (
    LARGE_LAYERS,
    Case,
    assert_layers,
    assert_new_normal_weights,
    assert_standard_deviation,
    assert_unchanged,
    dims_of_all_depths,
    many_numbers,
    parameters_in,
    weight_keys,
)
from solutions.initialize_xavier import initialize_xavier as reference
from workbook.compare import NormalArray, assert_same

RETURNS = ("parameters",)


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


@pytest.mark.points(1)
def test_xavier_shapes(student, rng):
    """Each layer has weights of shape (n_l, n_prev) and a column of zeros for its biases"""
    for layer_dims in dims_of_all_depths(rng):
        parameters, want = parameters_of(student, layer_dims), reference(layer_dims)
        assert_layers(parameters, want)
        assert_same("parameters", parameters, {key: want[key] for key in want if key[0] == "b"})


@pytest.mark.points(2)
def test_xavier_scale(student, rng):
    """The weights of every layer have the standard deviation of Xavier's rule"""
    for layer_dims in (LARGE_LAYERS, LARGE_LAYERS[::-1]):
        weights = many_numbers(parameters_of(student, layer_dims), weight_keys(layer_dims), 60)
        for layer, (key, W) in enumerate(weights.items(), 1):
            assert_standard_deviation(
                key, W, standard_deviation(layer_dims[layer - 1], layer_dims[layer])
            )


@pytest.mark.points(1)
def test_xavier_weights_are_normal(student, rng):
    """The weights are new normal numbers around 0 in every layer and in every call"""
    assert_new_normal_weights(
        parameters_of(student, LARGE_LAYERS), parameters_of(student, LARGE_LAYERS)
    )


@pytest.mark.points(1)
def test_xavier_layer_dims_unchanged(student, rng):
    """It leaves layer_dims unchanged, and works again when called with it again"""
    layer_dims = dims_of_all_depths(rng)[2]
    before = copy.deepcopy(layer_dims)
    for _ in range(2):
        parameters = parameters_in(student(layer_dims))
        assert_unchanged(before, layer_dims, "layer_dims")
        missing = ", ".join(sorted(reference(before).keys() - parameters.keys()))
        assert not missing, f"parameters lacks {missing}"
