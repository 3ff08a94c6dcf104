"""Reference solution of linear_forward."""


def linear_forward(A, W, b):
    """Compute the linear part of one layer: Z = W A + b.

    Parameters
    ----------
    A : ndarray, shape (n_prev, m)
        Activations of the layer before (or the input X), one example a column.
    W : ndarray, shape (n_l, n_prev)
        Weights of this layer.
    b : ndarray, shape (n_l, 1)
        Biases of this layer, the same for every example.

    Returns
    -------
    Z : ndarray, shape (n_l, m)
        Pre-activations of this layer.
    cache : tuple
        (A, W, b), kept for the backward pass.
    """
    ### BEGIN SOLUTION
    Z = W @ A + b
    return Z, (A, W, b)
    ### END SOLUTION
