"""Reference solution of initialize_xavier."""

import numpy as np


def initialize_xavier(layer_dims):
    """Create the first parameters of a deep network by Xavier's rule, made for tanh and sigmoid.

    The weights of layer l are normal around 0 with the variance 2 / (n_{l-1} + n_l): between what
    keeps the size of the activations on the way forward, 1 / n_{l-1}, and what keeps the size of
    the gradients on the way backward, 1 / n_l. The biases are zero.

    Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
    networks (2010), equation 12.

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
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters
    ### END SOLUTION
