"""Reference solution of NeuralNetwork."""

import numpy as np

from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters


class NeuralNetwork:
    """The network of the ten functions, with its parameters and gradients kept inside.

    Parameters
    ----------
    layer_dims : list of int
        The sizes [n_x, n_1, ..., 1].
    learning_rate : float
        The step size.

    Attributes
    ----------
    parameters : dict
        "W1", "b1", ..., as initialize_parameters_deep makes them. May be set from outside.
    learning_rate : float
        May be set from outside, too.
    grads : dict
        "dW1", "db1", ...: the sum of the gradients of every `backward` since the last
        `zero_grad`; all zeros at first.
    costs : list of float
        The cost before each step of `fit`.
    """

    def __init__(self, layer_dims, learning_rate):
        ### BEGIN SOLUTION
        self.parameters = initialize_parameters_deep(layer_dims)
        self.learning_rate = learning_rate
        self.costs = []
        self.zero_grad()
        ### END SOLUTION

    def zero_grad(self):
        """Set every gradient to zeros, of the shape of its parameter."""
        ### BEGIN SOLUTION
        self.grads = {f"d{key}": np.zeros(array.shape) for key, array in self.parameters.items()}
        ### END SOLUTION

    def forward(self, X):
        """Return AL, of shape (1, m), and keep what `backward` needs."""
        ### BEGIN SOLUTION
        self.AL, self.caches = L_model_forward(X, self.parameters)
        return self.AL
        ### END SOLUTION

    def backward(self, Y):
        """Add the gradients of the last `forward`, with the right answers Y, to `grads`."""
        ### BEGIN SOLUTION
        grads = L_model_backward(self.AL, Y, self.caches)
        self.grads = {key: total + grads[key] for key, total in self.grads.items()}
        ### END SOLUTION

    def step(self):
        """Make one gradient descent step with the gradients in `grads`."""
        ### BEGIN SOLUTION
        self.parameters = update_parameters(self.parameters, self.grads, self.learning_rate)
        ### END SOLUTION

    def fit(self, X, Y, num_iterations):
        """Train on all of X and Y: in each iteration, one step with this iteration's gradients.

        The cost of each iteration, before its step, is appended to `costs`. Called again, it goes
        on from where it was.
        """
        ### BEGIN SOLUTION
        for _ in range(num_iterations):
            AL = self.forward(X)
            self.costs.append(compute_cost(AL, Y))
            self.zero_grad()
            self.backward(Y)
            self.step()
        ### END SOLUTION

    def predict(self, X):
        """Return 1 where the network's answer is above 0.5, else 0, of shape (1, m).

        A question in between: what `forward` has kept for `backward` stays.
        """
        ### BEGIN SOLUTION
        AL, _ = L_model_forward(X, self.parameters)
        return (AL > 0.5).astype(float)
        ### END SOLUTION
