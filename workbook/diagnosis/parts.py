"""The parts of an answer: which of them are wrong, and what a person calls them.

A right answer is a tree of tuples, lists and dictionaries. Every node of it is a part: its leaves,
such as ``dW``, and what holds them, for an answer may have a number where a tuple belongs.
"""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, holds_random
from workbook.course.compare import NormalArray, alike
from workbook.course.effects import InputPlace
from workbook.course.effects_in_words import as_subscripts
from workbook.diagnosis.random_arrays import with_signatures

#: Stands for a part that is not there, such as a key that a dictionary lacks.
MISSING = object()

#: What the signature of random numbers says of a size that no known mistake explains.
UNKNOWN_SCALE = "scale: other"

#: What a linear cache holds; the cache of a layer holds such a one, and Z.
LINEAR_CACHE = ("A_prev", "W", "b")


def places(right: Any, here: InputPlace = ()) -> Iterator[InputPlace]:
    """Yield the place of every part of a right answer, a container before what it holds."""
    yield here
    for key, value in _items(right):
        yield from places(value, (*here, key))


def holds_arrays(cases: Sequence[PublicCase]) -> bool:
    """Tell whether right answers hold arrays, and not single numbers alone."""
    return any(
        isinstance(part, np.ndarray | NormalArray) and np.prod(part.shape) > 1
        for case in cases
        for part in (at_place(case.expected, place) for place in places(case.expected))
    )


def wrong_parts(answer: Any, right: Any, here: InputPlace = ()) -> dict[InputPlace, Any]:
    """Return the parts of an answer that are wrong, by their places.

    A part that has another structure is named as a whole, and nothing in it. Keys that the right
    answer does not have are allowed.

    Parameters
    ----------
    answer, right : object
        The two answers, as `comparable` returns them.
    here : tuple, optional
        Where these stand in a larger answer.
    """
    if answer is MISSING:
        return {here: answer}
    if isinstance(right, dict):
        if not isinstance(answer, dict):
            return {here: answer}
        pairs = [(key, answer.get(key, MISSING)) for key in right]
    elif isinstance(right, tuple | list):
        if not isinstance(answer, tuple | list) or len(answer) != len(right):
            return {here: answer}
        pairs = list(enumerate(answer))
    else:
        return {} if alike(answer, right) else {here: answer}
    found: dict[InputPlace, Any] = {}
    for key, value in pairs:
        found |= wrong_parts(value, right[key], (*here, key))
    return found


def comparable(answer: Any, case: PublicCase) -> Any:
    """Return an answer in comparable form: random numbers are replaced by their signatures."""
    if not case.is_random:
        return answer
    right = case.expected
    if not isinstance(right, tuple):
        return _signed(answer, right)
    if not isinstance(answer, tuple | list) or len(answer) != len(right):
        return answer
    return tuple(map(_signed, answer, right))


def _signed(answer: Any, right: Any) -> Any:
    """Return a dictionary of random arrays with a text in place of each array."""
    if not isinstance(answer, dict) or not holds_random(right):
        return answer
    found = with_signatures(answer, right)
    return {key: _as_text(one) if isinstance(one, dict) else one for key, one in found.items()}


def _as_text(signature: dict[str, str]) -> str:
    shape = "x".join(re.findall(r"\d+", signature.get("shape", "")))
    return " ".join(f"{name}: {value};" for name, value in (signature | {"shape": shape}).items())


def extra_keys(answer: Any, right: Any, here: InputPlace = ()) -> Iterator[InputPlace]:
    """Yield the places of keys that the right answer does not have; they are allowed."""
    if isinstance(answer, dict) and isinstance(right, dict):
        for key in answer:
            if key not in right:
                yield (*here, key if isinstance(key, str) else "")
    for key, value in _items(right):
        yield from extra_keys(_at(answer, key), value, (*here, key))


def part_name(place: InputPlace, returns: Sequence[str], right: Any = None) -> str:
    """Return what a person calls a part, such as "dW1" or "W in the cache of layer 2".

    Parameters
    ----------
    place : tuple
        Where the part stands in the answer.
    returns : sequence of str
        Names of the values that the function returns.
    right : object, optional
        The right answer, by which a cache is known.
    """
    if len(returns) == 1:
        name, rest = returns[0], place
        # A dictionary that is all of the answer need not be named.
        if rest and isinstance(rest[0], str):
            return rest[0] + as_subscripts(rest[1:])
    elif not place:
        return "the answer"
    else:
        name, rest, right = returns[int(place[0])], place[1:], _at(right, place[0])
    if name == "caches" and rest:
        inside = _in_cache(rest[1:], _at(right, rest[0]))
        if inside is not None:
            return f"{inside}the cache of layer {int(rest[0]) + 1}"
    inside = _in_cache(rest, right) if name == "cache" and rest else None
    return name + as_subscripts(rest) if inside is None else f"{inside}cache"


def letters_of(place: InputPlace, returns: Sequence[str] = ()) -> str:
    """Return what the parts of all layers are called, such as "dW"; "" of one without a name.

    Parameters
    ----------
    place : tuple
        Where a part stands in the answer.
    returns : sequence of str, optional
        Names of the values that the function returns.
    """
    keys = [step for step in place if isinstance(step, str)]
    if keys:
        return keys[-1].rstrip("0123456789")
    is_returned = len(place) == 1 and isinstance(place[0], int) and place[0] < len(returns)
    return returns[int(place[0])] if is_returned else ""


def _in_cache(rest: InputPlace, right: Any) -> str | None:
    """Return the name of what stands in a layer's cache or a linear cache, with " in "."""
    if not rest:
        return ""
    if not isinstance(right, tuple | list) or not all(isinstance(step, int) for step in rest):
        return None
    at = int(rest[0])
    if len(right) == len(LINEAR_CACHE) and len(rest) == 1:
        return f"{LINEAR_CACHE[at]} in "
    if len(right) == 2 and at == 1 and len(rest) == 1:
        return "Z in "
    if len(right) == 2 and at == 0 and isinstance(right[0], tuple | list):
        return "the linear cache in " if len(rest) == 1 else _in_cache(rest[1:], right[0])
    return None


def spelling(key: object) -> str:
    """Return the letters and digits of a key: what it is, whatever its case and other signs."""
    return "".join(filter(str.isalnum, str(key))).lower()


def at_place(value: Any, place: InputPlace) -> Any:
    """Return the part of an answer at a place; None if there is none."""
    return reduce(_at, place, value)


def _at(value: Any, step: int | str) -> Any:
    try:
        return value[step]
    except (TypeError, KeyError, IndexError):
        return None


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple | list):
        yield from enumerate(value)
