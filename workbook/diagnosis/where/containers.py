"""Tuples, lists and dictionaries of an answer beside those of the right one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import NormalArray, alike
from workbook.course.effects import InputPlace
from workbook.course.findings import Findings
from workbook.course.random_order import as_in_right_order
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.where.leaves import is_series

#: A container of the right answer in every case, and what the answer has there: (got, right).
Pairs = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Container:
    """A tuple, a list or a dictionary of the right answer, in every case.

    Attributes
    ----------
    name : str
        Its name; "" for the returned values together.
    pairs : list of (object, object)
        For each case what the answer has there, and the right one.
    entries : sequence of str
        Names of the entries of a tuple.
    places : list of tuple
        Where it is.
    """

    name: str
    entries: Sequence[str]
    pairs: list[tuple[Any, Any]] = field(default_factory=list)
    places: list[InputPlace] = field(default_factory=list)


def containers(
    returns: Sequence[str],
    cases: Sequence[PublicCase],
    seen: Observation,
    places: Collection[InputPlace] | None = None,
) -> list[Container]:
    """Return every tuple, list and dictionary of the right answers, an outer one before its parts.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    places : collection of InputPlace, optional
        The parts of interest; by default, all.
    """
    found: dict[str, Container] = {}
    for case, outcome in zip(cases, seen.outcomes, strict=True):
        if outcome.raised is None:
            answer = as_in_right_order(outcome.answer, case.expected, case)
            for place, got, right in _inner((), answer, case.expected):
                if _concerns(place, places):
                    name, entries = _name(place, returns)
                    held = found.setdefault(name, Container(name, entries))
                    held.pairs.append((got, right))
                    held.places.append(place)
    return list(found.values())


def _inner(place: InputPlace, got: Any, right: Any) -> Iterator[tuple[InputPlace, Any, Any]]:
    # Of findings, only whether there are any counts, and that the check itself says.
    is_plain = isinstance(right, dict | tuple | list) and not isinstance(right, Findings)
    if not is_plain or is_series(right):
        return
    yield place, got, right
    if alike_layout(got, right):
        for key, value in right.items() if isinstance(right, dict) else enumerate(right):
            yield from _inner((*place, key), got[key], value)


def _concerns(place: InputPlace, places: Collection[InputPlace] | None) -> bool:
    if places is None:
        return True
    return any(one[: len(place)] == place or place[: len(one)] == one for one in places)


def _name(place: InputPlace, returns: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the name of a container, one for the caches of all layers, and of its entries."""
    if len(returns) > 1:
        if not place:
            return "", returns
        name, inside = returns[int(place[0])], place[1:]
    else:
        name, inside = returns[0], place
    if name == "caches" and inside:
        last = "linear cache" if len(inside) > 1 else "cache"
        return f"Each {last} in caches", ()
    if name == "cache" and inside:
        return "The linear cache", ()
    return (
        f"Each entry of {name}"
        if inside and isinstance(inside[0], int)
        else str(inside[0])
        if inside
        else name
    ), ()


def alike_layout(got: Any, right: Any) -> bool:
    """Return whether a value is a container of the right kind and size."""
    if isinstance(right, dict):
        return isinstance(got, dict) and all(key in got for key in right)
    return isinstance(got, tuple | list) and len(got) == len(right)


def same(got: Any, right: Any) -> bool:
    """Return whether a value is the right one; of random arrays, whether it has the shape."""
    if isinstance(right, NormalArray):
        return isinstance(got, np.ndarray) and got.shape == right.shape
    if isinstance(right, dict):
        return isinstance(got, dict) and all(k in got and same(got[k], right[k]) for k in right)
    if isinstance(right, tuple | list) and isinstance(got, tuple | list):
        return len(got) == len(right) and all(map(same, got, right))
    return alike(got, right)
