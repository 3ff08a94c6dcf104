"""Reference solution of linear_activation_forward."""

from solutions.linear_forward import linear_forward
from workbook import relu, sigmoid


def linear_activation_forward(A_prev, W, b, activation):
    """Compute one whole layer: the linear part, then the activation.

    Parameters
    ----------
    A_prev : ndarray, shape (n_prev, m)
        Activations of the layer before (or the input X).
    W : ndarray, shape (n_l, n_prev)
        Weights of this layer.
    b : ndarray, shape (n_l, 1)
        Biases of this layer.
    activation : str
        "relu" or "sigmoid".

    Returns
    -------
    A : ndarray, shape (n_l, m)
        Activations of this layer.
    cache : tuple
        (linear_cache, activation_cache), that is ((A_prev, W, b), Z).
    """
    ### BEGIN SOLUTION
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)
    ### END SOLUTION
