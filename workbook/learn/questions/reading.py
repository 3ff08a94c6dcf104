"""Read a number or a shape as people write it."""

import math
import operator
import re
from fractions import Fraction
from typing import Any

# Digits in groups of three, which some write with a comma and others take for a decimal comma.
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_OTHER_SIGNS = str.maketrans({
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{FRACTION SLASH}": "/", "\N{DIVISION SLASH}": "/",
})  # fmt: skip
# Between two sizes of a shape.
_BETWEEN = re.compile(
    r"\s*(?:,|;|\bby\b|(?<=\d)\s*[xX\N{MULTIPLICATION SIGN}*]\s*(?=\d)|(?<=\d)\s+(?=\d))\s*"
)


def possible_numbers(given: Any) -> tuple[float, ...]:
    """Return the number that is meant, or both where it can be read in two ways; () if none is.

    Parameters
    ----------
    given : object
        A number, or a text such as ``"0.5"``, ``"0,5"``, ``".5"``, ``"1/2"`` or ``"1,200"``, which
        is 1200 or 1.2.
    """
    if not isinstance(given, str):
        return _of_a_value(given)
    text = re.sub(r"\s", "", given.translate(_OTHER_SIGNS))
    readings = [text]
    if _GROUPS.fullmatch(text):
        readings = [text.replace(",", ""), text.replace(",", ".")]
    elif "," in text and "." in text:
        # The last one is the decimal sign.
        sign = max(",.", key=text.rindex)
        readings = [text.replace("." if sign == "," else ",", "").replace(sign, ".")]
    elif "," in text:
        readings = [text.replace(",", ".")]
    found = (_quotient(one) for one in readings)
    return tuple(one for one in found if one is not None)


def _of_a_value(given: Any) -> tuple[float, ...]:
    """Return a number of Python's or NumPy's, such as the 0.5 of ``array([0.5])``."""
    if isinstance(given, Fraction):
        return (float(given),)
    try:
        value = given.item()
    except (AttributeError, TypeError, ValueError):
        value = given
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (float(value),) if is_number and math.isfinite(value) else ()


def _quotient(text: str) -> float | None:
    parts = text.split("/")
    if len(parts) > 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        value = float(parts[0]) / float(parts[1]) if len(parts) == 2 else float(text)
    except ZeroDivisionError:
        return None
    return value if math.isfinite(value) else None


def shape(given: Any) -> tuple[int, ...] | None:
    """Return the shape that is meant, or None.

    A single number is none: with one axis a shape is written ``(3,)``.

    Parameters
    ----------
    given : object
        A tuple or a list, or a text such as ``"(3, 4)"``, ``"3,4"``, ``"3 x 4"`` or ``"(3,)"``.
    """
    if not isinstance(given, str):
        return _sizes(given) if isinstance(given, tuple | list) else None
    text = given.strip()
    inner = text[1:-1].strip() if text[:1] + text[-1:] in ("()", "[]") else text
    if not inner:
        return () if text else None
    parts = _BETWEEN.split(inner)
    if len(parts) == 1:
        return None
    # A comma may stand at the end: (3,) is a shape.
    return _sizes(parts[:-1] if parts[-1] == "" else parts)


def _sizes(parts: Any) -> tuple[int, ...] | None:
    try:
        sizes = tuple(int(one) if isinstance(one, str) else operator.index(one) for one in parts)
    except (TypeError, ValueError):
        return None
    return sizes if all(size >= 0 for size in sizes) else None
