"""Reference solution of leaky_relu."""

import numpy as np


def leaky_relu(Z, slope):
    """Apply the leaky rectified linear unit to every entry.

    Parameters
    ----------
    Z : ndarray, shape (n_l, m)
        Pre-activations of one layer.
    slope : float
        What is left of a negative entry, such as 0.01.

    Returns
    -------
    A : ndarray, shape (n_l, m)
        Activations.
    """
    ### BEGIN SOLUTION
    return np.where(Z > 0, Z, slope * Z)
    ### END SOLUTION
