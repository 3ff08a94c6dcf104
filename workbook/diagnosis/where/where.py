"""What is said of a wrong answer that no known mistake explains: where and how it goes wrong."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.effects import InputPlace
from workbook.course.findings import Findings
from workbook.course.random_order import as_in_right_order
from workbook.course.words import listed
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import MISSING
from workbook.diagnosis.where.containers import containers, same
from workbook.diagnosis.where.keys import on_extra_keys, shifted_families
from workbook.diagnosis.where.layout import on_layout
from workbook.diagnosis.where.leaves import is_in, leaves
from workbook.diagnosis.where.positions import on_positions
from workbook.diagnosis.where.raised import on_raised
from workbook.diagnosis.where.search import Search


def where_it_goes_wrong(
    returns: Sequence[str],
    cases: Sequence[PublicCase],
    seen: Observation,
    places: Collection[InputPlace] | None = None,
    arguments: Sequence[str] = (),
    explained: bool = False,
    as_given: bool = True,
    all_keys: bool = False,
) -> Iterator[str]:
    """Yield sentences on a wrong answer, the most pointed first; each holds in every case.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    places : collection of InputPlace, optional
        The parts of the answer that are still to be explained; by default, all.
    arguments : sequence of str, optional
        Names of the function's arguments.
    explained : bool, optional
        Whether the messages of exceptions are explained elsewhere, with their lines.
    as_given : bool, optional
        Whether the answers are those of the learner: no style has been taken off.
    all_keys : bool, optional
        Whether it is explained why keys are missing.
    """
    with np.errstate(all="ignore"):
        found = _sentences(returns, cases, seen, places, arguments, explained, as_given, all_keys)
        said = dict.fromkeys(found)
    yield from said


def _sentences(
    returns: Sequence[str],
    cases: Sequence[PublicCase],
    seen: Observation,
    places: Collection[InputPlace] | None,
    arguments: Sequence[str],
    explained: bool,
    as_given: bool,
    all_keys: bool,
) -> Iterator[str]:
    by_position = next(on_positions(cases, seen, arguments), None)
    if by_position:
        yield by_position
        return
    reordered: list[InputPlace] = []
    moved: list[str] = []
    for held in containers(returns, cases, seen, places):
        if all(is_in(place, reordered) for place in held.places) or (
            all_keys and all(isinstance(got, dict) for got, _ in held.pairs)
        ):
            continue
        sentence = on_layout(held)
        if sentence:
            yield sentence
            if "order" in sentence or "together in a tuple" in sentence:
                reordered += held.places
        moved += _moved(held.pairs)
    there = [leaf for leaf in leaves(returns, cases, seen) if leaf.got is not MISSING]
    bare = sum(one.raised is None for one in seen.outcomes) - len({id(one.case) for one in there})
    there = [leaf for leaf in there if leaf.family not in moved]
    there = [leaf for leaf in there if not is_in(leaf.place, reordered)]
    wrong = [leaf for leaf in there if not leaf.is_right and is_in(leaf.place, places)]
    found = Search(there, wrong, arguments, bare).sentences() if wrong else iter(())
    # What exceptions tell is worth more than a second array that is wrong.
    yield from islice(found, 1)
    all_right = as_given and _are_right(cases, seen)
    yield from on_raised(cases, seen, arguments, all_right, explained)
    yield from found
    yield from _on_findings(cases, seen)


def _on_findings(cases: Sequence[PublicCase], seen: Observation) -> Iterator[str]:
    """Yield which wrong candidates pass, and which right ones are refused, by their titles."""
    passed, refused = [], []
    for case, outcome in zip(cases, seen.outcomes, strict=True):
        is_list = outcome.raised is None and isinstance(outcome.answer, list | tuple)
        if is_list and isinstance(case.expected, Findings):
            if case.expected and not outcome.answer:
                passed.append(f"“{case.title}”")
            elif outcome.answer and not case.expected:
                refused.append(f"“{case.title}”")
    if passed:
        yield f"Your test finds nothing wrong in candidates with these mistakes: {listed(passed)}."
    if refused:
        yield f"Your test finds a mistake in right candidates: {listed(refused)}."


def _are_right(cases: Sequence[PublicCase], seen: Observation) -> bool:
    """Return whether every answer that came back is right as a whole."""
    return all(
        same(as_in_right_order(outcome.answer, case.expected, case), case.expected)
        for case, outcome in zip(cases, seen.outcomes, strict=True)
        if outcome.raised is None
    )


def has_no_right_key(
    returns: Sequence[str], cases: Sequence[PublicCase], seen: Observation
) -> bool:
    """Return whether a dictionary of an answer has none of the right keys, in every case.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    """
    return any(
        all(
            isinstance(got, dict) and isinstance(right, dict) and right and not got.keys() & right
            for got, right in held.pairs
        )
        for held in containers(returns, cases, seen)
    )


def further_keys(
    returns: Sequence[str], cases: Sequence[PublicCase], seen: Observation
) -> Iterator[str]:
    """Yield which keys the dictionaries of an answer have besides the right ones.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    """
    for held in containers(returns, cases, seen):
        if all(isinstance(one, dict) for pair in held.pairs for one in pair):
            yield from on_extra_keys(held.name or "The function", held.pairs)


def _moved(pairs: Sequence[tuple[Any, Any]]) -> list[str]:
    """Return the families whose keys are one layer off."""
    if not all(isinstance(one, dict) for pair in pairs for one in pair):
        return []
    return list(chain.from_iterable(shifted_families(pairs).values()))
