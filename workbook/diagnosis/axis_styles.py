"""Conventions of the axes of arrays, and of the order in which arrays are returned."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbook.course.cases import CheckData, PublicCase
from workbook.course.exercises import Function
from workbook.course.words import about
from workbook.diagnosis.axes import axes_in_words, kind_of_axes, order_by_sizes, right_axes
from workbook.diagnosis.parts import at_place, part_name, places, wrong_parts
from workbook.diagnosis.view import View, put, returned, with_answers
from workbook.diagnosis.where.names import titles

# More sentences would hide the first.
_MOST_SENTENCES = 2


@dataclass
class _Names:
    """Parts whose axes are others in the same cases.

    Attributes
    ----------
    cases : dict of int to bool
        For each case that has one of them, by its index, whether its axes are others there.
    names : list of str
        Their names.
    arrays : list of (object, object)
        What the answer has there, and what is right, wherever the axes are others.
    """

    cases: dict[int, bool]
    names: list[str] = field(default_factory=list)
    arrays: list[tuple[Any, Any]] = field(default_factory=list)


def without_other_axes(known: Function, data: CheckData, view: View) -> View | None:
    """Take off axes of length 1 that are missing or too many, and make flat arrays matrices."""
    found: dict[str, _Names] = {}
    for at, (outcome, case) in enumerate(zip(view.seen.outcomes, data.cases, strict=True)):
        if outcome.raised:
            continue
        # What stands in a tuple of another length need not be the part of its place.
        wrong = wrong_parts(outcome.answer, case.expected)
        for place in places(case.expected):
            name = part_name(place, known.returns, case.expected)
            held = found.setdefault(name, _Names({}, [name]))
            got, right = at_place(outcome.answer, place), at_place(case.expected, place)
            held.cases[at] = place in wrong and right_axes(got, right) is not None
            held.arrays += [(got, right)] if held.cases[at] else []
    tried = sum(outcome.raised is None for outcome in view.seen.outcomes)
    # First what shows in most cases.
    groups = sorted(_together(found), key=lambda one: -sum(one.cases.values()))
    said = [_said(one, data.cases, tried) for one in groups]
    if not said:
        return None
    found_view = with_answers(view, data.cases, _with_right_axes, *said[:_MOST_SENTENCES])
    return found_view and replace(found_view, any_axes=True)


def _together(found: dict[str, _Names]) -> list[_Names]:
    """Return the parts of which the same is to be said in the same cases."""
    groups: list[_Names] = []
    for one in found.values():
        if not one.arrays:
            continue
        for group in groups:
            shared = group.cases.keys() & one.cases.keys()
            alike = all(group.cases[at] == one.cases[at] for at in shared)
            if alike and _have_one_kind(group, one):
                group.cases |= one.cases
                group.names += one.names
                group.arrays += one.arrays
                break
        else:
            groups.append(one)
    return groups


def _have_one_kind(one: _Names, other: _Names) -> bool:
    """Tell whether what is wrong with two parts is the same; a column is not told as a matrix."""
    kinds = [kind_of_axes(pairs) for pairs in (one.arrays, other.arrays)]
    both = kind_of_axes(one.arrays + other.arrays)
    return kinds[0] == kinds[1] or both not in ("a matrix", "other")


def _said(group: _Names, cases: Sequence[PublicCase], tried: int) -> str:
    """Return the sentence on some parts, with the cases in which it shows if it is not in all."""
    sentence = about(group.names, axes_in_words(group.arrays))
    some = [cases[at] for at, shows in group.cases.items() if shows]
    if len(some) < tried:
        where = titles(some) if len(some) == 1 else f"in {len(some)} of {tried} cases"
        sentence += f" It shows {where}."
    return sentence


def _with_right_axes(got: Any, case: PublicCase) -> Any:
    found = got
    for place in wrong_parts(got, case.expected):
        changed = right_axes(at_place(got, place), at_place(case.expected, place))
        if changed is not None:
            found = put(found, place, changed)
    return found


def without_other_order(known: Function, data: CheckData, view: View) -> View | None:
    """Put the returned arrays in the only order in which all of them have their sizes."""
    done = returned(data, view)
    order = order_by_sizes(done, len(known.returns))
    # That nothing else is wrong, another sentence says.
    if order is None or not any(wrong_parts(_put_in(order, got), right) for got, right in done):
        return None
    came = [known.returns[order.index(at)] for at in range(len(order))]
    sentence = (
        f"By their sizes, the results come as {', '.join(came)}. The order should be "
        f"{', '.join(known.returns)}."
    )
    return with_answers(view, data.cases, lambda got, case: _put_in(order, got), sentence)


def _put_in(order: Sequence[int], parts: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(parts[at] for at in order)
