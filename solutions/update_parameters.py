"""Reference solution of update_parameters."""


def update_parameters(params, grads, learning_rate):
    """Take one step of gradient descent: move every parameter against its gradient.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL"; it and its arrays stay as they are.
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL", as L_model_backward makes them.
        It may hold further keys, such as "dA0".
    learning_rate : float
        Length of the step, as a multiple of the gradient.

    Returns
    -------
    parameters : dict
        New arrays under the keys "W1", "b1", ..., "WL", "bL".
    """
    ### BEGIN SOLUTION
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in params.items()}
    ### END SOLUTION
