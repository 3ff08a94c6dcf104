"""Reference solution of l2_gradients."""


def l2_gradients(grads, parameters, lambd, m):
    """Add the gradient of the L2 penalty to the gradients of the cost.

    The penalty lambd / (2 m) sum W**2 has the derivative lambd / m W: each dW gets it added. The
    biases are free, so each db stays as it is.

    Source: the power rule, applied to the penalty of cost_with_l2.

    Parameters
    ----------
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL", as L_model_backward makes them; it may hold further keys,
        such as "dA0". It and its arrays stay as they are.
    parameters : dict
        "W1", "b1", ..., "WL", "bL".
    lambd : float
        Strength of the penalty, from 0.
    m : int
        Number of examples that the gradients were computed from.

    Returns
    -------
    grads : dict
        New arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    penalized = {}
    for key, array in parameters.items():
        slope = lambd / m * array if key.startswith("W") else 0.0
        penalized[f"d{key}"] = grads[f"d{key}"] + slope
    return penalized
    ### END SOLUTION
