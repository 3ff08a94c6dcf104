"""Reference solution of linear_activation_backward."""

from solutions.linear_backward import linear_backward
from workbook import relu_backward, sigmoid_backward


def linear_activation_backward(dA, cache, activation):
    """Go backward through one whole layer: the activation, then the linear part.

    Parameters
    ----------
    dA : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to this layer's activations.
    cache : tuple
        (linear_cache, activation_cache), that is ((A_prev, W, b), Z).
    activation : str
        "relu" or "sigmoid".

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
    linear_cache, Z = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    else:
        dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)
    ### END SOLUTION
