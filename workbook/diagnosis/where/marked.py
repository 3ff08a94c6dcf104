"""Wrong entries that a known array marks: those where Z is negative, where dW is beyond 1, ..."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.directions import same_number
from workbook.diagnosis.where.fits import CLOSE, distinct, factors, own_entries
from workbook.diagnosis.where.known import Knowledge, can_be
from workbook.diagnosis.where.leaves import Array, Leaf, Mask
from workbook.diagnosis.where.relations import Relation

# Among fewer entries than these, the sign of one of some other arrays agrees by chance.
_ENOUGH = 8
# So many different numbers that stand in all of a row or column have signs that tell.
_FOR_LINES = 12
# So many of them must be wrong, and so many right.
_OF_EACH = 3
# A bound is one of these if it can be, else a number with as few digits as it takes.
_ROUND = ("1", "10", "0.1", "5", "0.5", "2")
_DIGITS = range(1, 9)
# A bound that marks some of the entries does so by chance if there are fewer ways to choose them.
_WAYS = 1000
# A bound below this share of the largest number is none.
_LEAST = 0.1


def on_marked(
    group: Sequence[Leaf], masks: Sequence[Mask], knowledge: Callable[[Leaf], Knowledge]
) -> Iterator[Relation]:
    """Yield a relation if a known array has a certain sign or size just where entries are wrong.

    Parameters
    ----------
    group : sequence of Leaf
        The wrong arrays, of the right shape.
    masks : sequence of ndarray
        Where each of them is wrong.
    knowledge : callable
        Returns what is known of the case of an array.
    """
    every = joined(masks)
    if every.size < _ENOUGH or not _OF_EACH <= every.sum() <= every.size - _OF_EACH:
        return
    arrays = [_same_shape(leaf, knowledge(leaf)) for leaf in group]
    shared = [name for name in arrays[0] if all(name in other for other in arrays)]
    if _are_lines(masks):
        # Of a few whole rows or columns, entries that differ within them tell nothing.
        shared = [name for name in shared if _in_lines([other[name] for other in arrays])]
    for find in (_by_sign, _by_size):
        for name in shared:
            found = find(group, masks, [other[name] for other in arrays])
            if found:
                there = same_number(group, masks) or _multiple(group, masks, knowledge)
                yield Relation(f"{{names}} {{verb}} wrong only where {name} is {found}{there}.")
                return


def _multiple(
    group: Sequence[Leaf], masks: Sequence[Mask], knowledge: Callable[[Leaf], Knowledge]
) -> str:
    """Return of which known array the wrong entries are a multiple, if they are one of any."""
    wrong = joined(masks)
    got = joined([np.asarray(leaf.got, float) for leaf in group])[wrong]
    arrays = [_same_shape(leaf, knowledge(leaf), squares=True) for leaf in group]
    for name in arrays[0] if distinct(got) >= _OF_EACH else ():
        if all(name in one for one in arrays):
            known = joined([one[name] for one in arrays])[wrong]
            value = float(factors(got, known[np.newaxis])[0])
            if np.isfinite(value):
                times = "" if abs(value - 1) < CLOSE else f"{value:.4g} times "
                return f", where it is {times}{name}"
    return ""


def _by_sign(group: Sequence[Leaf], masks: Sequence[Mask], known: Sequence[Array]) -> str:
    wrong, numbers = joined(masks), joined(known)
    # A bias marks whole rows: of a few units, it does so by chance.
    if _in_lines(known) and distinct(numbers) < _FOR_LINES:
        return ""
    found = [
        (int(of(numbers).sum()), word)
        for word, of in _SIGNS
        if exactly(wrong, of(numbers))
        and not all(_is_0_beside(leaf, of(one)) for leaf, one in zip(group, known, strict=True))
    ]
    return min(found)[1] if found else ""


def _by_size(group: Sequence[Leaf], masks: Sequence[Mask], known: Sequence[Array]) -> str:
    """Return beyond which bound the known array is where entries are wrong, and only there."""
    wrong, numbers = joined(masks), joined(known)
    if distinct(numbers) < _ENOUGH or math.comb(wrong.size, int(wrong.sum())) < _WAYS:
        return ""
    # Where whatever is done to it gives 0, it is right, and no bound is told.
    if all(_is_0_beside(leaf, mask) for leaf, mask in zip(group, masks, strict=True)):
        return ""
    # What is next to nothing is right by rounding.
    least = _LEAST * float(np.max(np.abs(numbers)))
    for text, of in _SIZES:
        marked, others = of(numbers)[wrong], of(numbers)[~wrong]
        if np.min(marked) > max(np.max(others), least):
            return text.format(_round_between(float(np.max(others)), float(np.min(marked))))
        if "{0}" not in text and np.max(marked) < min(np.min(others), -least):
            return f"below -{_round_between(-float(np.min(others)), -float(np.max(marked)))}"
    return ""


def _are_lines(masks: Sequence[Mask]) -> bool:
    """Return whether matrices are wrong in whole rows, or in whole columns, and nowhere else."""
    return all(one.ndim == 2 and min(one.shape) > 1 for one in masks) and any(
        all(np.array_equal(one.all(axis=axis), one.any(axis=axis)) for one in masks)
        for axis in (0, 1)
    )


def _in_lines(known: Sequence[Array]) -> bool:
    return all(own_entries(one) < one.size or one.shape[-1:] == (1,) for one in known)


def joined(arrays: Sequence[Array]) -> Array:
    """Return the entries of some arrays, one after the other."""
    return np.concatenate([array.ravel() for array in arrays])


def _round_between(low: float, high: float) -> str:
    """Return a round number between two, of which it may be the first."""
    middle = (low + high) / 2
    told = (*_ROUND, *(f"{middle:.{digits}g}" for digits in _DIGITS))
    return next((one for one in told if low <= float(one) < high), f"{low:.9g}")


_SIGNS: tuple[tuple[str, Callable[[Array], Mask]], ...] = (
    ("negative", lambda x: x < 0),
    ("positive", lambda x: x > 0),
    ("0", lambda x: x == 0),
    ("1", lambda x: x == 1),
    ("above 1", lambda x: x > 1),
)
_SIZES: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("above {}", lambda x: x),
    ("above {0} or below -{0}", np.abs),
)


def exactly(mask: Mask, where: Mask | None) -> bool:
    """Return whether entries are wrong in no other place, and the place is no matter of chance."""
    if where is None or where.all():
        return False
    return bool(mask.any()) and not (mask & ~where).any() and mask.sum() > where.sum() / 2


def _is_0_beside(leaf: Leaf, where: Mask) -> bool:
    """Return whether both values are 0 elsewhere, as whatever is multiplied there would be."""
    return not np.any(leaf.wanted[~where]) and not np.any(np.asarray(leaf.got)[~where])


def _of(family: str) -> str:
    """Return the array to which a family belongs: both W and dW belong to W."""
    return family.removeprefix("d").split(" in ")[0]


def _same_shape(leaf: Leaf, known: Knowledge, squares: bool = False) -> dict[str, Array]:
    """Return the inputs and right parts that can have an array's shape, by their names."""
    found: dict[str, Array] = {}
    wrong = {(one.family, one.layer) for one in known.leaves if not one.is_right}
    # In a square, rows and columns of another array may be others.
    is_square = not squares and len(set(leaf.shape)) == 1 and leaf.wanted.size > 1
    for one in known.plain:
        named = one.layer is None or one.layer == leaf.layer
        told = one.is_input or (one.family, one.layer) not in wrong
        told = told and not (is_square and _of(one.family) != _of(leaf.family))
        # A single number marks all entries, or none.
        marks = one.array.size > 1 or one.array.shape == leaf.shape
        if named and told and marks and can_be(one.array.shape, leaf.shape):
            name = leaf.as_kin(one.family) if leaf.letter else one.family
            # The answer has an array of this name, too.
            name += " as it came in" if one.is_input and one.family == leaf.family else ""
            found.setdefault(name, np.full(leaf.shape, one.array))
    return found | {"the right value": leaf.wanted}
