"""Reference solution of early_stopping."""


def early_stopping(costs, patience):
    """Find the epoch at which training stops, and the best epoch until then.

    Training stops as soon as `patience` epochs in a row have brought no new lowest cost. A cost
    equal to the lowest is no new lowest. If that never happens, it goes on to the last epoch.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 7.1.

    Parameters
    ----------
    costs : list of float
        The cost on the validation set after each epoch, from epoch 0 on; at least one.
    patience : int
        How many epochs without a new lowest cost are waited for, from 1.

    Returns
    -------
    best_epoch : int
        The epoch with the lowest cost of those that were run, the first one if several have it.
    stop_epoch : int
        The last epoch that was run.
    """
    ### BEGIN SOLUTION
    best_epoch = 0
    for epoch, cost in enumerate(costs):
        if cost < costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch == patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1
    ### END SOLUTION
