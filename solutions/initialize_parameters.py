"""Reference solution of initialize_parameters."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    """Create the first parameters of a network with one hidden layer.

    The weights are small random numbers, drawn from a standard normal
    distribution and multiplied by 0.01. The biases are zero.

    Parameters
    ----------
    n_x : int
        Number of inputs.
    n_h : int
        Number of hidden units.
    n_y : int
        Number of output units.

    Returns
    -------
    parameters : dict
        "W1" : ndarray, shape (n_h, n_x), weights of the hidden layer
        "b1" : ndarray, shape (n_h, 1), biases of the hidden layer
        "W2" : ndarray, shape (n_y, n_h), weights of the output layer
        "b2" : ndarray, shape (n_y, 1), biases of the output layer
    """
    ### BEGIN SOLUTION
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    ### END SOLUTION
