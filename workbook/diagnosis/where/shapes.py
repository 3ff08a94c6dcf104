"""Parts of an answer that are no array of the right shape: another kind of value, another shape."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from workbook.course.compare import alike
from workbook.course.kinds import kind
from workbook.course.words import counted, ordinal
from workbook.diagnosis.parts import at_place
from workbook.diagnosis.where.containers import same
from workbook.diagnosis.where.leaves import Array, Leaf
from workbook.diagnosis.where.relations import Relation
from workbook.diagnosis.where.series import on_lengths

Shape = tuple[int, ...]

# So many entries of a tuple in the place of an array are compared with it.
_MOST_ENTRIES = 4


def on_kinds(group: Sequence[Leaf]) -> Iterator[Relation]:
    """Yield what stands in the place of arrays and numbers, if it is no array and no number.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong parts whose values are not numbers.
    """
    sizes = {len(leaf.got) if isinstance(leaf.got, tuple | list) else 0 for leaf in group}
    size = sizes.pop() if len(sizes) == 1 else 0
    # Of random numbers, nobody knows the right ones.
    if size and not any(leaf.is_random for leaf in group):
        for at in range(min(size, _MOST_ENTRIES)):
            if all(same(leaf.got[at], leaf.right) for leaf in group):
                yield Relation(
                    f"{{names}} {{verb}} {kind(group[0].got)} of {size}, of which the "
                    f"{ordinal(at)} entry is right: take it out."
                )
                return
    kinds = list(dict.fromkeys(_kind(leaf.got) for leaf in group))
    is_list = all(isinstance(at_place(one.case.expected, one.place), list) for one in group)
    if not is_list and all(
        isinstance(leaf.got, tuple | list) and _holds(leaf.got, leaf.right) for leaf in group
    ):
        yield Relation(
            f"{{names}} {{verb}} {kinds[0]} of the right numbers, where an array belongs: "
            "`np.array` makes one of them."
        )
        return
    if len(kinds) == 1 and size:
        kinds = [f"{kinds[0]} of {size}"]
    wanted = "a list of numbers" if is_list else "an array of numbers"
    wanted = "a number" if all(leaf.shape == () for leaf in group) else wanted
    if len(kinds) == 1:
        # What stands in a dictionary that was kept was put there, and not returned.
        returned = all(len(leaf.place) < 2 for leaf in group)
        end = ": is a `return` missing?" if kinds == ["None"] and returned else "."
        yield Relation(f"{{names}} {{verb}} {kinds[0]}, where {wanted} belongs{end}")


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return "an array of True and False"
    if isinstance(value, np.ndarray) and value.dtype == object:
        return "an array of objects, such as one made of arrays of several shapes"
    if isinstance(value, bool | np.bool_):
        return "True or False"
    return kind(value)


def _holds(got: Any, right: Any) -> bool:
    """Return whether nested sequences hold just the numbers of an array."""
    try:
        return alike(np.array(got, float), right)
    except (TypeError, ValueError):
        return False


def on_shapes(group: Sequence[Leaf], exactly: bool) -> Iterator[Relation]:
    """Yield how the shapes of arrays differ from the right ones.

    Parameters
    ----------
    group : sequence of Leaf
        Arrays of another shape than the right one.
    exactly : bool
        Whether only what makes the right arrays of them is wanted.
    """
    arrays = [np.asarray(leaf.got) for leaf in group]
    series = next(on_lengths(group), None)
    if series is not None:
        yield series
        return
    shapes = [(array.shape, leaf.shape) for array, leaf in zip(arrays, group, strict=True)]
    for text, told, change in _SHAPES:
        if all(told(got, right) for got, right in shapes) and any(g != r for g, r in shapes):
            values = [
                leaf.is_random or _same_numbers(array, change(leaf.wanted))
                for array, leaf in zip(arrays, group, strict=True)
            ]
            if all(values) == exactly:
                more = "" if exactly else " Its numbers are wrong, too."
                yield Relation(text + more, partial(_is_told, told))
            return
    if exactly and all(map(_is_repeated, group)):
        yield Relation(
            f"{{names}} {{has}} the right column several times, side by side: the shape is "
            f"{shapes[0][0]}, and should be {shapes[0][1]}."
        )
        return
    for text, change in (("mean", np.mean), ("sum", np.sum)):
        if all(
            leaf.shape == () and array.size and alike(float(change(array)), leaf.right)
            for array, leaf in zip(arrays, group, strict=True)
        ):
            yield Relation(
                f"{{names}} {{verb}} not one number but several: the right value is their {text}."
            )
            return
    if exactly:
        return
    yield from _named_sizes(group, arrays)


def _is_repeated(leaf: Leaf) -> bool:
    """Return whether an array holds the right column more than once, and nothing else."""
    got, right = np.asarray(leaf.got), leaf.shape
    if leaf.is_random or len(right) != 2 or right[1] != 1:
        return False
    fits = got.ndim == 2 and got.shape[0] == right[0] and got.shape[1] > 1
    return fits and alike(got, np.repeat(leaf.wanted, got.shape[1], axis=1))


def _same_numbers(got: Array, right: Array) -> bool:
    return got.size == right.size and alike(got.reshape(right.shape), right)


def _is_told(told: Callable[[Shape, Shape], bool], leaf: Leaf) -> bool:
    """Return whether a right shape shows that it is not one of these."""
    return not told(leaf.shape, leaf.shape)


def _is_flat(got: Shape, right: Shape) -> bool:
    return len(right) == 2 and len(got) == 1 and got[0] == right[0] * right[1]


def _is_transposed(got: Shape, right: Shape) -> bool:
    return len(right) == 2 and got == right[::-1]


def _same(array: Array) -> Array:
    return array


_SHAPES: tuple[tuple[str, Callable[[Shape, Shape], bool], Callable[[Array], Array]], ...] = (
    (
        "{names} {verb} flat, with a single axis, where a column of shape (n, 1) belongs: "
        "broadcasting spreads a flat array along the other axis.",
        lambda got, right: _is_flat(got, right) and right[1] == 1,
        _same,
    ),
    (
        "{names} {verb} a row, of shape (1, n), where a column of shape (n, 1) belongs.",
        lambda got, right: _is_transposed(got, right) and right[1] == 1,
        _same,
    ),
    (
        "{names} {verb} a column, of shape (n, 1), where a row of shape (1, n) belongs.",
        lambda got, right: _is_transposed(got, right) and right[0] == 1,
        _same,
    ),
    (
        "{names} {verb} transposed: rows and columns have changed places.",
        _is_transposed,
        np.transpose,
    ),
    ("{names} {verb} flat, with a single axis, where a matrix belongs.", _is_flat, _same),
    (
        "{names} {verb} an array of one entry where a single number belongs.",
        lambda got, right: right == () and got != () and set(got) <= {1},
        _same,
    ),
    (
        "{names} {verb} a single number where an array belongs.",
        lambda got, right: got == () != right,
        _same,
    ),
    (
        "{names} {has} the right shape but for an axis of size 1 too few or too many.",
        lambda got, right: (
            got != right and [n for n in got if n != 1] == [n for n in right if n != 1]
        ),
        _same,
    ),
)


def _is_table(leaf: Leaf, array: Array) -> bool:
    """Return whether an array is as large as a right row or column, in both directions."""
    sizes = {size for size in leaf.shape if size > 1}
    if not leaf.shape:
        rows = (one for one in leaf.case.args if isinstance(one, np.ndarray) and one.ndim == 2)
        sizes = {one.size for one in rows if 1 in one.shape and one.size > 1}
    row = not leaf.shape or (len(leaf.shape) == 2 and 1 in leaf.shape)
    return row and array.ndim == 2 and array.shape[0] == array.shape[1] and len(array) in sizes


def _are_columns(got: Shape, right: Shape) -> bool:
    """Return whether a column belongs there, and a column or a flat array stands there."""
    return len(right) == 2 and right[1] == 1 and got[1:] in ((), (1,))


def _named_sizes(group: Sequence[Leaf], arrays: Sequence[Array]) -> Iterator[Relation]:
    """Yield the shape as it is found, in the first case in which it is not right."""
    pairs = dict.fromkeys(
        (array.shape, leaf.shape)
        for array, leaf in zip(arrays, group, strict=True)
        if array.shape != leaf.shape
    )
    got, right = next(iter(pairs))
    wanted = f"{right} belongs" if right else "a single number belongs"
    shape = f"shape {got}" if len(pairs) == 1 else f"another shape, for example {got}"
    sizes = [(math.prod(one), math.prod(other)) for one, other in pairs if _are_columns(one, other)]
    others = [(one, other) for one, other in sizes if one != other]
    if len(sizes) == len(pairs) and others:
        # What is a column here may have come as a flat array: no shape is told.
        example = "" if len(pairs) == 1 else ", for example,"
        belong = f"{others[0][1]} {'belongs' if others[0][1] == 1 else 'belong'}"
        entries = counted(others[0][0], "entry", "entries")
        yield Relation(f"{{names}} {{has}}{example} {entries} where {belong}.")
        return
    table = ""
    # Of one example, a row and a column are the same.
    tables = [pair for pair in zip(group, arrays, strict=True) if pair[1].size > 1]
    if tables and all(_is_table(leaf, array) for leaf, array in tables):
        table = ", as if a row had met a column there and all their numbers were combined"
    yield Relation(f"{{names}} {{has}} {shape} where {wanted}{table}.")
