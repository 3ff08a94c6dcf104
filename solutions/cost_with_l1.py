"""Reference solution of cost_with_l1."""

import numpy as np

from solutions.compute_cost import compute_cost


def cost_with_l1(AL, Y, parameters, lambd):
    """Compute the cost with an L1 penalty, which makes every weight dear, the small ones too.

    cross-entropy cost + lambd / m times the sum of the absolute values of all weights. Biases are
    free.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 7.1.2, with the
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
        Strength of the penalty, from 0 (no penalty).

    Returns
    -------
    cost : float
        A single number.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    weights = [array for key, array in parameters.items() if key.startswith("W")]
    sizes = sum(np.sum(np.abs(W)) for W in weights)
    return float(compute_cost(AL, Y) + lambd / m * sizes)
    ### END SOLUTION
