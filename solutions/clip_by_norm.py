"""Reference solution of clip_by_norm."""

import numpy as np


def clip_by_norm(grads, max_norm):
    """Shorten the gradient of the whole network if it is longer than max_norm.

    All parameters' gradients together are one long vector. If its length exceeds max_norm, every
    entry is multiplied by the same factor, so that the length becomes max_norm and the direction
    stays. A shorter gradient stays as it is.

    Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks
    (2013), algorithm 1.

    Parameters
    ----------
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL", as L_model_backward makes them. Keys that belong to no
        parameter, such as "dA0", count for nothing.
    max_norm : float
        The greatest length allowed, positive.

    Returns
    -------
    clipped : dict
        New arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    kept = {key: array for key, array in grads.items() if key.startswith(("dW", "db"))}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    return {key: factor * array for key, array in kept.items()}
    ### END SOLUTION
