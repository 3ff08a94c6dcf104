"""Returns functions, classes and modules, as they are and inside of what is asked for."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="code of its own in the grader's process",
    exercise="initialise_it",
    function="clip_by_norm",
    answer="""
import numpy as np


class Slope:
    dtype, shape, ndim = np.dtype(float), (1, 1), 2

    def __call__(self, *args):
        return self

    def __array__(self, *args, **kwargs):
        return np.full((1, 1), 0.25)

    def __reduce__(self):
        return (exec, ("import os; open(%r, 'w')" % (WITNESS + "/" + NAME),))


def sigmoid_derivative(Z):
    return Slope


def relu_derivative(Z):
    return lambda: (Z > 0) * 1.0


def tanh_derivative(Z):
    return Slope()


def initialize_xavier(layer_dims):
    return {"W1": Slope(), "b1": np.random}


def initialize_he(layer_dims):
    return initialize_he


def clip_by_norm(grads, max_norm):
    return {key: (value for value in array) for key, array in grads.items()}
""",
)
