"""Training of a network step by step, with the learner's own functions."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from workbook.learn.check.expressions import described
from workbook.learn.flow import linked_calls
from workbook.learn.flow.datasets import plane_dataset
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import OwnFunctionError, call, linked
from workbook.learn.flow.matrices import Array
from workbook.learn.flow.steps import initial_parameters
from workbook.learn.playground.activations import SwappedActivation
from workbook.learn.playground.choice import HE, POINTS, NetworkChoice
from workbook.learn.quiet import quiet


class Training:
    """One network, its data, and the cost before each step.

    Parameters
    ----------
    own : OwnFunctions
        The learner's functions.
    choice : NetworkChoice
        Network and data; what `Choice.goes_on_as` allows may change at each step.

    Attributes
    ----------
    X, Y : ndarray, shapes (2, m) and (1, m)
        The points that the network learns from.
    held_out : (ndarray, ndarray)
        The others.
    costs : list of float
        The cost before each step, of the points of that step.
    held_out_costs : list of (int, float)
        The cost of the points held out, with the step after which it was taken.
    accuracy, held_out_accuracy : float
        Shares of the points whose class is right.

    Raises
    ------
    OwnFunctionError
        If the learner's initialiser fails.
    """

    def __init__(self, own: OwnFunctions, choice: NetworkChoice) -> None:
        self.own = own
        self.choice = choice
        X, Y = plane_dataset(choice.data, POINTS, choice.seed, choice.noise)
        # The points come in a random order, and their classes in turn.
        apart = 2 * round(choice.held_out * POINTS / 2)
        self.held_out = X[:, :apart], Y[:, :apart]
        added = np.array(choice.points, float).reshape(-1, 3).T
        self.X, self.Y = np.hstack([X[:, apart:], added[:2]]), np.hstack([Y[:, apart:], added[2:]])
        self.costs: list[float] = []
        self.held_out_costs: list[tuple[int, float]] = []
        self.accuracy = self.held_out_accuracy = float("nan")
        self._exchange = SwappedActivation(choice.activation, own.functions)
        self._waiting: list[tuple[Array, Array]] = []
        self._rng = np.random.default_rng(choice.seed)
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
        choice: NetworkChoice,
        most_steps: int,
        seconds: float,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take steps until there are enough of them, time is up, or the cost is not finite.

        The choice is one that the training can go on with.

        Raises
        ------
        OwnFunctionError
            If one of the learner's functions fails.
        """
        end = clock() + seconds
        with self._calls() as own:
            for _ in range(most_steps):
                self._one_step(own, choice)
                if self.diverged or clock() >= end:
                    break
            if not self.diverged:
                self._look(own, choice)

    @contextlib.contextmanager
    def _calls(self) -> Iterator[OwnFunctions]:
        with quiet(), np.errstate(all="ignore"), linked(self.own, self._exchange.wrap) as own:
            yield own

    def _one_step(self, own: OwnFunctions, choice: NetworkChoice) -> None:
        X, Y = self._batch(own, choice.batch)
        AL, caches = call(own, "L_model_forward", X, self.parameters)
        right = _share_right(self._answers(AL, X), Y)
        found = linked_calls.cost_of(own, AL, Y)
        grads = call(own, "L_model_backward", AL, Y, caches)
        if not self.costs and self.choice.hidden_layers:
            self._exchange.check()
        self.costs.append(found)
        if len(Y[0]) == len(self.Y[0]):
            self.accuracy = right
        grads = self._with_penalty(own, grads, choice.l2, len(Y[0]))
        made = call(own, "update_parameters", self.parameters, grads, choice.learning_rate)
        if not self.diverged:
            layers = self.choice.layers
            self.parameters = linked_calls.parameters_from("update_parameters", made, layers)

    def _batch(self, own: OwnFunctions, size: int) -> tuple[Array, Array]:
        """Return the points of the next step; each comes once before one comes again."""
        m = len(self.Y[0])
        if not 0 < size < m:
            return self.X, self.Y
        if not self._waiting or len(self._waiting[-1][1][0]) > size:
            self._waiting = self._batches(own, size)[::-1]
        return self._waiting.pop()

    def _batches(self, own: OwnFunctions, size: int) -> list[tuple[Array, Array]]:
        """Return the points in batches, by the learner's random_mini_batches if there is one."""
        if "random_mini_batches" in own.functions:
            made = call(own, "random_mini_batches", self.X, self.Y, size, self._rng)
            if not isinstance(made, list | tuple) or not made or not all(map(_is_batch, made)):
                raise OwnFunctionError(
                    f"random_mini_batches returned {described(made)}; it should return a list of "
                    "pairs, X of shape (2, k) and Y of shape (1, k)"
                )
            return list(made)
        order = self._rng.permutation(len(self.Y[0]))
        chosen = [order[start : start + size] for start in range(0, len(order), size)]
        return [(self.X[:, some], self.Y[:, some]) for some in chosen]

    def _with_penalty(self, own: OwnFunctions, grads: Any, strength: float, m: int) -> Any:
        """Return the gradients with that of the penalty, strength / (2 m) times the sum of W^2.

        The learner's l2_gradients adds it, if there is one.
        """
        if not strength or not isinstance(grads, dict):
            return grads
        shapes = {f"d{key}": array.shape for key, array in self.parameters.items()}
        if "l2_gradients" in own.functions and shapes.keys() <= grads.keys():
            made = call(own, "l2_gradients", grads, self.parameters, strength, m)
            there = made if isinstance(made, dict) else {}
            for key, shape in shapes.items():
                found = there.get(key)
                if not isinstance(found, np.ndarray) or found.shape != shape:
                    raise OwnFunctionError(
                        f"l2_gradients returned no {key} of shape {shape}; it should return a "
                        "dictionary with all dW and db"
                    )
            return made
        weights = {f"d{key}": W for key, W in self.parameters.items() if key.startswith("W")}
        more = {key: grads[key] + strength / m * W for key, W in weights.items() if key in grads}
        return {**grads, **more}

    def _look(self, own: OwnFunctions, choice: NetworkChoice) -> None:
        """Measure what no step has measured: the points held out, and all if steps see few."""
        X, Y = self.held_out
        if X.size:
            AL, _ = call(own, "L_model_forward", X, self.parameters)
            self.held_out_accuracy = _share_right(self._answers(AL, X), Y)
            self.held_out_costs.append((self.step, linked_calls.cost_of(own, AL, Y)))
        if choice.batch:
            AL, _ = call(own, "L_model_forward", self.X, self.parameters)
            self.accuracy = _share_right(self._answers(AL, self.X), self.Y)

    def activations(self, X: Array) -> list[Array]:
        """Return what the units of every layer answer for some points, the inputs first.

        Parameters
        ----------
        X : ndarray, shape (2, m)
            The points.

        Returns
        -------
        list of ndarray, shapes (n_l, m)
            Those of the hidden layers are taken from the caches; if these are not as the lessons
            have them, only the inputs and the last layer are in the list.

        Raises
        ------
        OwnFunctionError
            If L_model_forward fails, or its answers have another shape.
        """
        with self._calls() as own:
            AL, caches = call(own, "L_model_forward", X, self.parameters)
            answers = self._answers(AL, X)
        hidden = self.choice.layers[1:-1]
        try:
            kept = [np.asarray(cache[0][0], float) for cache in caches[1:]]
        except (TypeError, ValueError, LookupError):
            kept = []
        if [one.shape for one in kept] != [(units, X.shape[1]) for units in hidden]:
            kept = []
        return [X, *kept, answers]

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


def _is_batch(pair: Any) -> bool:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return False
    X, Y = pair
    if not (isinstance(X, np.ndarray) and isinstance(Y, np.ndarray)):
        return False
    return X.ndim == 2 and len(X) == 2 and X.size > 0 and Y.shape == (1, X.shape[1])


def _share_right(answers: Array, Y: Array) -> float:
    return float(np.mean((answers > 0.5) == (Y == 1)))


def _scaled(parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Return the parameters with the weights scaled to the standard deviation of He's rule."""
    return {
        key: value * (100 * np.sqrt(2 / value.shape[1])) if key.startswith("W") else value
        for key, value in parameters.items()
    }
