"""The reference against an independent oracle: automatic differentiation.

The network below is written for this test alone, from the formulas, with autograd's NumPy. It
shares no line with the solutions or with the hidden tests.
"""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference import reference

NETWORKS = [
    ([3, 1], 5),
    ([1, 1], 1),
    ([4, 3, 1], 6),
    ([2, 5, 1], 1),
    ([3, 5, 4, 1], 7),
    ([5, 4, 3, 2, 1], 6),
    ([2, 6, 1, 3, 1], 9),
]


def network(layer_dims, m, seed):
    """Return X, Y and weights large enough for every layer to matter."""
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((layer_dims[0], m)), rng.integers(0, 2, (1, m)).astype(float)
    weights, biases = [], []
    for n_prev, n_l in pairwise(layer_dims):
        weights.append(rng.standard_normal((n_l, n_prev)) / np.sqrt(n_prev))
        biases.append(0.5 * rng.standard_normal((n_l, 1)))
    return X, Y, weights, biases


def as_parameters(weights, biases):
    parameters = {f"W{l}": W for l, W in enumerate(weights, 1)}
    return parameters | {f"b{l}": b for l, b in enumerate(biases, 1)}


def oracle_forward(X, weights, biases, shifts=None):
    """Return the network's answers; `shifts` are added to the activations A0, A1, ..."""
    A = X
    for l, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if shifts is not None:
            A = A + shifts[l]
        Z = anp.dot(W, A) + b
        last = l == len(weights) - 1
        A = 1.0 / (1.0 + anp.exp(-Z)) if last else anp.where(Z > 0.0, Z, 0.0)
    return A


def oracle_cost(AL, Y):
    return -anp.mean(anp.log(anp.where(Y == 1.0, AL, 1.0 - AL)))


def close(got, want):
    """Agreement to rounding, of the same shape."""
    assert np.shape(got) == np.shape(want)
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-12)


each_network = pytest.mark.parametrize(("layer_dims", "m"), NETWORKS, ids=str)


@each_network
def test_forward_and_cost(layer_dims, m):
    X, Y, weights, biases = network(layer_dims, m, seed=1)
    AL, caches = reference.L_model_forward(X, as_parameters(weights, biases))
    close(AL, oracle_forward(X, weights, biases))
    assert len(caches) == len(weights)
    cost = reference.compute_cost(AL, Y)
    assert type(cost) is float
    close(cost, oracle_cost(AL, Y))


@each_network
def test_gradients_are_those_of_the_cost(layer_dims, m):
    X, Y, weights, biases = network(layer_dims, m, seed=2)
    grads = reference.L_model_backward(*_forward_and_labels(X, Y, weights, biases))
    shifts = [np.zeros((n, m)) for n in layer_dims[:-1]]

    def cost(parts):
        return oracle_cost(oracle_forward(X, *parts), Y)

    dW, db, dA = grad(cost)((weights, biases, shifts))
    # A layer without any gradient would make the comparison empty.
    assert np.abs(dW[-1]).max() > 1e-6
    for l in range(1, len(layer_dims)):
        close(grads[f"dW{l}"], dW[l - 1])
        close(grads[f"db{l}"], db[l - 1])
        # dA holds no 1/m: it is m times the gradient.
        close(grads[f"dA{l - 1}"], m * dA[l - 1])


def _forward_and_labels(X, Y, weights, biases):
    AL, caches = reference.L_model_forward(X, as_parameters(weights, biases))
    return AL, Y, caches


def test_a_training_takes_the_steps_of_gradient_descent():
    X, Y, _, _ = network([3, 4, 1], 9, seed=6)
    np.random.seed(7)
    trained, costs = reference.L_layer_model(X, Y, [3, 4, 1], 0.8, 6)
    np.random.seed(7)
    start = reference.initialize_parameters_deep([3, 4, 1])
    parts = [start["W1"], start["W2"]], [start["b1"], start["b2"]]

    def cost(parts):
        return oracle_cost(oracle_forward(X, *parts), Y)

    for expected in costs:
        close(expected, cost(parts))
        weights, biases = grad(cost)(parts)
        parts = tuple(
            [array - 0.8 * slope for array, slope in zip(arrays, slopes, strict=True)]
            for arrays, slopes in zip(parts, (weights, biases), strict=True)
        )
    for key, array in as_parameters(*parts).items():
        close(trained[key], array)


def test_a_gradient_check_measures_the_gradients():
    X, Y, weights, biases = network([3, 4, 2, 1], 7, seed=8)
    dW, db = grad(lambda parts: oracle_cost(oracle_forward(X, *parts), Y))((weights, biases))
    grads = {f"d{key}": array for key, array in as_parameters(dW, db).items()}
    found = reference.gradient_check(as_parameters(weights, biases), grads, X, Y)
    assert found.keys() == grads.keys()
    assert max(found.values()) < 1e-8


@pytest.mark.parametrize(
    ("cost_of", "gradients_of", "size"),
    [
        (reference.cost_with_l2, reference.l2_gradients, lambda W: W**2 / 2),
        (reference.cost_with_l1, reference.l1_gradients, anp.abs),
    ],
    ids=["L2", "L1"],
)
def test_a_penalty_adds_its_own_gradient(cost_of, gradients_of, size):
    X, Y, weights, biases = network([3, 4, 1], 6, seed=9)

    def cost(weights):
        penalty = sum(anp.sum(size(W)) for W in weights)
        return oracle_cost(oracle_forward(X, weights, biases), Y) + 0.9 / 6 * penalty

    parameters = as_parameters(weights, biases)
    AL, _, caches = _forward_and_labels(X, Y, weights, biases)
    close(cost_of(AL, Y, parameters, 0.9), cost(weights))
    grads = gradients_of(reference.L_model_backward(AL, Y, caches), parameters, 0.9, 6)
    for l, slope in enumerate(grad(cost)(weights), 1):
        close(grads[f"dW{l}"], slope)


@pytest.mark.parametrize(
    ("derivative", "activation"),
    [
        (reference.sigmoid_derivative, lambda z: 1.0 / (1.0 + anp.exp(-z))),
        (reference.relu_derivative, lambda z: anp.where(z > 0.0, z, 0.0)),
        (reference.tanh_derivative, anp.tanh),
    ],
    ids=["sigmoid", "relu", "tanh"],
)
def test_a_derivative_is_the_slope_of_its_activation(derivative, activation):
    Z = 2 * np.random.default_rng(10).standard_normal((3, 5))
    close(derivative(Z), grad(lambda z: anp.sum(activation(z)))(Z))


def test_dropout_passes_back_what_it_passed_on():
    rng = np.random.default_rng(11)
    A, dA = rng.standard_normal((2, 4, 6))
    mask = (rng.random((4, 6)) < 0.7).astype(float)
    close(
        reference.dropout_backward(dA, 0.7, mask),
        grad(lambda a: anp.sum(dA * reference.dropout_forward(a, 0.7, mask)))(A),
    )


sizes = st.integers(1, 5)


@given(
    n_prev=sizes,
    n_l=sizes,
    m=sizes,
    seed=st.integers(0, 2**32 - 1),
    activation=st.sampled_from(["relu", "sigmoid"]),
)
@settings(max_examples=50)
def test_one_layer(n_prev, n_l, m, seed, activation):
    rng = np.random.default_rng(seed)
    A_prev, W = rng.standard_normal((n_prev, m)), rng.standard_normal((n_l, n_prev))
    b, dA = rng.standard_normal((n_l, 1)), rng.standard_normal((n_l, m))

    def layer(p):
        Z = anp.dot(p[1], p[0]) + p[2]
        return anp.where(Z > 0.0, Z, 0.0) if activation == "relu" else 1.0 / (1.0 + anp.exp(-Z))

    A, cache = reference.linear_activation_forward(A_prev, W, b, activation)
    close(A, layer((A_prev, W, b)))
    want = grad(lambda p: anp.sum(dA * layer(p)) / m)((A_prev, W, b))
    got = reference.linear_activation_backward(dA, cache, activation)
    for one, right in zip(got, (m * want[0], *want[1:]), strict=True):
        close(one, right)
