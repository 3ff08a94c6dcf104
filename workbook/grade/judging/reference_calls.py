"""Computes earlier exercises for a student's code, at a bounded cost."""

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
    sizes = _Sizes()
    sizes.add([args, kwargs])
    if sizes.too_long:
        return _raised("MemoryError", "the arrays are too large for the course's own function")
    if sizes.slow:
        args, kwargs = _fast(args), _fast(kwargs)
    try:
        return "returned", {"value": function(*args, **kwargs)}
    except Exception as error:
        return _raised(type(error).__name__, str(error))


def _raised(kind: str, message: str) -> tuple[str, Any]:
    return "raised", {"type": kind, "message": message}


class _Sizes:
    """Sums over a tree of arguments that bound the cost of a call.

    Attributes
    ----------
    total : float
        The lengths of all axes, and all whole numbers: they may be sizes. Where it is too long, any
        number above `_MOST_LENGTHS`.
    stacks : bool
        Whether there is a stack of matrices among the arrays.
    slow : bool
        Whether there is a matrix of numbers that NumPy does not multiply fast.
    """

    def __init__(self) -> None:
        self.total = 0.0
        self.stacks = False
        self.slow = False

    @property
    def too_long(self) -> bool:
        """Whether what a function makes of these arguments may be too large."""
        return not self.total <= (_MOST_OF_STACKS if self.stacks else _MOST_LENGTHS)

    def add(self, value: Any) -> None:
        """Add a tree."""
        if isinstance(value, np.ndarray):
            self._add_array(value)
        elif isinstance(value, int):
            self.total += float(abs(value)) if abs(value) <= _MOST_LENGTHS else math.inf
        elif isinstance(value, dict | list | tuple):
            for part in value.values() if isinstance(value, dict) else value:
                self.add(part)
                if self.total > _MOST_LENGTHS:
                    break

    def _add_array(self, array: Any) -> None:
        shape, dimensions = array.shape, array.ndim
        # What is made of matrices has two of their lengths. Of arrays with many axes NumPy makes
        # some with the axes of all of them.
        served = dimensions <= 2 or (dimensions == 3 and max(shape) <= _LONGEST_OF_A_STACK)
        self.total += sum(shape) if served else math.inf
        self.stacks |= dimensions == 3
        if dimensions < 2:
            if array.dtype.kind in "iu":
                # A list of sizes, maybe.
                self.total += float(np.abs(array.astype(float)).sum())
        elif array.dtype.str[1:] not in _FAST:
            self.slow = True


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
