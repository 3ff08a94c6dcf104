"""Reference solution of L_model_backward."""

import numpy as np

from solutions.linear_activation_backward import linear_activation_backward


def L_model_backward(AL, Y, caches):
    """Run the whole network backward, from the cost to the first layer.

    Parameters
    ----------
    AL : ndarray, shape (1, m)
        The network's answers, from L_model_forward.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    caches : list
        The caches of L_model_forward, first layer first.

    Returns
    -------
    grads : dict
        "dA0" ... "dA{L-1}" : ndarray, gradient of m times the cost with
        respect to the activations A0 = X, ..., A{L-1}, each of that array's shape
        "dW1" ... "dWL" : ndarray, gradient of the cost with respect to W1 ... WL
        "db1" ... "dbL" : ndarray, gradient of the cost with respect to b1 ... bL
    """
    ### BEGIN SOLUTION
    L = len(caches)
    grads = {}
    dA = np.divide(1 - Y, 1 - AL) - np.divide(Y, AL)
    activation = "sigmoid"
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
        activation = "relu"
    return grads
    ### END SOLUTION
