"""Reference solution of update_with_momentum."""


def update_with_momentum(params, grads, v, learning_rate, beta=0.9):
    """Take one step of gradient descent with momentum.

    For every parameter, with its gradient g:

        v = beta v + (1 - beta) g         a moving mean of the gradients
        parameter = parameter - learning_rate v

    Source: Polyak, Some methods of speeding up the convergence of iteration methods (1964), with
    the factor (1 - beta) that makes v a mean. Without it, as in PyTorch's SGD, v is 1 / (1 - beta)
    times longer, and the learning rate is chosen smaller by as much.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL"; it and its arrays stay as they are.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL"; it may hold further keys, such as "dA0".
    v : dict
        "dW1", "db1", ..., "dWL", "dbL": the moving means so far, zeros before the first step.
        It and its arrays stay as they are.
    learning_rate : float
        Length of the step, as a multiple of v.
    beta : float
        Share of the old mean in the new one, from 0 (plain gradient descent) to below 1.

    Returns
    -------
    parameters : dict
        New arrays under the keys of params.
    v : dict
        The new moving means, new arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v
    ### END SOLUTION
