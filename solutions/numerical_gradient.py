"""Reference solution of numerical_gradient."""

import numpy as np


def numerical_gradient(f, theta, h):
    """Measure the gradient of a function by central differences.

    Each entry of theta is moved up by h and down by h, all others staying where they are. The
    error is of the order h**2.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 11.5.

    Parameters
    ----------
    f : callable
        f(theta) is one number, for any array of theta's shape.
    theta : ndarray, any shape
        Where the gradient is measured; it stays as it is.
    h : float
        The step.

    Returns
    -------
    gradient : ndarray, of theta's shape
        The slope of f along each entry of theta.
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient
    ### END SOLUTION
