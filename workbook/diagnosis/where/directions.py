"""In which direction, how far and how often numbers are wrong that nothing else explains."""

from collections.abc import Sequence

import numpy as np

from workbook.course.compare import ABSOLUTE, TOLERANCE
from workbook.course.words import counted
from workbook.diagnosis.where.leaves import Array, Leaf, Mask
from workbook.diagnosis.where.names import titles

# Errors below this share of the largest right value are small.
_NEAR = 1e-2
# Of so many numbers, all values are told.
_FEW = 3
#: What may be behind numbers that are nearly right.
HINT = (
    "so small an error often comes from a small number that is added, from rounding, from numbers "
    "that are cut off, or from a step that is not quite the same"
)
# What is added, or a step, would hardly leave out the other entries.
_HINT_FOR_SOME = "look for what tells these apart, such as their size, a limit or a condition"


def wrong_entries(leaf: Leaf) -> Mask:
    """Return where an array of the right shape is wrong."""
    got = np.asarray(leaf.got, float)
    right = leaf.wanted
    room = max(TOLERANCE * float(np.max(np.abs(right), initial=0.0)), ABSOLUTE)
    with np.errstate(invalid="ignore"):
        return np.asarray(~(np.abs(got - right) <= room))


def same_number(group: Sequence[Leaf], masks: Sequence[Mask]) -> str:
    """Return what stands in the wrong entries, if it is the same number in all."""
    found = np.concatenate(
        [np.asarray(leaf.got, float)[mask] for leaf, mask in zip(group, masks, strict=True)]
    )
    if len(found) > 1 and np.all(found == found[0]) and np.isfinite(found[0]):
        # Adding 0 turns -0 into 0.
        return f", where it is {found[0] + 0.0:.4g}"
    return ""


def directions(group: Sequence[Leaf]) -> str:
    """Return in which direction wrong numbers are wrong, and in how many entries: a clause.

    Parameters
    ----------
    group : sequence of Leaf
        The wrong arrays, of the right shape.
    """
    got, right, wrong = _entries(group)
    numbers = all(leaf.shape == () for leaf in group)
    if not np.isfinite(got).all():
        count = int(np.sum(~np.isfinite(got)))
        some = f"in {count} of {len(got)} cases" if numbers else f"in {_count(count, len(got))}"
        return f"nan or infinite {some}" if len(got) > 1 else f"{got[0]}"
    way = _way(got[wrong], right[wrong])
    everywhere = "" if len(got) == 1 or numbers else f" in {_count(int(wrong.sum()), len(got))}"
    if all(map(is_near, group)):
        if not wrong.all():
            return f"nearly right, a little {way or 'off'}{everywhere}: {_HINT_FOR_SOME}"
        little = f", a little {way}{everywhere}" if way else ""
        return f"nearly right{little}: {HINT}"
    if all(map(_parallel, group)):
        size = {"too far from 0": "too large", "too near to 0": "too small"}.get(way, "")
        told = f", {size} as a whole" if size else ", but not of the right size"
        return f"in the right proportions{told}"
    if np.all(got[wrong] == 0):
        wanted = set(right[wrong].tolist())
        if everywhere and not wrong.all():
            everywhere = f" in {counted(int(wrong.sum()), 'wrong entry', 'wrong entries')}"
        return f"0{everywhere}" + (
            f", where {wanted.pop():.4g} belongs" if len(wanted) == 1 else ""
        )
    if way:
        return f"{way}{everywhere}"
    return _in_both_directions(group, got[wrong], right[wrong], numbers, everywhere)


def values(group: Sequence[Leaf]) -> str:
    """Return what single numbers are, and what they should be; of many, the first; else ""."""
    single = all(leaf.shape == () and leaf.label == group[0].label for leaf in group)
    if not single or not any(leaf.got for leaf in group) or not all(x.is_finite for x in group):
        return ""
    some = group[:_FEW] if len(group) <= _FEW else group[:1]
    pairs = [_told_apart(float(leaf.got), float(leaf.right)) for leaf in some]
    example = "for example " if len(group) > _FEW else ""
    return f" ({example}" + ", ".join(f"{got} where {right} belongs" for got, right in pairs) + ")"


def _told_apart(got: float, right: float) -> tuple[str, str]:
    """Return two different numbers with enough digits to tell them apart."""
    for digits in range(4, 17):
        pair = f"{got:.{digits}g}", f"{right:.{digits}g}"
        if pair[0] != pair[1]:
            break
    return pair


def _entries(group: Sequence[Leaf]) -> tuple[Array, Array, Mask]:
    """Return the entries of all arrays, the right ones, and which of them are wrong."""
    got = np.concatenate([np.ravel(np.asarray(leaf.got, float)) for leaf in group])
    right = np.concatenate([leaf.wanted.ravel() for leaf in group])
    return got, right, np.concatenate([wrong_entries(leaf).ravel() for leaf in group])


def _count(some: int, every: int) -> str:
    return "every entry" if some == every else f"{some} of {every} entries"


def _way(got: Array, right: Array) -> str:
    """Return the direction in which all wrong entries are wrong; "" if it is not one."""
    far, near = np.abs(got) > np.abs(right), np.abs(got) < np.abs(right)
    ways = (
        ("of the wrong sign", got * right < 0),
        ("too large", (got > right) & (right >= 0)),
        ("too small", (got < right) & (got >= 0)),
        ("too far from 0", far & (got * right >= 0)),
        ("too near to 0", near & (got * right >= 0)),
        ("too large", got > right),
        ("too small", got < right),
    )
    return next((way for way, holds in ways if len(got) and holds.all()), "")


def _in_both_directions(
    group: Sequence[Leaf], got: Array, right: Array, numbers: bool, everywhere: str
) -> str:
    """Return where wrong entries are too large, and where they are too small."""
    if numbers:
        large, small = ([x for x in group if bool(x.got > x.right) is way] for way in (True, False))
        if len({leaf.case.title for leaf in group}) < len(group):
            # Of some cases there are several numbers, or their titles do not tell them apart.
            times = (counted(len(some), "time") for some in (large, small))
            return "wrong: too large {} and too small {}".format(*times)
        if max(len(large), len(small)) <= _FEW:
            return (
                f"too large {titles([leaf.case for leaf in large])} and too small "
                f"{titles([leaf.case for leaf in small])}"
            )
        return f"too large in {len(large)} cases and too small in {len(small)} cases"
    above = int(np.sum(got > right))
    most = float(np.max(np.abs(got - right)))
    how = f"too large in {above} and too small in {len(got) - above}"
    return f"wrong{everywhere}: {how}, by up to {most:.2g}"


def is_near(leaf: Leaf) -> bool:
    """Return whether all errors of an array are small beside its largest right value."""
    largest = float(np.max(np.abs(leaf.wanted), initial=0.0))
    error = np.max(np.abs(np.asarray(leaf.got, float) - leaf.wanted), initial=0.0)
    return bool(error <= _NEAR * largest)


def _parallel(leaf: Leaf) -> bool:
    """Return whether an array of several numbers is a positive multiple of the right one."""
    one, other = np.ravel(np.asarray(leaf.got, float)), leaf.wanted.ravel()
    lengths = float(np.sqrt(np.vdot(one, one) * np.vdot(other, other)))
    told = np.count_nonzero(other) > 2 and lengths > 0
    # The product of the largest floats is infinite, and shows nothing.
    told = told and bool(np.isfinite(lengths))
    return bool(told) and float(one @ other) >= (1 - 1e-12) * lengths
