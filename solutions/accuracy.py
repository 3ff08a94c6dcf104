"""Reference solution of accuracy."""

import numpy as np


def accuracy(predictions, Y):
    """Return the share of the examples that are answered rightly.

    Parameters
    ----------
    predictions : ndarray, shape (1, m)
        The answers, each 0 or 1.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.

    Returns
    -------
    share : float
        From 0 (none) to 1 (all).
    """
    ### BEGIN SOLUTION
    return float(np.mean(predictions == Y))
    ### END SOLUTION
