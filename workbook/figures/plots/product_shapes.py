"""Whether the shapes of a matrix product fit, why, and what would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.figures.validation import PictureError, counted, real_array

ArrayShape = tuple[int, ...]
_CAREFUL = "Careful:"


@dataclass(frozen=True)
class Factor:
    """One array of the product: its name and its shape."""

    name: str
    shape: ArrayShape


@dataclass(frozen=True)
class Link:
    """Two sizes that must be equal.

    Attributes
    ----------
    first, second : int
        Which factors they belong to.
    label : str
        The two sizes, such as "3 = 3".
    fits : bool
        Whether they are equal.
    """

    first: int
    second: int
    label: str
    fits: bool


@dataclass(frozen=True)
class Product:
    """What is to be said of a product.

    Attributes
    ----------
    factors : tuple of Factor
        The matrices that are multiplied, and what is added to their product, if anything.
    links : tuple of Link
        The sizes that must be equal.
    result : tuple of int or None
        Shape that NumPy gives it; None where it raises an exception.
    words : tuple of str
        Why it fits, or what clashes and what would fit, a sentence a line.
    """

    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    result: ArrayShape | None
    words: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether it is what a layer computes, not only something that NumPy accepts."""
        careful = any(said.startswith(_CAREFUL) for said in self.words)
        return all(link.fits for link in self.links) and not careful

    @property
    def formula(self) -> str:
        """The product as NumPy code."""
        return " + ".join(
            [f"{self.factors[0].name} @ {self.factors[1].name}"]
            + [factor.name for factor in self.factors[2:]]
        )


def check_product(named: Sequence[tuple[str, Any]]) -> Product:
    """Return what is to be said of the product of two arrays, and of a third added to it."""
    if len(named) not in (2, 3):
        raise PictureError(
            "show_product takes two matrices, or two and what is added to their product: "
            f"show_product(W, A, b). It was given {len(named)}."
        )
    factors = tuple(Factor(name, _shape(value, name)) for name, value in named)
    inner, result, words = _multiplied(factors[0], factors[1])
    if len(factors) == 2:
        return Product(factors, inner, result, tuple(words))
    outer, result, more = _added(factors[0], factors[2], result)
    return Product(factors, (*inner, *outer), result, (*words, *more))


def _shape(value: Any, name: str) -> ArrayShape:
    if isinstance(value, tuple) and all(type(size) is int and size >= 0 for size in value):
        shape: ArrayShape = value
    else:
        shape = real_array(value, name).shape
    if len(shape) > 2:
        raise PictureError(f"{name} has shape {shape}: a matrix has two axes, not {len(shape)}.")
    return shape


def _multiplied(
    one: Factor, other: Factor
) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return the link between two factors, the shape of their product, and why."""
    lone = next((factor for factor in (one, other) if not factor.shape), None)
    if lone is not None:
        return (
            (Link(0, 1, "no axis", False),),
            None,
            [
                f"{lone.name} is a single number, of shape (): a matrix product needs two arrays.",
                f"Entry by entry it is written {one.name} * {other.name}.",
            ],
        )
    left, right = one.shape[-1], other.shape[0]
    fits = left == right
    link = Link(0, 1, f"{left} {'=' if fits else '≠'} {right}", fits)
    lines = f"{_side(one, -1)} {'=' if fits else '≠'} {_side(other, 0)}: {link.label}."
    if not fits:
        return (link,), None, [lines, *_remedies(one, other)]
    result = one.shape[:-1] + other.shape[1:]
    words = [lines]
    for factor, turned in ((one, "(1, -1)"), (other, "(-1, 1)")):
        if len(factor.shape) == 1:
            kind = "row" if factor is one else "column"
            words.append(
                f"{_CAREFUL} {factor.name} has one axis, and so the product loses one, too. "
                f"{factor.name}.reshape{turned} makes it a {kind}."
            )
    words.append(_outer(one, other, result))
    return (link,), result, words


def _outer(one: Factor, other: Factor, result: ArrayShape) -> str:
    if len(result) != 2:
        return f"{one.name} @ {other.name} has shape {result}."
    return (
        f"{one.name} @ {other.name} has shape {result}: the rows of {one.name}, "
        f"the columns of {other.name}."
    )


def _side(factor: Factor, axis: int) -> str:
    if len(factor.shape) == 1:
        return f"entries of {factor.name}"
    return f"{'rows' if axis == 0 else 'columns'} of {factor.name}"


def _remedies(one: Factor, other: Factor) -> Iterator[str]:
    """Yield what would fit: with one of them transposed, both, or in the other order."""
    found: dict[str, ArrayShape] = {}
    for first, second in ((one, other), (other, one)):
        for a in _turned(first):
            for b in _turned(second):
                if a.shape[-1] == b.shape[0]:
                    found.setdefault(f"{a.name} @ {b.name}", a.shape[:-1] + b.shape[1:])
        if found:
            break
    if found:
        listed = ", or ".join(f"{formula} of shape {shape}" for formula, shape in found.items())
        yield f"What would fit: {listed}."
    else:
        yield (
            "No transpose makes them fit: one of the two does not have the sizes that it should. "
            "Look where each was made."
        )


def _turned(factor: Factor) -> list[Factor]:
    if len(factor.shape) == 1:
        return [factor]
    return [factor, Factor(_transposed(factor.name), factor.shape[::-1])]


def _transposed(name: str) -> str:
    """Return the code of a transpose, `W` of `W.T`."""
    if name.endswith(".T"):
        return name.removesuffix(".T")
    return f"{name}.T" if " " not in name else f"({name}).T"


def _added(
    W: Factor, b: Factor, Z: ArrayShape | None
) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return the link between the rows of W and of b, the shape of the sum, and why."""
    n = W.shape[0] if len(W.shape) == 2 else None
    want = f"({n}, 1)"
    if n is None:
        return (), None if Z is None else _broadcast(Z, b.shape), []
    result = None if Z is None else _broadcast(Z, b.shape)
    if len(b.shape) == 2 and b.shape[0] == n:
        return _bias_of_rows(W, b, Z, result)
    if not b.shape:
        words = [f"{b.name} is a single number, added to every entry; a bias has shape {want}."]
        return (Link(0, 2, f"no axis, not {want}", False),), result, words
    if len(b.shape) == 1:
        link = Link(0, 2, f"{b.shape} is no column", False)
        words = [_one_axis(b, result, want)]
    elif b.shape[0] == 1 and b.shape[1] == n:
        link = Link(0, 2, f"{n} ≠ 1", False)
        words = [f"rows of {W.name} ≠ rows of {b.name}: {n} ≠ 1.",
                 f"{b.name} is a row; {_transposed(b.name)} has shape {want}."]  # fmt: skip
    else:
        link = Link(0, 2, f"{n} ≠ {b.shape[0]}", False)
        words = [
            f"rows of {W.name} ≠ rows of {b.name}: {n} ≠ {b.shape[0]}. {b.name} needs one row for "
            f"each row of {W.name}: shape {want}."
        ]
    if result is not None and len(b.shape) == 2:
        words.append(f"{_CAREFUL} NumPy adds it all the same, by repeating it: shape {result}.")
    return (link,), result, words


def _bias_of_rows(
    W: Factor, b: Factor, Z: ArrayShape | None, result: ArrayShape | None
) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return what is to be said where b has as many rows as W."""
    n, columns = b.shape
    words = [f"rows of {W.name} = rows of {b.name}: {n} = {n}."]
    if columns == 1:
        if Z is not None and len(Z) == 2:
            words[0] += f" Its one column is added to each of the {counted(Z[1], 'column')}."
        elif Z is not None:
            words.append(f"{_CAREFUL} {Z} + {b.shape} becomes {result}, a table of all pairs.")
        return (Link(0, 2, f"{n} = {n}", True),), result, words
    if result is None and Z is not None:
        words = [f"{b.name} has {counted(columns, 'column')}, and the product {Z[-1]}: "
                 f"{columns} ≠ {Z[-1]}."]  # fmt: skip
    words.append(
        f"A bias has one column, shape ({n}, 1): was {b.name} summed over the examples, with "
        "axis=1 and keepdims=True?"
    )
    return (Link(0, 2, f"{columns} columns, not 1", False),), result, words


def _one_axis(b: Factor, result: ArrayShape | None, want: str) -> str:
    """Return the sentence for a bias that has lost its second axis."""
    if result is None:
        said = f"{b.name} has one axis, {b.shape}: NumPy takes it for a row, and it does not fit."
    else:
        said = (
            f"{_CAREFUL} {b.name} has one axis, {b.shape}: NumPy takes it for a row and adds it "
            f"without an error, shape {result}. The numbers are wrong."
        )
    remedy = f"keepdims=True where it was summed, or {b.name}.reshape(-1, 1), gives a column"
    return f"{said} {remedy}: a bias has shape {want}."


def _broadcast(one: ArrayShape, other: ArrayShape) -> ArrayShape | None:
    """Return the shape of a sum; None where NumPy refuses it."""
    try:
        return tuple(np.broadcast_shapes(one, other))
    except ValueError:
        return None
