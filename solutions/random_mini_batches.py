"""Reference solution of random_mini_batches."""

import numpy as np


def random_mini_batches(X, Y, mini_batch_size, rng):
    """Cut the examples into mini-batches, in a random order.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        Examples, one a column.
    Y : ndarray, shape (1, m)
        Their right answers, in the same order.
    mini_batch_size : int
        Examples in a mini-batch; the last one holds what is left.
    rng : int or numpy.random.Generator
        np.random.default_rng(rng) makes a generator of either: of a number a
        new one with this seed, and a generator stays the one that it is. The
        order is generator.permutation(m), drawn once.

    Returns
    -------
    mini_batches : list of tuple
        Pairs (X_batch, Y_batch), ndarrays of shapes (n_x, k) and (1, k).
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for start in range(0, m, mini_batch_size):
        chosen = order[start : start + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
    ### END SOLUTION
