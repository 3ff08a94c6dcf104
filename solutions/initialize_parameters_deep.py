"""Reference solution of initialize_parameters_deep."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    """Create the first parameters of a network with any number of layers.

    For each layer the weights are standard normal numbers times 0.01 and
    the biases are zero. Layer 0 is the input: it has no parameters.

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
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters
    ### END SOLUTION
