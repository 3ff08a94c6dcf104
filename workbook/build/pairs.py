"""Pairs of mutants whose joint result neither of the two explains alone."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from workbook.build.made import Single, known_mutant, tells, twin_of
from workbook.build.mutants import Mutant, mutants
from workbook.course.cases import PublicCase
from workbook.course.exercises import find_function
from workbook.course.folder import SOLUTION_MARKERS
from workbook.diagnosis.deviations import Deviations
from workbook.diagnosis.evidence import says_of
from workbook.diagnosis.explain import explain
from workbook.diagnosis.known import Known
from workbook.diagnosis.parts import letters_of

# So many pairs of mutants are tried, and so many are kept: the learner's package is to stay small.
_MOST_TRIED = 100
_MOST_PAIRS = 25

# Sentences of the catalogue on how large a result is, or on what it is as a whole.
_HOLDS_ALONE = re.compile(
    r"right, but|^This is |exactly|times too|times as large|twice too|half of|everywhere"
)


def beside_others(common: dict[str, Single], twins: dict[str, str]) -> dict[str, Single]:
    """Return mutants that do what the catalogue knows, with what holds beside another mistake.

    Where that is not the catalogue's sentence, it is a mutant's that names what is left out: of an
    answer without `/ m`, it is not said that m is another number, or made of another array.

    Parameters
    ----------
    common : dict
        The mutants, each with its own sentence, by name.
    twins : dict
        The catalogue's sentence for each.
    """
    left_out = {
        twins[name]: one.sentence
        for name, one in reversed(common.items())
        if "left out" in one.sentence
    }
    return {
        name: replace(
            one,
            sentence=left_out.get(twin, one.sentence) if _HOLDS_ALONE.search(twin) else twin,
        )
        for name, one in common.items()
        for twin in [twins[name]]
    }


def pairs(
    common: dict[str, Single],
    others: dict[str, Single],
    name: str,
    known: Sequence[Known],
    cases: Sequence[PublicCase],
) -> list[Known]:
    """Return pairs of mutants whose joint result neither of the two explains alone.

    Of random numbers too little is known to tell two mistakes in the same array apart.

    Parameters
    ----------
    common : dict
        The mutants that do the same as an entry of the catalogue, by name, with a sentence.
    others : dict
        Other mutants, with their sentences.
    name : str
        Name of the function.
    known : sequence of Known
        What is known so far.
    cases : sequence of PublicCase
        The public cases.
    """
    found: list[Known] = []
    if cases[0].is_random:
        return found
    function = find_function(name)
    returns = function.returns if function else ()
    for both, singles in islice(_second_order(common, others, name), _MOST_TRIED):
        sentences = [single.sentence for single in singles]
        one = known_mutant(both, sentences, cases)
        holds = tells(one.does) and _both_show(one.does, singles, returns)
        if holds and twin_of(one.does, [*known, *found]) is None:
            said = explain(known, one.does, returns)
            if not (said.complete and set(said.sentences) == set(sentences)):
                found.append(one)
        if len(found) == _MOST_PAIRS:
            break
    return found


def _both_show(does: Deviations, singles: Sequence[Single], returns: Sequence[str]) -> bool:
    """Tell whether each of two mistakes is seen in all parts that its sentence is about.

    Where one overwrites what the other has done to a part, the other's sentence is not true of it.
    """
    for single, other in (singles, singles[::-1]):
        about = {
            letters_of(place, returns)
            for case in single.does.cases
            for place in case.wrong
            if says_of(single.sentence, letters_of(place, returns))
        }
        seen = {
            letters_of(place, returns)
            for ours, theirs in zip(does.cases, other.does.cases, strict=True)
            for place, mark in ours.wrong.items()
            if place not in theirs.wrong or not mark.is_like(theirs.wrong[place])
        }
        if not about <= seen:
            return False
    return True


def _second_order(
    common: dict[str, Single], others: dict[str, Single], name: str
) -> Iterator[tuple[Mutant, list[Single]]]:
    """Yield mutants of mutants with both mistakes, pairs of common mistakes first."""
    order = list(common)
    for seconds in (common, others):
        for number, first in enumerate(common.values()):
            # A pair of common mistakes is made once.
            later = [one for one in seconds if one not in order[: number + 1]]
            for both in mutants(_marked(first.mutant.source, name), name, later):
                # One that is numbered stands at another place.
                second = seconds.get(both.name)
                if second and first.sentence and second.sentence not in ("", first.sentence):
                    yield both, [first, second]


def _marked(source: str, name: str) -> str:
    """Return a mutant's code with markers around what may be changed again."""
    definition = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
    )
    # A mutant has no docstrings.
    start = definition.body[0].lineno - 1
    end = definition.end_lineno or start
    lines = source.splitlines()
    begin, stop = (" " * 4 + marker for marker in SOLUTION_MARKERS)
    return "\n".join([*lines[:start], begin, *lines[start:end], stop, *lines[end:], ""])
