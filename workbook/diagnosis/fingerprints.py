"""Fingerprints of what wrong answers return: small enough to store many, and nothing of the code.

Two values have the same fingerprint if they have the same structure and shapes, and if a weighted
sum of their numbers is the same up to rounding. The weights are fixed and look random, so other
numbers practically never have the same sum; and a comparison with a tolerance, unlike a hash of
rounded numbers, has no borders at which a last digit decides.
"""

import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from workbook.course.kinds import kind
from workbook.diagnosis.parts import MISSING

# Largest difference of two sums, relative to the sum of the absolute terms: float32 leaves less.
_TOLERANCE = 5e-6
# Numbers below this are what a sum that cancels leaves behind.
_ZERO = 1e-9
# So many digits of the sum are stored; machines differ in later ones.
_DIGITS = 7


@dataclass(frozen=True)
class Fingerprint:
    """A fingerprint.

    Attributes
    ----------
    structure : str
        Shapes and kinds: "2x3", "a str 'relu'", "(2x3, 3x1)".
    number : float
        The weighted sum of all numbers; 0 if there are none.
    size : float
        The sum of the absolute terms, which says how exact the number is; 0 if it was stored.
    """

    structure: str
    number: float = 0.0
    size: float = field(default=0.0, compare=False)

    @property
    def is_whole_number(self) -> bool:
        """Whether it is that of a single whole number."""
        number = self.number / float(_weights(1)[0])
        error = abs(number - round(number))
        return self.structure == "number" and error <= _TOLERANCE * max(1.0, abs(number))

    def is_like(self, other: "Fingerprint", any_axes: bool = False) -> bool:
        """Tell whether both may be of one value; at most one of them was stored.

        Parameters
        ----------
        other : Fingerprint
            The other one.
        any_axes : bool
            Whether it does not matter how many axes of length 1 an array has.
        """
        room = max(_TOLERANCE * max(self.size, other.size), _ZERO)
        same = self.structure == other.structure
        if any_axes and not same:
            same = _without_ones(self.structure) == _without_ones(other.structure)
        return same and abs(self.number - other.number) <= room


def fingerprint(value: Any) -> Fingerprint:
    """Return the fingerprint of a part of an answer, which may hold anything."""
    numbers: list[np.ndarray[Any, Any]] = []
    structure = _structure(value, numbers)
    if not numbers:
        return Fingerprint(structure)
    entries = np.concatenate(numbers)
    weights = _weights(2 ** max(entries.size - 1, 1).bit_length())[: entries.size]
    with np.errstate(over="ignore", invalid="ignore"):
        terms = entries * weights
        number, size = float(terms.sum()), float(np.abs(terms).sum())
    if not math.isfinite(size):
        return Fingerprint(f"{structure} too large to be added")
    return Fingerprint(structure, _rounded(number, size), size)


def _without_ones(structure: str) -> str:
    return re.sub(r"(?<![0-9])1x|x1(?![0-9])|(?<![0-9])1(?![0-9])|number", "", structure)


def _structure(value: Any, numbers: list[np.ndarray[Any, Any]]) -> str:
    """Return the structure of a value, and append the finite numbers in it to a list."""
    if value is MISSING:
        return "missing"
    if isinstance(value, dict):
        keys = sorted(value, key=str)
        inside = ", ".join(f"{key}: {_structure(value[key], numbers)}" for key in keys)
        return f"{{{inside}}}"
    if isinstance(value, tuple | list):
        return f"({', '.join(_structure(entry, numbers) for entry in value)})"
    if isinstance(value, str):
        return f"a str {value!r}"
    if isinstance(value, bool) or not isinstance(value, np.ndarray | np.generic | int | float):
        return kind(value)
    array = np.asarray(value)
    shape = "x".join(map(str, array.shape)) or "number"
    # An integer of too many digits is an array of objects.
    if array.dtype.kind not in "iufb":
        return f"{kind(value)} {shape}"
    if array.dtype.kind == "b":
        shape += " truths"
    array = array.astype(float)
    finite = np.isfinite(array)
    if not finite.all():
        at = "".join(_mark(x) for x in array.ravel().tolist())
        shape += f" {at}"
        array = np.where(finite, array, 0.0)
    numbers.append(array.ravel())
    return shape


def _mark(number: float) -> str:
    return "." if math.isfinite(number) else "n" if number != number else "+" if number > 0 else "-"


def _rounded(number: float, size: float) -> float:
    if size < _ZERO:
        return 0.0
    digits = _DIGITS - math.ceil(math.log10(size))
    # Adding 0.0 turns -0.0 into 0.0.
    return round(number, digits) + 0.0


@lru_cache(maxsize=16)
def _weights(count: int) -> np.ndarray[Any, Any]:
    """Return weights between 0.5 and 1.5, the same on every machine.

    They are made by SplitMix64 (Steele, Lea and Flood, 2014).
    """
    with np.errstate(over="ignore"):
        state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    return 0.5 + (state >> np.uint64(11)).astype(float) / 2.0**53
