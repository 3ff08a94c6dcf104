"""Reference solution of accumulate_gradients."""


def accumulate_gradients(grads_list, sizes):
    """Put the gradients of several small batches together to that of one large batch.

    Each gradient is a mean over its own batch. The mean over all examples gives every batch the
    weight of its size: sum of sizes[i] grads_list[i], divided by the sum of sizes.

    Source: the cost is a mean over the examples, and the gradient of a sum is the sum of the
    gradients.

    Parameters
    ----------
    grads_list : list of dict
        For each batch "dW1", "db1", ..., "dWL", "dbL", all at the same parameters. Keys that
        belong to no parameter, such as "dA0", need not be returned: they have a column for each
        example.
    sizes : list of int
        Number of examples of each batch.

    Returns
    -------
    grads : dict
        New arrays under the keys "dW1", "db1", ..., "dWL", "dbL".
    """
    ### BEGIN SOLUTION
    total = sum(sizes)
    keys = [key for key in grads_list[0] if key.startswith(("dW", "db"))]
    return {
        key: sum(size / total * grads[key] for grads, size in zip(grads_list, sizes, strict=True))
        for key in keys
    }
    ### END SOLUTION
