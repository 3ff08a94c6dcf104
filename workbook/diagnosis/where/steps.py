"""In which direction wrong arrays have moved from where the caller had them, such as parameters."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.directions import directions
from workbook.diagnosis.where.fits import CLOSE
from workbook.diagnosis.where.groups import all_arrays
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Array, Leaf

# Of fewer entries, that all move in one direction says little.
_FEW = 6
# What is more than that the direction is right.
_SAYS_MORE = ("nearly right", "in the right proportions")

KnowledgeOf = Callable[[Leaf], Knowledge]


def steps(
    groups: Sequence[Sequence[Leaf]], knowledge: KnowledgeOf
) -> Iterator[tuple[str, Sequence[Leaf]]]:
    """Yield how groups of arrays are wrong: a clause, and the arrays that it is about.

    Parameters
    ----------
    groups : sequence of sequence of Leaf
        Wrong arrays, by their families.
    knowledge : callable
        Returns what is known of the case of an array.
    """
    moved: dict[bool, list[Leaf]] = {}
    others: list[Sequence[Leaf]] = []
    for group in groups:
        if not all_arrays(group) or group[0].layer is None:
            others.append(group)
            continue
        finite = [leaf for leaf in group if leaf.is_finite]
        # A nan need not be in each of these arrays.
        nan = [leaf for leaf in group if leaf not in finite]
        others += [nan] if nan else []
        ways = _ways(finite, knowledge)
        if ways is not None and not directions(finite).startswith(_SAYS_MORE):
            moved.setdefault(ways[1][0] > 0, []).extend(finite)
        elif finite:
            others.append(finite)
    for group in others:
        # Of those that hold nan, no more is told than that.
        some = [leaf for leaf in group if not leaf.is_finite] or group
        yield directions(some), some
    for group in moved.values():
        ways = _ways(group, knowledge)
        assert ways is not None
        yield _in_words(*ways), group


def _in_words(right: Array, got: Array) -> str:
    """Return a clause on entries that all move in one direction, the right one or the other."""
    times = got / right
    way = "the wrong way" if got[0] < 0 else "in the right direction"
    if np.ptp(times) <= CLOSE * abs(times[0]):
        return f"changed {way}, by {abs(times[0]):.4g} times the right amount"
    far, short = times > 1 + CLOSE, times < 1 - CLOSE
    if got[0] < 0:
        amount = ", and by another amount" if np.all(np.abs(times + 1) > CLOSE) else ""
        return f"changed {way}{amount}"
    if far.all() or short.all():
        return f"changed {way}, but too {'much' if far.all() else 'little'}"
    counts = {"too much": far.sum(), "too little": short.sum()}
    told = " and ".join(f"{how} in {count}" for how, count in counts.items() if count)
    return f"changed {way}, but {told} of {len(got)} entries"


def _ways(group: Sequence[Leaf], knowledge: KnowledgeOf) -> tuple[Array, Array] | None:
    """Return how far entries should move and how far they do; None if not all in one direction."""
    moves = []
    for leaf in group:
        start = _start(leaf, knowledge(leaf))
        if start is None:
            return None
        right = leaf.wanted - start
        moves.append((np.abs(right), (np.asarray(leaf.got, float) - start) * np.sign(right)))
        # What should stay, does not.
        if np.any((right == 0) & (leaf.got != start)):
            return None
    if not moves:
        return None
    right, got = (np.concatenate([move[k].ravel() for move in moves]) for k in (0, 1))
    right, got = right[right != 0], got[right != 0]
    if len(right) < _FEW or not (np.all(got > 0) or np.all(got < 0)):
        return None
    return right, got


def _start(leaf: Leaf, known: Knowledge) -> Array | None:
    """Return the input from which an array of a layer is made: that of the same name."""
    if leaf.layer is None:
        return None
    found = (
        one.array
        for one in known.plain
        if one.is_input and (one.family, one.layer) == (leaf.family, leaf.layer)
    )
    start = next(found, None)
    return start if start is not None and start.shape == leaf.shape else None
