"""The axes and sizes of arrays: what an array is that has others than the right one."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.compare import NormalArray

Array = np.ndarray[Any, Any]
Shape = tuple[int, ...]


def right_axes(got: Any, right: Any) -> Array | None:
    """Return an array with the axes of the right one; None if it has them, or cannot have them."""
    if not isinstance(got, np.ndarray | np.generic):
        return None
    shape = _shape(right)
    if shape is None or got.ndim == len(shape):
        return None
    found, wanted = ([n for n in one if n != 1] for one in (got.shape, shape))
    if found == wanted:
        return np.reshape(got, shape)
    if got.ndim != 1 or len(shape) != 2:
        return None
    if got.size == shape[0] * shape[1]:
        return np.reshape(got, shape)
    # A flat array of another length is flat as well; a single entry may be a sum or the largest.
    return np.reshape(got, (-1, 1)) if shape[1] == 1 and got.size > 1 else None


def _shape(right: Any) -> Shape | None:
    if isinstance(right, np.ndarray | NormalArray):
        return right.shape
    return () if isinstance(right, float) else None


def axes_in_words(pairs: Sequence[tuple[Array, Any]]) -> str:
    """Return what the axes of arrays are, and what they should be: a clause that holds for all.

    Parameters
    ----------
    pairs : sequence of (ndarray, right answer)
        Arrays with other axes than the right ones.
    """
    shapes = list(dict.fromkeys((got.shape, _shape(right) or ()) for got, right in pairs))
    example = "" if len(shapes) == 1 else ", for example,"
    text = _WORDS[kind_of_axes(pairs)]
    return text.format(*shapes[0], example=example, names="{names}", verb="{verb}")


def kind_of_axes(pairs: Sequence[tuple[Array, Any]]) -> str:
    """Return what is wrong with the axes of arrays, in all of them alike; "other" if it is not."""
    shapes = {(got.shape, _shape(right) or ()) for got, right in pairs}
    kinds = {_kind(got, right) for got, right in shapes}
    # A bias of one unit is squeezed to a single number, where the others are flat.
    if kinds == {"a column", "squeezed"}:
        return "squeezed"
    if len(kinds) > 1 and "a matrix" in kinds and all(len(got) == 1 for got, _ in shapes):
        return "a matrix"
    if kinds == {"a column", "a column of another length"}:
        return "a column"
    return kinds.pop() if len(kinds) == 1 else "other"


def _kind(got: Shape, right: Shape) -> str:
    if not right:
        return "a number"
    if len(got) == 1 and right[1:] == (1,):
        return "a column" if got[0] == right[0] else "a column of another length"
    if len(got) == 1 and 1 not in right:
        return "a matrix"
    return "squeezed" if len(got) < len(right) else "an axis too many"


_COLUMN = (
    "{names} {verb} flat, with a single axis, where a column of shape (n, 1) belongs: "
    "broadcasting spreads a flat array along the other axis."
)
# What is said of arrays with other axes, by what belongs there or what is wrong.
_WORDS = {
    "a number": "{names} {verb} in an array{example} of shape {0}, where a number belongs.",
    "a column": _COLUMN,
    "a column of another length": _COLUMN,
    "a matrix": "{names} {verb} flat, with a single axis, where a matrix belongs.",
    "squeezed": "{names} {verb} squeezed: the shape is{example} {0}, and should be {1}.",
    "an axis too many": (
        "{names} {verb}{example} of shape {0}, with an axis too many: it should be {1}."
    ),
    "other": "{names} {verb}{example} of shape {0}, where {1} belongs.",
}


def order_by_sizes(pairs: Sequence[tuple[Any, Any]], count: int) -> tuple[int, ...] | None:
    """Return in which order so many arrays have the sizes of the right ones, if it is another one.

    Parameters
    ----------
    pairs : sequence of (answer, right answer)
        The answers of all cases.
    count : int
        How many arrays an answer has.

    Returns
    -------
    tuple of int or None
        For each right array the place of the one of its sizes; None unless there is just one such
        order, and it is not that of the right ones.
    """
    if count < 2 or not pairs:
        return None
    if not all(isinstance(got, tuple | list) and len(got) == count for got, _ in pairs):
        return None
    sizes = [([_sizes(one) for one in got], [_sizes(one) for one in right]) for got, right in pairs]
    if any(None in one for both in sizes for one in both):
        return None
    fitting = [
        order
        for order in permutations(range(count))
        if all([got[at] for at in order] == right for got, right in sizes)
    ]
    own = tuple(range(count))
    return fitting[0] if len(fitting) == 1 and fitting[0] != own else None


def _sizes(value: Any) -> tuple[int, ...] | None:
    """Return the sizes of an array but for its axes of length 1; None of other values."""
    return tuple(n for n in value.shape if n != 1) if isinstance(value, np.ndarray) else None
