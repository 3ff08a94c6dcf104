"""Comparison of an answer with the right one of a public case, part by part."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, check_data
from workbook.course.compare import Difference, alike, differences, split
from workbook.course.effects import Effects, asked_for
from workbook.course.effects_in_words import changes_in_words, input_name, sharings_in_words
from workbook.course.exercises import Function
from workbook.course.findings import in_brief
from workbook.course.random_order import as_in_right_order
from workbook.course.watched import Watched

#: Rounding may differ between two calls by so much, because sums may run in another order.
SAME_CALL = 1e-9

ANOTHER_ANSWER = "a second call with the same inputs gives another answer"


def wanted_parts(returns: Sequence[str], expected: Any) -> list[tuple[str, int, Any]]:
    """Return the parts of a right answer: the name, the position among the values, what is right.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    expected : object
        The right answer. Each key of a dictionary is a part.
    """
    if isinstance(expected, dict):
        return [(key, 0, {key: value}) for key, value in expected.items()]
    values = expected if len(returns) > 1 else (expected,)
    return [(name, at, values[at]) for at, name in enumerate(returns)]


def part_differences(name: str, got: Any, want: Any, case: PublicCase) -> tuple[Difference, ...]:
    """Return the differences between a part of an answer and the right one of a public case."""
    in_array = isinstance(got, np.ndarray) and got.ndim == 1 and isinstance(want, list | tuple)
    if in_array and all(isinstance(one, int | float) for one in want):
        # A series of numbers in an array is one in a list.
        got = got.tolist()
    return tuple(differences(name, as_in_right_order(got, want, case), want))


def faults(known: Function, answer: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Yield each part of an answer that fails the visible check, with a sentence on it.

    The part is empty if the returned values are right, and what the calls do besides is not.

    Parameters
    ----------
    known : Function
        The function that it should be.
    answer : callable
        The answer, or a proxy for it, as `Watched` takes it.

    Raises
    ------
    AssertionError
        If the answer to a public case does not have its parts.
    """
    data, watched = check_data(known.name), Watched(answer)
    first, once_more = None, [] if data.cases[0].is_random else [data.cases[0]]
    answers = watched.each([copy.deepcopy(case.args) for case in (*data.cases, *once_more)])
    for case in data.cases:
        value, effects = next(answers)
        value = in_brief(value, case.expected)
        parts = split(value, known.returns)
        for part, at, want in wanted_parts(known.returns, case.expected):
            for found in part_differences(known.returns[at], parts[at], want, case):
                yield part, f"in the visible check ({case.title}), {found.message}"
        for said in effects_in_words(known, effects, case.args, case.expected):
            yield "", f"in the visible check ({case.title}), {said}"
        # An answer may be one list that is changed again and again.
        first = copy.deepcopy(value) if case is data.cases[0] else first
    for case in once_more:
        second, _ = next(answers)
        if not alike(in_brief(second, case.expected), first, SAME_CALL):
            yield "", f"in the visible check, {ANOTHER_ANSWER}"


def effects_in_words(
    known: Function, effects: Effects, args: Sequence[Any], right: Any
) -> Iterator[str]:
    """Yield a sentence on the inputs that a call has changed, and one on what is not new.

    Parameters
    ----------
    known : Function
        The function, or the class.
    effects : Effects
        What the call did besides its answer.
    args : sequence
        The arguments of the call.
    right : object
        The right answer to these, or to others: its parts are what must be new.
    """
    arguments, script = check_data(known.name).arguments, args[0] if known.is_class else None
    changed = [(one.what, input_name(one.place, arguments, script)) for one in effects.changes]
    shared = asked_for(effects.sharings, right, known.new)
    if changed:
        yield changes_in_words(changed, f"the {known.kind}")
    if shared:
        yield sharings_in_words(shared, known.returns, arguments)
