"""Watches a call: which inputs it changes, and what of its answer is not new."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from workbook.course.effects import SHARED, Effects, InputChange, InputPlace, Sharing
from workbook.course.kinds import MOST_BITS, kind

# Deeper than any argument or answer of the course; a list that holds itself has no end.
_DEPTH = 8
# As many arrays of an answer, or of the arguments, are compared with each other.
_MOST_ARRAYS = 100
# A longer key than this is named by its kind.
_LONGEST_KEY = 1_000
# The arrays of so many earlier calls are kept.
_MOST_CALLS = 8
# How long NumPy may look for a common byte of two arrays whose ranges overlap.
_MOST_WORK = 10_000

# Dictionaries and lists by their identity, each with its place.
_Containers = dict[int, tuple[InputPlace, Any]]


class Watched:
    """A function whose calls are looked at.

    Parameters
    ----------
    function : callable
        The function. If it has an attribute ``watched``, that looks at the calls instead.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._watched = getattr(function, "watched", None)
        # They are kept: the memory of what is gone may be given to something else.
        self._earlier: deque[tuple[dict[InputPlace, Any], _Containers]] = deque(maxlen=_MOST_CALLS)

    def __call__(self, *args: Any, **kwargs: Any) -> tuple[Any, Effects]:
        """Call the function; return its answer and the effects of the call."""
        if self._watched is not None:
            value, effects = self._watched(*args, **kwargs)
            return value, effects
        inputs = Inputs(args)
        value = self._function(*args, **kwargs)
        arrays, containers, given = _arrays(value), _containers(value), _containers(args)
        numbered = enumerate(kept for kept, _ in self._earlier)
        earlier = {(n, *place): array for n, kept in numbered for place, array in kept.items()}
        again = [
            Sharing(place, "container", ())
            for one, (place, _) in containers.items()
            if one not in given and any(one in kept for _, kept in self._earlier)
        ]
        self._earlier.append((arrays, containers))
        sharings = (*_sharings(arrays, _arrays(args), earlier), *again)
        return value, Effects(tuple(inputs.changes()), sharings)

    def each(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, Effects]]:
        """Call the function with each of these arguments; yield answers and effects.

        If it has an attribute ``watched_each``, that makes the calls.
        """
        together = getattr(self._function, "watched_each", None)
        return together(calls) if together else (self(*args) for args in calls)


class Inputs:
    """Arguments as they were before a call.

    Parameters
    ----------
    args : tuple
        The arguments, before it.
    """

    def __init__(self, args: tuple[Any, ...]) -> None:
        self._parts: list[tuple[InputPlace, Any]] = []
        # By identity, what each array and container held.
        self._held: dict[int, Any] = {}
        self._keep((), args)

    def _keep(self, place: InputPlace, value: Any) -> None:
        if isinstance(value, np.ndarray):
            self._held[id(value)] = value.copy()
        elif isinstance(value, dict | list | tuple):
            self._held[id(value)] = value.copy() if isinstance(value, dict) else list(value)
            for key, item in _items(value):
                self._keep((*place, key), item)
        else:
            return
        self._parts.append((place, value))

    def changes(self) -> Iterator[InputChange]:
        """Yield what has changed since; an equal value in the place of another is no change."""
        for place, value in self._parts:
            held = self._held[id(value)]
            if isinstance(value, np.ndarray):
                if value.shape != held.shape:
                    yield InputChange(place, "shape")
                elif not _same_numbers(value, held):
                    yield InputChange(place, "numbers")
            elif isinstance(value, dict):
                yield from self._dict_changes(place, value, held)
            elif isinstance(value, list):
                yield from self._list_changes(place, value, held)

    def _dict_changes(
        self, place: InputPlace, now: dict[Any, Any], held: dict[Any, Any]
    ) -> Iterator[InputChange]:
        if held and not now:
            yield InputChange(place, "emptied")
            return
        for key in held:
            if key not in now:
                yield InputChange((*place, key), "removed")
            elif not self._is_like(now[key], held[key]):
                yield InputChange((*place, key), "replaced")
        # In the order of the dictionary: that of a set differs from run to run.
        for key in now:
            if key not in held:
                yield InputChange((*place, _step(key)), "added")

    def _list_changes(
        self, place: InputPlace, now: list[Any], held: list[Any]
    ) -> Iterator[InputChange]:
        if len(now) != len(held):
            more = "lengthened" if len(now) > len(held) else "shortened"
            yield InputChange(place, more if now else "emptied")
            return
        others = [i for i in range(len(now)) if not self._is_like(now[i], held[i])]
        if others and sorted(map(id, now)) == sorted(map(id, held)):
            yield InputChange(place, "order")
        else:
            yield from (InputChange((*place, i), "replaced") for i in others)

    def _is_like(self, now: Any, was: Any) -> bool:
        """Tell whether a value is the object from before the call, or equal to it."""
        if now is was:
            return True
        if type(now) is not type(was):
            return False
        held: Any = self._held.get(id(was))
        if isinstance(was, np.ndarray):
            return _same_numbers(now, held)
        if isinstance(was, dict):
            return now.keys() == held.keys() and all(self._is_like(now[k], held[k]) for k in held)
        if isinstance(was, list | tuple):
            return len(now) == len(held) and all(map(self._is_like, now, held))
        return bool(now == was) or (now != now and was != was)


def _same_numbers(one: Any, other: Any) -> bool:
    # Nearly always the bytes are the same, which is quicker to see.
    if one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes():
        return True
    return np.array_equal(one, other, equal_nan=True)


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    return iter(value.items() if isinstance(value, dict) else enumerate(value))


def _step(key: Any) -> int | str:
    """Return a key as it stands in a place: itself, or what kind it is if it cannot be sent."""
    if (type(key) is int and key.bit_length() <= MOST_BITS) or (
        type(key) is str and len(key) <= _LONGEST_KEY
    ):
        return key
    return kind(key)


def _arrays(value: Any) -> dict[InputPlace, Any]:
    """Return the arrays in a tree of containers that hold a number at all, by their place."""
    return dict(islice(_found(value, ()), _MOST_ARRAYS))


def _found(value: Any, place: InputPlace) -> Iterator[tuple[InputPlace, Any]]:
    # Of this very type, and not by an object's own word: these may be objects of the student's.
    of = type(value)
    if issubclass(of, np.ndarray):
        if np.ndarray.size.__get__(value):
            yield place, value
    elif len(place) < _DEPTH and issubclass(of, dict):
        for key, item in dict.items(value):
            yield from _found(item, (*place, _step(key)))
    elif len(place) < _DEPTH and issubclass(of, list | tuple):
        for index, item in enumerate((list if issubclass(of, list) else tuple).__iter__(value)):
            yield from _found(item, (*place, index))


def _containers(value: Any, place: InputPlace = ()) -> _Containers:
    """Return the dictionaries and lists in a value by their identity."""
    found: _Containers = {}
    if len(place) < _DEPTH and type(value) in (dict, list, tuple):
        if type(value) is not tuple:
            found[id(value)] = place, value
        for key, item in _items(value):
            found |= _containers(item, (*place, _step(key)))
    return found


def _sharings(
    arrays: dict[InputPlace, Any], inputs: dict[InputPlace, Any], earlier: dict[InputPlace, Any]
) -> Iterator[Sharing]:
    """Yield for each array of an answer the first that it shares memory with, if any."""
    before: dict[InputPlace, Any] = {}
    for place, array in arrays.items():
        for what, others in zip(SHARED, (inputs, before, earlier), strict=False):
            other = next((p for p, one in others.items() if _share(array, one)), None)
            if other is not None:
                yield Sharing(place, what, other)
                break
        before[place] = array


def _share(one: Any, other: Any) -> bool:
    # By their ranges first: that takes no time, and most arrays lie apart.
    if not np.may_share_memory(one, other):
        return False
    try:
        return bool(np.shares_memory(one, other, max_work=_MOST_WORK))  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return False
