"""Numbers that are the same everywhere or for every input, and whole numbers that are off."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.compare import alike
from workbook.diagnosis.where.leaves import Leaf
from workbook.diagnosis.where.names import titles
from workbook.diagnosis.where.relations import Relation

_WHATEVER = ", whatever the inputs are"

# In so many cases, a number may be the same by chance.
_FEW = 2
# Of cases in which a whole number is off, so many are named.
_SHOWN = 2

# What is said of numbers of a kind, by a part of their name: too many, too few.
_WORDS = (("epoch", "late", "early"), ("count", "many", "few"), ("", "large", "small"))


def on_equal_numbers(group: Sequence[Leaf]) -> Iterator[Relation]:
    """Yield that arrays hold one number only, or are the same for every input.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays.
    """
    got = [np.asarray(leaf.got, float) for leaf in group]
    # Adding 0 turns -0 into 0.
    first = got[0].flat[0] + 0.0 if got[0].size else np.nan
    several = sum(one.size for one in got) > 1
    if several and all(np.all(one == first) for one in got):
        each = "case" if all(one.size == 1 for one in got) else "entry"
        whatever = _whatever(group, first)
        every = "" if each == "case" and whatever == _WHATEVER else f" in every {each}"
        yield Relation(f"{{names}} {{verb}} {first:.4g}{every}{whatever}.")
    elif not any(np.any(leaf.right) for leaf in group) and all(map(_are_finite, got)):
        yield Relation("{names} should be 0 and {verb} not.")
    elif all(one.size > 1 and np.ptp(one) == 0 for one in got):
        yield Relation("{names} {has} the same number in every entry.")
    elif len(got) > 1 and _same_for_all(group):
        yield Relation("{names} {verb} the same in every case" + _WHATEVER + ".")


def _whatever(group: Sequence[Leaf], found: float) -> str:
    """Return whether a number is the same whatever the inputs are, or in these cases alone."""
    if len({id(leaf.case) for leaf in group}) == 1:
        return ""
    right = np.concatenate([leaf.wanted.ravel() for leaf in group])
    # A bound at which numbers are cut off looks the same where all should be beyond it.
    for size, beyond in (("more", right > found), ("less", right < found)):
        if found and beyond.all():
            return f", where {size} belongs each time"
    return _WHATEVER if len({id(leaf.case) for leaf in group}) > _FEW else ""


def _are_finite(array: np.ndarray[Any, Any]) -> bool:
    return bool(np.isfinite(array).all())


def _same_for_all(group: Sequence[Leaf]) -> bool:
    """Return whether arrays of several cases are all the same, and the right ones are not."""
    one_label = len({leaf.label for leaf in group}) == 1
    if not one_label or len({np.shape(leaf.got) for leaf in group}) > 1:
        return False
    first = group[0]
    return all(alike(leaf.got, first.got) for leaf in group) and not all(
        alike(leaf.right, first.right) for leaf in group
    )


def on_whole_numbers(group: Sequence[Leaf]) -> Iterator[str]:
    """Yield by how much whole numbers are too large or too small.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong numbers of one name, which should be whole.
    """
    name = group[0].label
    parted = [leaf for leaf in group if float(leaf.got) % 1]
    if parted:
        yield f"{name} is {parted[0].got:g}{_in(parted[:1])}, which is no whole number."
        return
    more, less = next((m, l) for part, m, l in _WORDS if part in name)
    offs = [float(leaf.got) - float(leaf.right) for leaf in group]
    if len(group) > 1 and len(set(offs)) == 1:
        yield f"{name} is too {more if offs[0] > 0 else less} by {abs(offs[0]):g}{_in(group)}."
        return
    parts = [
        f"{leaf.got} {titles([leaf.case])}, too {more if off > 0 else less} by {abs(off):g}"
        for leaf, off in zip(group, offs, strict=True)
    ]
    yield f"{name} is {', and '.join(parts[:_SHOWN])}."


def _in(group: Sequence[Leaf]) -> str:
    return f" {titles([leaf.case for leaf in group])}" if len(group) <= _SHOWN else ""
