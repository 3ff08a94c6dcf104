"""Reference solution of linear_backward."""

import numpy as np


def linear_backward(dZ, cache):
    """Go backward through the linear part of one layer.

    Parameters
    ----------
    dZ : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to Z, one example a column.
    cache : tuple
        (A_prev, W, b), the linear cache of the forward pass.

    Returns
    -------
    dA_prev : ndarray, shape (n_prev, m)
        Gradient of m times the cost with respect to A_prev.
    dW : ndarray, shape (n_l, n_prev)
        Gradient of the cost with respect to W.
    db : ndarray, shape (n_l, 1)
        Gradient of the cost with respect to b.
    """
    ### BEGIN SOLUTION
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
    ### END SOLUTION
