"""Reference solution of L_layer_model."""

from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters


def L_layer_model(X, Y, layer_dims, learning_rate, num_iterations):
    """Train a network of any depth by gradient descent on all examples at once.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        Examples, one a column.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    layer_dims : list of int
        Units of each layer, from the input to the output: [n_x, ..., 1].
    learning_rate : float
        Length of a step, as a multiple of the gradient.
    num_iterations : int
        Number of steps.

    Returns
    -------
    parameters : dict
        "W1", "b1", ..., "WL", "bL" after the last step.
    costs : list of float
        The cost in each iteration, before its step: num_iterations numbers.
    """
    ### BEGIN SOLUTION
    parameters = initialize_parameters_deep(layer_dims)
    costs = []
    for _iteration in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION
