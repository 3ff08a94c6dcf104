"""Observations of an answer: what it returns, raises and changes on the public cases."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import alike
from workbook.course.effects import InputChange, Sharing
from workbook.course.findings import in_brief
from workbook.course.kinds import OfKind, kind
from workbook.course.text import message_of
from workbook.course.verdicts import Raised
from workbook.course.visible import SAME_CALL
from workbook.course.watched import Watched

# Deeper than any answer of the course; a list that holds itself has no end.
_DEPTH = 8


@dataclass(frozen=True)
class Outcome:
    """The outcome of one call.

    Attributes
    ----------
    answer : object
        A copy of what it returned.
    raised : Raised or None
        The exception that ended it.
    changed : tuple of InputChange
        What it changed of its inputs.
    shared : tuple of Sharing
        What of its answer is not new.
    error : BaseException or None
        The exception itself, if it was raised in this process.
    """

    answer: Any = None
    raised: Raised | None = None
    changed: tuple[InputChange, ...] = ()
    shared: tuple[Sharing, ...] = ()
    error: BaseException | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Observation:
    """What a function did on the public cases.

    Attributes
    ----------
    outcomes : tuple of Outcome
        One for each case.
    second : Outcome
        A second call with the inputs of the first case.
    """

    outcomes: tuple[Outcome, ...]
    second: Outcome

    @property
    def repeats(self) -> bool:
        """Whether the second call had the same outcome as the first."""
        first, second = self.outcomes[0], self.second
        if first.raised or second.raised:
            return bool(first.raised and second.raised)
        return alike(second.answer, first.answer, SAME_CALL)


def observe(function: Callable[..., Any], cases: Sequence[PublicCase]) -> Observation:
    """Call a function on every case, and on the first case once more.

    Parameters
    ----------
    function : callable
        An answer, or a proxy for it, whose attribute ``watched`` calls it and tells its `Effects`.
        If an exception of its has an attribute ``raised``, a `Raised`, then the outcome holds that.
    cases : sequence of PublicCase
        The inputs; they are not changed.
    """
    watched = Watched(function)
    outcomes = tuple(_call(watched, case) for case in cases)
    return Observation(outcomes, _call(watched, cases[0]))


def past_asserts(
    seen: Observation, function: Callable[..., Any], cases: Sequence[PublicCase]
) -> Observation:
    """Return an observation in which no `assert` of the answer's own hides what it returns.

    Parameters
    ----------
    seen : Observation
        What the answer did.
    function : callable
        The answer without its `assert` statements, or a proxy for it, as `observe` takes it.
    cases : sequence of PublicCase
        The public cases.
    """
    if not any(map(_ended_by_assert, seen.outcomes)):
        return seen
    watched = Watched(function)
    pairs = [*zip(seen.outcomes, cases, strict=True), (seen.second, cases[0])]
    *outcomes, second = (
        _call(watched, case) if _ended_by_assert(outcome) else outcome for outcome, case in pairs
    )
    return Observation(tuple(outcomes), second)


def _ended_by_assert(outcome: Outcome) -> bool:
    return outcome.raised is not None and outcome.raised.kind == "AssertionError"


def _call(function: Watched, case: PublicCase) -> Outcome:
    try:
        answer, effects = function(*copy.deepcopy(case.args))
    except (Exception, SystemExit) as error:
        return Outcome(raised=_raised(error), error=error)
    # A copy, because a function may return one list again and again and change it.
    answer = in_brief(_plain(answer), case.expected)
    return Outcome(answer, changed=effects.changes, shared=effects.sharings)


def _raised(error: BaseException) -> Raised:
    told = getattr(error, "raised", None)
    if isinstance(told, Raised):
        return told
    return Raised.with_message(type(error).__name__, message_of(error))


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a copy of a tree of arrays; other objects in it are not copied."""
    if depth > _DEPTH:
        return OfKind(kind(value))
    if isinstance(value, dict):
        return {key: _plain(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        entries = [_plain(entry, depth + 1) for entry in value]
        return tuple(entries) if isinstance(value, tuple) else entries
    if isinstance(value, np.ndarray):
        # An array of a subclass may behave differently.
        return np.array(value) if type(value) is np.ndarray else OfKind(kind(value))
    return value
