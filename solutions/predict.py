"""Reference solution of predict."""

from solutions.L_model_forward import L_model_forward


def predict(X, parameters):
    """Answer each example with 1 or 0: with 1 where the network says more than 0.5.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        Examples, one a column.
    parameters : dict
        "W1", "b1", ..., "WL", "bL" of a network with one output unit.

    Returns
    -------
    predictions : ndarray, shape (1, m)
        Numbers, each 0 or 1. At exactly 0.5 either will do.
    """
    ### BEGIN SOLUTION
    AL, _ = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float)
    ### END SOLUTION
