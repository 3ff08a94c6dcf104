"""Reference solution of gradient_check."""

import numpy as np

from solutions.gradient_difference import gradient_difference
from workbook import relu, sigmoid


def gradient_check(parameters, grads, X, Y):
    """Compare the gradients of a whole network with central differences of step 1e-5.

    A network with n numbers in its parameters has 2n neighbours: each number once a little up,
    once a little down. They are stacked, and one forward pass runs all of them: `@` multiplies
    stacks of matrices, one by one.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL", as initialize_parameters_deep makes them; ReLU in layers 1
        to L-1, sigmoid in layer L.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL": the gradients in question. Further keys, such as "dA0",
        are not looked at.
    X : ndarray, shape (n_x, m)
        The input, one example a column.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.

    Returns
    -------
    differences : dict
        "dW1", "db1", ..., "dWL", "dbL" : float, the gradient_difference of each gradient and its
        finite difference.
    """
    ### BEGIN SOLUTION
    h = 1e-5
    theta = np.concatenate([array.ravel() for array in parameters.values()])
    n = theta.size
    neighbours = np.concatenate([theta + h * np.eye(n), theta - h * np.eye(n)])

    stacks = {}
    start = 0
    for key, array in parameters.items():
        stacks[key] = neighbours[:, start : start + array.size].reshape(2 * n, *array.shape)
        start += array.size

    L = len(parameters) // 2
    A = X
    for l in range(1, L + 1):
        Z = stacks[f"W{l}"] @ A + stacks[f"b{l}"]
        A, _ = relu(Z) if l < L else sigmoid(Z)
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    costs = losses.reshape(2 * n, -1).mean(axis=1)
    slopes = (costs[:n] - costs[n:]) / (2 * h)

    differences = {}
    start = 0
    for key, array in parameters.items():
        measured = slopes[start : start + array.size].reshape(array.shape)
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
        start += array.size
    return differences
    ### END SOLUTION
