"""Recognises numbers that are cut off at one bound or at two, and small ones that become 0."""

from typing import Any

import numpy as np

_Array = np.ndarray[Any, Any]

# Largest error of a bound, relative to it.
_CLOSE = 1e-6
# A single number is cut off only beside so many right ones.
_FEW = 5
# So many numbers that are all cut off, at either end, are it by no chance.
_MANY = 4
# Of so many numbers, those that are 0 are not the smallest ones by chance.
_FOR_SMALL = 8


def cut_off(got: _Array, right: _Array, room: float, least: int = 2) -> str:
    """Return how numbers are cut off, such as "cut off: where ..."; "" if they are not.

    All other numbers must be right.

    Parameters
    ----------
    got, right : ndarray
        The numbers, and the right ones beside them.
    room : float
        Largest error of a right number.
    least : int
        So many numbers must be cut off.
    """
    # Adding 0.0 turns -0.0 into 0.0.
    low, high = float(np.min(got)) + 0.0, float(np.max(got)) + 0.0
    if high - low <= max(room, _CLOSE * max(abs(low), abs(high))):
        # The same number everywhere is none at which others are cut off.
        return ""
    above = _set_to(got, high, right, right > high + room)
    below = _set_to(got, low, right, right < low - room)
    for text, cut in (
        (f"cut off: where a value should be above {high:.4g}, it is {high:.4g}", above),
        (f"cut off: where a value should be below {low:.4g}, it is {low:.4g}", below),
        (
            f"cut off at both ends: no value is above {high:.4g} or below {low:.4g}, and those "
            "that should be are set to it",
            above | below if above.any() and below.any() else above & below,
        ),
    ):
        others = np.abs(got - right)[~cut]
        # Of two numbers, one that is nearer to 0 may be wrong in any way.
        told = len(others) >= (_FEW if cut.sum() == 1 else 1) or cut.sum() >= _MANY
        if cut.sum() >= least and told and np.all(others <= room):
            return text
    return ""


def small_is_zero(got: _Array, right: _Array, room: float) -> bool:
    """Return whether numbers are 0 that should be nearer to 0 than all others, which are right.

    Of a few numbers this is not said.

    Parameters
    ----------
    got, right : ndarray
        The numbers, and the right ones beside them.
    room : float
        Largest error of a right number.
    """
    wrong = np.abs(got - right) > room
    sizes = np.abs(right)
    if len(np.unique(sizes)) < _FOR_SMALL or not wrong.any() or got[wrong].any() or not got.any():
        return False
    # Of one sign only, where there are both, they may be 0 for that.
    signs = [set(np.sign(numbers[numbers != 0]).tolist()) for numbers in (right[wrong], right)]
    return signs[0] == signs[1] and bool(np.max(sizes[wrong]) < np.min(sizes[got != 0]))


def _set_to(got: _Array, bound: float, right: _Array, beyond: _Array) -> _Array:
    """Return which numbers beyond a bound are set to it; none if one of them is not."""
    largest = float(np.max(np.abs(right)))
    held = bool(np.all(np.abs(got - bound)[beyond] <= _CLOSE * largest))
    # That different numbers come out as one is no chance. That equal ones do may be the work of
    # another number in their place; a single one that becomes a bound such as 0.5 is cut off.
    single = beyond.sum() == 1 and bound != 0 and _is_short(bound)
    told = beyond.any() and (single or np.ptp(right[beyond]) > _CLOSE * largest)
    return beyond if held and told else np.zeros_like(beyond)


def _is_short(number: float) -> bool:
    """Return whether a number has few digits, as one that stands in a program has."""
    return abs(number - float(f"{number:.3g}")) <= _CLOSE * abs(number)
