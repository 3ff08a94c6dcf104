"""Calls of the learner's own functions, whose answers are validated before they are drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np

from workbook.figures.validation import Array, Parameters, PictureError, finite_array


def forward_outputs(
    forward: Callable[..., Any], X: Array, parameters: Parameters
) -> tuple[Array, list[Any]]:
    """Return AL and the caches that the learner's forward function returns for X.

    Parameters
    ----------
    forward : callable
        ``forward(X, parameters)``, which returns ``(AL, caches)``, or ``AL`` alone.
    X : ndarray, shape (n_x, m)
        Input.
    parameters : dict
        Parameters of the network.

    Returns
    -------
    AL : ndarray, shape (1, m)
        The answers.
    caches : list
        The caches; empty if the function returns none.

    Raises
    ------
    PictureError
        If the function fails, or AL does not have this shape or is not finite.
    """
    name = function_name(forward, "forward")
    try:
        # Overflowing activations may be exactly what the learner wants to see.
        with np.errstate(all="ignore"):
            answer = forward(X, parameters)
    except Exception as error:
        raise call_error(name, "X, parameters", error) from error
    AL, caches = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, [])
    if AL is None:
        raise PictureError(f"{name} returned None: is its `return` line missing?")
    AL = finite_array(AL, f"the answer AL of {name}")
    if AL.shape != (1, X.shape[1]):
        raise PictureError(
            f"{name} returned AL of shape {AL.shape} for X of shape {X.shape}; "
            f"it must be (1, {X.shape[1]}), one answer for each example."
        )
    return AL, list(caches) if isinstance(caches, list | tuple) else []


def function_name(function: Any, argument: str) -> str:
    """Return the name of a function of the learner's.

    Raises
    ------
    PictureError
        If the argument of this name is not a function.
    """
    if not callable(function):
        raise PictureError(
            f"{argument} must be one of your functions, named without parentheses; "
            f"it is a {type(function).__name__}."
        )
    return str(getattr(function, "__name__", argument))


def call_error(name: str, arguments: str, error: Exception) -> PictureError:
    """Return the error for a function of the learner's that raised an exception."""
    if isinstance(error, PictureError):
        return error
    said = " ".join(str(error).split())
    return PictureError(
        f"{name} stopped with {type(error).__name__}: {said[:300]}\n"
        f"To see the line that failed, run {name}({arguments}) in a cell of its own."
    )
