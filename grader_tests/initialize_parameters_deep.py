"""Hidden tests of initialize_parameters_deep."""

import copy

import numpy as np
import pytest

from grader_tests.support import Case, assert_unchanged, numerical_gradient
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep as reference
from workbook import sigmoid
from workbook.compare import NormalArray, assert_same, split

# A statistic of random numbers may lie this many standard errors from its expectation: a right
# answer fails about once in 10**15 times.
STANDARD_ERRORS = 8.0

# Share of normal numbers that lie within one standard deviation.
WITHIN_ONE_SIGMA = 0.6827

# Large enough for the statistics to bite, all sizes different.
LARGE = [60, 120, 100, 80]


def public_cases():
    """Inputs of the visible checks."""
    for layer_dims in ([40, 30, 25, 20], [30, 20]):
        expected = {}
        for layer in range(1, len(layer_dims)):
            n_prev, n_l = layer_dims[layer - 1], layer_dims[layer]
            expected[f"W{layer}"] = NormalArray((n_l, n_prev), 0.01)
            expected[f"b{layer}"] = np.zeros((n_l, 1))
        yield Case(f"layer_dims {layer_dims}", (layer_dims,), expected)


def several_layer_dims(rng):
    """Return layer_dims of 1 to 4 layers, all sizes different, and some with layers of one unit."""
    different = [int(n) for n in rng.permutation(np.arange(2, 10))[:5]]
    return [different[: L + 1] for L in (1, 2, 3, 4)] + [[3, 1, 2], [2, 3, 1], [1, 1]]


def parameters_of(student, layer_dims):
    """Return the answer, or raise AssertionError if it is no dictionary."""
    # The function gets a list of its own, so that a change of it is judged in one test only.
    (parameters,) = split(student(list(layer_dims)), ("parameters",))
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
    """Return the weights that a large network has, whatever their shapes, by key."""
    parameters = parameters_of(student, LARGE)
    # A missing layer is for the test of the keys to judge.
    keys = [key for key in reference(LARGE) if key in parameters and key.startswith("W")]
    assert keys, "parameters has no key of a weight matrix, such as 'W1'"
    weights = {key: numbers(parameters, key) for key in keys}
    for key, W in weights.items():
        # On fewer numbers than a single row holds, statistics say nothing.
        assert W.size >= min(LARGE), f"{key} has only {W.size} entries in a large network"
    return weights


def assert_keys(parameters, layer_dims):
    """Raise AssertionError unless each layer has its two keys, and nothing else has one."""
    L, want = len(layer_dims) - 1, reference(layer_dims).keys()
    missing = ", ".join(sorted(want - parameters.keys()))
    assert not missing, f"with L = {L}, parameters lacks {missing}"
    # The number of layers is later read from the number of keys.
    extra = ", ".join(sorted(map(str, parameters.keys() - want)))
    assert not extra, f"with L = {L}, parameters has too many keys: {extra}"


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


@pytest.mark.points(1)
def test_keys(student, rng):
    """There is a weight matrix and a bias vector for every layer from 1 to L, and no other"""
    for layer_dims in several_layer_dims(rng):
        assert_keys(parameters_of(student, layer_dims), layer_dims)


@pytest.mark.points(1)
def test_weight_shapes(student, rng):
    """Each weight matrix has a row for each unit of its layer and a column for each input of it"""
    for layer_dims in several_layer_dims(rng):
        parameters, want = parameters_of(student, layer_dims), reference(layer_dims)
        for key in (key for key in want if key.startswith("W")):
            shape = numbers(parameters, key).shape
            assert shape == want[key].shape, (
                f"{key} has shape {shape}; it should have {want[key].shape}"
            )


@pytest.mark.points(1)
def test_biases(student, rng):
    """Each bias vector is a column of zeros, one for each unit of its layer"""
    for layer_dims in several_layer_dims(rng):
        biases = {k: b for k, b in reference(layer_dims).items() if k.startswith("b")}
        assert_same("parameters", parameters_of(student, layer_dims), biases)


@pytest.mark.points(1)
def test_weight_scale(student, rng):
    """The weights of every layer have the standard deviation 0.01"""
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
    parameters, want = parameters_of(student, layer_dims), reference(layer_dims)
    weights = []
    for key in ("W1", "W2", "W3"):
        W = numbers(parameters, key)
        assert W.shape == want[key].shape, (
            f"{key} has shape {W.shape}; it should have {want[key].shape}"
        )
        # Symmetry does not depend on the scale of the weights; larger ones give gradients that
        # stand clear of rounding.
        weights.append(W / max(float(np.sqrt(np.mean(W**2) * W.shape[1])), 1e-300))
    X, Y = rng.standard_normal((3, 10)), rng.integers(0, 2, (1, 10)).astype(float)
    for hidden in (0, 1):
        before, after = weights[:hidden], weights[hidden + 1 :]
        gradient = numerical_gradient(
            lambda W, before=before, after=after: tanh_network_cost(X, Y, [*before, W, *after]),
            weights[hidden],
        )
        assert_rows_differ(f"W{hidden + 1}", gradient)


@pytest.mark.points(1)
def test_new_numbers(student, rng):
    """Every layer, and every call, gets new random numbers"""
    first, second = many_weights(student), many_weights(student)
    keys = [key for key in first if key in second]
    for i, key in enumerate(keys):
        assert_independent(f"{key} of one call and {key} of the next", first[key], second[key])
        for other in keys[:i]:
            assert_independent(f"{other} and {key}", first[other], first[key])


@pytest.mark.points(1)
def test_layer_dims_unchanged(student, rng):
    """It leaves layer_dims unchanged, and works again when called with it again"""
    layer_dims = several_layer_dims(rng)[2]
    before = copy.deepcopy(layer_dims)
    for _ in range(2):
        (parameters,) = split(student(layer_dims), ("parameters",))
        assert isinstance(parameters, dict), "the function should return a dictionary, parameters"
        assert_keys(parameters, before)
        assert_unchanged(before, layer_dims, "layer_dims")
