"""Conventions that differ from the exercise's, taken off an answer before it is explained.

A style is no mistake in the mathematics, and must hide none. Each is recognised by what the answer
does on all cases, not by whether its numbers are right; what remains without it is an answer in the
exercise's own convention.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from workbook.course.cases import CheckData, PublicCase
from workbook.course.effects import InputPlace
from workbook.course.exercises import Function
from workbook.course.random_order import as_in_right_order
from workbook.course.words import about, listed
from workbook.diagnosis import side_effects
from workbook.diagnosis.axes import axes_in_words, order_by_sizes, right_axes
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import at_place, part_name, spelling, wrong_parts
from workbook.diagnosis.where.names import titles

# The gradients dA have an older convention, in which each is stored one layer higher.
_ACTIVATIONS = "dA"


@dataclass(frozen=True)
class View:
    """An answer without some styles.

    Attributes
    ----------
    seen : Observation
        What it would have done on the public cases.
    sentences : tuple of str
        The sentences of these styles; one that is as good as the exercise's own has none.
    effects : bool
        Whether what it changes of its inputs is still there.
    any_axes : bool
        Whether it does not matter how many axes of length 1 a wrong array has.
    taken_off : int
        The number of styles.
    """

    seen: Observation
    sentences: tuple[str, ...] = ()
    effects: bool = True
    any_axes: bool = False
    taken_off: int = 0


def views(known: Function, data: CheckData, seen: Observation) -> list[View]:
    """Return the answer as it is, and without each style that it may have, alone and together.

    Parameters
    ----------
    known : Function
        The function that it should be.
    data : CheckData
        Its public cases.
    seen : Observation
        What the answer did on them.
    """
    found = [View(seen)]
    for style in _STYLES:
        others = [other for view in found if (other := style(known, data, view)) is not None]
        others = [replace(other, taken_off=other.taken_off + 1) for other in others]
        # Nothing can be said of what stands under a key before it is spelt right.
        found = others if others and style is _without_misspelt_keys else found + others
    return found


def _without_effects(known: Function, data: CheckData, view: View) -> View | None:
    said = tuple(side_effects.changed_inputs(data, view.seen, known.is_class))
    return replace(view, sentences=said[:1], effects=False) if said else None


def _without_order(_known: Function, data: CheckData, view: View) -> View | None:
    """Take off another random order of examples, which is right and needs no sentence."""
    return _with_answers(
        view, data.cases, lambda got, case: as_in_right_order(got, case.expected, case)
    )


def _with_answers(
    view: View,
    cases: Sequence[PublicCase],
    change: Callable[[Any, PublicCase], Any],
    sentence: str = "",
) -> View | None:
    """Return a view with other answers; None if they are the same ones."""
    seen = view.seen
    before = [*zip(seen.outcomes, cases, strict=True), (seen.second, cases[0])]
    after = [
        one if one.raised else replace(one, answer=change(one.answer, case)) for one, case in before
    ]
    if all(one.answer is other.answer for one, (other, _) in zip(after, before, strict=True)):
        return None
    *outcomes, second = after
    said = (*view.sentences, sentence) if sentence else view.sentences
    return replace(view, seen=Observation(tuple(outcomes), second), sentences=said)


def _returned(data: CheckData, view: View) -> list[tuple[Any, Any]]:
    """Return the answers of the calls that returned, each with the right one."""
    pairs = zip(view.seen.outcomes, data.cases, strict=True)
    return [(outcome.answer, case.expected) for outcome, case in pairs if not outcome.raised]


# Keys


def _dictionaries(
    known: Function, data: CheckData, view: View
) -> Iterator[tuple[InputPlace, list[tuple[dict[str, Any], dict[str, Any]]]]]:
    """Yield the place of each dictionary that all answers have, with the right one beside it."""
    done = _returned(data, view)
    for place in [(), *((i,) for i in range(len(known.returns)))] if done else []:
        pairs = [(at_place(got, place), at_place(right, place)) for got, right in done]
        if all(isinstance(one, dict) for pair in pairs for one in pair):
            yield place, pairs


def _without_misspelt_keys(known: Function, data: CheckData, view: View) -> View | None:
    for place, pairs in _dictionaries(known, data, view):
        meant = {key: there for got, right in pairs for key, there in _misspelt(got, right).items()}
        if meant and all(_misspelt(got, right) for got, right in pairs):
            first, *others = meant
            name = part_name(place, known.returns)
            sentence = f"{name} has the key `{meant[first]}`: did you mean `{first}`?"
            if others:
                sentence += f" The same goes for {listed([f'`{key}`' for key in others])}."
            return _with_keys(view, data, place, meant, sentence)
    return None


def _misspelt(got: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Return for each missing key the one other key that differs in case and signs only."""
    extra = [key for key in got if isinstance(key, str) and key not in right]
    found = {
        key: [one for one in extra if spelling(one) == spelling(key)]
        for key in right
        if key not in got
    }
    return {key: there[0] for key, there in found.items() if len(there) == 1}


def _with_keys(
    view: View, data: CheckData, place: InputPlace, meant: dict[str, str], sentence: str
) -> View | None:
    """Return a view in which the value of each key comes from another key, where that is there."""

    def change(got: Any, case: PublicCase) -> Any:
        held, right = at_place(got, place), at_place(case.expected, place)
        moved = {key: held[there] for key, there in meant.items() if key in right and there in held}
        kept = {key: held[key] for key in held if key not in meant and key not in meant.values()}
        return put(got, place, kept | moved)

    return _with_answers(view, data.cases, change, sentence)


def put(value: Any, place: InputPlace, part: Any) -> Any:
    """Return an answer with another part at a place, which its containers already have."""
    if not place:
        return part
    items = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {key: put(one, place[1:], part) if key == place[0] else one for key, one in items}
    return changed if isinstance(value, dict) else tuple(changed.values())


def _without_older_keys(known: Function, data: CheckData, view: View) -> View | None:
    for place, pairs in _dictionaries(known, data, view):
        highest = [f"{_ACTIVATIONS}{len(_activations(right))}" in got for got, right in pairs]
        if any(highest) and all(_fit_one_layer_lower(got, right) for got, right in pairs):
            most = max(len(right) for _, right in pairs)
            meant = {f"{_ACTIVATIONS}{l}": f"{_ACTIVATIONS}{l + 1}" for l in range(most)}
            sentence = (
                "The dA keys follow an older convention, in which dA1 is what is called dA0 here, "
                "and so on: going back through layer l gives the gradient of its input, the "
                "activations of layer l-1. This costs the tests of dA."
            )
            return _with_keys(view, data, place, meant, sentence)
    return None


def _fit_one_layer_lower(got: dict[str, Any], right: dict[str, Any]) -> bool:
    """Tell whether there is no dA0, and the other arrays dA fit their places one layer lower."""
    lowest = f"{_ACTIVATIONS}0"
    moved = {key: got.get(f"{_ACTIVATIONS}{_layer(key) + 1}") for key in _activations(right)}
    return (
        lowest in right
        and lowest not in got
        and all(
            np.shape(array) == np.shape(right[key])
            for key, array in moved.items()
            if isinstance(array, np.ndarray)
        )
    )


def _activations(right: dict[str, Any]) -> list[str]:
    return [key for key in right if re.fullmatch(rf"{_ACTIVATIONS}\d+", key)]


def _layer(key: str) -> int:
    return int(key.removeprefix(_ACTIVATIONS))


# Axes


def _without_other_axes(known: Function, data: CheckData, view: View) -> View | None:
    """Take off axes of length 1 that are missing or too many, and make flat arrays matrices."""
    found: dict[str, dict[str, None]] = {}
    cases: dict[str, dict[int, PublicCase]] = {}
    for outcome, case in zip(view.seen.outcomes, data.cases, strict=True):
        # What stands in a tuple of another length need not be the part of its place.
        for place in wrong_parts(outcome.answer, case.expected) if not outcome.raised else ():
            got, right = at_place(outcome.answer, place), at_place(case.expected, place)
            if right_axes(got, right) is not None:
                text = axes_in_words(got, right)
                name = part_name(place, known.returns, case.expected)
                found.setdefault(text, {})[name] = None
                cases.setdefault(name, {})[id(case)] = case
    if not found:
        return None
    text, names = next(iter(found.items()))
    union = {at: case for name in names for at, case in cases[name].items()}
    # What is said of several arrays holds for all of them that the case has.
    some = {
        at: case
        for at, case in union.items()
        if all(
            at in cases[name] or (isinstance(case.expected, dict) and name not in case.expected)
            for name in names
        )
    }
    some = some or union
    sentence = about([*names], text)
    tried = sum(outcome.raised is None for outcome in view.seen.outcomes)
    if len(some) < tried:
        where = titles([*some.values()]) if len(some) == 1 else f"in {len(some)} of {tried} cases"
        sentence += f" It shows {where}."
    found_view = _with_answers(view, data.cases, _with_right_axes, sentence)
    return found_view and replace(found_view, any_axes=True)


def _with_right_axes(got: Any, case: PublicCase) -> Any:
    found = got
    for place in wrong_parts(got, case.expected):
        changed = right_axes(at_place(got, place), at_place(case.expected, place))
        if changed is not None:
            found = put(found, place, changed)
    return found


# Order


def _without_other_order(known: Function, data: CheckData, view: View) -> View | None:
    """Put the returned arrays in the only order in which all of them have their sizes."""
    done = _returned(data, view)
    order = order_by_sizes(done, len(known.returns))
    # That nothing else is wrong, another sentence says.
    if order is None or not any(wrong_parts(_put_in(order, got), right) for got, right in done):
        return None
    came = [known.returns[order.index(at)] for at in range(len(order))]
    sentence = (
        f"By their sizes, the results come as {', '.join(came)}. The order should be "
        f"{', '.join(known.returns)}."
    )
    return _with_answers(view, data.cases, lambda got, case: _put_in(order, got), sentence)


def _put_in(order: Sequence[int], parts: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(parts[at] for at in order)


_Style = Callable[[Function, CheckData, View], View | None]

_STYLES: tuple[_Style, ...] = (
    _without_effects,
    _without_order,
    _without_misspelt_keys,
    _without_older_keys,
    _without_other_order,
    _without_other_axes,
)
