"""Which entries of wrong arrays are wrong: one example, one unit, those where Z is negative, ..."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.directions import same_number, wrong_entries
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Leaf, Mask
from workbook.diagnosis.where.marked import exactly, joined, on_marked
from workbook.diagnosis.where.relations import Relation

# Where certain entries of an array of a shape are; None if it has no such entries.
Where = Callable[[tuple[int, ...]], Mask | None]

_MATRIX = 2
# Among fewer entries than these, one line of them is wrong by chance.
_ENOUGH = 12
# Among fewer values of a series than these, the first or the last is right by chance.
_FEW = 4


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
    if not all(mask.all() for mask in masks):
        yield from _in_lines(group, masks)
        yield from on_marked(group, masks, knowledge)


def _in_lines(group: Sequence[Leaf], masks: Sequence[Mask]) -> Iterator[Relation]:
    """Yield in which rows, columns or values of a series alone the arrays are wrong."""
    if sum(mask.size for mask in masks) < (_FEW if masks[0].ndim == 1 else _ENOUGH):
        return
    agree = _is_just if masks[0].ndim == 1 else exactly
    for text, where in _PLACES:
        # One array may have a row that is right by chance, such as that of a unit that is 0.
        if len(masks) == 1 and " row" in text:
            continue
        wheres = [where(mask.shape) for mask in masks]
        # An array of one column is all that there is of its last column.
        telling = [
            pair for pair in zip(masks, wheres, strict=True) if pair[1] is None or not pair[1].all()
        ]
        lines = [where for _, where in telling if where is not None]
        if not lines or len(lines) < len(telling):
            continue
        if agree(joined([mask for mask, _ in telling]), joined(lines)):
            yield Relation(f"{{names}} {{verb}} wrong only in {text}{same_number(group, masks)}.")
            return


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
    ("the second column", _line(2, 1, 1, 3)),
    ("the second row", _line(2, 0, 1, 3)),
    ("its last value", _line(1, 0, -1)),
    ("its first value", _line(1, 0, 0)),
    ("the columns after the first", _not(_line(2, 1, 0, 2))),
    ("the columns before the last", _not(_line(2, 1, -1, 2))),
    ("the rows after the first", _not(_line(2, 0, 0, 2))),
    ("the rows before the last", _not(_line(2, 0, -1, 2))),
    ("the values before the last", _not(_line(1, 0, -1, 3))),
    ("its entries off the diagonal", _not(_diagonal)),
)


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
