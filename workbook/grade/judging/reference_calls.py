"""Computes earlier exercises, and functions that are arguments, for a student's code.

The cost of each call is bounded.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from inspect import signature
from typing import Any

import numpy as np

from workbook.course.exercises import Exercise, earlier_functions
from workbook.course.folder import Course
from workbook.course.watched import Inputs
from workbook.grade.judging.asked import TooMuchAskedError, with_asked
from workbook.grade.sandbox.same_arrays import leaves_in_order, without_given

#: Functions that are arguments are served under this word and their place.
ARGUMENT = "argument "

#: Serves the student's calls of an earlier exercise: its name to a right function.
Earlier = Mapping[str, Callable[..., Any]]

# The lengths of all axes together. A product of matrices with so many takes a second at most, and
# its entries half a GiB.
_MOST_LENGTHS = 2**13

# The same where one of them is a stack of matrices, such as the neighbours of a network in one
# array, and the longest axis of a stack: what is made of it has three of the lengths.
_MOST_OF_STACKS, _LONGEST_OF_A_STACK = 900, 200

# What is made of arrays with so few lengths has some MB.
_FEW = 500

# NumPy's generator takes seeds below this.
_SEEDS = 2**32

# NumPy multiplies matrices of these fast, and of any other entry by entry: with 300 rows 13 times
# slower for whole numbers, 75 times for half precision.
_FAST = ("f4", "f8", "c8", "c16")


@lru_cache(maxsize=64)
def references(course: Course, exercise: Exercise) -> Earlier:
    """Return the right versions of the functions that a notebook has at hand.

    Those that are withheld raise an exception that says so.
    """
    served = {name: course.reference(name) for name in earlier_functions(exercise)}
    return served | {name: partial(_withhold, name) for name in exercise.withheld}


def _withhold(name: str, *args: Any, **kwargs: Any) -> None:
    # Whoever defines it in the notebook itself gets that one: see `RequestHandler`.
    raise ImportError(
        f"{name} is not available while this notebook is graded: a right version of it would be "
        "the answer"
    )


@dataclass(frozen=True)
class Argument:
    """A function that the student's own was given as an argument.

    It gets what the student's code has sent as it is, for it may change it, and the student's code
    is to see that.

    Attributes
    ----------
    function : callable
        The function.
    """

    function: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self.function(*args, **kwargs)


def serve_reference(earlier: Earlier, asked: Any) -> tuple[str, Any]:
    """Call an earlier exercise for the student.

    Parameters
    ----------
    earlier : mapping of str to callable
        What is served.
    asked : object
        What the student's process has sent: a dictionary of "name", "args", "kwargs" and "seed",
        and of "answers" if the first argument is a function of the student's: see `with_asked`.

    Returns
    -------
    kind : str
        "returned" or "raised".
    body : dict
        The value, or the exception's type and message, with "refused" if the function takes other
        arguments; or None as the value, and what is "asked" of
        the student's function first. If an `Argument` has changed what it was called with, "given"
        holds its args and kwargs after the call. Arrays of the value that are arrays of the
        arguments are None there, and "same" tells which: see `without_given`.
    """
    body = asked if isinstance(asked, dict) else {}
    name, args, kwargs = str(body.get("name")), body.get("args", ()), body.get("kwargs", {})
    function = earlier.get(name)
    if function is None and name.startswith(ARGUMENT):
        said = (
            "a function that is an argument can be called only while the call lasts that it is for"
        )
        return _raised("ImportError", said)
    if function is None:
        return _raised(
            "ImportError",
            f"{name} is not an earlier exercise of this notebook, so it cannot be called while "
            "your work is graded: write what you need of it in the notebook itself",
        )
    given = leaves_in_order([args, kwargs])
    if _longer(given, _MOST_LENGTHS, _MOST_OF_STACKS):
        return _raised("MemoryError", "the arrays are too large for the course's own function")
    if not isinstance(function, Argument):
        drawn = body.get("seed")
        seed = drawn.item() if type(drawn) is np.ndarray and drawn.size == 1 else None
        if type(seed) is int and 0 <= seed < _SEEDS:
            # As if it were called there: two networks after the same seed are the same.
            np.random.seed(seed)
        if any(map(_is_slow, given)):
            args, kwargs = _fast(args), _fast(kwargs)
            given = leaves_in_order([args, kwargs])
        asks = with_asked(name, function, body["answers"]) if "answers" in body else None
        if "answers" in body and asks is None:
            return _raised("TypeError", f"{name} takes no function", refused=True)
        kind, answer = _answer(asks[0] if asks else function, args, kwargs, given)
        if asks and kind == "returned" and not asks[1].is_answered:
            return kind, {"value": None, "asked": asks[1].asked}
        if asks and kind == "returned" and asks[1].has_more_answers:
            return _raised("TypeError", "there are more answers than the function was asked for")
        if kind == "returned":
            answer["value"], same = without_given(answer["value"], given)
            if same:
                answer["same"] = same
        return kind, answer
    before = Inputs((args, kwargs))
    kind, answer = _answer(function, args, kwargs, given)
    if any(True for _ in before.changes()):
        answer["given"] = [args, kwargs]
    return kind, answer


def too_large(args: Any, kwargs: Any) -> bool:
    """Tell whether the judge refuses to call a function for the student with these arguments."""
    return _longer(leaves_in_order([args, kwargs]), _MOST_LENGTHS, _MOST_OF_STACKS)


def _answer(
    function: Callable[..., Any], args: Any, kwargs: Any, given: list[Any]
) -> tuple[str, Any]:
    try:
        # NumPy's warnings about the student's numbers are not for who grades.
        with np.errstate(all="ignore"):
            return "returned", {"value": function(*args, **kwargs)}
    except TooMuchAskedError as error:
        return _raised("MemoryError", str(error))
    except MemoryError as error:
        if not _longer(given, _FEW, _FEW):
            # It is not for these arrays that the judge has no memory left.
            raise
        return _raised("MemoryError", str(error))
    except Exception as error:
        refused = isinstance(error, TypeError) and not _takes(function, args, kwargs)
        return _raised(type(error).__name__, str(error), refused)


def _raised(kind: str, message: str, refused: bool = False) -> tuple[str, Any]:
    body = {"type": kind, "message": message}
    return "raised", {**body, "refused": True} if refused else body


def _takes(function: Callable[..., Any], args: Any, kwargs: Any) -> bool:
    """Tell whether a function has parameters for these arguments."""
    try:
        signature(function).bind(*args, **kwargs)
    except TypeError:
        return False
    except ValueError:
        # Some built-in functions do not tell.
        return True
    return True


def _longer(given: list[Any], most: int, most_of_stacks: int) -> bool:
    """Tell whether the lengths of all arguments add up to more than this."""
    # The lengths of all axes, and all whole numbers: they may be sizes.
    total, stacks = 0.0, False
    for value in given:
        if isinstance(value, np.ndarray):
            total += _lengths(value)
            stacks |= value.ndim == 3
        elif isinstance(value, int):
            total += abs(value) if abs(value) <= _MOST_LENGTHS else math.inf
        if not total <= (most_of_stacks if stacks else most):
            return True
    return False


def _lengths(array: Any) -> float:
    """Return the lengths of an array's axes and, where it may be a list of sizes, its entries."""
    # What is made of matrices has two of their lengths. Of arrays with many axes NumPy makes some
    # with the axes of all of them.
    if array.ndim > 3 or (array.ndim == 3 and max(array.shape) > _LONGEST_OF_A_STACK):
        return math.inf
    lengths = float(sum(array.shape))
    if array.ndim < 2 and array.dtype.kind in "iu":
        lengths += float(np.sum(np.abs(array.astype(float))))
    return lengths


def _is_slow(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim >= 2 and value.dtype.str[1:] not in _FAST


def _fast(value: Any) -> Any:
    """Return the same tree with matrices of numbers that NumPy multiplies fast."""
    if isinstance(value, np.ndarray):
        return value.astype(float) if _is_slow(value) else value
    if isinstance(value, dict):
        return {key: _fast(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_fast, value))
    return value
