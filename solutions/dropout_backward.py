"""Reference solution of dropout_backward."""


def dropout_backward(dA, keep_prob, mask):
    """Go backward through dropout: the same mask, the same factor.

    Forward, each activation was multiplied by mask / keep_prob; by the chain rule its gradient is
    multiplied by the same number.

    Source: the chain rule, applied to dropout_forward.

    Parameters
    ----------
    dA : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to what dropout_forward returned.
    keep_prob : float
        The probability with which a unit was kept, as in the forward pass.
    mask : ndarray, shape (n_l, m)
        The mask of the forward pass.

    Returns
    -------
    dA : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to the activations before dropout, a new array.
    """
    ### BEGIN SOLUTION
    return dA * mask / keep_prob
    ### END SOLUTION
