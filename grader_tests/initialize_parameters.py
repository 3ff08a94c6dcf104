"""Hidden tests of initialize_parameters."""

import numpy as np
import pytest

from grader_tests.calls import called
from grader_tests.draws import WIDTH, normal
from grader_tests.random_support import (
    Drawn,
    assert_independent,
    assert_lines_vary,
    assert_no_unit_twice,
    assert_normals,
    assert_scales,
    many_numbers,
)
from grader_tests.support import (
    Case,
    assert_rows_differ,
    network_cost,
    numerical_gradient,
    parameters_in,
    unit_scale,
    weights_of_shapes,
)
from solutions.initialize_parameters import initialize_parameters as reference
from workbook.course.compare import NormalArray, assert_same

# Large enough for the statistics to bite. With equal sizes, one array would do for both layers.
LARGE = (100, 100, 100)


def public_cases():
    """Inputs of the visible checks."""
    # Large, so that chance cannot hide the scale or the sign of the numbers.
    for n_x, n_h, n_y in ((150, 60, 40), (30, 200, 1)):
        expected = {
            "W1": NormalArray((n_h, n_x), 0.01),
            "b1": np.zeros((n_h, 1)),
            "W2": NormalArray((n_y, n_h), 0.01),
            "b2": np.zeros((n_y, 1)),
        }
        units = "output unit" if n_y == 1 else "output units"
        title = f"{n_x} inputs, {n_h} hidden units, {n_y} {units}"
        yield Case(title, (n_x, n_h, n_y), expected)


def several_sizes(rng):
    """Return sizes (n_x, n_h, n_y): growing, shrinking, with one output unit, and all 1."""
    few, some, many = sorted(int(n) for n in rng.permutation(np.arange(2, 10))[:3])
    # One of two sizes is the smaller one: in either order, that must not matter.
    return [few, some, many], [many, some, few], [some, many, 1], [1, 1, 1]


def many_weights(student, sizes=LARGE):
    """Return W1 and W2 of a large network, whatever their shapes, by key."""
    return many_numbers(parameters_in(student(*sizes)), weight_shapes(*sizes))


def weight_shapes(n_x, n_h, n_y):
    """Return the right shapes of W1 and W2, by key."""
    return {"W1": (n_h, n_x), "W2": (n_y, n_h)}


@pytest.mark.points(2)
def test_weight_shapes(student, rng):
    """Each weight matrix has a row for each unit of its layer and a column for each input of it"""
    for sizes, returned in called(student, several_sizes(rng)):
        weights_of_shapes(parameters_in(returned), weight_shapes(*sizes))


@pytest.mark.points(2)
def test_biases(student, rng):
    """Each bias vector is a column of zeros, one for each unit of its layer; no key is added"""
    for sizes, returned in called(student, several_sizes(rng)):
        want = reference(*sizes)
        biases = {key: want[key] for key in ("b1", "b2")}
        parameters = parameters_in(returned)
        assert_same("parameters", parameters, biases)
        # The number of layers is later read from the number of keys. A key that is not spelt as it
        # should be is for the other tests to judge.
        extra = ", ".join(sorted(map(str, parameters.keys() - want)))
        enough = len(parameters) <= len(want)
        assert enough, f"parameters has more than its four keys: {extra}"


@pytest.mark.points(1)
def test_weight_scale(student, rng):
    """The weights of both layers have the standard deviation 0.01"""
    assert_scales(many_weights(student))


@pytest.mark.points(1)
def test_weights_are_normal(student, rng):
    """The weights scatter evenly around 0, in the bell curve of the normal distribution"""
    weights = many_weights(student)
    assert_normals(weights)
    assert_lines_vary(weights)


@pytest.mark.points(1)
def test_symmetry_is_broken(student, rng):
    """No two hidden units get the same gradient, so they can learn different things"""
    sizes = (4, 5, 1)
    weights = weights_of_shapes(parameters_in(student(*sizes)), weight_shapes(*sizes))
    network = reference(*sizes) | {key: unit_scale(W) for key, W in weights.items()}
    # With 40 examples no unit is silent for all of them.
    X, Y = normal(rng, 4, 40), np.resize([0.0, 1.0, 1.0], (1, 40))
    gradient = numerical_gradient(
        lambda W1: network_cost(X, Y, {**network, "W1": W1}), network["W1"]
    )
    assert_rows_differ("W1", gradient)
    for sizes in ((6, WIDTH, 1), (WIDTH, 6, 1)):
        shapes = weight_shapes(*sizes)
        assert_no_unit_twice(weights_of_shapes(parameters_in(student(*sizes)), shapes))


@pytest.mark.points(1)
def test_new_numbers(student, rng):
    """Both layers, and every call, get new random numbers"""
    for sizes in (LARGE, (100, 100, 1)):
        first, second = (
            {key: Drawn(W) for key, W in many_weights(student, sizes).items()} for _ in range(2)
        )
        assert_independent("W1 and W2", first["W1"], first["W2"])
        for key in ("W1", "W2"):
            assert_independent(f"{key} of one call and {key} of the next", first[key], second[key])
