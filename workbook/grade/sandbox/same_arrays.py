"""Arrays that a judge's function returns unchanged: the student gets its own arrays back.

What crosses the wire is copied. In one process, the cache of a layer holds the very array that the
next line may overwrite. Nor need such an array cross a second time.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

# The place of what was None before.
_NOWHERE = -1


def without_given(value: Any, given: Sequence[Any]) -> tuple[Any, list[int]]:
    """Return what came of a call, with None for each array that was given, and their places.

    Parameters
    ----------
    value : object
        What came of it: a tree of containers.
    given : sequence of object
        The `leaves_in_order` of what the function was called with.

    Returns
    -------
    value : object
        The tree.
    same : list of int
        For each None in it the place in `given`, or -1 for what was None before; empty if it holds
        no array that was given.
    """
    places = {id(one): at for at, one in enumerate(given)}
    same: list[int] = []

    def left(part: Any) -> Any:
        if isinstance(part, np.ndarray):
            place = places.get(id(part))
            if place is None:
                return part
            same.append(place)
            return None
        if isinstance(part, dict):
            return {key: left(one) for key, one in part.items()}
        if isinstance(part, list | tuple):
            return type(part)([left(one) for one in part])
        if part is None:
            same.append(_NOWHERE)
        return part

    tree = left(value)
    return tree, same if any(place != _NOWHERE for place in same) else []


def with_own(value: Any, same: Sequence[int], given: Any) -> Any:
    """Return what came of a call, with the arrays that it was given in their places.

    Parameters
    ----------
    value : object
        What `without_given` has left of it.
    same : sequence of int
        The places of the others.
    given : object
        What the function was called with.
    """
    own, places = leaves_in_order(given), iter(same)

    def whole(part: Any) -> Any:
        if part is None:
            place = next(places)
            return None if place == _NOWHERE else own[place]
        if isinstance(part, dict):
            return {key: whole(one) for key, one in part.items()}
        if isinstance(part, list | tuple):
            return type(part)([whole(one) for one in part])
        return part

    return whole(value)


def leaves_in_order(value: Any) -> list[Any]:
    """Return all that lies in a tree of containers, in an order that both processes have."""
    collected: list[Any] = []
    _put_leaves(value, collected)
    return collected


def _put_leaves(value: Any, collected: list[Any]) -> None:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            _put_leaves(part, collected)
    else:
        collected.append(value)
