"""Record what the learner's functions are given and give back, call by call."""

import functools
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.exercises import find_function
from workbook.learn.check.expressions import described
from workbook.learn.flow.learner_functions import Function

Array = NDArray[Any]

# What a call gives back, in the letters of the lessons; how far the letter's layer is from the
# call's own.
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
_INPUT_LAYER = {"A": -1, "A_prev": -1, "W": 0, "b": 0, "Z": 0, "dA": 0, "dZ": 0}
_OUTPUT_LAYER = {"A": 0, "Z": 0, "dZ": 0, "dA_prev": -1, "dW": 0, "db": 0}
_DEEPEST = 6

#: The space inside ``W1 (4, 2)``: a line is not broken there.
KEPT = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Part:
    """One array or number in a value.

    Attributes
    ----------
    label : str
        What it is in the network, such as ``W1``; where that is not known, its place in the value.
    content : ndarray, float, int or str
        A copy; a few words where it is something else.
    seen : bool
        Whether the very same array came up before in this training step.
    """

    label: str
    content: Any
    seen: bool = False

    @property
    def shape(self) -> tuple[int, ...] | None:
        """The shape of an array; None for a number, a text and what is something else."""
        return self.content.shape if isinstance(self.content, np.ndarray) else None


@dataclass(frozen=True)
class Value:
    """What goes into a call, or comes out of it, under one name.

    Attributes
    ----------
    name : str
        Name of the argument or of the returned value, such as ``A_prev``.
    structure : str
        How it is made of its parts, such as ``((X, W1, b1), Z1)``, with shapes; empty if it is one
        part.
    parts : tuple of Part
        The arrays and numbers in it.
    """

    name: str
    structure: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Call:
    """One call of one function.

    Attributes
    ----------
    name : str
        The function.
    layer : int or None
        The layer that it worked on, if it worked on one.
    inputs, outputs : tuple of Value
        What it was given, as it was before the call, and what it returned.
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

    def walk(self) -> Iterator["Call"]:
        """Yield the call and all that it made, in the order in which they began."""
        yield self
        for call in self.inner:
            yield from call.walk()


@dataclass
class _Open:
    """A call that has not ended."""

    layer: int | None
    inner: list[Call] = field(default_factory=list)


class Tracer:
    """Records the calls of the functions that it wraps.

    Parameters
    ----------
    known : mapping of str to ndarray
        Arrays with the names that they have in the network: X, Y and the parameters.
    """

    def __init__(self, known: Mapping[str, Array]) -> None:
        self.calls: list[Call] = []
        self._open: list[_Open] = []
        # The object is kept, for another one could come to have its id.
        self._labels: dict[int, tuple[str, Any]] = {}
        self._shown: set[int] = set()
        self._layers = {id(known[f"W{l}"]): l for l in range(1, len(known)) if f"W{l}" in known}
        self._last = len(self._layers)
        for label, array in known.items():
            self._labels[id(array)] = label, array

    def wrap(self, name: str, function: Function) -> Function:
        """Return a function that does the same and is recorded under this name."""

        @functools.wraps(function)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            given = _arguments(function, args, kwargs)
            layer = self._layer(name, given)
            inputs = tuple(self._value(key, one, layer, _INPUT_LAYER) for key, one in given)
            self._open.append(_Open(layer))
            done = False
            answer: Any = None
            try:
                answer = function(*args, **kwargs)
                done = True
                return answer
            finally:
                inner = tuple(self._open.pop().inner)
                outputs = self._outputs(name, answer, layer) if done else ()
                into = self._open[-1].inner if self._open else self.calls
                into.append(Call(name, layer, inputs, outputs, inner, not done))

        return recorded

    def _layer(self, name: str, given: Sequence[tuple[str, Any]]) -> int | None:
        """Return the layer whose weights are given, else that of the calling function."""
        if name not in _OF_ONE_LAYER:
            return None
        arrays = (array for _, value in given for array in _arrays(value))
        found = {self._layers[id(array)] for array in arrays if id(array) in self._layers}
        if found:
            return found.pop() if len(found) == 1 else None
        return self._open[-1].layer if self._open else None

    def _outputs(self, name: str, answer: Any, layer: int | None) -> tuple[Value, ...]:
        known = find_function(name)
        names = known.returns if known else _GIVEN[name]
        several = isinstance(answer, tuple | list) and len(answer) == len(names) and len(names) > 1
        if not several and len(names) > 1:
            names = (", ".join(names),)
        pairs = zip(names, answer, strict=True) if several else ((names[0], answer),)
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
        """Collect the parts of a value, and return how it is made of them."""
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
        return f"{part.label} {part.shape}".replace(" ", KEPT) if part.shape is not None else label

    def _part(self, label: str, value: Any) -> Part:
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biufc":
            plain = isinstance(value, str | int | float | np.generic)
            return Part(label, value if plain else described(value))
        known = self._labels.setdefault(id(value), (label, value))[0]
        seen = id(value) in self._shown
        self._shown.add(id(value))
        return Part(known, np.array(value), seen)


def _arguments(
    function: Function, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> list[tuple[str, Any]]:
    """Return the arguments of a call with the names that the function gives them."""
    try:
        return list(inspect.signature(function).bind(*args, **kwargs).arguments.items())
    except (TypeError, ValueError):
        # The call itself will say what is wrong.
        return [*((f"argument {i}", one) for i, one in enumerate(args, 1)), *kwargs.items()]


def _arrays(value: Any, depth: int = 0) -> Iterator[Array]:
    if isinstance(value, np.ndarray):
        yield value
    elif depth < _DEEPEST and isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _arrays(one, depth + 1)
