"""The side effects of a call: inputs that it changes, and parts of its answer that are not new.

What is found is plain data: `workbook.course.watched` finds it where the function runs, in the
learner's kernel, or in the student's process while it is graded.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

#: Path to a value inside the arguments or the answer: a position, then keys and indices.
InputPlace = tuple[int | str, ...]

#: What a change of an input is.
CHANGES = (
    *("numbers", "shape", "order", "replaced", "removed", "shortened"),
    *("added", "lengthened", "emptied"),
)

#: What an array shares its memory with; a "container", a dictionary or a list, came back before.
SHARED = ("input", "answer", "earlier call", "container")


class InputChange(NamedTuple):
    """A change of an input: where, and which of `CHANGES` it is."""

    place: InputPlace
    what: str


class Sharing(NamedTuple):
    """A part of an answer that is not new: where, which of `SHARED` it is, and where there."""

    place: InputPlace
    what: str
    other: InputPlace


class Effects(NamedTuple):
    """The side effects of a call."""

    changes: tuple[InputChange, ...] = ()
    sharings: tuple[Sharing, ...] = ()


#: What most calls did besides their answer.
NO_EFFECTS = Effects()


def read_effects(told: Any) -> Effects:
    """Return the effects that a process reports as plain data, which may be anything.

    Raises
    ------
    ValueError
        If the data are of another form.
    """
    try:
        changes, sharings = told
        found = Effects(
            tuple(InputChange(*one) for one in changes), tuple(Sharing(*one) for one in sharings)
        )
    except TypeError as error:
        raise ValueError("these are no effects of a call") from error
    for places, what, known in (
        *(([one.place], one.what, CHANGES) for one in found.changes),
        *(([one.place, one.other], one.what, SHARED) for one in found.sharings),
    ):
        if type(what) is not str or what not in known or not all(map(_is_place, places)):
            raise ValueError("these are no effects of a call")
    return found


def _is_place(value: Any) -> bool:
    return type(value) is tuple and all(type(step) in (str, int) for step in value)


def asked_for(sharings: Iterable[Sharing], right: Any, new: bool) -> list[Sharing]:
    """Return the sharings in parts of the right answer; all kinds of them only if ``new``.

    A dictionary may hold more than is asked for; keys that differ by their numbers are alike.
    """
    counting = (one for one in sharings if new or one.what in ("earlier call", "container"))
    return [one for one in counting if _has(right, one.place)]


def _has(right: Any, place: InputPlace) -> bool:
    if place and isinstance(right, dict):
        alike = [key for key in right if _letters(key) == _letters(place[0])]
        return bool(alike) and _has(right[alike[0]], place[1:])
    if place and isinstance(right, list | tuple) and place[0] in range(len(right)):
        return _has(right[int(place[0])], place[1:])
    return True


def _letters(key: Any) -> str:
    return "".join(letter for letter in str(key) if not letter.isdigit())
