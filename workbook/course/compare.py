"""Comparison of answers, with messages that do not reveal the right answer.

Longer than other files: an answer is nested, so that the comparisons of its kinds call each
other, and read best in one place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.course.cut_off import cut_off, small_is_zero
from workbook.course.findings import Findings
from workbook.course.kinds import OfKind, kind, plain_number
from workbook.course.numbers_in_words import not_finite, not_normal
from workbook.course.precision import COARSE, half_precision, precision, rounding
from workbook.course.words import counted, two_digits

#: Largest error allowed, relative to the largest entry of the right array. What float32 leaves of a
#: right computation is smaller, and so is the effect of an epsilon of 1e-7 inside a logarithm.
TOLERANCE = 3e-5

#: Largest absolute error allowed: what float32 leaves where numbers near 1 cancel each other.
ABSOLUTE = 3e-7

# Largest absolute difference of numbers that are computed twice.
_EXACT = 1e-12

# What is to be said of kinds of arrays that behave differently.
_SUBCLASSES = {
    "a matrix": "in a matrix, `*` is another product, and a row stays a matrix",
    "a MaskedArray": "a masked array hides some of its entries",
}


@dataclass(frozen=True)
class NormalArray:
    """Stands for every array of this shape that is drawn from a normal distribution around 0."""

    shape: tuple[int, ...]
    standard_deviation: float


@dataclass(frozen=True)
class Difference:
    """One difference between an answer and the right one.

    Attributes
    ----------
    where : str
        The part of the answer, such as ``dW`` or ``cache[0]``.
    message : str
        A sentence for the learner; it holds no entry of either array.
    got_shape, want_shape : tuple of int or None
        The two shapes, if they differ.
    absolute, relative : float or None
        Largest absolute error, and this error relative to the largest right entry.
    at : tuple of int or None
        Index of the largest error.
    """

    where: str
    message: str
    got_shape: tuple[int, ...] | None = None
    want_shape: tuple[int, ...] | None = None
    absolute: float | None = None
    relative: float | None = None
    at: tuple[int, ...] | None = None


def assert_same(where: str, got: Any, want: Any) -> None:
    """Raise AssertionError with every difference between the answer and the right one."""
    found = list(differences(where, got, want))
    if found:
        raise AssertionError("; ".join(difference.message for difference in found))


def split(returned: Any, names: Sequence[str]) -> tuple[Any, ...]:
    """Return the parts of a function's answer.

    Parameters
    ----------
    returned : object
        What the function returned.
    names : sequence of str
        Names of the parts; with a single name, the answer itself is the only part.

    Raises
    ------
    AssertionError
        If the answer does not have these parts; the message says what was returned.
    """
    if returned is None:
        raise AssertionError("the function returned None: is the `return` line missing?")
    if len(names) == 1:
        return (returned,)
    wanted = ", ".join(names)
    if not isinstance(returned, tuple | list):
        raise AssertionError(
            f"the function returned {kind(returned)}; it should return {wanted}, in this order"
        )
    if len(returned) != len(names):
        count = f"{kind(returned)} of 1" if len(returned) == 1 else f"{len(returned)} values"
        raise AssertionError(
            f"the function returned {count}; it should return {len(names)}: {wanted}"
        )
    return tuple(returned)


def differences(where: str, got: Any, want: Any) -> Iterator[Difference]:
    """Yield every difference between an answer and the right one.

    Lists may replace tuples, and dictionaries may hold additional keys.

    Parameters
    ----------
    where : str
        Name of the answer, for the messages.
    got : object
        The learner's answer.
    want : ndarray, NormalArray, Findings, float, str, tuple or dict
        The right one.
    """
    if isinstance(want, Findings):
        yield from _findings_differences(where, got, want)
    elif isinstance(want, dict):
        yield from _dict_differences(where, got, want)
    elif isinstance(want, tuple | list):
        yield from _sequence_differences(where, got, want)
    elif isinstance(want, str):
        if not isinstance(got, str) or got != want:
            yield Difference(where, f"{where} should be the text {want!r}")
    else:
        shape = want.shape if isinstance(want, NormalArray) else np.shape(want)
        array = _numbers(where, got, shape)
        if isinstance(array, Difference):
            yield array
        elif not np.isfinite(array).all():
            yield Difference(where, f"{where} holds {not_finite(array)}")
        elif isinstance(want, NormalArray):
            for message in not_normal(where, array.astype(float), want.standard_deviation):
                yield Difference(where, message)
        else:
            yield from _array_differences(where, array, np.asarray(want))


def alike(one: Any, other: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether two answers are equal up to a tolerance.

    Lists may replace tuples. Entries that are not finite must be the same in both.

    Parameters
    ----------
    one, other : object
        Numbers, arrays, texts and None, in tuples, lists and dictionaries.
    tolerance : float
        Largest difference allowed, relative to the largest entry of ``other``.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        same_keys = one.keys() == other.keys()
        return same_keys and all(alike(one[key], other[key], tolerance) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(alike(a, b, tolerance) for a, b in pairs)
    numeric = _is_numeric(one), _is_numeric(other)
    if all(numeric):
        # Shapes first: a copy of what has another one may be large.
        same = np.shape(one) == np.shape(other)
        return same and _close(np.asarray(one, float), np.asarray(other, float), tolerance)
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    if any(numeric) or kind(one) != kind(other):
        return False
    # Truths are told apart; other objects of one kind count as the same.
    return not (_is_truth(one) and _is_truth(other)) or np.array_equal(one, other)


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool | np.bool_) or (
        type(value) is np.ndarray and value.dtype.kind == "b"
    )


def _is_numeric(value: Any) -> bool:
    if type(value) is not np.ndarray and not isinstance(value, np.generic | int | float):
        return False
    if isinstance(value, bool):
        return False
    return np.asarray(value).dtype.kind in "iuf"


def _close(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any], tolerance: float) -> bool:
    finite = np.isfinite(other)
    # Nearly always all are; the rest takes time.
    if not finite.all():
        if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
            return False
        one, other = one[finite], other[finite]
    # The methods, not NumPy's functions of these names: thousands of small arrays are compared.
    largest = float(np.abs(other).max(initial=0.0))
    least = ABSOLUTE if tolerance >= TOLERANCE else _EXACT
    with np.errstate(over="ignore"):
        return bool((np.abs(one - other) <= max(tolerance * largest, least)).all())


def _dict_differences(where: str, got: Any, want: dict[str, Any]) -> Iterator[Difference]:
    if not isinstance(got, dict):
        yield Difference(where, f"{where} is {kind(got)}; it should be a dictionary")
        return
    there = f" (its keys are: {', '.join(sorted(map(str, got))) or 'none'})"
    for key, value in want.items():
        if key in got:
            yield from differences(key, got[key], value)
        else:
            yield Difference(key, f"{where} has no key {key!r}{there}")
            # Once is enough.
            there = ""


def _findings_differences(where: str, got: Any, want: Findings) -> Iterator[Difference]:
    if not isinstance(got, tuple | list):
        said = f"{where} is {kind(got)}; it should be a list, which is empty for a right candidate"
        yield Difference(where, said)
    elif got and not want:
        yield Difference(where, f"{where} is not empty, but this candidate is right")
    elif want and not got:
        yield Difference(where, f"{where} is empty, but this candidate is wrong")


def _sequence_differences(where: str, got: Any, want: Sequence[Any]) -> Iterator[Difference]:
    if not isinstance(got, tuple | list):
        entries = counted(len(want), "entry", "entries")
        yield Difference(where, f"{where} is {kind(got)}; it should be {kind(want)} of {entries}")
    elif len(got) != len(want):
        entries = counted(len(got), "entry", "entries")
        yield Difference(where, f"{where} has {entries}; it should have {len(want)}")
    else:
        for index, (one, right) in enumerate(zip(got, want, strict=True)):
            yield from differences(f"{where}[{index}]", one, right)


def array_of_numbers(where: str, got: Any, shape: tuple[int, ...] | None = None) -> Any:
    """Return an array of an answer, or raise AssertionError unless it is one of real numbers.

    Parameters
    ----------
    where : str
        Name of the part of the answer, for the message.
    got : object
        What the learner's function returned there.
    shape : tuple of int, optional
        The shape that it should have; for ``()`` a number will do.

    Returns
    -------
    ndarray, float64
    """
    array = _numbers(where, got, shape)
    if isinstance(array, Difference):
        raise AssertionError(array.message)
    return array.astype(float)


def _numbers(
    where: str, got: Any, shape: tuple[int, ...] | None
) -> np.ndarray[Any, Any] | Difference:
    """Return the answer as an array of this shape, or the difference if it is not such an array."""
    if type(got) is np.ndarray and got.shape == shape and got.dtype.char == "d":
        # Nearly all are, and thousands are looked at.
        return got
    if got is None:
        return Difference(where, f"{where} is None")
    got = plain_number(got)
    is_number = isinstance(got, int | float | np.integer | np.floating) and type(got) is not bool
    is_number &= shape == () and not kind(got).startswith("an integer")
    plain = type(got) is np.ndarray and got.dtype.kind in "iuf"
    if isinstance(got, OfKind) and got.is_too_large:
        wanted = "" if shape is None else f"; it should have shape {shape}"
        return Difference(where, f"{where} is {got}{wanted}")
    if not (plain or is_number):
        wanted = "a number" if shape == () else "a NumPy array of numbers"
        why = _SUBCLASSES.get(kind(got), "")
        more = f": {why}, so return np.asarray of it, or compute with arrays" if why else ""
        return Difference(where, f"{where} is {kind(got)}; it should be {wanted}{more}")
    array = np.asarray(got)
    if array.dtype == np.float16:
        return Difference(where, half_precision(where))
    if shape is not None and array.shape != shape:
        wanted = "be a single number, shape ()" if shape == () else f"have shape {shape}"
        message = f"{where} has shape {array.shape}; it should {wanted}"
        return Difference(where, message, got_shape=array.shape, want_shape=shape)
    return array


def _array_differences(
    where: str, array: np.ndarray[Any, Any], want: np.ndarray[Any, Any]
) -> Iterator[Difference]:
    if array.size == 0:
        return
    errors = np.abs(array - want)
    absolute, scale = float(errors.max()), float(np.max(np.abs(want)))
    if not np.isfinite(scale):
        # Relative to an infinite entry, every error would be small.
        yield Difference(where, f"{where} cannot be compared: the right value is not finite")
        return
    relative = absolute / scale if scale > 0 else float("inf")
    room = max(TOLERANCE * scale, ABSOLUTE)
    told = rounding(where, array, absolute) if relative < COARSE else ""
    if not told and absolute <= room:
        return
    if not told and relative < COARSE:
        told = precision(where, array, want)
    if not told and (cut := cut_off(array, want, room, least=1)):
        told = f"{where} is {cut}"
    if not told and small_is_zero(array, want, room):
        told = f"{where} is 0 where it should be small: all that is farther from 0 is right"
    at = tuple(int(i) for i in np.unravel_index(int(np.argmax(errors)), errors.shape))
    if told:
        yield Difference(where, told, absolute=absolute, relative=relative, at=at)
        return
    place = f" at index {list(at)}" if at else ""
    size = f"largest error {two_digits(absolute)}{place}"
    if scale > 0:
        size += f", {two_digits(relative)} times the largest right value"
    else:
        size = f"it should be zero; {size}"
    yield Difference(
        where, f"{where} is not right: {size}", absolute=absolute, relative=relative, at=at
    )
