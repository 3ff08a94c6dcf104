"""Hidden tests of initialize_parameters."""

import numpy as np
import pytest

from grader_tests.support import Case, network_cost, numerical_gradient
from solutions.initialize_parameters import initialize_parameters as reference
from workbook.compare import NormalArray, assert_same, split

# A statistic of random numbers may lie this many standard errors from its expectation: a right
# answer fails about once in 10**15 times.
STANDARD_ERRORS = 8.0

# Share of normal numbers that lie within one standard deviation.
WITHIN_ONE_SIGMA = 0.6827

# Large enough for the statistics to bite, all sizes different.
LARGE = (120, 100, 80)


def public_cases():
    """Inputs of the visible checks."""
    for n_x, n_h, n_y in ((40, 30, 20), (20, 50, 1)):
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
    """Return sizes (n_x, n_h, n_y): all different, with one output unit, and all 1."""
    different = [int(n) for n in rng.permutation(np.arange(2, 10))[:3]]
    return different, [*different[:2], 1], [1, 1, 1]


def parameters_of(student, sizes):
    """Return the answer, or raise AssertionError if it is no dictionary."""
    (parameters,) = split(student(*sizes), ("parameters",))
    if not isinstance(parameters, dict):
        raise AssertionError("the function should return a dictionary, parameters")
    return parameters


def numbers(parameters, key):
    """Return one array of the answer, or raise AssertionError if it is no array of numbers."""
    if key not in parameters:
        raise AssertionError(f"parameters has no key {key!r}")
    array = parameters[key]
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "iuf":
        raise AssertionError(f"{key} should be a NumPy array of numbers")
    if not np.isfinite(array).all():
        raise AssertionError(f"{key} holds entries that are not finite (inf or nan)")
    return array.astype(float)


def many_weights(student):
    """Return W1 and W2 of a large network, whatever their shapes, by key."""
    parameters = parameters_of(student, LARGE)
    weights = {key: numbers(parameters, key) for key in ("W1", "W2")}
    for key, W in weights.items():
        # On fewer numbers than a single row holds, statistics say nothing.
        assert W.size >= min(LARGE), f"{key} has only {W.size} entries in a large network"
    return weights


def assert_rows_differ(key, gradient):
    """Raise AssertionError if two units get the same gradient, or if no unit gets any."""
    largest = float(np.abs(gradient).max())
    assert largest > 0, f"the cost does not respond to {key}: no unit of its layer can learn"
    for i in range(len(gradient)):
        for j in range(i):
            difference = float(np.abs(gradient[i] - gradient[j]).max())
            assert difference > 1e-6 * largest, (
                f"two units have the same gradient in {key} (they differ by {difference:.2g}): "
                "they will stay alike"
            )


def assert_independent(what, one, other):
    """Raise AssertionError if two arrays of random numbers are correlated, entry by entry."""
    n = min(one.size, other.size)
    one, other = one.ravel()[:n], other.ravel()[:n]
    one, other = one - one.mean(), other - other.mean()
    norms = float(np.linalg.norm(one) * np.linalg.norm(other))
    assert norms > 0, f"{what} should be random, but one holds the same number everywhere"
    correlation = float(one @ other) / norms
    assert abs(correlation) <= STANDARD_ERRORS / np.sqrt(n), (
        f"{what} should be independent, but their correlation is {correlation:.2g}"
    )


@pytest.mark.points(2)
def test_weight_shapes(student, rng):
    """Each weight matrix has a row for each unit of its layer and a column for each input of it"""
    for sizes in several_sizes(rng):
        parameters, want = parameters_of(student, sizes), reference(*sizes)
        for key in ("W1", "W2"):
            shape = numbers(parameters, key).shape
            assert shape == want[key].shape, (
                f"{key} has shape {shape}; it should have {want[key].shape}"
            )


@pytest.mark.points(2)
def test_biases(student, rng):
    """Each bias vector is a column of zeros, one for each unit of its layer"""
    for sizes in several_sizes(rng):
        want = reference(*sizes)
        assert_same(
            "parameters", parameters_of(student, sizes), {key: want[key] for key in ("b1", "b2")}
        )


@pytest.mark.points(1)
def test_weight_scale(student, rng):
    """The weights of both layers have the standard deviation 0.01"""
    for key, W in many_weights(student).items():
        ratio = float(np.sqrt(np.mean(W**2))) / 0.01
        assert abs(ratio - 1.0) <= STANDARD_ERRORS / np.sqrt(2 * W.size), (
            f"the standard deviation of {key} is {ratio:.3g} times what it should be"
        )


@pytest.mark.points(1)
def test_weights_are_normal(student, rng):
    """The weights scatter evenly around 0, in the bell curve of the normal distribution"""
    for key, W in many_weights(student).items():
        sigma = float(np.sqrt(np.mean(W**2)))
        assert sigma > 0, f"{key} is zero everywhere; it should be random"
        offset = float(np.mean(W)) / sigma
        assert abs(offset) <= STANDARD_ERRORS / np.sqrt(W.size), (
            f"{key} is not centred: its mean is {offset:.2g} of its root mean square"
        )
        within = float(np.mean(np.abs(W) < sigma))
        error = np.sqrt(WITHIN_ONE_SIGMA * (1 - WITHIN_ONE_SIGMA) / W.size)
        assert abs(within - WITHIN_ONE_SIGMA) <= STANDARD_ERRORS * error, (
            f"{key} is not normal: {within:.0%} of its entries lie within one standard deviation, "
            f"where it should be {WITHIN_ONE_SIGMA:.0%}"
        )


@pytest.mark.points(1)
def test_symmetry_is_broken(student, rng):
    """No two hidden units get the same gradient, so they can learn different things"""
    sizes = (4, 5, 1)
    parameters, network = parameters_of(student, sizes), reference(*sizes)
    for key in ("W1", "W2"):
        W = numbers(parameters, key)
        assert W.shape == network[key].shape, (
            f"{key} has shape {W.shape}; it should have {network[key].shape}"
        )
        # Symmetry does not depend on the scale of the weights; larger ones give gradients that
        # stand clear of rounding.
        network[key] = W / max(float(np.sqrt(np.mean(W**2) * W.shape[1])), 1e-300)
    # With 40 examples no unit is silent for all of them.
    X, Y = rng.standard_normal((4, 40)), rng.integers(0, 2, (1, 40)).astype(float)
    gradient = numerical_gradient(
        lambda W1: network_cost(X, Y, {**network, "W1": W1}), network["W1"]
    )
    assert_rows_differ("W1", gradient)


@pytest.mark.points(1)
def test_new_numbers(student, rng):
    """Both layers, and every call, get new random numbers"""
    first, second = many_weights(student), many_weights(student)
    assert_independent("W1 and W2", first["W1"], first["W2"])
    for key in ("W1", "W2"):
        assert_independent(f"{key} of one call and {key} of the next", first[key], second[key])
