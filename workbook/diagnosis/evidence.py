"""What a known mistake has to do with a wrong answer: the facts that it shows or would hide.

A fact is one thing that an answer does wrong: a wrong part in one case, an exception, a changed
argument. What a mistake does and the answer does not, rules the mistake out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.course.verdicts import Raised
from workbook.diagnosis.deviations import Deviation, Deviations
from workbook.diagnosis.fingerprints import fingerprint
from workbook.diagnosis.known import Known
from workbook.diagnosis.parts import MISSING, UNKNOWN_SCALE, letters_of, spelling

#: A bit for each fact: what it is, and where.
Facts = dict[tuple[Any, ...], int]

_MISSING = fingerprint(MISSING)


@dataclass(frozen=True)
class Fit:
    """A known mistake beside the facts: those that it shows, and those that would hide it."""

    known: Known
    shown: int
    hidden: int


def facts_of(does: Deviations) -> Facts:
    """Return a bit for each fact, in the order of the parts."""
    facts: list[tuple[Any, ...]] = []
    for number, one in enumerate(does.cases):
        facts += [("raised", number)] if one.raised else []
        facts += [("wrong", place, number) for place in one.wrong]
        facts += [("changed", number, *change) for change in sorted(one.changed or (), key=str)]
        facts += [("extra", number, place) for place in sorted(one.extra, key=str)]
    facts += [("second call",)] if does.second_call else []
    return {fact: 1 << i for i, fact in enumerate(facts)}


def missing_in(does: Deviations, facts: Facts) -> list[int]:
    """Return for each case the facts on what is not there, such as a key that is lacking."""
    return [
        sum(
            facts[("wrong", place, number)] for place, mark in one.wrong.items() if mark == _MISSING
        )
        for number, one in enumerate(does.cases)
    ]


def leave_out_the_same(one: int, other: int, missing: Sequence[int]) -> bool:
    """Tell whether what a mistake leaves out is part of what another one leaves out, in some case.

    It is then not two things that are left out there, but one that neither of the two explains.

    Parameters
    ----------
    one, other : int
        The facts that the two show.
    missing : sequence of int
        For each case the facts on what is not there.
    """
    pairs = [(one & facts, other & facts) for facts in missing]
    return any(a and b and a != b and a & b in (a, b) for a, b in pairs)


def says_of(sentence: str, part: str) -> bool:
    """Tell whether a sentence begins with what is wrong with a part, by the part's name."""
    return bool(part) and bool(re.search(rf"\b{part}\b", sentence.split(". ")[0]))


def names_what_it_hides(fit: Fit, facts: Facts, missing: int, returns: Sequence[str]) -> bool:
    """Tell whether a mistake's sentence is about a part in which nothing of the mistake is seen.

    Parameters
    ----------
    fit : Fit
        The mistake beside the facts.
    facts : dict
        The facts.
    missing : int
        Those of them that are about what is not there.
    returns : sequence of str
        Names of the values that the function returns.
    """
    hidden = {
        letters_of(fact[1], returns)
        for fact, bit in facts.items()
        if fact[0] == "wrong" and bit & fit.hidden & ~missing
    }
    return any(says_of(text, name) for text in fit.known.sentences for name in hidden)


def fit_of(known: Known, does: Deviations, facts: Facts) -> Fit | None:
    """Return which facts a mistake shows; None if it does what the answer does not."""
    shown = hidden = 0
    if known.does.second_call:
        if known.does.second_call != does.second_call:
            return None
        shown = facts[("second call",)]
    raised_alike = []
    for number, (theirs, ours) in enumerate(zip(known.does.cases, does.cases, strict=True)):
        if theirs.raised is not None:
            if ours.raised is None:
                return None
            raised_alike.append(_same_exception(theirs.raised, ours.raised))
            shown |= facts[("raised", number)] if raised_alike[-1] else 0
        elif ours.raised is None:
            here = _in_case(theirs, ours, number, facts, does.any_axes)
            if here is None:
                return None
            shown, hidden = shown | here[0], hidden | here[1]
    # Exceptions alone say little: all must have the same type, and the same name or key. An
    # exception without a name, such as one for shapes that do not fit, may have any cause.
    told = any(bit & shown for fact, bit in facts.items() if fact[0] != "raised")
    named = any(one.raised and one.raised.names for one in known.does.cases)
    if not told and not (raised_alike and all(raised_alike) and named):
        return None
    return Fit(known, shown, hidden)


def _in_case(
    theirs: Deviation,
    ours: Deviation,
    number: int,
    facts: Facts,
    any_axes: bool,
) -> tuple[int, int] | None:
    """Return the facts of a case that a mistake shows, and those that hide it; None if it errs."""
    shown = hidden = 0
    # Of numbers of an unknown size alone, it is not known whether both are of the same.
    is_told = not all(UNKNOWN_SCALE in mark.structure for mark in theirs.wrong.values())
    for place, mark in theirs.wrong.items():
        above = next((p for n in range(len(place) + 1) if (p := place[:n]) in ours.wrong), None)
        # What another mistake could hide is there.
        if above is None or (mark == _MISSING and ours.wrong[above] != _MISSING):
            return None
        if mark == _MISSING and above == place and ours.wrong[place] != _MISSING:
            # What is there, with whatever numbers, is not missing.
            return None
        bit = facts[("wrong", above, number)]
        if above == place and is_told and ours.wrong[place].is_like(mark, any_axes):
            shown |= bit
        else:
            hidden |= bit
    changed = theirs.changed or frozenset()
    if ours.changed is None:
        changed = frozenset()
    elif not changed <= ours.changed:
        return None
    if not theirs.extra <= ours.extra:
        return None
    for place in theirs.extra:
        shown |= facts[("extra", number, place)]
    for change in changed:
        shown |= facts[("changed", number, *change)]
    # A mistake that does something in a case can be seen there.
    return (shown, hidden) if shown or not hidden else None


def _same_exception(theirs: Raised, ours: Raised) -> bool:
    # The name of a loop variable says nothing about the mistake.
    same_names = theirs.names == ours.names or theirs.kind == "UnboundLocalError"
    return theirs.kind == ours.kind and same_names


def may_be_renamed(known: Known, does: Deviations, surely: bool = False) -> bool:
    """Tell whether a key that a mistake leaves out may stand under another name.

    Parameters
    ----------
    known : Known
        The mistake.
    does : Deviations
        What the answer does.
    surely : bool
        Whether to ask for a key that is the same but for its case and other signs.
    """
    name = spelling if surely else _letters
    for theirs, ours in zip(known.does.cases, does.cases, strict=True):
        lacks = {place[-1] for place, mark in theirs.wrong.items() if mark == _MISSING}
        others = {name(place[-1]) for place in ours.extra - theirs.extra}
        # A key that is no text has no letters.
        if lacks and others & {"", *map(name, lacks)}:
            return True
    return False


def _letters(key: int | str) -> str:
    """Return the letters of a key: what it is called, however it is written."""
    return re.sub(r"[^a-z]", "", str(key).lower())
