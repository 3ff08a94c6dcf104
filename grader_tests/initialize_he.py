"""Hidden tests of initialize_he."""

import numpy as np
import pytest

from grader_tests.lab_support import (
    assert_layer_dims_unchanged,
    assert_layers,
    assert_new_normal_weights,
    assert_rule,
    initialiser_cases,
)
from solutions.initialize_he import initialize_he as reference

RETURNS = ("parameters",)


def standard_deviation(n_prev, n_l):
    """Return the standard deviation that the rule gives the weights of a layer."""
    return float(np.sqrt(2 / n_prev))


def public_cases():
    """Inputs of the visible checks."""
    return initialiser_cases(standard_deviation)


@pytest.mark.points(2)
def test_he_shapes(student, rng):
    """Each layer has weights of shape (n_l, n_prev) and a column of zeros for its biases"""
    assert_layers(student, reference, rng)


@pytest.mark.points(1)
def test_he_scale(student, rng):
    """The weights of every layer have the standard deviation of He's rule"""
    assert_rule(student, standard_deviation)


@pytest.mark.points(1)
def test_he_weights_are_normal(student, rng):
    """The weights are new normal numbers around 0 in every layer and in every call"""
    assert_new_normal_weights(student)


@pytest.mark.points(1)
def test_he_layer_dims_unchanged(student, rng):
    """It leaves layer_dims unchanged, and works again when called with it again"""
    assert_layer_dims_unchanged(student, reference, rng)
