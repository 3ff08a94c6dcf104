"""The visible checks: run the learner's function on public cases and show every outcome."""

import copy
import inspect
import linecache
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from workbook.compare import Difference, NormalArray, differences, split
from workbook.exercises import EXERCISES, Exercise, find
from workbook.learn.card import Card, Entry, show
from workbook.learn.cases import PublicCase, load
from workbook.learn.notebooks import NotWrittenYetError
from workbook.verdicts import Verdict

# A card names this many differences of one part; a cache of many arrays may hold more.
_SHOWN = 3
_LONGEST_MESSAGE = 300


class CheckFailed(AssertionError):  # noqa: N818 - the name is what the learner reads
    """A visible check failed. Jupyter shows the message alone; the card has said the rest."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True)
class _Outcome:
    """What one call gave: the answer and its parts, or the reason why there are none."""

    case: PublicCase
    parts: tuple[Any, ...] = ()
    problem: str = ""
    unchanged: bool = True


def check(function: Callable[..., Any]) -> None:
    """Check one of the ten functions on public cases and show what passes and what does not.

    Parameters
    ----------
    function : callable
        Your function, such as ``linear_backward``, without parentheses.

    Raises
    ------
    CheckFailed
        If a check fails; the card above the message says why.
    """
    card = examine(function)
    show(card)
    if card.failed:
        raise CheckFailed(_summary(card))


def run_checks(function: Callable[..., Any]) -> list[Verdict]:
    """Return the verdict of every visible check of the function, showing nothing."""
    return [entry.verdict for entry in examine(function).entries]


def examine(function: Callable[..., Any]) -> Card:
    """Run every visible check of the function and return the card."""
    exercise = _exercise_of(function)
    cases = load(exercise.name)
    entries: list[Entry] = []
    outcomes: list[_Outcome] = []
    for number, case in enumerate(cases, 1):
        outcome = _call(function, exercise, case)
        entries += _answer_entries(exercise, number, outcome)
        # A copy: a function that gives out the same list again and again would change it.
        outcomes.append(_Outcome(case, _copied(outcome.parts), outcome.problem, outcome.unchanged))
    entries.append(_unchanged_entry(outcomes))
    entries.append(_repeat_entry(function, exercise, outcomes))
    return Card(exercise, tuple(entries))


def _exercise_of(function: Any) -> Exercise:
    names = ", ".join(exercise.name for exercise in EXERCISES)
    name = getattr(function, "__name__", None)
    if not callable(function) or not isinstance(name, str):
        raise TypeError(
            "check takes a function, without parentheses and arguments, such as "
            f"check(linear_backward); it was given: {type(function).__name__}. The ten: {names}"
        )
    exercise = find(name)
    if exercise is None:
        raise ValueError(f"{name} is none of the ten functions: {names}")
    return exercise


def _call(function: Callable[..., Any], exercise: Exercise, case: PublicCase) -> _Outcome:
    args = copy.deepcopy(case.args)
    try:
        answer = function(*args)
    except (Exception, SystemExit) as error:
        return _Outcome(case, problem=_explain(error, function))
    unchanged = _same(args, case.args)
    try:
        return _Outcome(case, split(answer, exercise.returns), unchanged=unchanged)
    except AssertionError as error:
        return _Outcome(case, problem=str(error), unchanged=unchanged)


def _answer_entries(exercise: Exercise, number: int, outcome: _Outcome) -> Iterator[Entry]:
    """Yield one entry for each named part of the answer to one case."""
    expected, names = outcome.case.expected, exercise.returns
    if isinstance(expected, dict):
        wanted = [(key, names[0], 0, {key: value}) for key, value in expected.items()]
    else:
        values = expected if len(names) > 1 else (expected,)
        wanted = [(n, n, i, v) for i, (n, v) in enumerate(zip(names, values, strict=True))]
    for part, where, index, want in wanted:
        found: tuple[Difference, ...] = ()
        message = outcome.problem
        if not message:
            found = tuple(differences(where, outcome.parts[index], want))
            message = _joined(found)
        yield _entry(
            f"case_{number}-{part}", part, f"{part} ({outcome.case.title})", message, found
        )


def _entry(
    name: str, part: str, title: str, message: str, found: tuple[Difference, ...] = ()
) -> Entry:
    return Entry(part, Verdict(name, title, not message, message=message), found)


def _joined(found: tuple[Difference, ...]) -> str:
    message = "; ".join(difference.message for difference in found[:_SHOWN])
    more = len(found) - _SHOWN
    return f"{message}; and {more} more differences" if more > 0 else message


def _unchanged_entry(outcomes: list[_Outcome]) -> Entry:
    message = _no_answer(outcomes)
    if not all(outcome.unchanged for outcome in outcomes):
        message = "the function changes its inputs: it must leave them as they were"
    return _entry("inputs_unchanged", "inputs", "your inputs are left unchanged", message)


def _repeat_entry(
    function: Callable[..., Any], exercise: Exercise, outcomes: list[_Outcome]
) -> Entry:
    first = outcomes[0]
    random = _holds(first.case.expected, NormalArray)
    title = "called again, it gives " + ("new random numbers" if random else "the same answer")
    message = _no_answer(outcomes)
    if not message:
        second = _call(function, exercise, first.case)
        if second.problem:
            message = f"the second call failed: {second.problem}"
        elif random:
            message = _not_random(first, second)
        elif not _same(first.parts, second.parts):
            message = "a second call with the same inputs gives another answer"
    return _entry("repeated_call", "second call", title, message)


def _no_answer(outcomes: list[_Outcome]) -> str:
    if any(outcome.problem for outcome in outcomes):
        return "this is looked at once the function returns an answer"
    return ""


def _not_random(first: _Outcome, second: _Outcome) -> str:
    one, other = first.parts[0], second.parts[0]
    if not isinstance(one, dict) or not isinstance(other, dict):
        return "this is looked at once the function returns a dictionary"
    expected = first.case.expected
    weights = [key for key, value in expected.items() if isinstance(value, NormalArray)]
    repeated = [key for key in weights if key in one and _same(one[key], other.get(key))]
    if not repeated:
        return ""
    return (
        f"two calls give the same {', '.join(repeated)}: new random numbers are expected, and "
        "no random seed belongs inside the function"
    )


def _holds(value: Any, kind: type) -> bool:
    entries = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | tuple | list):
        return any(_holds(entry, kind) for entry in entries)
    return isinstance(value, kind)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_copied(entry) for entry in value)
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal but for rounding, which may differ between calls."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, str) or one is None:
        return bool(one == other)
    try:
        equal = np.shape(one) == np.shape(other)
        return equal and np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)
    except (TypeError, ValueError):
        # Not numbers: the other checks say so.
        return True


def _summary(card: Card) -> str:
    parts = list(dict.fromkeys(entry.part for entry in card.failed))
    names = ", ".join(parts[:5]) + (", ..." if len(parts) > 5 else "")
    return (
        f"{len(card.failed)} of {len(card.entries)} checks of {card.exercise.name} fail: "
        f"{names} ({card.failed[0].verdict.message})"
    )


def _explain(error: BaseException, function: Callable[..., Any]) -> str:
    """Return what was raised and the learner's own line, in one sentence."""
    if isinstance(error, NotWrittenYetError):
        return str(error)
    frame = _own_frame(error, function)
    if isinstance(error, NotImplementedError):
        text = f"{function.__name__} is not written yet"
        return text if frame is None else text + _place(*frame, function)
    said = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    text = f"{type(error).__name__}: {said}".rstrip(": ")
    if frame is None:
        return text
    if isinstance(error, KeyError):
        text += _keys(*frame)
    return text + _place(*frame, function)


def _own_frame(error: BaseException, function: Callable[..., Any]) -> tuple[FrameType, int] | None:
    """Return the last frame in the learner's cell, or in one of their earlier notebooks."""
    own = _file(function)
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name == own or ".ipynb" in name:
            found = frame, line
    return found


def _file(function: Callable[..., Any]) -> str:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return str(code.co_filename) if code is not None else ""


def _place(frame: FrameType, line: int, function: Callable[..., Any]) -> str:
    name = frame.f_code.co_filename
    source = linecache.getline(name, line).strip()
    elsewhere = f" of {name}" if name != _file(function) else ""
    return f", in line {line}{elsewhere}" + (f": `{source}`" if source else "")


def _keys(frame: FrameType, line: int) -> str:
    """Return the keys of the dictionaries that the failing line names."""
    words = set(re.findall(r"\w+", linecache.getline(frame.f_code.co_filename, line)))
    return "".join(
        f"; the keys of `{name}` are {', '.join(map(str, value)) or 'none'}"
        for name, value in frame.f_locals.items()
        if name in words and isinstance(value, dict)
    )
