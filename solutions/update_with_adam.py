"""Reference solution of update_with_adam."""

import numpy as np


def update_with_adam(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one step of Adam: momentum and RMSProp together, with bias correction.

    For every parameter, with its gradient g, entry by entry:

        v = beta1 v + (1 - beta1) g       moving mean of the gradients
        s = beta2 s + (1 - beta2) g**2    moving mean of the squared gradients
        v_hat = v / (1 - beta1**t)        both means began at 0 and are too small at first:
        s_hat = s / (1 - beta2**t)        this makes up for it
        parameter = parameter - learning_rate v_hat / (sqrt(s_hat) + eps)

    Source: Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1. There
    v is called m, and s is called v.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL"; it and its arrays stay as they are.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL"; it may hold further keys, such as "dA0".
    v, s : dict
        "dW1", "db1", ..., "dWL", "dbL": the moving means so far, zeros before the first step.
        They and their arrays stay as they are; what is stored is not corrected.
    t : int
        Number of this step: 1 for the first.
    learning_rate : float
        Length of the step, as a multiple of the scaled mean.
    beta1, beta2 : float
        Shares of the old means in the new ones, from 0 to below 1.
    eps : float
        A small number that keeps the division away from 0.

    Returns
    -------
    parameters : dict
        New arrays under the keys of params.
    v, s : dict
        The new moving means, new arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        gradient = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * gradient
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * gradient**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s
    ### END SOLUTION
