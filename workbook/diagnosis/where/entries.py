"""Which entries of wrong arrays are wrong: one example, one unit, those where Z is negative, ..."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.compare import ABSOLUTE, TOLERANCE
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Array, Leaf
from workbook.diagnosis.where.relations import Relation

Mask = np.ndarray[Any, np.dtype[np.bool_]]
# Where certain entries of an array of a shape are; None if it has no such entries.
Where = Callable[[tuple[int, ...]], Mask | None]

# Errors below this share of the largest right value are small.
_NEAR = 1e-2
_MATRIX = 2
# Among fewer entries than these, the sign of one of some other arrays agrees by chance.
_ENOUGH = 12
# So many of them must be wrong, and so many right.
_OF_EACH = 3
# Among fewer values of a series than these, the first or the last is right by chance.
_FEW = 4
# Fewer numbers than these are all too large, or all too small, by chance.
_FOR_DIRECTION = 24
# A direction in fewer cases than these is not worth telling.
_FOR_CASES = 4


def wrong_entries(leaf: Leaf) -> Mask:
    """Return where an array of the right shape is wrong."""
    got = np.asarray(leaf.got, float)
    right = leaf.wanted
    room = max(TOLERANCE * float(np.max(np.abs(right), initial=0.0)), ABSOLUTE)
    with np.errstate(invalid="ignore"):
        return np.asarray(~(np.abs(got - right) <= room))


def on_entries(group: Sequence[Leaf], knowledge: Callable[[Leaf], Knowledge]) -> Iterator[Relation]:
    """Yield which entries of some arrays of the right shape are wrong, if not all of them.

    Parameters
    ----------
    group : sequence of Leaf
        The wrong arrays.
    knowledge : callable
        Returns what is known of the case of an array.
    """
    masks = [wrong_entries(leaf) for leaf in group]
    yield from _not_finite(group)
    least = _FEW if masks[0].ndim == 1 else _ENOUGH
    if all(mask.all() for mask in masks) or sum(mask.size for mask in masks) < least:
        return
    for text, where in _PLACES:
        # One array may have a row that is right by chance, such as that of a unit that is 0.
        if len(masks) == 1 and " row" in text:
            continue
        exactly = _is_just if masks[0].ndim == 1 else _exactly
        wheres = [where(mask.shape) for mask in masks]
        # An array of one column is all that there is of its last column.
        telling = [
            pair for pair in zip(masks, wheres, strict=True) if pair[1] is None or not pair[1].all()
        ]
        if telling and all(exactly(mask, lines) for mask, lines in telling):
            yield Relation(f"{{names}} {{verb}} wrong only in {text}{_there(group, masks)}.")
            return
    yield from _where_known(group, masks, knowledge)


def _exactly(mask: Mask, where: Mask | None) -> bool:
    """Return whether entries are wrong in no other place, and the place is no matter of chance."""
    if where is None or where.all():
        return False
    return bool(mask.any()) and not (mask & ~where).any() and mask.sum() > where.sum() / 2


def _is_just(mask: Mask, where: Mask | None) -> bool:
    return where is not None and bool(where.any()) and np.array_equal(mask, where)


def _line(dimensions: int, axis: int, index: int, least: int = 1) -> Where:
    """Return where one line of an array of so many dimensions is."""

    def where(shape: tuple[int, ...]) -> Mask | None:
        if len(shape) != dimensions or shape[axis] < least:
            return None
        found = np.zeros(shape, bool)
        found[(slice(None),) * axis + (index,)] = True
        return found

    return where


def _after(count: int) -> Where:
    """Return where the values of a series after the first so many are."""

    def where(shape: tuple[int, ...]) -> Mask | None:
        return np.arange(shape[0]) >= count if len(shape) == 1 else None

    return where


def _not(inner: Where) -> Where:
    def where(shape: tuple[int, ...]) -> Mask | None:
        found = inner(shape)
        return None if found is None else ~found

    return where


def _diagonal(shape: tuple[int, ...]) -> Mask | None:
    return (
        np.eye(shape[0], shape[1]).astype(bool)
        if len(shape) == _MATRIX and min(shape) > 1
        else None
    )


_PLACES: tuple[tuple[str, Where], ...] = (
    ("the last column", _line(2, 1, -1)),
    ("the first column", _line(2, 1, 0)),
    ("the last row", _line(2, 0, -1)),
    ("the first row", _line(2, 0, 0)),
    ("its diagonal", _diagonal),
    ("the values after the first", _after(1)),
    ("the values after the first two", _after(2)),
    ("the values after the first three", _after(3)),
    ("its last value", _line(1, 0, -1)),
    ("its first value", _line(1, 0, 0)),
    ("the columns after the first", _not(_line(2, 1, 0, 3))),
    ("the columns before the last", _not(_line(2, 1, -1, 3))),
    ("the rows after the first", _not(_line(2, 0, 0, 3))),
    ("the rows before the last", _not(_line(2, 0, -1, 3))),
    ("the values before the last", _not(_line(1, 0, -1, 3))),
    ("its entries off the diagonal", _not(_diagonal)),
)


def _where_known(
    group: Sequence[Leaf], masks: Sequence[Mask], knowledge: Callable[[Leaf], Knowledge]
) -> Iterator[Relation]:
    """Yield a relation if a known array has a certain sign just where entries are wrong."""
    every = np.concatenate([mask.ravel() for mask in masks])
    if every.size < _ENOUGH or not _OF_EACH <= every.sum() <= every.size - _OF_EACH:
        return
    arrays = [_same_shape(leaf, knowledge(leaf)) for leaf in group]
    for name in arrays[0]:
        if not all(name in other for other in arrays):
            continue
        known = [other[name] for other in arrays]
        for word, of in _SIGNS:
            wheres = [of(array) for array in known]
            if all(map(_exactly, masks, wheres)) and not all(map(_is_0_beside, group, wheres)):
                there = _there(group, masks)
                yield Relation(f"{{names}} {{verb}} wrong only where {name} is {word}{there}.")
                return


_SIGNS: tuple[tuple[str, Callable[[Array], Mask]], ...] = (
    ("negative", lambda x: x < 0),
    ("positive", lambda x: x > 0),
    ("0", lambda x: x == 0),
    ("1", lambda x: x == 1),
    ("above 1", lambda x: x > 1),
)


def _is_0_beside(leaf: Leaf, where: Mask) -> bool:
    """Return whether both values are 0 elsewhere, as whatever is multiplied there would be."""
    return not np.any(leaf.wanted[~where]) and not np.any(np.asarray(leaf.got)[~where])


def _same_shape(leaf: Leaf, known: Knowledge) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for one in known.plain:
        named = one.layer is None or one.layer == leaf.layer
        if named and one.is_input and _broadcasts(one.array.shape, leaf.shape):
            found.setdefault(one.family, np.broadcast_to(one.array, leaf.shape))
    return found | {"the right value": leaf.wanted}


def _broadcasts(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    fits = len(shape) == len(wanted) and all(
        a in (1, b) for a, b in zip(shape, wanted, strict=True)
    )
    return fits and int(np.prod(shape)) > 1


def _there(group: Sequence[Leaf], masks: Sequence[Mask]) -> str:
    """Return what stands in the wrong entries, if it is the same number in all."""
    found = np.concatenate(
        [np.asarray(leaf.got, float)[mask] for leaf, mask in zip(group, masks, strict=True)]
    )
    if len(found) > 1 and np.all(found == found[0]) and np.isfinite(found[0]):
        return f", where it is {found[0]:.4g}"
    return ""


def _not_finite(group: Sequence[Leaf]) -> Iterator[Relation]:
    """Yield where an array first holds nan or an infinite number."""
    for word, of in (("nan (not a number)", np.isnan), ("inf (infinite)", np.isinf)):
        bad = [of(np.asarray(leaf.got, float)) for leaf in group]
        if all(mask.any() for mask in bad):
            everywhere = " everywhere" if all(mask.all() for mask in bad) else ""
            columns = ""
            if not everywhere and all(mask.ndim == _MATRIX and mask.shape[1] > 1 for mask in bad):
                first = {int(np.argmax(mask.any(axis=0))) for mask in bad}
                columns = f", first in column {first.pop()}" if len(first) == 1 else ""
            yield Relation(
                f"{{names}} {{has}} {word} in {{it}}{everywhere}{columns}: look for a division by "
                "0, or the logarithm of 0 or of a negative number."
            )
            return


def directions(group: Sequence[Leaf]) -> str:
    """Return in which direction wrong numbers are wrong, if it is one: a clause, or "".

    Parameters
    ----------
    group : sequence of Leaf
        The wrong arrays, of the right shape.
    """
    got = np.concatenate([np.ravel(np.asarray(leaf.got, float)) for leaf in group])
    right = np.concatenate([leaf.wanted.ravel() for leaf in group])
    if not np.isfinite(got).all():
        return ""
    wrong = np.concatenate([wrong_entries(leaf).ravel() for leaf in group])
    if all(_is_near(leaf) for leaf in group):
        return (
            "nearly right: look for a small number that is added, for rounding, or for a step that "
            "is not quite the same"
        )
    if all(map(_parallel, group)):
        return "in the right proportions, but not of the right size"
    got, right = got[wrong], right[wrong]
    single = all(leaf.shape == () for leaf in group)
    everywhere = f"in every {'case' if single else 'entry'}" if wrong.all() else "wherever wrong"
    if np.all(got == 0):
        return f"0 {everywhere if len(got) > 1 else ''}".strip()
    cases = len({id(leaf.case) for leaf in group})
    if single and wrong.all() and cases == len(got) >= _FOR_CASES:
        everywhere = f"in all {cases} cases that are tried here"
    elif len(got) < _FOR_DIRECTION:
        # Each direction is one of seven that might have been.
        return ""
    for clause, holds in (
        ("of the wrong sign", got * right < 0),
        ("too large", (got > right) & (right >= 0)),
        ("too small", (got < right) & (got >= 0)),
        ("too far from 0", (np.abs(got) > np.abs(right)) & (got * right > 0)),
        ("too near to 0", np.abs(got) < np.abs(right)),
        ("too large", got > right),
        ("too small", got < right),
    ):
        if holds.all():
            return f"{clause} {everywhere}"
    return ""


def _is_near(leaf: Leaf) -> bool:
    largest = float(np.max(np.abs(leaf.wanted), initial=0.0))
    error = np.max(np.abs(np.asarray(leaf.got, float) - leaf.wanted), initial=0.0)
    return bool(error <= _NEAR * largest)


def _parallel(leaf: Leaf) -> bool:
    """Return whether an array of several numbers is a positive multiple of the right one."""
    one, other = np.ravel(np.asarray(leaf.got, float)), leaf.wanted.ravel()
    lengths = float(np.sqrt(np.vdot(one, one) * np.vdot(other, other)))
    told = np.count_nonzero(other) > 2 and lengths > 0
    return bool(told) and float(one @ other) >= (1 - 1e-12) * lengths
