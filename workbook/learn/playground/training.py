"""Training of a network step by step, with the learner's own functions."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.learn.flow import linked_calls
from workbook.learn.flow.datasets import plane_dataset
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import OwnFunctionError, call, linked
from workbook.learn.flow.matrices import Array
from workbook.learn.flow.steps import initial_parameters
from workbook.learn.quiet import quiet

#: Number of points of a data set.
POINTS = 200
#: Initial weights: those of the learner's initialiser, or larger ones for deep networks.
SMALL, HE = "small", "He"


@dataclass(frozen=True)
class Choice:
    """The learner's choices, in the order of the controls.

    Attributes
    ----------
    data : str
        Name of the data set.
    hidden_layers, units : int
        Number of hidden layers, and of units in each.
    start : {"small", "He"}
        ``small``: the initialiser's weights as they are. ``He``: ``W{l}`` times
        100 sqrt(2 / n_{l-1}), so that weights of 0.01 get the standard deviation of He's rule.
    learning_rate : float
        Step length as a multiple of the gradient.
    steps : int
        Number of steps of a run.
    seed : int
        Seed for the points and the initial weights.
    """

    data: str = "moons"
    hidden_layers: int = 2
    units: int = 8
    start: str = HE
    learning_rate: float = 0.3
    steps: int = 2000
    seed: int = 1

    @property
    def layers(self) -> tuple[int, ...]:
        """Number of units of every layer, the inputs first."""
        return (2, *[self.units] * self.hidden_layers, 1)


class Training:
    """One network, its data, and the cost before each step.

    Parameters
    ----------
    own : OwnFunctions
        The learner's functions.
    choice : Choice
        Network and data; the learning rate may change at each step.

    Raises
    ------
    OwnFunctionError
        If the learner's initialiser fails.
    """

    def __init__(self, own: OwnFunctions, choice: Choice) -> None:
        self.own = own
        self.choice = choice
        self.X, self.Y = plane_dataset(choice.data, POINTS, choice.seed)
        self.costs: list[float] = []
        self.accuracy = float("nan")
        with quiet():
            made = initial_parameters(own, choice.layers, choice.seed)
        self.parameters = _scaled(made) if choice.start == HE else made

    @property
    def step(self) -> int:
        """Number of steps taken so far."""
        return len(self.costs)

    @property
    def diverged(self) -> bool:
        """Whether the last cost is not finite."""
        return bool(self.costs) and not np.isfinite(self.costs[-1])

    def advance(
        self,
        learning_rate: float,
        most_steps: int,
        seconds: float,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take steps until there are enough of them, time is up, or the cost is not finite.

        Raises
        ------
        OwnFunctionError
            If one of the learner's functions fails.
        """
        end = clock() + seconds
        with quiet(), np.errstate(all="ignore"), linked(self.own) as own:
            for _ in range(most_steps):
                self._one_step(own, learning_rate)
                if self.diverged or clock() >= end:
                    break

    def _one_step(self, own: OwnFunctions, learning_rate: float) -> None:
        AL, caches = call(own, "L_model_forward", self.X, self.parameters)
        answers = self._answers(AL, self.X)
        self.costs.append(linked_calls.cost_of(own, AL, self.Y))
        self.accuracy = float(np.mean((answers > 0.5) == (self.Y == 1)))
        grads = call(own, "L_model_backward", AL, self.Y, caches)
        made = call(own, "update_parameters", self.parameters, grads, learning_rate)
        if not self.diverged:
            layers = self.choice.layers
            self.parameters = linked_calls.parameters_from("update_parameters", made, layers)

    def answers(self, X: Array) -> Array:
        """Return the network's answers for some points.

        Parameters
        ----------
        X : ndarray, shape (2, m)
            The points.

        Returns
        -------
        ndarray, shape (1, m)

        Raises
        ------
        OwnFunctionError
            If L_model_forward fails, or its answers have another shape.
        """
        with quiet(), np.errstate(all="ignore"), linked(self.own) as own:
            AL, _ = call(own, "L_model_forward", X, self.parameters)
            return self._answers(AL, X)

    def _answers(self, AL: Any, X: Array) -> Array:
        found = np.asarray(AL)
        if found.shape != (1, X.shape[1]) or found.dtype.kind not in "iuf":
            raise OwnFunctionError(
                f"L_model_forward returned AL of shape {found.shape}; it should have shape "
                f"{(1, X.shape[1])}, one answer for each point"
            )
        return found

    def explained(self, error: OwnFunctionError) -> str:
        """Return the message for the learner about a function that failed."""
        lines = error.excerpt.splitlines()[:1]
        return " ".join(filter(None, [f"{error.message}.", *lines, linked_calls.advice(self.own)]))


def _scaled(parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Return the parameters with the weights scaled to the standard deviation of He's rule."""
    return {
        key: value * (100 * np.sqrt(2 / value.shape[1])) if key.startswith("W") else value
        for key, value in parameters.items()
    }
