"""Reference solution of L_model_forward."""

from solutions.linear_activation_forward import linear_activation_forward


def L_model_forward(X, parameters):
    """Run the whole network forward: ReLU in layers 1 to L-1, sigmoid in layer L.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The input, one example a column.
    parameters : dict
        "W1", "b1", ..., "WL", "bL", as initialize_parameters_deep makes them.

    Returns
    -------
    AL : ndarray, shape (1, m)
        The network's answer for each example, between 0 and 1.
    caches : list
        The cache of each layer, first layer first: L entries, and
        caches[l - 1] is the cache of layer l.
    """
    ### BEGIN SOLUTION
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches
    ### END SOLUTION
