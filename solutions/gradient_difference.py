"""Reference solution of gradient_difference."""

import numpy as np


def gradient_difference(one, other):
    """Compare two gradients: how far they are apart, relative to how long they are.

    The distance of the two divided by the sum of their lengths, so 0 if they are equal and 1 if
    they are opposite, whatever their scale. Two gradients that are zero everywhere are equal.

    Source: the relative error of gradient checking, as in Stanford's CS231n notes, with
    Euclidean lengths.

    Parameters
    ----------
    one, other : ndarray, of the same shape
        The two gradients, a vector or a matrix.

    Returns
    -------
    difference : float
        Between 0 and 1.
    """
    ### BEGIN SOLUTION
    distance = np.sqrt(np.sum((one - other) ** 2))
    lengths = np.sqrt(np.sum(one**2)) + np.sqrt(np.sum(other**2))
    if lengths == 0:
        return 0.0
    return float(distance / lengths)
    ### END SOLUTION
