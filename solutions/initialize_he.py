"""Reference solution of initialize_he."""

import numpy as np


def initialize_he(layer_dims):
    """Create the first parameters of a deep network by He's rule, made for ReLU.

    The weights of layer l are normal around 0 with the variance 2 / n_{l-1}. The 2 makes up for
    the half of its input that ReLU sets to zero. The biases are zero.

    Source: He, Zhang, Ren and Sun, Delving deep into rectifiers (2015), equation 10.

    Parameters
    ----------
    layer_dims : list of int
        Number of units of every layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    parameters : dict
        For each layer l = 1, ..., L:
        "W1" ... "WL" : ndarray, shape (n_l, n_{l-1}), weights of layer l
        "b1" ... "bL" : ndarray, shape (n_l, 1), biases of layer l
    """
    ### BEGIN SOLUTION
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters
    ### END SOLUTION
