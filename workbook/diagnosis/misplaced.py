"""Arguments and entries of a cache in each other's places, seen where a call has failed.

Only the process in which an answer has run holds the frames of its exceptions. What is said follows
from the very objects in them.
"""

import traceback
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import FrameType
from typing import Any

import numpy as np

from workbook.course.cases import check_data
from workbook.course.exercises import FUNCTIONS
from workbook.course.given import activations
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.words import listed

# What a linear cache holds, and other names of the first entry.
_ENTRIES = ("A_prev", "W", "b")
_ALSO = {"A": "A_prev"}
_ORDINALS = ("first", "second", "third")


def misplaced(seen: Observation) -> Iterator[str]:
    """Yield what has changed places in the call that ended with an exception.

    Parameters
    ----------
    seen : Observation
        What the answer did, in this process.
    """
    for outcome in seen.outcomes:
        if outcome.error is not None:
            frames = [frame for frame, _ in traceback.walk_tb(outcome.error.__traceback__)]
            found = [*_unpacked(frames), *_arguments(frames), *_packed(frames)]
            yield from found[:1]
            if found:
                return


def _unpacked(frames: Sequence[FrameType]) -> Iterator[str]:
    """Yield which name holds another entry of a cache than the one that is called so."""
    for frame in frames:
        values = frame.f_locals
        for cache in filter(_is_linear_cache, values.values()):
            for name, value in values.items():
                right = _ALSO.get(name, name)
                at = next((i for i, one in enumerate(cache) if one is value), None)
                if right in _ENTRIES and at is not None and _ENTRIES[at] != right:
                    yield (
                        f"`{name}` is the {_ORDINALS[at]} entry of the cache, which is "
                        f"{_ENTRIES[at]}. The cache holds {listed(_ENTRIES)}, in this order."
                    )


def _is_linear_cache(value: Any) -> bool:
    """Return whether a value is (A_prev, W, b), by its shapes."""
    if not isinstance(value, tuple) or len(value) != len(_ENTRIES):
        return False
    if not all(isinstance(one, np.ndarray) and one.ndim == 2 for one in value):
        return False
    A_prev, W, b = value
    return bool(W.shape[1] == len(A_prev) and b.shape == (len(W), 1))


def _arguments(frames: Sequence[FrameType]) -> Iterator[str]:
    """Yield which function of the course gets an argument in the place of another one."""
    for caller, callee, takes in _calls(frames):
        name = callee.f_code.co_name
        gets = {one: callee.f_locals.get(one) for one in takes}
        pair = next(_by_name(caller.f_locals, gets), None) or next(_by_kind(name, gets), None)
        if pair:
            yield (
                f"`{name}` gets {pair[0]} in the place of {pair[1]}: its arguments are "
                f"{listed(takes)}, in this order."
            )


def _packed(frames: Sequence[FrameType]) -> Iterator[str]:
    """Yield which function of the course gets the entries of a tuple in another order."""
    for caller, callee, takes in _calls(frames):
        for name, own in caller.f_locals.items():
            for takes_it in takes:
                value = callee.f_locals.get(takes_it)
                if isinstance(own, tuple) and isinstance(value, tuple):
                    ours, theirs = [*map(id, own)], [*map(id, value)]
                    if ours != theirs and sorted(ours) == sorted(theirs):
                        yield (
                            f"`{callee.f_code.co_name}` gets the entries of {name} in another "
                            f"order than they have there: its {takes_it} should be {name} as it is."
                        )


def _calls(frames: Sequence[FrameType]) -> Iterator[tuple[FrameType, FrameType, Sequence[str]]]:
    """Yield the calls of functions of the course: both frames, and the names of the arguments."""
    for caller, callee in pairwise(frames):
        code = callee.f_code
        if code.co_name in FUNCTIONS or hasattr(activations, code.co_name):
            yield caller, callee, code.co_varnames[: code.co_argcount]


def _by_name(values: dict[str, Any], gets: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield an argument's name under which the caller has what it hands over as another one."""
    for name, found in gets.items():
        own = values.get(name)
        if isinstance(own, np.ndarray | tuple | list | dict) and own is not found:
            yield from ((name, other) for other, value in gets.items() if value is own)


def _by_kind(name: str, gets: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the place of an argument, if the kinds are right in another order."""
    if name not in FUNCTIONS:
        return
    kinds = [_kind(value) for value in gets.values()]
    wanted = [_kind(value) for value in check_data(name).cases[0].args]
    if kinds != wanted and sorted(kinds) == sorted(wanted):
        yield from (
            (f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}", other)
            for other, kind, right in zip(gets, kinds, wanted, strict=True)
            if kind != right
        )


def _kind(value: Any) -> str:
    for kind, name in ((np.ndarray, "array"), (tuple, "tuple"), (list, "list"), (dict, "dict")):
        if isinstance(value, kind):
            return name
    return "str" if isinstance(value, str) else "number"
