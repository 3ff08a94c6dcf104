"""Relations of wrong arrays to the right ones: factor, sign, transpose, offset, order, ..."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from workbook.course.compare import ABSOLUTE, TOLERANCE, alike
from workbook.course.cut_off import cut_off, small_is_zero
from workbook.diagnosis.where.fits import (
    CLOSE,
    Factor,
    Fit,
    Quantities,
    common_factor,
    distinct,
    fit,
)
from workbook.diagnosis.where.functions import FUNCTIONS
from workbook.diagnosis.where.leaves import Array, Leaf

#: Returns the quantities of a case and an array, by their names.
Numbers = Callable[[Leaf], Mapping[str, float]]

# So many numbers show that a case has a factor of its own.
_FOR_FACTOR = 2
# So many numbers are not all rounded by chance.
_FOR_WHOLE = 3


@dataclass(frozen=True)
class Relation:
    """A relation that holds for all arrays of a group.

    Attributes
    ----------
    text : str
        The sentence, with {names}, {verb}, {has} and {it}.
    changes : callable
        Whether a right array would be another one if it were so for it, too.
    about : sequence of Leaf
        The arrays for which it holds; empty for the whole group.
    """

    text: str
    changes: Callable[[Leaf], bool] = lambda leaf: True
    about: Sequence[Leaf] = ()


def to_right(group: Sequence[Leaf], numbers: Numbers) -> Iterator[Relation]:
    """Yield the relations of some wrong arrays to the right ones, the most pointed first.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays of the right shape.
    numbers : callable
        Returns the quantities of a case and an array, by their names.
    """
    pairs = [(np.asarray(leaf.got, float), leaf.wanted) for leaf in group]
    factor = _factor(group, pairs, numbers)
    if factor is not None:
        yield Relation(multiplied(factor), lambda leaf: _changed_by(factor, leaf, numbers))
    for text, change in _CHANGES:
        if all(_is(got, change, right) for got, right in pairs):
            yield Relation(text, partial(_changed, change))


def to_right_in_part(group: Sequence[Leaf], numbers: Numbers) -> Iterator[Relation]:
    """Yield the relations to the right arrays that say less: an offset, a bound, other places.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays of the right shape.
    numbers : callable
        Returns the quantities of a case and an array, by their names.
    """
    pairs = [(np.asarray(leaf.got, float), leaf.wanted) for leaf in group]
    yield from _by_case(group, pairs)
    for text, change in FUNCTIONS[1:]:
        if all(_is(got, change, right) for got, right in pairs) and _tells(pairs, text):
            yield Relation("{names} {verb} " + text.format("the right value") + ", in every entry.")
    yield from _offset(group, pairs, numbers)
    yield from _whole(pairs)
    yield from _limited(pairs)
    yield from _in_another_order(pairs)
    yield from _by_lines(pairs)


def _by_case(group: Sequence[Leaf], pairs: Sequence[tuple[Array, Array]]) -> Iterator[Relation]:
    """Yield a relation if each case has a factor of its own, the same for all of its arrays."""
    found: dict[int, list[Fit]] = {}
    for leaf, (got, right) in zip(group, pairs, strict=True):
        fitting = fit(got, right, leaf)
        if fitting is None or fitting.value <= 0:
            return
        found.setdefault(id(leaf.case), []).append(fitting)
    if len(found) == 1:
        return
    for fits in found.values():
        values = [one.value for one in fits]
        told = sum(one.evidence + 1 for one in fits) > _FOR_FACTOR
        if not told or max(values) - min(values) > CLOSE * max(values):
            return
    every = [fits[0].value for fits in found.values()]
    size = "too large" if min(every) > 1 else "too small" if max(every) < 1 else "wrong in size"
    yield Relation(
        f"{{names}} {{verb}} {size}: the right value times one number for all entries, which "
        "differs from case to case."
    )


def _by_lines(pairs: Sequence[tuple[Array, Array]]) -> Iterator[Relation]:
    """Yield a relation if each row, or each column, has an offset of its own."""
    turned = [(got.T, right.T) for got, right in pairs]
    for word, ones in (("row", pairs), ("column", turned)):
        # A row of one entry does not show that its entries have something in common.
        ones = [(got, right) for got, right in ones if got.ndim != 2 or got.shape[1] > 1]
        if not ones or not all(got.ndim == 2 for got, _ in ones):
            continue
        # A single row does not show that the next one has another error.
        if all(len(got) == 1 for got, _ in ones):
            continue
        errors = [got - right for got, right in ones]
        if all(_same(error, error[:, :1]) for error in errors):
            where = f"all of a {word}, and another one in the next {word}"
            if all(_same(error, error[:1, :1]) for error in errors):
                where = "every entry of an array"
            yield Relation(f"{{names}} {{has}} the same error in {where}.")
            return


def _same(one: Array, other: Array) -> bool:
    largest = float(np.max(np.abs(one), initial=0.0))
    return largest > 0 and bool(np.all(np.abs(one - other) <= CLOSE * largest))


def _tells(pairs: Sequence[tuple[Array, Array]], text: str) -> bool:
    """Return whether there are enough different numbers for a function to be no chance."""
    numbers = np.concatenate([right.ravel() for _, right in pairs])
    # Of a sign, each number says less.
    least = 8 if "elsewhere" in text or "sign" in text or "ReLU" in text else 3
    return len(numbers) >= least and distinct(numbers) > 1


def multiplied(factor: Factor) -> str:
    """Return the sentence on arrays that are multiples of the right ones."""
    sign = ", and {has} the wrong sign" if factor.sign < 0 else ""
    if not factor.text:
        return "{names} {verb} right but for the sign: look for a minus."
    if factor.power and factor.name == "m":
        size, where = (
            ("large", "missing") if factor.power > 0 else ("small", "there once too often")
        )
        return (
            f"{{names}} {{verb}} exactly m times too {size}{sign}, where m is the number of "
            f"examples: a division by m is {where}."
        )
    return f"{{names}} {{verb}} {factor.text} times what should be there, in every entry{sign}."


def _factor(
    group: Sequence[Leaf], pairs: Sequence[tuple[Array, Array]], numbers: Numbers
) -> Factor | None:
    found = [fit(got, right, leaf) for leaf, (got, right) in zip(group, pairs, strict=True)]
    fits = [one for one in found if one is not None]
    return (
        common_factor(fits, Quantities([numbers(leaf) for leaf in group]))
        if len(fits) == len(found)
        else None
    )


def _changed_by(factor: Factor, leaf: Leaf, numbers: Numbers) -> bool:
    own = numbers(leaf).get(factor.name, 0.0) if factor.name else 0.0
    return bool(np.any(leaf.wanted)) and (own != 1.0 or factor.sign < 0)


def _changed(change: Callable[[Array], Array], leaf: Leaf) -> bool:
    return not alike(change(leaf.wanted), leaf.wanted)


def _is(got: Array, change: Callable[[Array], Array], right: Array) -> bool:
    with np.errstate(all="ignore"):
        changed = change(right)
    # That they are alike is rare, so it comes first.
    return alike(got, changed) and bool(np.isfinite(changed).all()) and not alike(got, right)


_CHANGES: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("{names} {verb} transposed: rows and columns have changed places.", np.transpose),
    (
        "{names} {has} the right columns in reversed order.",
        lambda x: x[:, ::-1] if x.ndim == 2 else x,
    ),
    ("{names} {has} the right rows in reversed order.", lambda x: x[::-1] if x.ndim == 2 else x),
    ("{names} {has} the right values in reversed order.", lambda x: x[::-1] if x.ndim == 1 else x),
    (
        "{names} {verb} a running sum of the right values.",
        lambda x: np.cumsum(x) if x.ndim == 1 else x,
    ),
    (
        "{names} {has} the right values one place late: the first one comes twice.",
        lambda x: np.concatenate([x[:1], x[:-1]]) if x.ndim == 1 else x,
    ),
)


def _offset(
    group: Sequence[Leaf], pairs: Sequence[tuple[Array, Array]], numbers: Numbers
) -> Iterator[Relation]:
    """Yield a relation if the same number is too much in every entry."""
    if sum(got.size for got, _ in pairs) == 1:
        return
    fits: list[Fit] = []
    for leaf, (got, right) in zip(group, pairs, strict=True):
        found = fit(got - right, np.ones_like(right), leaf)
        if found is None:
            return
        fits.append(found)
    factor = common_factor(fits, Quantities([numbers(leaf) for leaf in group]))
    if factor is not None:
        size = "large" if factor.sign > 0 else "small"
        yield Relation(
            f"{{names}} {{verb}} too {size} by {factor.text or '1'}, the same in every entry."
        )


def _whole(pairs: Sequence[tuple[Array, Array]]) -> Iterator[Relation]:
    """Yield a relation if whole numbers stand where numbers between them belong."""
    got, right = (np.concatenate([pair[k].ravel() for pair in pairs]) for k in (0, 1))
    # So few that have something to be cut off, or all of them 0, tell nothing.
    if np.sum(right % 1 != 0) < _FOR_WHOLE or np.any(got % 1) or not got.any():
        return
    for how, change in (("cut off", np.trunc), ("rounded down", np.floor), ("rounded", np.rint)):
        if np.array_equal(got, change(right)):
            yield Relation(f"{{names}} {{has}} whole numbers only: those between them are {how}.")
            return


def _limited(pairs: Sequence[tuple[Array, Array]]) -> Iterator[Relation]:
    """Yield a relation if values beyond a bound, or beyond two, come out as this bound."""
    got, right = (np.concatenate([pair[k].ravel() for pair in pairs]) for k in (0, 1))
    largest = float(np.max(np.abs(right), initial=0.0))
    room = max(TOLERANCE * largest, ABSOLUTE)
    text = cut_off(got, right, room)
    if text:
        yield Relation(f"{{names}} {{verb}} {text}.")
    elif small_is_zero(got, right, room):
        yield Relation(
            "{names} {verb} 0 where only a small number belongs: what is farther from 0 is right."
        )


def _in_another_order(pairs: Sequence[tuple[Array, Array]]) -> Iterator[Relation]:
    """Yield a relation if the right columns, rows or numbers stand in other places."""
    turned = [(got.T, right.T) for got, right in pairs]
    for word, ones in (("columns", turned), ("rows", pairs)):
        if all(got.ndim == 2 and _same_rows(got, right) for got, right in ones):
            yield Relation(f"{{names}} {{has}} the right {word}, but in another order.")
            return
    if all(got.size > 2 and _same_numbers(got, right) for got, right in pairs):
        yield Relation("{names} {has} the right numbers, but not in their places.")


def _same_rows(one: Array, other: Array) -> bool:
    return len(other) > 1 and alike(one[np.lexsort(one.T)], other[np.lexsort(other.T)])


def _same_numbers(one: Array, other: Array) -> bool:
    return distinct(other) > 2 and alike(np.sort(one, axis=None), np.sort(other, axis=None))
