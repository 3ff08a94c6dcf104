"""The axes and sizes of arrays: what an array is that has others than the right one."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.compare import NormalArray


def right_axes(got: Any, right: Any) -> np.ndarray[Any, Any] | None:
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


def _shape(right: Any) -> tuple[int, ...] | None:
    if isinstance(right, np.ndarray | NormalArray):
        return right.shape
    return () if isinstance(right, float) else None


def axes_in_words(got: np.ndarray[Any, Any], right: Any) -> str:
    """Return what the axes of an array are, and what they should be: a clause."""
    shape = _shape(right)
    if not shape:
        return f"{{names}} {{verb}} in an array of shape {got.shape}, where a number belongs."
    if got.ndim == 1 and shape[1:] == (1,):
        return (
            "{names} {verb} flat, with a single axis, where a column of shape (n, 1) belongs: "
            "broadcasting spreads a flat array along the other axis."
        )
    if got.ndim == 1 and 1 not in shape:
        return "{names} {verb} flat, with a single axis, where a matrix belongs."
    if got.ndim < len(shape):
        return f"{{names}} {{verb}} squeezed: the shape is {got.shape}, and should be {shape}."
    return f"{{names}} {{verb}} of shape {got.shape}, with an axis too many: it should be {shape}."


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
