"""Sentences on numbers of too little precision, or none where they have enough."""

import math
from typing import Any

import numpy as np

from workbook.course.effects import InputPlace
from workbook.course.words import counted

#: With an error below this, relative to the largest right value, numbers of little precision have
#: the blame.
COARSE = 1e-2

_DIGITS: dict[np.dtype[Any], int] = {np.dtype("f2"): 3, np.dtype("f4"): 7}

# Deeper than any answer.
_DEPTH = 8
_HALF = np.dtype(np.float16).char

# Largest error that float32 leaves in an array, relative to its largest number.
_FLOAT32_ERROR = 1e-4

_WHOLE = (
    "an array of whole numbers, which holds no digits behind the point. `astype(int)` makes one, "
    "and so does `np.zeros_like` of whole numbers: give that one `dtype=float`"
)

# An answer rounded to so few decimals is refused, whatever the size of its numbers.
_FEW_DECIMALS = 5

# What rounding to more decimals leaves: a number with 6 may by chance end in a zero.
_LEAST_ERROR = 5.1e-7


def precision(where: str, array: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> str:
    """Return a sentence on numbers of less precision than float64, or "".

    Numbers that are float64 may have been rounded before: then they are those of another dtype,
    which the right ones are not.

    Parameters
    ----------
    where : str
        Name of the part of the answer.
    array, right : ndarray
        Numbers that are nearly right, and the right ones.
    """
    if array.dtype in _DIGITS:
        return _too_coarse(where, "is", array.dtype)
    if array.dtype.kind in "iu":
        is_near = bool(np.all(np.abs(array - right) < 1))
        return f"{where} is {array.dtype}: {_WHOLE}" if is_near else ""
    with np.errstate(over="ignore"):
        rounded = [d for d in _DIGITS if np.array_equal(array, array.astype(d))]
    if not rounded or np.array_equal(array, np.round(array)):
        return ""
    if np.array_equal(right, right.astype(rounded[0])):
        return ""
    # A difference of numbers that were rounded more may look like one of float32.
    if np.abs(array - right).max() > _FLOAT32_ERROR * np.abs(right).max() and rounded[0] == "f4":
        return ""
    return _too_coarse(where, "holds numbers of", rounded[0])


def place_of_half_precision(value: Any, depth: int = 0) -> tuple[InputPlace, str] | None:
    """Return the place of the first number or array of half precision, and the verb that fits."""
    of = type(value)
    if of in (np.ndarray, np.float16):
        # Every answer is looked at: to compare types would take five times as long.
        return ((), "is") if value.dtype.char == _HALF else None
    if of is float:
        # Hardly any other number is a float16; multiples of 1/64 may be.
        if math.isfinite(value) and value * 64 % 1 and value == float(np.float16(value)):
            return (), "holds numbers of"
    elif of in (dict, list, tuple) and depth < _DEPTH:
        for key, item in value.items() if of is dict else enumerate(value):
            if found := place_of_half_precision(item, depth + 1):
                return (str(key) if of is dict else key, *found[0]), found[1]
    return None


def half_precision(where: str, verb: str = "is") -> str:
    """Return the sentence on a part of an answer that is float16, or was."""
    return _too_coarse(where, verb, np.dtype(np.float16))


def _too_coarse(where: str, verb: str, dtype: np.dtype[Any]) -> str:
    return (
        f"{where} {verb} {dtype}, which keeps about {_DIGITS[dtype]} digits, too few here; compute "
        f"in float64: take out `astype(np.{dtype})` or `dtype=np.{dtype}`"
    )


def rounding(where: str, array: np.ndarray[Any, Any], error: float) -> str:
    """Return a sentence on an answer that was rounded to a few decimals, or "".

    How large a share of its numbers rounding takes depends on the numbers, so no tolerance
    would refuse the same rounded answer on all inputs.

    Parameters
    ----------
    where : str
        Name of the part of the answer.
    array : ndarray
        What was returned there.
    error : float
        Its largest absolute error.
    """
    if array.dtype != np.float64 or error <= _LEAST_ERROR:
        return ""
    for decimals in range(_FEW_DECIMALS + 1):
        if error <= 0.51 * 10.0**-decimals and np.array_equal(array, np.round(array, decimals)):
            break
    else:
        return ""
    # Such as 0.5: float32 holds these numbers, too, and has rounded them.
    if np.array_equal(array, array.astype(np.float32)):
        return ""
    return (
        f"{where} holds numbers of at most {counted(decimals, 'decimal')}, and the right ones have "
        "more: return all digits, and round only what you print"
    )
