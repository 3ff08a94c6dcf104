"""Reference solution of decayed_learning_rate."""


def decayed_learning_rate(learning_rate0, decay_rate, epoch, time_interval=1):
    """Compute the learning rate of an epoch: it falls in stairs, as 1 / (1 + decay_rate k).

    k is the number of whole intervals that have passed: epoch divided by time_interval, rounded
    down.

    Source: the schedule 1 / t of Robbins and Monro, A stochastic approximation method (1951);
    inverse time decay, as deep learning libraries call it.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    decay_rate : float
        How fast it falls: after 1 / decay_rate intervals it is half of what it was.
    epoch : int
        Number of the epoch, from 0.
    time_interval : int
        Epochs for which it stays the same, from 1.

    Returns
    -------
    learning_rate : float
        The learning rate of this epoch.
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * (epoch // time_interval))
    ### END SOLUTION
