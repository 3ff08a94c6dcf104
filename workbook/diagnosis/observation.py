"""What is observed of an answer: what it gives, raises and changes on the public cases."""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import alike
from workbook.course.verdicts import Raised

# Rounding may differ between two calls, for sums may run in another order.
_SAME_CALL = 1e-9

# No answer of the course is nested so deep; a list that holds itself is without end.
_DEPTH = 8

#: Where a value sits among the arguments: the argument's position, then keys and indices.
Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    Attributes
    ----------
    answer : object
        A copy of what it returned.
    raised : Raised or None
        The exception that ended it.
    changed : tuple of Place
        The inputs that it changed.
    error : BaseException or None
        The exception itself, where it was raised in this process.
    """

    answer: Any = None
    raised: Raised | None = None
    changed: tuple[Place, ...] = ()
    error: BaseException | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Observation:
    """What a function did with the public cases.

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
        """Whether the second call did the same as the first."""
        first, second = self.outcomes[0], self.second
        if first.raised or second.raised:
            return bool(first.raised and second.raised)
        return alike(second.answer, first.answer, _SAME_CALL)


def observe(function: Callable[..., Any], cases: Sequence[PublicCase]) -> Observation:
    """Call a function on every case, and on the first one once more.

    Parameters
    ----------
    function : callable
        An answer, or a proxy of one. Nothing is done with it but to call it. If what it raises
        has an attribute ``raised``, a `Raised`, then that is what counts.
    cases : sequence of PublicCase
        The inputs; they stay as they are.
    """
    outcomes = tuple(_call(function, case) for case in cases)
    return Observation(outcomes, _call(function, cases[0]))


def _call(function: Callable[..., Any], case: PublicCase) -> Outcome:
    args = copy.deepcopy(case.args)
    try:
        answer = function(*args)
    except (Exception, SystemExit) as error:
        return Outcome(raised=_raised(error), error=error)
    changed = tuple(_changes(case.args, args))
    # A copy: a function that gives out the same list again and again would change it.
    return Outcome(_plain(answer), changed=changed)


def _raised(error: BaseException) -> Raised:
    told = getattr(error, "raised", None)
    if isinstance(told, Raised):
        return told
    message = str(error)
    return Raised(type(error).__name__, tuple(re.findall(r"'([^']*)'", message)), message)


def _changes(before: Any, after: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the place of every input that is not what it was."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            if key in before and key in after:
                yield from _changes(before[key], after[key], (*place, key))
            else:
                yield (*place, key)
    elif (
        isinstance(before, tuple | list)
        and isinstance(after, tuple | list)
        and len(before) == len(after)
    ):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changes(one, other, (*place, index))
    elif not alike(after, before, _SAME_CALL):
        yield place


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a copy of a tree of arrays; what is no data stays what it is."""
    if depth > _DEPTH:
        return None
    if isinstance(value, dict):
        return {key: _plain(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        entries = [_plain(entry, depth + 1) for entry in value]
        return tuple(entries) if isinstance(value, tuple) else entries
    return np.array(value) if isinstance(value, np.ndarray) else value
