"""Earlier exercises, which the judge computes for a student's code, at a bounded cost."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

#: Serves the student's calls of an earlier exercise: its name to a right function.
Earlier = Mapping[str, Callable[..., Any]]

# The lengths of all axes together. A product of matrices with so many takes a second at most, and
# its entries half a GiB.
_MOST_LENGTHS = 2**13

# The same where one of them is a stack of matrices, such as the neighbours of a network in one
# array, and the longest axis of a stack: what is made of it has three of the lengths.
_MOST_OF_STACKS, _LONGEST_OF_A_STACK = 900, 200

# NumPy multiplies matrices of these fast, and of any other entry by entry: with 300 rows 13 times
# slower for whole numbers, 75 times for half precision.
_FAST = ("f4", "f8", "c8", "c16")


def serve(earlier: Earlier, asked: Any) -> tuple[str, Any]:
    """Call an earlier exercise for the student.

    Parameters
    ----------
    earlier : mapping of str to callable
        What is served.
    asked : object
        What the student's process has sent: a dictionary of "name", "args" and "kwargs".

    Returns
    -------
    kind : str
        "returned" or "raised".
    body : dict
        The value, or the exception's type and message.
    """
    body = asked if isinstance(asked, dict) else {}
    name, args, kwargs = str(body.get("name")), body.get("args", ()), body.get("kwargs", {})
    function = earlier.get(name)
    if function is None:
        return _raised(
            "ImportError",
            f"{name} is not an earlier exercise of this notebook, so it cannot be called while "
            "your work is graded: write what you need of it in the notebook itself",
        )
    if _too_long([args, kwargs]):
        return _raised("MemoryError", "the arrays are too large for the course's own function")
    try:
        return "returned", {"value": function(*_fast(args), **_fast(kwargs))}
    except Exception as error:
        return _raised(type(error).__name__, str(error))


def _raised(kind: str, message: str) -> tuple[str, Any]:
    return "raised", {"type": kind, "message": message}


def _too_long(value: Any) -> bool:
    """Tell whether what a function makes of these arguments may be too large."""
    total, has_stacks = _lengths(value)
    return not total <= (_MOST_OF_STACKS if has_stacks else _MOST_LENGTHS)


def _lengths(value: Any) -> tuple[float, bool]:
    """Add up the lengths of all axes in a tree, and all whole numbers: they may be sizes.

    Returns
    -------
    total : float
        Their sum, or any number above `_MOST_LENGTHS`.
    has_stacks : bool
        Whether there is a stack of matrices among the arrays.
    """
    if isinstance(value, np.ndarray):
        # What is made of matrices has two of their lengths. Of arrays with many axes NumPy makes
        # some with the axes of all of them.
        longest = max(value.shape, default=0)
        served = value.ndim <= 2 or (value.ndim == 3 and longest <= _LONGEST_OF_A_STACK)
        total = float(sum(value.shape)) if served else math.inf
        if value.ndim < 2 and value.dtype.kind in "iu":
            # A list of sizes, maybe.
            total += float(np.abs(value.astype(float)).sum())
        return total, value.ndim == 3
    if isinstance(value, int):
        return float(abs(value)) if abs(value) <= _MOST_LENGTHS else math.inf, False
    total, has_stacks = 0.0, False
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            more, stacked = _lengths(part)
            total, has_stacks = total + more, has_stacks or stacked
            if total > _MOST_LENGTHS:
                break
    return total, has_stacks


def _fast(value: Any) -> Any:
    """Return the same tree with matrices of numbers that NumPy multiplies fast."""
    if isinstance(value, np.ndarray):
        slow = value.ndim >= 2 and value.dtype.str[1:] not in _FAST
        return value.astype(float) if slow else value
    if isinstance(value, dict):
        return {key: _fast(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_fast, value))
    return value
