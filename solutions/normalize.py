"""Reference solution of normalize."""

import numpy as np


def normalize(X_train, X_test):
    """Give every feature mean 0 and standard deviation 1, as the training set has them.

    Parameters
    ----------
    X_train : ndarray, shape (n_x, m_train)
        Examples to learn from, one a column; a feature is a row.
    X_test : ndarray, shape (n_x, m_test)
        Examples to be judged by.

    Returns
    -------
    X_train, X_test : ndarray
        New arrays of the shapes of the inputs: from each feature its mean over
        the training set is taken away, and the rest is divided by its standard
        deviation over the training set (np.std, which divides by m_train). A
        feature that is constant in the training set is not divided.
    """
    ### BEGIN SOLUTION
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    # By its range: the deviation of a constant can be off 0 by rounding.
    constant = np.ptp(X_train, axis=1, keepdims=True) == 0
    scale = np.where(constant, 1.0, spread)
    return (X_train - mean) / scale, (X_test - mean) / scale
    ### END SOLUTION
