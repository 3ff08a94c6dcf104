"""The smallest set of known mistakes that explains a wrong answer, part by part.

Each mistake of a set shows some facts that no other one shows; what else it does, another one may
hide.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from workbook.course.effects import InputPlace
from workbook.diagnosis.deviations import Deviations
from workbook.diagnosis.evidence import (
    Facts,
    Fit,
    facts_of,
    fit_of,
    leave_out_the_same,
    may_be_renamed,
    missing_in,
    names_what_it_hides,
)
from workbook.diagnosis.known import Known

# An answer with more mistakes than these is rather another algorithm.
_MOST_MISTAKES = 3
# Of so many candidates all sets of three are tried.
_MOST_FOR_THREE = 60
# A sentence that says this holds only if there is nothing else.
_HOLDS_ALONE = re.compile(r"right, but|^This is |as if(?:, [^,]+,)? only ")
# One that says this holds only if it is all that is wrong with the parts that are not missing.
_SAYS_ONLY = re.compile(r"^Only ")
# One that says this holds only if no key of these letters is there, whatever its number.
_SAYS_NONE = re.compile(r"holds no (\w+) at all")
# One that begins so tells of all that is left out.
_OF_ALL = "The answer comes out as if"
# One that says this is about several parts, and holds only if nothing else is wrong with them.
_OF_SEVERAL = re.compile(
    r", and the (?:weights|biases) (?:do not|have none)|, and the step adds|, and so does its "
)


@dataclass(frozen=True)
class Explanation:
    """Known mistakes that explain an answer.

    Attributes
    ----------
    sentences : tuple of str
        Their sentences, in the order of the parts that they explain.
    mistakes : int
        How many mistakes it takes; more than there are sentences if only some are certain.
    made : int
        How many of them rules have made.
    unexplained : tuple of InputPlace
        The wrong parts that they do not explain.
    complete : bool
        Whether they explain everything, exceptions as well.
    all_keys : bool
        Whether they explain why keys are missing, all that are.
    """

    sentences: tuple[str, ...] = ()
    mistakes: int = 0
    made: int = 0
    unexplained: tuple[InputPlace, ...] = ()
    complete: bool = False
    all_keys: bool = False


def explain(known: Iterable[Known], does: Deviations, returns: Sequence[str] = ()) -> Explanation:
    """Return the best explanation of what an answer does other than the right one.

    One mistake is better than two, and one that a person wrote is better than one made by a rule.
    Of several explanations that are as good, only what they share is said.

    Parameters
    ----------
    known : iterable of Known
        The known mistakes.
    does : Deviations
        What the answer does.
    returns : sequence of str, optional
        Names of the values that the function returns.
    """
    facts = facts_of(does)
    fits = [
        fit
        for one in known
        if not _denies_a_key(one, does) and (fit := fit_of(one, does, facts)) is not None
    ]
    # A key too many supports a mistake, but asks for none.
    missing_by_case = missing_in(does, facts)
    missing = sum(missing_by_case)
    # What a mistake would do to numbers is not known of one that shows in missing keys alone.
    fits = [fit for fit in fits if not fit.hidden & ~missing or fit.shown & ~missing]
    fits = [fit for fit in fits if not names_what_it_hides(fit, facts, missing, returns)]
    everything = sum(bit for fact, bit in facts.items() if fact[0] != "extra")
    returned = everything - sum(bit for fact, bit in facts.items() if fact[0] == "raised")
    if not everything:
        return Explanation(complete=True)
    sure = [fit for fit in fits if fit.known.written or not may_be_renamed(fit.known, does)]
    for target in filter(None, dict.fromkeys((everything, returned))):
        chosen = _smallest(target, sure, does, missing_by_case)
        if chosen and _shared(chosen):
            return _told(chosen, complete=target == everything)
        if chosen:
            return Explanation(unexplained=tuple(_masks(facts)))
    if _are_whole(does):
        return Explanation(unexplained=tuple(_masks(facts)))
    sure = [fit for fit in fits if not may_be_renamed(fit.known, does)]
    return _partial(sure, facts, missing_by_case)


def _denies_a_key(one: Known, does: Deviations) -> bool:
    """Tell whether a sentence says that there is no key of some letters, and there is one."""
    letters = {found[1] for text in one.sentences if (found := _SAYS_NONE.search(text))}
    extra = (str(place[-1]) for case in does.cases for place in case.extra)
    return any(key.rstrip("0123456789") in letters for key in extra)


def _are_whole(does: Deviations) -> bool:
    """Tell whether all that is wrong are whole numbers: in these, mistakes agree by chance."""
    marks = [mark for case in does.cases for mark in case.wrong.values()]
    return bool(marks) and all(mark.is_whole_number for mark in marks)


def _smallest(
    target: int, fits: Sequence[Fit], does: Deviations, missing: Sequence[int]
) -> list[tuple[Fit, ...]]:
    """Return the best sets that show all facts of a target; several if nothing tells them apart."""
    written = [fit for fit in fits if fit.known.written]
    one = _best(list(_covers(target, written, 1)))
    if one:
        return one
    fits = [fit for fit in fits if not may_be_renamed(fit.known, does, surely=True)]
    written = [fit for fit in fits if fit.known.written]
    # Two mistakes that people make are likelier than one that only a rule has made.
    sizes = (2, written), (1, fits), (2, fits), (3, fits)
    # Any few whole numbers are those of some two mistakes.
    for count, candidates in sizes[1:2] if _are_whole(does) else sizes:
        found = _best([c for c in _covers(target, candidates, count) if _go_together(c, missing)])
        if found:
            return found
    return []


def _go_together(chosen: Sequence[Fit], missing: Sequence[int]) -> bool:
    """Tell whether each mistake of a set leaves out something of its own, or nothing."""
    lacking = [fit for fit in chosen if fit.shown & sum(missing)]
    if len(lacking) > 1 and any(one.known.sentences[0].startswith(_OF_ALL) for one in lacking):
        return False
    pairs = combinations(lacking, 2)
    return not any(leave_out_the_same(one.shown, other.shown, missing) for one, other in pairs)


def _told(
    found: Sequence[tuple[Fit, ...]], left: Iterable[InputPlace] = (), complete: bool = False
) -> Explanation:
    """Return the explanation by several sets of mistakes that are equally good."""
    mistakes = sum(len(fit.known.sentences) for fit in found[0])
    made = sum(not fit.known.written for fit in found[0])
    return Explanation(_shared(found), mistakes, made, tuple(left), complete)


def _covers(target: int, fits: Sequence[Fit], count: int) -> Iterator[tuple[Fit, ...]]:
    """Yield the sets of so many mistakes that show all facts of a target, each of them needed."""
    useful = [fit for fit in fits if fit.shown & target and _may_be_one_of(fit, count)]
    if count == _MOST_MISTAKES and len(useful) > _MOST_FOR_THREE:
        useful = [fit for fit in useful if fit.known.written]
    found: set[tuple[int, ...]] = set()
    for chosen in _chosen(target, useful, count):
        if chosen not in found and _all_needed(target, [useful[i] for i in chosen]):
            found.add(chosen)
            yield tuple(useful[i] for i in chosen)


def _may_be_one_of(fit: Fit, count: int) -> bool:
    alone = any(map(_HOLDS_ALONE.search, fit.known.sentences))
    if fit.hidden and any(map(_OF_SEVERAL.search, fit.known.sentences)):
        return False
    return len(fit.known.sentences) <= count and (count == 1 or not alone)


def _chosen(missing: int, fits: Sequence[Fit], count: int) -> Iterator[tuple[int, ...]]:
    """Yield the indices of mistakes that show all facts of a mask, in ascending order."""
    lowest = missing & -missing
    for i, fit in enumerate(fits):
        taken = len(fit.known.sentences)
        if not fit.shown & lowest or taken > count:
            continue
        rest = missing & ~fit.shown
        if not rest:
            if taken == count:
                yield (i,)
        elif count > taken:
            for more in _chosen(rest, fits, count - taken):
                yield tuple(sorted((i, *more)))


def _all_needed(target: int, chosen: Sequence[Fit]) -> bool:
    shown = 0
    for fit in chosen:
        shown |= fit.shown
    return not any(fit.hidden & ~shown for fit in chosen) and all(
        _own(fit, chosen) & target for fit in chosen
    )


def _own(fit: Fit, chosen: Iterable[Fit]) -> int:
    """Return the facts that only this mistake of a set shows."""
    own = fit.shown
    for other in chosen:
        own &= own if other is fit else ~other.shown
    return own


def _best(found: Sequence[tuple[Fit, ...]]) -> list[tuple[Fit, ...]]:
    """Return the best of several sets: written ones first, then those with the least hidden."""

    def rank(chosen: tuple[Fit, ...]) -> tuple[int, int]:
        made = sum(not fit.known.written for fit in chosen)
        return made, sum(fit.hidden.bit_count() for fit in chosen)

    best = min(map(rank, found), default=None)
    return [chosen for chosen in found if rank(chosen) == best]


def _shared(found: Sequence[tuple[Fit, ...]]) -> tuple[str, ...]:
    """Return the sentences that several sets share, in the order of what they explain."""
    first = sorted(found[0], key=lambda fit: (own := _own(fit, found[0])) & -own)
    sentences = dict.fromkeys(text for fit in first for text in fit.known.sentences)
    others = [{text for fit in chosen for text in fit.known.sentences} for chosen in found]
    return tuple(text for text in sentences if all(text in other for other in others))


def _masks(facts: Facts) -> dict[InputPlace, int]:
    """Return for each wrong part the facts on it, in all cases."""
    masks: dict[InputPlace, int] = {}
    for fact, bit in facts.items():
        if fact[0] == "wrong":
            masks[fact[1]] = masks.get(fact[1], 0) | bit
    return masks


def _partial(fits: Sequence[Fit], facts: Facts, missing_by_case: Sequence[int]) -> Explanation:
    """Return the one or two mistakes that explain the most parts, each in all cases.

    If they explain some of the keys that are missing, they explain all: a layer less is not what is
    wrong if two layers are missing.
    """
    masks, missing = _masks(facts), sum(missing_by_case)
    certain = [
        fit
        for fit in fits
        if not fit.hidden
        and _may_be_one_of(fit, 2)
        and not any(map(_SAYS_ONLY.search, fit.known.sentences))
    ]
    groups: dict[tuple[int, int], list[tuple[Fit, ...]]] = {}
    for count in (1, 2):
        for chosen in combinations(certain, count):
            shown = chosen[0].shown | chosen[-1].shown
            whole = sum(mask for mask in masks.values() if not mask & ~shown)
            if shown & missing not in (0, missing) or not _go_together(chosen, missing_by_case):
                continue
            if sum(len(fit.known.sentences) for fit in chosen) <= 2 and all(
                _own(fit, chosen) & whole for fit in chosen
            ):
                groups.setdefault((-whole.bit_count(), count), []).append(chosen)
    for key in sorted(groups)[:1]:
        found = _best(groups[key])
        if _shared(found):
            shown = found[0][0].shown | found[0][-1].shown
            left = [place for place, mask in masks.items() if mask & ~shown]
            return replace(_told(found, left), all_keys=bool(shown & missing))
    return Explanation(unexplained=tuple(masks))
