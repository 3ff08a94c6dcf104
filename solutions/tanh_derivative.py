"""Reference solution of tanh_derivative."""

import numpy as np


def tanh_derivative(Z):
    """Compute the slope of the hyperbolic tangent: 1 - t**2, where t is tanh(Z).

    It is largest at 0, where it is 1, and falls towards 0 on both sides.

    Source: the quotient rule, applied to sinh(Z) / cosh(Z).

    Parameters
    ----------
    Z : ndarray, any shape
        Pre-activations.

    Returns
    -------
    slope : ndarray, of Z's shape
        The derivative of tanh at each entry of Z, at most 1.
    """
    ### BEGIN SOLUTION
    return 1 - np.tanh(Z) ** 2
    ### END SOLUTION
