"""Reference solution of relu_derivative."""

import numpy as np


def relu_derivative(Z):
    """Compute the slope of ReLU: 1 where Z is positive, 0 elsewhere.

    ReLU has no derivative at exactly 0; the convention of this course is 0.

    Parameters
    ----------
    Z : ndarray, any shape
        Pre-activations.

    Returns
    -------
    slope : ndarray, of Z's shape
        The derivative of ReLU at each entry of Z, a number (1.0 or 0.0).
    """
    ### BEGIN SOLUTION
    return np.where(Z > 0, 1.0, 0.0)
    ### END SOLUTION
