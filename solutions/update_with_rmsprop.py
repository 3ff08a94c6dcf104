"""Reference solution of update_with_rmsprop."""

import numpy as np


def update_with_rmsprop(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    """Take one step of RMSProp: each number's step is measured by the size of its own gradients.

    For every parameter, with its gradient g, entry by entry:

        s = beta s + (1 - beta) g**2      a moving mean of the squared gradients
        parameter = parameter - learning_rate g / (sqrt(s) + eps)

    Source: Tieleman and Hinton, Lecture 6.5 of Neural Networks for Machine Learning (2012); eps
    stands outside the root, as in PyTorch's RMSprop.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL"; it and its arrays stay as they are.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL"; it may hold further keys, such as "dA0".
    s : dict
        "dW1", "db1", ..., "dWL", "dbL": the moving means so far, zeros before the first step.
        It and its arrays stay as they are.
    learning_rate : float
        Length of the step, as a multiple of the scaled gradient.
    beta : float
        Share of the old mean in the new one, from 0 to below 1.
    eps : float
        A small number that keeps the division away from 0.

    Returns
    -------
    parameters : dict
        New arrays under the keys of params.
    s : dict
        The new moving means, new arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    parameters, new_s = {}, {}
    for key, value in params.items():
        gradient = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * gradient**2
        parameters[key] = value - learning_rate * gradient / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s
    ### END SOLUTION
