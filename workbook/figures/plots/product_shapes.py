"""Shapes of a matrix product: whether they fit, why, and what would fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.figures.validation import PictureError, counted, real_array

ArrayShape = tuple[int, ...]
_WARNING = "Careful:"


@dataclass(frozen=True)
class Factor:
    """One array of the product, with its name and its shape."""

    name: str
    shape: ArrayShape


@dataclass(frozen=True)
class Link:
    """Two sizes that must be equal.

    Attributes
    ----------
    first, second : int
        Indices of the factors that they belong to.
    label : str
        Both sizes, such as "3 = 3".
    fits : bool
        Whether the sizes are equal.
    """

    first: int
    second: int
    label: str
    fits: bool


@dataclass(frozen=True)
class Product:
    """A matrix product, and whether its shapes fit.

    Attributes
    ----------
    factors : tuple of Factor
        The two matrices, and the array that is added to their product, if any.
    links : tuple of Link
        The sizes that must be equal.
    result : tuple of int or None
        Shape that NumPy gives it; None if NumPy raises an exception.
    words : tuple of str
        Sentences that say why the shapes fit, or what clashes and what would fit.
    """

    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    result: ArrayShape | None
    words: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether a layer computes this product, and not only NumPy accepts it."""
        careful = any(said.startswith(_WARNING) for said in self.words)
        return all(link.fits for link in self.links) and not careful

    @property
    def formula(self) -> str:
        """The product as NumPy code."""
        return " + ".join(
            [f"{self.factors[0].name} @ {self.factors[1].name}"]
            + [factor.name for factor in self.factors[2:]]
        )


def check_product(named: Sequence[tuple[str, Any]]) -> Product:
    """Return the product of two arrays, with a third one added to it if there are three.

    Parameters
    ----------
    named : sequence of (str, array_like or tuple of int)
        Names with the arrays or their shapes.

    Raises
    ------
    PictureError
        If there are not two or three, or one of them is not an array of at most two axes.
    """
    if len(named) not in (2, 3):
        raise PictureError(
            "show_product takes two matrices, or two matrices and an array that is added to their "
            f"product: show_product(W, A, b). It was given {len(named)}."
        )
    factors = tuple(Factor(name, _shape(value, name)) for name, value in named)
    inner, result, words = _multiply(factors[0], factors[1])
    if len(factors) == 2:
        return Product(factors, inner, result, tuple(words))
    outer, result, more = _add(factors[0], factors[2], result)
    return Product(factors, (*inner, *outer), result, (*words, *more))


def _shape(value: Any, name: str) -> ArrayShape:
    if isinstance(value, tuple) and all(type(size) is int and size >= 0 for size in value):
        shape: ArrayShape = value
    else:
        shape = real_array(value, name).shape
    if len(shape) > 2:
        raise PictureError(f"{name} has shape {shape}: a matrix has two axes, not {len(shape)}.")
    return shape


def _multiply(one: Factor, other: Factor) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return the link between two factors, the shape of their product, and the reasons."""
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
    lines = f"{_axis_name(one, -1)} {'=' if fits else '≠'} {_axis_name(other, 0)}: {link.label}."
    if not fits:
        return (link,), None, [lines, *_remedies(one, other)]
    result = one.shape[:-1] + other.shape[1:]
    words = [lines]
    for factor, turned in ((one, "(1, -1)"), (other, "(-1, 1)")):
        if len(factor.shape) == 1:
            kind = "row" if factor is one else "column"
            words.append(
                f"{_WARNING} {factor.name} has one axis, and so the product loses one, too. "
                f"{factor.name}.reshape{turned} makes it a {kind}."
            )
    words.append(_product_sentence(one, other, result))
    return (link,), result, words


def _product_sentence(one: Factor, other: Factor, result: ArrayShape) -> str:
    if len(result) != 2:
        return f"{one.name} @ {other.name} has shape {result}."
    return (
        f"{one.name} @ {other.name} has shape {result}: the rows of {one.name}, "
        f"the columns of {other.name}."
    )


def _axis_name(factor: Factor, axis: int) -> str:
    if len(factor.shape) == 1:
        return f"entries of {factor.name}"
    return f"{'rows' if axis == 0 else 'columns'} of {factor.name}"


def _remedies(one: Factor, other: Factor) -> Iterator[str]:
    """Yield the products that would fit, with one or both transposed or in the other order."""
    found: dict[str, ArrayShape] = {}
    for first, second in ((one, other), (other, one)):
        for a in _with_transpose(first):
            for b in _with_transpose(second):
                if a.shape[-1] == b.shape[0]:
                    found.setdefault(f"{a.name} @ {b.name}", a.shape[:-1] + b.shape[1:])
        if found:
            break
    if found:
        listed = ", or ".join(f"{formula} of shape {shape}" for formula, shape in found.items())
        yield f"What would fit: {listed}."
    else:
        yield (
            "No transpose makes them fit: one of the two does not have the sizes that it should "
            "have. Look at the lines that made them."
        )


def _with_transpose(factor: Factor) -> list[Factor]:
    if len(factor.shape) == 1:
        return [factor]
    return [factor, Factor(_transposed(factor.name), factor.shape[::-1])]


def _transposed(name: str) -> str:
    """Return the code of a transpose: `W.T` for `W`, and `W` for `W.T`."""
    if name.endswith(".T"):
        return name.removesuffix(".T")
    return f"{name}.T" if " " not in name else f"({name}).T"


def _add(
    W: Factor, b: Factor, Z: ArrayShape | None
) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return the link between the rows of W and b, the shape of the sum, and the reasons."""
    n = W.shape[0] if len(W.shape) == 2 else None
    want = f"({n}, 1)"
    result = None if Z is None else _broadcast(Z, b.shape)
    if n is None:
        return (), result, []
    if len(b.shape) == 2 and b.shape[0] == n:
        return _bias_of_rows(W, b, Z, result)
    if not b.shape:
        words = [f"{b.name} is a single number, added to every entry; a bias has shape {want}."]
        return (Link(0, 2, f"no axis, not {want}", False),), result, words
    if len(b.shape) == 1:
        link = Link(0, 2, f"{b.shape} is no column", False)
        words = [_one_axis_sentence(b, result, want)]
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
        words.append(f"{_WARNING} NumPy adds it anyway, by repeating it: shape {result}.")
    return (link,), result, words


def _bias_of_rows(
    W: Factor, b: Factor, Z: ArrayShape | None, result: ArrayShape | None
) -> tuple[tuple[Link, ...], ArrayShape | None, list[str]]:
    """Return link, shape and reasons for a bias that has as many rows as W."""
    n, columns = b.shape
    words = [f"rows of {W.name} = rows of {b.name}: {n} = {n}."]
    if columns == 1:
        if Z is not None and len(Z) == 2:
            words[0] += f" Its one column is added to each of the {counted(Z[1], 'column')}."
        elif Z is not None:
            words.append(f"{_WARNING} {Z} + {b.shape} becomes {result}, a table of all pairs.")
        return (Link(0, 2, f"{n} = {n}", True),), result, words
    if result is None and Z is not None:
        words = [f"{b.name} has {counted(columns, 'column')}, and the product {Z[-1]}: "
                 f"{columns} ≠ {Z[-1]}."]  # fmt: skip
    words.append(
        f"A bias has one column, shape ({n}, 1): was {b.name} summed over the examples, with "
        "axis=1 and keepdims=True?"
    )
    return (Link(0, 2, f"{columns} columns, not 1", False),), result, words


def _one_axis_sentence(b: Factor, result: ArrayShape | None, want: str) -> str:
    """Return the sentence for a bias with a single axis."""
    if result is None:
        said = f"{b.name} has one axis, {b.shape}: NumPy takes it for a row, and it does not fit."
    else:
        said = (
            f"{_WARNING} {b.name} has one axis, {b.shape}: NumPy takes it for a row and adds it "
            f"without an error, shape {result}. The numbers are wrong."
        )
    remedy = f"keepdims=True in the sum, or {b.name}.reshape(-1, 1), gives a column"
    return f"{said} {remedy}: a bias has shape {want}."


def _broadcast(one: ArrayShape, other: ArrayShape) -> ArrayShape | None:
    """Return the shape of a sum, or None if NumPy refuses to broadcast."""
    try:
        return tuple(np.broadcast_shapes(one, other))
    except ValueError:
        return None
