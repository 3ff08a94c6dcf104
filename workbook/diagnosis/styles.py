"""Conventions that differ from the exercise's, taken off an answer before it is explained.

A style is no mistake in the mathematics, and must hide none. Each is recognised by what the answer
does on all cases, not by whether its numbers are right; what remains without it is an answer in the
exercise's own convention.
"""

from collections.abc import Callable
from dataclasses import replace

from workbook.course.cases import CheckData
from workbook.course.exercises import Function
from workbook.course.random_order import as_in_right_order
from workbook.diagnosis import side_effects
from workbook.diagnosis.axis_styles import without_other_axes, without_other_order
from workbook.diagnosis.key_styles import (
    without_exchanged_layers,
    without_misspelt_keys,
    without_older_keys,
)
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.view import View, with_answers


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
        found = others if others and style is without_misspelt_keys else found + others
    return found


def _without_effects(known: Function, data: CheckData, view: View) -> View | None:
    said = tuple(side_effects.changed_inputs(data, view.seen, known.is_class))
    return replace(view, sentences=said[:1], effects=False) if said else None


def _without_order(_known: Function, data: CheckData, view: View) -> View | None:
    """Take off another random order of examples, which is right and needs no sentence."""
    return with_answers(
        view, data.cases, lambda got, case: as_in_right_order(got, case.expected, case)
    )


_Style = Callable[[Function, CheckData, View], View | None]

_STYLES: tuple[_Style, ...] = (
    _without_effects,
    _without_order,
    without_misspelt_keys,
    without_older_keys,
    without_exchanged_layers,
    without_other_order,
    without_other_axes,
)
