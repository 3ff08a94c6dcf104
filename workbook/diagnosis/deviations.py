"""What an answer does on the public cases other than the right one, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbook.course.cases import PublicCase, holds_random
from workbook.course.effects import InputPlace
from workbook.course.verdicts import Raised
from workbook.diagnosis.fingerprints import Fingerprint, fingerprint
from workbook.diagnosis.observation import Observation, Outcome
from workbook.diagnosis.parts import at_place, comparable, extra_keys, wrong_parts
from workbook.diagnosis.random_arrays import repeated_arrays


@dataclass(frozen=True)
class Deviation:
    """What an answer does on one case other than the right one.

    Attributes
    ----------
    wrong : dict of tuple to Fingerprint
        The wrong parts of what it returns, by their places.
    raised : Raised or None
        The exception that it raises instead.
    changed : frozenset of (int or str, str), or None
        The positions of the arguments that it changes, each with what is changed; None if this is
        left out of account.
    extra : frozenset of tuple
        The places of keys that the right answer does not have, which are no fault by themselves.
    """

    wrong: dict[InputPlace, Fingerprint] = field(default_factory=dict)
    raised: Raised | None = None
    changed: frozenset[tuple[int | str, str]] | None = frozenset()
    extra: frozenset[InputPlace] = frozenset()

    @property
    def is_right(self) -> bool:
        """Whether there is nothing wrong."""
        return not (self.wrong or self.raised or self.changed)


@dataclass(frozen=True)
class Deviations:
    """What an answer does other than the right one.

    Attributes
    ----------
    cases : tuple of Deviation
        One for each public case.
    second_call : str
        What is unusual about a second call: another result, or the same random numbers in some
        arrays, or these very arrays; "" if nothing is.
    any_axes : bool
        Whether it does not matter how many axes of length 1 an array has.
    """

    cases: tuple[Deviation, ...]
    second_call: str = ""
    any_axes: bool = False

    def __bool__(self) -> bool:
        return bool(self.second_call) or not all(one.is_right for one in self.cases)


def deviations(seen: Observation, cases: Sequence[PublicCase], effects: bool = True) -> Deviations:
    """Return what an answer did other than the right one, from what was observed.

    Parameters
    ----------
    seen : Observation
        What it did.
    cases : sequence of PublicCase
        The public cases.
    effects : bool
        Whether what it changes of its inputs is taken into account.
    """
    pairs = zip(seen.outcomes, cases, strict=True)
    done = [_deviation(outcome, case) for outcome, case in pairs]
    if not effects:
        done = [replace(one, changed=None) for one in done]
    return Deviations(tuple(done), _second_call(seen, cases[0]))


def _deviation(outcome: Outcome, case: PublicCase) -> Deviation:
    if outcome.raised is not None:
        return Deviation(raised=outcome.raised)
    answer, right = comparable(outcome.answer, case), comparable(case.expected, case)
    wrong = {
        place: _mark(value, at_place(case.expected, place), case)
        for place, value in wrong_parts(answer, right).items()
    }
    changed = frozenset((change.place[0], change.what) for change in outcome.changed)
    return Deviation(wrong, None, changed, frozenset(extra_keys(answer, right)))


def _mark(value: Any, right: Any, case: PublicCase) -> Fingerprint:
    """Return the fingerprint of a wrong part; of what holds random numbers, its structure only."""
    found = fingerprint(value)
    # A dictionary in the place of something else may be the one with the random numbers.
    is_random = holds_random(right) or (case.is_random and isinstance(value, dict))
    return Fingerprint(found.structure) if is_random else found


def _second_call(seen: Observation, first: PublicCase) -> str:
    if not first.is_random:
        return "" if seen.repeats else "another result"
    again = [] if seen.outcomes[0].raised else repeated_arrays(first, seen)
    kept = any(sharing.what == "earlier call" for sharing in seen.second.shared)
    return f"{'kept' if kept else 'same'}: {', '.join(again)}" if again else ""
