"""Reference solution of dropout_forward."""


def dropout_forward(A, keep_prob, mask):
    """Silence some units of a layer, and make the others louder: inverted dropout.

    What the mask keeps is divided by keep_prob. So the mean over all masks is A itself, and when
    the network answers for real, without dropout, nothing has to be changed.

    Source: Srivastava and others, Dropout: a simple way to prevent neural networks from
    overfitting (2014), section 10, scaled during training.

    Parameters
    ----------
    A : ndarray, shape (n_l, m)
        Activations of the layer.
    keep_prob : float
        The probability with which a unit is kept, above 0 and at most 1.
    mask : ndarray, shape (n_l, m)
        1 where a unit is kept for an example, 0 where it is silenced.

    Returns
    -------
    A : ndarray, shape (n_l, m)
        The activations that go on to the next layer, a new array.
    """
    ### BEGIN SOLUTION
    return A * mask / keep_prob
    ### END SOLUTION
