"""Sentences on the side effects of a call."""

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any

from workbook.course.effects import InputPlace, Sharing
from workbook.course.scripted import data_name
from workbook.course.words import listed

# A sentence names so many places.
_MOST_NAMES = 3

# The sentence for each change; "{}" stands for the places.
_CHANGES = {
    "numbers": "changes the numbers in {} of its caller",
    "shape": "changes the shape of {} of its caller",
    "order": "reorders the list {} of its caller",
    "replaced": "puts something else in the place of {} of its caller",
    "removed": "removes {} from what its caller holds",
    "shortened": "removes entries from the list {} of its caller",
    "added": "adds {} to what its caller holds",
    "lengthened": "adds entries to the list {} of its caller",
    "emptied": "empties {} of its caller",
}


def changes_in_words(changes: Iterable[tuple[str, str]], what: str = "the function") -> str:
    """Return a sentence on the inputs that a call has changed.

    Parameters
    ----------
    changes : iterable of (str, str)
        At least one: which of `CHANGES` it is, and the name of the input.
    what : str
        What has changed them: the function, or the class.
    """
    order = list(_CHANGES)
    found = sorted(dict.fromkeys(changes), key=lambda change: order.index(change[0]))
    parts = [
        _CHANGES[one].format(listed([name for _, name in group], _MOST_NAMES))
        for one, group in groupby(found, lambda change: change[0])
    ]
    return f"{what} {' and '.join(parts)}: it must leave its inputs as they were"


def sharings_in_words(
    sharings: Iterable[Sharing], returned: Sequence[str], arguments: Sequence[str]
) -> str:
    """Return a sentence on what of an answer is not new.

    Parameters
    ----------
    sharings : iterable of Sharing
        The arrays, dictionaries and lists, at least one.
    returned, arguments : sequence of str
        Names of the values that the function returns, and of its arguments.
    """
    # What is the same on several inputs is said once.
    parts, found = [], list(dict.fromkeys(sharings))
    again = next((one.place for one in found if one.what == "container"), None)
    if again is not None:
        return (
            f"{returned_name(again, returned)} is the very object that an earlier call returned, "
            "so that what changes one answer changes the other: make a new one in every call"
        )
    for place, what, other in islice(found, _MOST_NAMES):
        mine = returned_name(place, returned)
        if what == "input":
            parts.append(
                f"{mine} shares its memory with the caller's {input_name(other, arguments)}"
            )
        elif what == "answer":
            parts.append(
                f"{mine} shares its memory with {returned_name(other, returned)} beside it"
            )
        else:
            parts.append(f"{mine} shares its memory with the answer of an earlier call")
    return f"{'; '.join(parts)}: the arrays that come back should be new"


def input_name(place: InputPlace, arguments: Sequence[str], script: Any = None) -> str:
    """Return the name of an input, such as `` `caches[0]` ``, by its place in the arguments.

    For a class it is a name in its script.
    """
    if script is not None:
        return f"`{data_name(script, place[1:])}`"
    first = place[0] if place else 0
    known = isinstance(first, int) and 0 <= first < len(arguments)
    return f"`{arguments[int(first)] if known else 'an argument'}{as_subscripts(place[1:])}`"


def returned_name(place: InputPlace, returned: Sequence[str]) -> str:
    """Return the name of a part of an answer of one value, or of several."""
    if len(returned) == 1:
        return f"`{returned[0]}{as_subscripts(place)}`"
    first = place[0] if place else 0
    known = isinstance(first, int) and 0 <= first < len(returned)
    name = returned[int(first)] if known else "the answer"
    return f"`{name}{as_subscripts(place[1:])}`"


def as_subscripts(steps: InputPlace) -> str:
    """Return the way to a part as a program writes it, such as ``['W1']`` or ``[0][1]``."""
    return "".join(f"[{step!r}]" for step in steps)
