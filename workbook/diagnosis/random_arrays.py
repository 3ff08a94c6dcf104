"""Signatures of random arrays, which depend on their distribution and not on the numbers drawn.

Two draws from one distribution have the same signature: each entry of it is exact, or has a
tolerance that chance practically never exceeds. A signature is a dictionary of texts.
"""

from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, holds_random
from workbook.course.compare import NormalArray, alike
from workbook.course.numbers_in_words import STANDARD_ERRORS
from workbook.diagnosis.observation import Observation

Signature = dict[str, str]

#: So many numbers do not all have the same sign by chance.
MANY = 50
# Among so many numbers, the share within one standard deviation tells normal from uniform.
_VERY_MANY = 2000
_WITHIN_ONE_SIGMA = 0.6827
# Among so many, no more different ones than these are no draw from a normal distribution.
_FEW_NUMBERS = 30
# The standard deviation in the first two exercises; in later ones it depends on the layer.
_FIXED_SCALE = 0.01
# A scale that has no name.
_OTHER = "other"
# Numbers at the start of two arrays that are compared.
_BEGINNING = 20


def with_signatures(answer: Any, expected: Any) -> Any:
    """Return an answer in which each random array is replaced by its signature.

    Parameters
    ----------
    answer : object
        The answer of the function, or the right answer.
    expected : dict or tuple
        The right answer: a dictionary of arrays, and of ``NormalArray`` for random numbers; or a
        tuple that holds such a dictionary beside other values.
    """
    if isinstance(expected, tuple):
        if not isinstance(answer, tuple | list) or len(answer) != len(expected):
            return {"": type(answer).__name__}
        pairs = zip(answer, expected, strict=True)
        return tuple(
            with_signatures(one, right) if holds_random(right) else one for one, right in pairs
        )
    if not isinstance(answer, dict):
        return {"": type(answer).__name__}
    found: dict[str, Any] = {}
    for key, value in answer.items():
        if isinstance(value, NormalArray):
            found[key] = _of_normal(value)
        elif _is_known(expected.get(key)):
            found[key] = value
        elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            found[key] = _of_array(value.astype(float), expected.get(key))
            found[key]["begins like"] = _twin(value, key, answer)
            if found[key]["scale"] == _OTHER:
                found[key]["scale"] = _scale_of_another(value, key, answer)
        else:
            found[key] = {"kind": type(value).__name__}
    return found


def _is_known(right: Any) -> bool:
    """Return whether the right array is known and not all zeros, so that it can be compared."""
    return isinstance(right, np.ndarray) and bool(right.any())


def random_part(answer: Any, expected: Any) -> tuple[Any, dict[str, Any]]:
    """Return the part of an answer that should hold random numbers, and that of the right one."""
    if not isinstance(expected, tuple):
        return answer, expected
    at = next(i for i, part in enumerate(expected) if holds_random(part))
    fits = isinstance(answer, tuple | list) and len(answer) == len(expected)
    return (answer[at] if fits else None), expected[at]


def _scales(array: np.ndarray[Any, Any], right: Any) -> dict[str, float]:
    """Return the standard deviations that learners choose for an array, the right one first."""
    shape = getattr(right, "shape", array.shape)
    units, inputs = shape if len(shape) == 2 else (1, 1)
    known = {
        "0.01": 0.01,
        "1": 1.0,
        "1/sqrt(inputs)": 1 / np.sqrt(inputs),
        "sqrt(2/inputs)": np.sqrt(2 / inputs),
    }
    if not isinstance(right, NormalArray) or right.standard_deviation == _FIXED_SCALE:
        return known
    sigma, both = right.standard_deviation, inputs + units
    return {
        f"{sigma:g}": sigma,
        **known,
        "0.1": 0.1,
        "variance": sigma**2,
        "right/100": sigma / 100,
        "1/right": 1 / sigma,
        "right/sqrt(3)": sigma / np.sqrt(3),
        # Of normal numbers without their signs, this is twice the mean.
        "right*sqrt(8/pi)": sigma * np.sqrt(8 / np.pi),
        "1/sqrt(units)": 1 / np.sqrt(units),
        "sqrt(2/units)": np.sqrt(2 / units),
        "sqrt(1/both)": np.sqrt(1 / both),
        "sqrt(2/both)": np.sqrt(2 / both),
        "sqrt(6/inputs)": np.sqrt(6 / inputs),
        "sqrt(6/both)": np.sqrt(6 / both),
        "2/sqrt(inputs)": 2 / np.sqrt(inputs),
        "2/sqrt(both)": 2 / np.sqrt(both),
        "sqrt(2)/inputs": np.sqrt(2) / inputs,
        "sqrt(2)/both": np.sqrt(2) / both,
        "sqrt(2/product)": np.sqrt(2 / (inputs * units)),
        "sqrt(2/inputs+units)": np.sqrt(2 / inputs + units),
    }


def _of_normal(right: NormalArray) -> Signature:
    size = int(np.prod(right.shape))
    return {
        "shape": str(right.shape),
        "kind": "normal" if size >= _VERY_MANY else "random",
        "scale": f"{right.standard_deviation:g}",
        "begins like": "",
    }


def _of_array(array: np.ndarray[Any, Any], right: Any) -> Signature:
    kind = _kind(array)
    scale = _scale(array, kind, _scales(array, right))
    return {"shape": str(array.shape), "kind": kind, "scale": scale}


def _kind(array: np.ndarray[Any, Any]) -> str:
    if not np.isfinite(array).all():
        return "not finite"
    if not array.any():
        return "zeros"
    if array.size == 1:
        return "one number"
    if float(np.ptp(array)) == 0.0:
        return "constant"
    if array.size >= MANY and array.min() >= 0:
        return "positive"
    if array.size < _VERY_MANY:
        return "random"
    if is_of_few_numbers(array):
        return "with few different ones"
    # Such as a product of two normal numbers, or a uniform one.
    return {0: "normal", 1: "with many small ones", -1: "with no large ones"}[more_small(array)]


def _scale(array: np.ndarray[Any, Any], kind: str, known: dict[str, float]) -> str:
    """Return the name of the known scale that the numbers have, or that of an unknown one."""
    if kind in ("not finite", "zeros", "one number"):
        return ""
    # The upper bound of numbers that are uniform from 0 is twice their mean.
    scale = 2 * float(array.mean()) if kind == "positive" else root_mean_square(array)
    name = min(known, key=lambda name: float(abs(np.log(scale / known[name]))))
    room = STANDARD_ERRORS / np.sqrt(2 * array.size)
    return name if abs(scale / known[name] - 1) <= room else _OTHER


def _scale_of_another(array: np.ndarray[Any, Any], key: str, answer: dict[str, Any]) -> str:
    """Return the scale named after the first array if both have it, else an unknown one."""
    name, first = next(
        (name, one) for name, one in answer.items() if isinstance(one, np.ndarray) and one.any()
    )
    room = STANDARD_ERRORS * np.sqrt((1 / array.size + 1 / first.size) / 2)
    ratio = root_mean_square(array) / root_mean_square(first)
    return f"that of {name}" if name != key and abs(ratio - 1) <= room else _OTHER


def more_small(array: np.ndarray[Any, Any]) -> int:
    """Return 1 if more of very many numbers are small than of normal ones, -1 if fewer, else 0."""
    within = float(np.mean(np.abs(array) < root_mean_square(array)))
    error = float(np.sqrt(_WITHIN_ONE_SIGMA * (1 - _WITHIN_ONE_SIGMA) / array.size))
    off = within - _WITHIN_ONE_SIGMA
    if array.size < _VERY_MANY or abs(off) <= STANDARD_ERRORS * error:
        return 0
    return 1 if off > 0 else -1


def is_of_few_numbers(array: np.ndarray[Any, Any]) -> bool:
    """Return whether many numbers are few different ones, as when they are rounded."""
    if array.size < _VERY_MANY:
        return False
    entries = array.ravel()
    # In nearly every array the first ones differ already; to look at all of them takes long.
    return all(len(set(some.tolist())) <= _FEW_NUMBERS for some in (entries[:MANY], entries))


def root_mean_square(array: np.ndarray[Any, Any]) -> float:
    """Return the root of the mean of the squares."""
    return float(np.sqrt(np.mean(array**2)))


def _twin(array: np.ndarray[Any, Any], key: str, answer: dict[str, Any]) -> str:
    """Return the key of an earlier array that begins with the same numbers, up to a factor."""
    for name, other in answer.items():
        if name == key:
            break
        is_array = isinstance(other, np.ndarray) and other.dtype.kind in "iuf"
        if is_array and begins_alike(array, other):
            return str(name)
    return ""


def begins_alike(array: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    """Tell whether two arrays begin with the same numbers, up to a factor.

    Parameters
    ----------
    array, other : numpy.ndarray
        Arrays of numbers.
    """
    size = min(array.size, other.size, _BEGINNING)
    one, two = (each.ravel()[:size].astype(float) for each in (array, other))
    is_random = size > 1 and all(np.ptp(each) > 0 and each[0] != 0 for each in (one, two))
    return is_random and alike(one / one[0], two / two[0])


def repeated_arrays(first: PublicCase, seen: Observation) -> list[str]:
    """Return the keys of the random arrays that hold the same numbers after a second call."""
    one, wanted = random_part(seen.outcomes[0].answer, first.expected)
    other, _ = random_part(seen.second.answer, first.expected)
    if not isinstance(one, dict) or not isinstance(other, dict):
        return []
    weights = [key for key, right in wanted.items() if isinstance(right, NormalArray)]
    return [key for key in weights if key in one and alike(other.get(key), one[key])]
