"""A network trained by the reference functions, for the tests of pictures."""

import numpy as np

from tests.reference import reference


def moons(m=60):
    """Two half circles: X of shape (2, m), Y of shape (1, m)."""
    rng = np.random.default_rng(1)
    angle = rng.uniform(0, np.pi, m)
    Y = (np.arange(m) % 2).reshape(1, m)
    X = np.where(Y == 0, [np.cos(angle), np.sin(angle)], [1 - np.cos(angle), 0.5 - np.sin(angle)])
    return X + 0.1 * rng.standard_normal((2, m)), Y


def first_parameters(layer_dims, scale=0.5):
    rng = np.random.default_rng(3)
    found = {}
    for l in range(1, len(layer_dims)):
        found[f"W{l}"] = scale * rng.standard_normal((layer_dims[l], layer_dims[l - 1]))
        found[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return found


def train(parameters, X, Y, learning_rate=0.5, iterations=200):
    """Return the parameters at every moment, the costs, and the last gradients."""
    history, costs, grads = [parameters], [], {}
    for _ in range(iterations):
        AL, caches = reference.L_model_forward(X, parameters)
        costs.append(reference.compute_cost(AL, Y))
        grads = reference.L_model_backward(AL, Y, caches)
        parameters = reference.update_parameters(parameters, grads, learning_rate)
        history.append(parameters)
    return history, costs, grads


#: A network that has learned the moons.
X, Y = moons()
HISTORY, COSTS, GRADS = train(first_parameters([2, 5, 3, 1]), X, Y)
LAST = HISTORY[-1]
