"""Mutants as known mistakes: what one does, and which of them do the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.build.mutants import Mutant
from workbook.course.cases import PublicCase
from workbook.course.scripted import as_function
from workbook.diagnosis.deviations import Deviation, Deviations
from workbook.diagnosis.known import Known, known_mistake
from workbook.diagnosis.parts import UNKNOWN_SCALE


@dataclass(frozen=True)
class Single:
    """A mutant that makes one mistake, with what is said of it and what it does."""

    mutant: Mutant
    sentence: str
    does: Deviations


def known_mutant(mutant: Mutant, sentences: Sequence[str], cases: Sequence[PublicCase]) -> Known:
    """Return what a mutant does on the public cases, with what is said of it."""
    answer = mutant.function()
    if isinstance(answer, type):
        # Under the name that messages of Python's will name.
        answer = type(mutant.of, (answer,), {})
    return known_mistake(sentences, as_function(answer), cases, written=False)


def tells(does: Deviations) -> bool:
    """Tell whether a mistake shows in what is returned, and not in exceptions alone."""
    marks = [mark for one in does.cases for mark in one.wrong.values()]
    # Of random numbers of an unknown size, it is not known which mistake made them so.
    unknown = any(UNKNOWN_SCALE in mark.structure for mark in marks)
    return not unknown and (bool(marks) or any(one.changed for one in does.cases))


def twin_of(does: Deviations, known: Iterable[Known]) -> Known | None:
    """Return the first known mistake that does the same."""
    return next((one for one in known if same(does, one.does)), None)


def same(one: Deviations, other: Deviations) -> bool:
    """Tell whether two mistakes do the same."""
    pairs = zip(one.cases, other.cases, strict=True)
    return one.second_call == other.second_call and all(_same_case(*pair) for pair in pairs)


def _same_case(one: Deviation, other: Deviation) -> bool:
    return (
        one.wrong.keys() == other.wrong.keys()
        and (one.changed, one.extra) == (other.changed, other.extra)
        and (one.raised and one.raised.kind) == (other.raised and other.raised.kind)
        and all(mark.is_like(other.wrong[place]) for place, mark in one.wrong.items())
    )
