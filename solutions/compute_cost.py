"""Reference solution of compute_cost."""

import numpy as np


def compute_cost(AL, Y):
    """Compute the cross-entropy cost, averaged over the examples.

    Parameters
    ----------
    AL : ndarray, shape (1, m)
        The network's answers, each strictly between 0 and 1.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.

    Returns
    -------
    cost : float
        A single number: the mean loss of one example.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    return float(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m)
    ### END SOLUTION
