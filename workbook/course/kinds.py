"""Describes the kind of a value in words, for messages on what an answer should hold."""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Longest text that names a kind.
LONGEST_KIND = 120

# Of a class's name, so much is said.
_LONGEST_NAME = 60

#: Ends the kind of a value that was not handed over for its size.
TOO_LARGE = " that is too large to be handed over"

#: NumPy's integers, signed or not, have at most so many bits.
MOST_BITS = 64

# The name that a class was given, whatever its own class says of it.
_given_name = type.__dict__["__name__"].__get__

# Real numbers that are not of a type of Python's own or NumPy's; they need not be imported.
_REAL = (("fractions", "Fraction"), ("decimal", "Decimal"))


@dataclass(frozen=True)
class OfKind:
    """Stands for a value that is not plain data, of which only the kind is known.

    Attributes
    ----------
    kind : str
        The kind with its article, such as "a zip" or "a generator".
    """

    kind: str

    @property
    def is_too_large(self) -> bool:
        """Whether it is only for its size that it is not here."""
        return self.kind.endswith(TOO_LARGE)

    def __str__(self) -> str:
        return self.kind


def kind(value: Any) -> str:
    """Return the type of a value with its article, such as "a list" or "an array".

    No code of the value's own class is run.
    """
    if value is None:
        return "None"
    of = type(value)
    if of is OfKind:
        return str(value.kind)
    if of is np.ndarray:
        return "an array" if value.dtype.kind in "iuf" else _array_of(value.dtype)
    if of is int and value.bit_length() > MOST_BITS:
        return f"an integer of more than {MOST_BITS} bits"
    name = _given_name(of)
    name = "".join(c if c.isprintable() else "?" for c in name[:_LONGEST_NAME]) or "nameless"
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _array_of(dtype: np.dtype[Any]) -> str:
    what = "text" if dtype.kind in "SU" else "structured" if dtype.names else str(dtype)
    return f"an array of {what} entries"


def plain_number(value: Any) -> Any:
    """Return a Fraction or a Decimal as a float, and any other value as it is."""
    for module, name in _REAL:
        if type(value) is getattr(sys.modules.get(module), name, None):
            try:
                return float(value)
            except (ArithmeticError, ValueError):
                return value
    return value
