"""Arguments and entries of a cache in each other's places, seen where a call has failed.

Only the process in which an answer has run holds the frames of its exceptions. What is said follows
from the very objects in them.
"""

import dis
import traceback
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from types import CodeType, FrameType
from typing import Any

import numpy as np

from workbook.course.cases import check_data
from workbook.course.exercises import FUNCTIONS
from workbook.course.given import activations
from workbook.course.words import listed, ordinal
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import LINEAR_CACHE

# Names that mean the same.
_ALSO = {"A": "A_prev", "A_prev": "A"}
# The rooms of the program that call an answer.
_CALLERS = ("workbook.course.", "workbook.diagnosis.", "workbook.grade.")
# So deep in tuples and lists lies the linear cache of a layer.
_DEPTH = 2


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
    """Yield each local name that holds an entry of a cache with another name."""
    for frame in frames:
        values = frame.f_locals
        for cache in _linear_caches([*values.values()], _DEPTH):
            for name, value in values.items():
                right = "A_prev" if name == "A" else name
                at = next((i for i, one in enumerate(cache) if one is value), None)
                if right in LINEAR_CACHE and at is not None and LINEAR_CACHE[at] != right:
                    yield (
                        f"`{name}` is the {ordinal(at)} entry of the cache, which is "
                        f"{LINEAR_CACHE[at]}. The cache holds {listed(LINEAR_CACHE)}, in this "
                        "order."
                    )


def _linear_caches(values: Sequence[Any], depth: int) -> Iterator[tuple[Any, ...]]:
    """Yield every linear cache among some values, and in tuples and lists among them."""
    for value in values:
        if _is_linear_cache(value):
            yield value
        elif depth and isinstance(value, tuple | list):
            yield from _linear_caches(value, depth - 1)


def _is_linear_cache(value: Any) -> bool:
    """Return whether a value is (A_prev, W, b), by its shapes."""
    if not isinstance(value, tuple) or len(value) != len(LINEAR_CACHE):
        return False
    if not all(isinstance(one, np.ndarray) and one.ndim == 2 for one in value):
        return False
    A_prev, W, b = value
    return bool(W.shape[1] == len(A_prev) and b.shape == (len(W), 1))


def _arguments(frames: Sequence[FrameType]) -> Iterator[str]:
    """Yield which function of the course gets an argument in the place of another one."""
    for values, name, gets, takes in _calls(frames):
        finds = (_by_name(values, gets), _by_key(values, gets), _by_kind(name, gets))
        pair = next(chain.from_iterable(finds), None)
        if pair:
            yield (
                f"`{name}` gets {pair[0]} in the place of {pair[1]}: its arguments are "
                f"{listed(takes)}, in this order."
            )
        yield from _of_another_kind(name, gets)


def _packed(frames: Sequence[FrameType]) -> Iterator[str]:
    """Yield which function of the course gets the entries of a tuple in another order."""
    for values, name, gets, _ in _calls(frames):
        for own_name, own in values.items():
            for argument, value in gets.items():
                if isinstance(own, tuple) and isinstance(value, tuple):
                    ours, theirs = [*map(id, own)], [*map(id, value)]
                    if ours != theirs and sorted(ours) == sorted(theirs):
                        yield (
                            f"`{name}` gets the entries of {own_name} in another order than they "
                            f"have there: its {argument} should be {own_name} as it is."
                        )


_Call = tuple[dict[str, Any], str, dict[str, Any], Sequence[str]]


def _calls(frames: Sequence[FrameType]) -> Iterator[_Call]:
    """Yield the calls of functions of the course that an answer makes.

    Of each: the caller's names with their values, the function's name, what it gets, and what its
    arguments are called. An argument to which the function itself gives a value is left out.
    """
    for caller, callee in pairwise(frames):
        code = callee.f_code
        by_program = str(caller.f_globals.get("__name__", "")).startswith(_CALLERS)
        if not by_program and (code.co_name in FUNCTIONS or hasattr(activations, code.co_name)):
            takes = code.co_varnames[: code.co_argcount]
            stored = _stored(code)
            gets = {one: callee.f_locals.get(one) for one in takes if one not in stored}
            yield caller.f_locals, code.co_name, gets, takes


def _stored(code: CodeType) -> set[str]:
    """Return the local names to which a function gives values."""
    names: set[str] = set()
    for step in dis.get_instructions(code):
        if "STORE_FAST" in step.opname:
            names |= {*step.argval} if isinstance(step.argval, tuple) else {step.argval}
    return names


def _by_name(values: dict[str, Any], gets: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each value that has one argument's name in the caller, and is passed as another."""
    for name, found in gets.items():
        here = name if name in values else _ALSO.get(name, name)
        own = values.get(here)
        if isinstance(own, np.ndarray | tuple | list | dict) and own is not found:
            yield from ((here, other) for other, value in gets.items() if value is own)


def _by_key(values: dict[str, Any], gets: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each entry of the caller's dictionaries that is passed as another argument."""
    for holder, held in values.items():
        for key, own in held.items() if isinstance(held, dict) else ():
            letters = str(key).rstrip("0123456789")
            if letters in gets and isinstance(own, np.ndarray) and own is not gets[letters]:
                places = (other for other, value in gets.items() if value is own)
                yield from ((f'{holder}["{key}"]', other) for other in places)


def _kinds(name: str, gets: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the name of each argument, the kind that it has, and the kind that it should have."""
    if name not in FUNCTIONS:
        return []
    data = check_data(name)
    wanted = dict(zip(data.arguments, map(_kind, data.cases[0].args), strict=False))
    return [(one, _kind(value), wanted[one]) for one, value in gets.items() if one in wanted]


def _by_kind(name: str, gets: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the place of an argument, if the kinds are right in another order."""
    kinds = _kinds(name, gets)
    if sorted(kind for _, kind, _ in kinds) == sorted(wanted for _, _, wanted in kinds):
        yield from ((kind, one) for one, kind, wanted in kinds if kind != wanted)


def _of_another_kind(name: str, gets: dict[str, Any]) -> Iterator[str]:
    """Yield which argument of a function of the course is of another kind than it should be."""
    for one, kind, wanted in _kinds(name, gets):
        if kind != wanted:
            yield (
                f"`{name}` gets {kind} as its {one}, where {wanted} belongs: look at what is "
                "handed over, and at how the results of other functions are taken apart."
            )


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, dict):
        gradients = value and all(str(key).startswith("d") for key in value)
        return "a dict of gradients" if gradients else "a dict"
    for kind, name in ((np.ndarray, "an array"), (tuple | list, "a tuple"), (str, "a str")):
        if isinstance(value, kind):
            return name
    return "a number"
