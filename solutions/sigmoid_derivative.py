"""Reference solution of sigmoid_derivative."""

from workbook import sigmoid


def sigmoid_derivative(Z):
    """Compute the slope of the sigmoid: s (1 - s), where s is the sigmoid of Z.

    It is largest at 0, where it is 1/4, and falls towards 0 on both sides.

    Source: the quotient rule, applied to 1 / (1 + exp(-Z)).

    Parameters
    ----------
    Z : ndarray, any shape
        Pre-activations.

    Returns
    -------
    slope : ndarray, of Z's shape
        The derivative of the sigmoid at each entry of Z, at most 0.25.
    """
    ### BEGIN SOLUTION
    activation, _ = sigmoid(Z)
    return activation * (1 - activation)
    ### END SOLUTION
