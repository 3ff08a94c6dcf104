"""Calls of the learner's functions, linked to each other and with errors explained."""

import contextlib
import inspect
import itertools
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from workbook.course.compare import split
from workbook.course.exercises import find_function
from workbook.learn.check.errors import explain_error
from workbook.learn.check.expressions import described
from workbook.learn.check.time_limit import limit_of_open_calls
from workbook.learn.flow.learner_functions import AnyFunction, OwnFunctions
from workbook.learn.quiet import quiet

#: The given functions that the learner's call.
GIVEN_ACTIVATIONS = ("sigmoid", "relu", "sigmoid_backward", "relu_backward")


class OwnFunctionError(Exception):
    """One of the learner's functions failed, or its answer cannot be used.

    Parameters
    ----------
    message : str
        What is wrong, in a sentence.
    excerpt : str
        The learner's own line, with carets below what failed.
    """

    def __init__(self, message: str, excerpt: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.excerpt = excerpt


@contextlib.contextmanager
def linked(
    own: OwnFunctions,
    wrap: Callable[[str, AnyFunction], AnyFunction] = lambda name, function: function,
) -> Iterator[OwnFunctions]:
    """Let the functions call each other, whichever notebooks they are from, while this lasts.

    A function of a saved notebook calls what that notebook imported, which may be an older version
    than the one at hand. So every name of the ten is set, in the namespaces of all of them, to the
    function at hand, and set back at the end.

    Parameters
    ----------
    own : OwnFunctions
        The functions.
    wrap : callable
        Called as ``wrap(name, function)``; what it returns is called in the function's place. It
        gets the given activations as well.

    Yields
    ------
    OwnFunctions
        The functions, wrapped.
    """
    wrapped = {name: wrap(name, function) for name, function in own.functions.items()}
    functions = map(inspect.unwrap, own.functions.values())
    spaces = [getattr(function, "__globals__", {}) for function in functions]
    before: list[tuple[dict[str, Any], str, Any]] = []
    try:
        for space in {id(space): space for space in spaces}.values():
            for name in (*wrapped, *GIVEN_ACTIVATIONS):
                old = space.get(name)
                if callable(old):
                    before.append((space, name, old))
                    space[name] = wrapped[name] if name in wrapped else wrap(name, old)
        with limit_of_open_calls():
            yield OwnFunctions(wrapped, own.missing, own.origins)
    finally:
        for space, name, old in before:
            space[name] = old


def call(own: OwnFunctions, name: str, *arguments: Any) -> Any:
    """Call one of the ten and return its answer, or its parts as a tuple where it has several.

    Raises
    ------
    OwnFunctionError
        If it, or one that it calls, raises an exception, or its answer has not the right parts.
    """
    known = find_function(name)
    assert known is not None
    try:
        answer = own[name](*arguments)
    except OwnFunctionError:
        raise
    except (Exception, SystemExit) as error:
        _raise(own, name, error)
    try:
        parts = split(answer, known.returns)
    except AssertionError as error:
        raise OwnFunctionError(str(error).replace("the function", name)) from None
    return parts if len(parts) > 1 else parts[0]


def cost_of(own: OwnFunctions, AL: Any, Y: Any) -> float:
    """Return the result of the learner's compute_cost as a plain number.

    Parameters
    ----------
    own : OwnFunctions
        The functions.
    AL, Y : array_like, shape (1, m)
        The network's answers and the right ones.

    Raises
    ------
    OwnFunctionError
        If compute_cost fails, or returns anything but a single number.
    """
    cost = call(own, "compute_cost", AL, Y)
    array = np.asarray(cost)
    if array.size != 1 or array.dtype.kind not in "iuf":
        raise OwnFunctionError(
            f"compute_cost returned {described(cost)}; it should return a single number"
        )
    return float(array.reshape(()))


def parameters_from(name: str, value: Any, layers: Sequence[int]) -> dict[str, Any]:
    """Return the parameters that a function gave, if they fit the layers.

    Parameters
    ----------
    name : str
        Name of the function, for the message of an error.
    value : dict
        What it returned: "W1", "b1", ..., "WL", "bL", ``W{l}`` of shape (n_l, n_{l-1}) and
        ``b{l}`` of shape (n_l, 1).
    layers : sequence of int
        Number of units of every layer, the input first.

    Raises
    ------
    OwnFunctionError
        If it is no such dictionary.
    """
    if not isinstance(value, dict):
        raise OwnFunctionError(f"{name} returned {described(value)}; it should return a dictionary")
    shapes: dict[str, tuple[int, int]] = {}
    for l, (before, units) in enumerate(itertools.pairwise(layers), 1):
        shapes |= {f"W{l}": (units, before), f"b{l}": (units, 1)}
    for key, shape in shapes.items():
        found = value.get(key)
        if not isinstance(found, np.ndarray) or found.dtype.kind not in "iuf":
            what = f"has no {key}" if key not in value else f"has {described(found)} under {key}"
            raise OwnFunctionError(f"the dictionary that {name} returned {what}")
        if found.shape != shape:
            raise OwnFunctionError(
                f"{name} returned {key} of shape {found.shape}; it should have shape {shape}"
            )
    return value


def _raise(own: OwnFunctions, name: str, error: BaseException) -> NoReturn:
    """Raise the error of the innermost of the learner's functions that was running."""
    codes = {getattr(inspect.unwrap(f), "__code__", None): n for n, f in own.functions.items()}
    for frame, _ in traceback.walk_tb(error.__traceback__):
        name = codes.get(frame.f_code, name)
    problem = explain_error(error, own[name])
    message = problem.message if problem.unwritten else f"{name}: {problem.message}"
    raise OwnFunctionError(message, problem.excerpt) from error


def advice(own: OwnFunctions) -> str:
    """Return which of the functions fail their visible checks, and so what to look at first."""
    from workbook.learn.check.check import make_card

    with quiet(), linked(own):
        there = [name for name in own.needed if name in own.functions]
        failing = [name for name in there if make_card(own[name], name).failed]
    if not failing:
        return ""
    others = f" (so do {', '.join(failing[1:])})" if failing[1:] else ""
    return f"Run check({failing[0]}): {failing[0]} fails its visible checks{others}."
