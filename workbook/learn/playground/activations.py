"""Other activations for the hidden layers, in place of the `relu` that the learner calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.course.given.activations import (
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
)
from workbook.learn.check.expressions import described
from workbook.learn.flow.learner_functions import AnyFunction
from workbook.learn.flow.linked_calls import OwnFunctionError

#: Names of the activations.
RELU, TANH, SIGMOID = "ReLU", "tanh", "sigmoid"


def tanh(Z: Any) -> tuple[Any, Any]:
    """Return tanh of Z, and Z, as the given `relu` returns its pair."""
    return np.tanh(Z), Z


def tanh_backward(dA: Any, Z: Any = None, *, cache: Any = None) -> Any:
    """Return dZ for A = tanh(Z); the arguments are those of the given `relu_backward`."""
    return dA * (1 - np.tanh(cache if Z is None else Z) ** 2)


def _backward_of(name: str, derivative: AnyFunction) -> AnyFunction:
    """Return what computes dZ by the learner's derivative, a function of Z."""

    def backward(dA: Any, Z: Any = None, *, cache: Any = None) -> Any:
        Z = cache if Z is None else Z
        slope = derivative(Z)
        if not isinstance(slope, np.ndarray) or slope.shape != np.shape(Z):
            raise OwnFunctionError(
                f"{name} returned {described(slope)}; it should return an array of Z's shape, "
                f"{np.shape(Z)}"
            )
        return dA * slope

    return backward


_PAIRS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    RELU: (relu, relu_backward),
    TANH: (tanh, tanh_backward),
    SIGMOID: (sigmoid, sigmoid_backward),
}
ACTIVATIONS = tuple(_PAIRS)


@dataclass
class SwappedActivation:
    """Puts an activation where the learner's functions call `relu` and `relu_backward`.

    Attributes
    ----------
    activation : str
        One of `ACTIVATIONS`.
    functions : mapping of str to callable
        The learner's: ``tanh_derivative`` or ``sigmoid_derivative``, if it is there, gives the
        slopes.
    called : set of str
        Which of the two the learner's functions have called so far.
    """

    activation: str
    functions: Mapping[str, AnyFunction] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)

    def wrap(self, name: str, function: AnyFunction) -> AnyFunction:
        """Return what is called in the place of a function; see `linked_calls.linked`."""
        if self.activation == RELU or name not in ("relu", "relu_backward"):
            return function
        other = _PAIRS[self.activation][name == "relu_backward"]
        slope = f"{self.activation}_derivative"
        if name == "relu_backward" and slope in self.functions:
            other = _backward_of(slope, self.functions[slope])

        def exchanged(*arguments: Any, **named: Any) -> Any:
            self.called.add(name)
            return other(*arguments, **named)

        return exchanged

    def check(self) -> None:
        """Fail, after a whole step, if the learner's functions do without one of the two."""
        if self.activation == RELU:
            return
        for name, caller in (
            ("relu", "linear_activation_forward"),
            ("relu_backward", "linear_activation_backward"),
        ):
            if name not in self.called:
                raise OwnFunctionError(
                    f"your {caller} does not call the given {name}, so that {self.activation} "
                    f"cannot take its place; choose {RELU}, or call {name} there"
                )
