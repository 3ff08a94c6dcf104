"""Record the arguments and the answers of the learner's functions, call by call."""

import functools
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.course.exercises import find_function
from workbook.learn.check.expressions import described
from workbook.learn.flow.learner_functions import AnyFunction
from workbook.learn.flow.matrices import Array

# Names of the values that the given functions return, as in the lessons.
_GIVEN = {"sigmoid": ("A", "Z"), "relu": ("A", "Z")} | dict.fromkeys(
    ("sigmoid_backward", "relu_backward"), ("dZ",)
)
_OF_ONE_LAYER = (
    "linear_forward",
    "linear_activation_forward",
    "linear_backward",
    "linear_activation_backward",
    *_GIVEN,
)
# Offset between the layer of a call and the layer of an argument or a returned value.
_INPUT_LAYER = {"A": -1, "A_prev": -1, "W": 0, "b": 0, "Z": 0, "dA": 0, "dZ": 0}
_OUTPUT_LAYER = {"A": 0, "Z": 0, "dZ": 0, "dA_prev": -1, "dW": 0, "db": 0}
_DEEPEST = 6
# Calls inside of so many others are not recorded: only a function that calls itself endlessly has
# them. To show a thousand would end the Python of a browser, whose stack is small.
_MOST_OPEN = 50

#: Separates a name from its shape, as in ``W1 (4, 2)``, so that lines are not broken there.
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Part:
    """One array or number in a value.

    Attributes
    ----------
    label : str
        Its name in the network, such as ``W1``; if that is unknown, its position in the value.
    content : ndarray, float, int or str
        A copy of it; a short description if it is another object.
    seen : bool
        Whether the same array object occurred before in this training step.
    """

    label: str
    content: Any
    seen: bool = False

    @property
    def shape(self) -> tuple[int, ...] | None:
        """Shape of an array; None for anything else."""
        return self.content.shape if isinstance(self.content, np.ndarray) else None


@dataclass(frozen=True)
class Value:
    """An argument or a returned value of a call.

    Attributes
    ----------
    name : str
        Name of the argument or of the returned value, such as ``A_prev``.
    structure : str
        Its parts in their containers, such as ``((X, W1, b1), Z1)``, with shapes; empty if it is a
        single part.
    parts : tuple of Part
        The arrays and numbers in it.
    """

    name: str
    structure: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Call:
    """One call of a function.

    Attributes
    ----------
    name : str
        Name of the function.
    layer : int or None
        Number of the layer that it worked on, if it worked on a single layer.
    inputs, outputs : tuple of Value
        Its arguments, as they were before the call, and the values that it returned.
    inner : tuple of Call
        The calls that it made.
    failed : bool
        Whether it ended with an exception.
    """

    name: str
    layer: int | None
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...] = ()
    inner: tuple["Call", ...] = ()
    failed: bool = False


class Tracer:
    """Recorder of the calls of the functions that it wraps.

    Parameters
    ----------
    known : mapping of str to ndarray
        Arrays by their names in the network: X, Y and the parameters.
    """

    def __init__(self, known: Mapping[str, Array]) -> None:
        self.calls: list[Call] = []
        # Of each call that has not ended yet: its layer, and the calls inside it.
        self._open: list[tuple[int | None, list[Call]]] = []
        # The object is kept alive, because another object could get its id.
        self._labels: dict[int, tuple[str, Any]] = {}
        self._shown: set[int] = set()
        self._layers = {id(known[f"W{l}"]): l for l in range(1, len(known)) if f"W{l}" in known}
        self._last = len(self._layers)
        for label, array in known.items():
            self._labels[id(array)] = label, array

    def wrap(self, name: str, function: AnyFunction) -> AnyFunction:
        """Return a function that does the same, and whose calls are recorded under this name."""

        @functools.wraps(function)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            if len(self._open) >= _MOST_OPEN:
                return function(*args, **kwargs)
            given = _arguments(function, args, kwargs)
            layer = self._layer(name, given)
            inputs = tuple(self._value(key, one, layer, _INPUT_LAYER) for key, one in given)
            calls = self._open[-1][1] if self._open else self.calls
            inner: list[Call] = []
            self._open.append((layer, inner))
            outputs: tuple[Value, ...] = ()
            failed = True
            try:
                answer = function(*args, **kwargs)
                outputs, failed = self._outputs(name, answer, layer), False
                return answer
            finally:
                self._open.pop()
                calls.append(Call(name, layer, inputs, outputs, tuple(inner), failed))

        return recorded

    def _layer(self, name: str, given: Sequence[tuple[str, Any]]) -> int | None:
        """Return the layer whose weights are among the arguments, else the layer of the caller."""
        if name not in _OF_ONE_LAYER:
            return None
        arrays = (array for _, value in given for array in _arrays(value))
        found = {self._layers[id(array)] for array in arrays if id(array) in self._layers}
        if found:
            return found.pop() if len(found) == 1 else None
        return self._open[-1][0] if self._open else None

    def _outputs(self, name: str, answer: Any, layer: int | None) -> tuple[Value, ...]:
        known = find_function(name)
        names = known.returns if known else _GIVEN[name]
        if len(names) == 1 or not isinstance(answer, tuple | list) or len(answer) != len(names):
            names, answer = (", ".join(names),), (answer,)
        pairs = zip(names, answer, strict=True)
        return tuple(self._value(key, one, layer, _OUTPUT_LAYER) for key, one in pairs)

    def _value(self, name: str, value: Any, layer: int | None, layers: Mapping[str, int]) -> Value:
        if layer is not None and name in layers:
            label = self._symbol(name.removesuffix("_prev"), layer + layers[name])
        else:
            label = name
        parts: list[Part] = []
        structure = self._structure(label, value, parts, 0)
        return Value(
            name, structure if isinstance(value, dict | list | tuple) else "", tuple(parts)
        )

    def _symbol(self, letter: str, layer: int) -> str:
        if letter == "A" and layer in (0, self._last):
            return "X" if layer == 0 else "AL"
        return f"{letter}{layer}"

    def _structure(self, label: str, value: Any, parts: list[Part], depth: int) -> str:
        """Append the parts of a value to a list, and return its structure in words."""
        if isinstance(value, dict) and depth < _DEEPEST:
            inner = [self._structure(str(key), one, parts, depth + 1) for key, one in value.items()]
            return f"{{{', '.join(inner)}}}"
        if isinstance(value, list | tuple) and depth < _DEEPEST:
            inner = [
                self._structure(f"{label}[{i}]", one, parts, depth + 1)
                for i, one in enumerate(value)
            ]
            return f"[{', '.join(inner)}]" if isinstance(value, list) else f"({', '.join(inner)})"
        part = self._part(label, value)
        parts.append(part)
        return f"{part.label} {part.shape}".replace(" ", NBSP) if part.shape is not None else label

    def _part(self, label: str, value: Any) -> Part:
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biufc":
            plain = isinstance(value, str | int | float | np.generic)
            return Part(label, value if plain else described(value))
        known = self._labels.setdefault(id(value), (label, value))[0]
        seen = id(value) in self._shown
        self._shown.add(id(value))
        return Part(known, np.array(value), seen)


def _arguments(
    function: AnyFunction, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> list[tuple[str, Any]]:
    """Return the arguments of a call with their names in the function."""
    try:
        return list(inspect.signature(function).bind(*args, **kwargs).arguments.items())
    except (TypeError, ValueError):
        # The call itself will raise the proper exception.
        return [*((f"argument {i}", one) for i, one in enumerate(args, 1)), *kwargs.items()]


def _arrays(value: Any, depth: int = 0) -> Iterator[Array]:
    if isinstance(value, np.ndarray):
        yield value
    elif depth < _DEEPEST and isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _arrays(one, depth + 1)
