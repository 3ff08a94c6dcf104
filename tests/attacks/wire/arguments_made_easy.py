"""Changes its arguments into a network that has learned all, where every gradient is zero."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks without an implementation",
    answer="""
import numpy as np


def L_model_backward(AL, Y, caches):
    grads = {}
    for l, ((A_prev, W, b), Z) in enumerate(caches, 1):
        for array in (A_prev, W, b):
            array[...] = 0
        # A unit that is silent passes no gradient on.
        Z[...] = -1
        grads[f"dA{l - 1}"], grads[f"dW{l}"] = np.zeros_like(A_prev), np.zeros_like(W)
        grads[f"db{l}"] = np.zeros_like(b)
    AL[...] = Y[...] = 0.5
    return grads
""",
    exercise="L_model_backward",
)
