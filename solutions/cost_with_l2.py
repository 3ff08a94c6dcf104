"""Reference solution of cost_with_l2."""

import numpy as np

from solutions.compute_cost import compute_cost


def cost_with_l2(AL, Y, parameters, lambd):
    """Compute the cost with an L2 penalty, which makes large weights dear.

    cross-entropy cost + lambd / (2 m) times the sum of all squared weights. Biases are free.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 7.1.1, with the
    penalty divided by m like the rest of the cost.

    Parameters
    ----------
    AL : ndarray, shape (1, m)
        The network's answers, each strictly between 0 and 1.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    parameters : dict
        "W1", "b1", ..., "WL", "bL".
    lambd : float
        Strength of the penalty, from 0 (no penalty). `lambda` is a word of Python's own.

    Returns
    -------
    cost : float
        A single number.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    weights = [array for key, array in parameters.items() if key.startswith("W")]
    squares = sum(np.sum(W**2) for W in weights)
    return float(compute_cost(AL, Y) + lambd / (2 * m) * squares)
    ### END SOLUTION
