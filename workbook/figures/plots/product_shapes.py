"""Shapes of a matrix product: whether they fit, why, and what would fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from workbook.course.words import counted
from workbook.figures.validation import PictureError, real_array

ArrayShape = tuple[int, ...]
_WARNING = "Careful:"


@dataclass(frozen=True)
class Operand:
    """One array of the product, with its name and its shape."""

    name: str
    shape: ArrayShape


@dataclass(frozen=True)
class EqualSizes:
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
    factors : tuple of Operand
        The two matrices, and the array that is added to their product, if any.
    links : tuple of EqualSizes
        The sizes that must be equal.
    result : tuple of int or None
        Shape that NumPy gives it; None if NumPy raises an exception.
    words : tuple of str
        Sentences that say why the shapes fit, or what clashes and what would fit.
    """

    factors: tuple[Operand, ...]
    links: tuple[EqualSizes, ...]
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
        first, second, *added = (factor.name for factor in self.factors)
        return " + ".join([f"{first} @ {second}", *added])


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
    factors = tuple(Operand(name, _shape(value, name)) for name, value in named)
    link, result, words = _multiply(*factors[:2])
    if len(factors) == 2:
        return Product(factors, (link,), result, tuple(words))
    W, _, b = factors
    total = None if result is None else _broadcast(result, b.shape)
    if len(W.shape) != 2:
        return Product(factors, (link,), total, tuple(words))
    bias, more = _add(W, b, result, total)
    return Product(factors, (link, bias), total, (*words, *more))


def _shape(value: Any, name: str) -> ArrayShape:
    if isinstance(value, tuple) and all(type(size) is int and size >= 0 for size in value):
        shape: ArrayShape = value
    else:
        shape = real_array(value, name).shape
    if len(shape) > 2:
        raise PictureError(f"{name} has shape {shape}: a matrix has two axes, not {len(shape)}.")
    return shape


def _multiply(one: Operand, other: Operand) -> tuple[EqualSizes, ArrayShape | None, list[str]]:
    """Return the link between two factors, the shape of their product, and the reasons."""
    lone = next((factor for factor in (one, other) if not factor.shape), None)
    if lone is not None:
        words = [
            f"{lone.name} is a single number, of shape (): a matrix product needs two arrays.",
            f"Entry by entry it is written {one.name} * {other.name}.",
        ]
        return EqualSizes(0, 1, "no axis", False), None, words
    left, right = one.shape[-1], other.shape[0]
    fits = left == right
    sign = "=" if fits else "≠"
    link = EqualSizes(0, 1, f"{left} {sign} {right}", fits)
    words = [f"{_axis_name(one, -1)} {sign} {_axis_name(other, 0)}: {link.label}."]
    if not fits:
        return link, None, [*words, _remedy(one, other)]
    result = one.shape[:-1] + other.shape[1:]
    for factor, turned, kind in ((one, "(1, -1)", "row"), (other, "(-1, 1)", "column")):
        if len(factor.shape) == 1:
            words.append(
                f"{_WARNING} {factor.name} has one axis, and so the product loses one, too. "
                f"{factor.name}.reshape{turned} makes it a {kind}."
            )
    sizes = f": the rows of {one.name}, the columns of {other.name}" if len(result) == 2 else ""
    words.append(f"{one.name} @ {other.name} has shape {result}{sizes}.")
    return link, result, words


def _axis_name(factor: Operand, axis: int) -> str:
    if len(factor.shape) == 1:
        return f"entries of {factor.name}"
    return f"{'rows' if axis == 0 else 'columns'} of {factor.name}"


def _remedy(one: Operand, other: Operand) -> str:
    """Return the products that would fit, with one or both transposed or in the other order."""
    for factors in ((one, other), (other, one)):
        fitting = dict.fromkeys(
            f"{a.name} @ {b.name} of shape {a.shape[:-1] + b.shape[1:]}"
            for a, b in product(*map(_with_transpose, factors))
            if a.shape[-1] == b.shape[0]
        )
        if fitting:
            return f"What would fit: {', or '.join(fitting)}."
    return (
        "No transpose makes them fit: one of the two does not have the sizes that it should "
        "have. Look at the lines that made them."
    )


def _with_transpose(factor: Operand) -> list[Operand]:
    if len(factor.shape) == 1:
        return [factor]
    return [factor, Operand(_transposed(factor.name), factor.shape[::-1])]


def _transposed(name: str) -> str:
    """Return the code of a transpose: `W.T` for `W`, and `W` for `W.T`."""
    if name.endswith(".T"):
        return name.removesuffix(".T")
    return f"{name}.T" if " " not in name else f"({name}).T"


def _add(
    W: Operand, b: Operand, Z: ArrayShape | None, result: ArrayShape | None
) -> tuple[EqualSizes, list[str]]:
    """Return the link between the rows of W and b, and the reasons.

    Z is the shape of the product, and ``result`` the shape of its sum with b.
    """
    n = W.shape[0]
    want = f"({n}, 1)"
    if not b.shape:
        words = [f"{b.name} is a single number, added to every entry; a bias has shape {want}."]
        return EqualSizes(0, 2, f"no axis, not {want}", False), words
    if len(b.shape) == 1:
        return EqualSizes(0, 2, f"{b.shape} is no column", False), [
            _one_axis_sentence(b, result, want)
        ]
    if b.shape[0] == n:
        return _bias_of_rows(W, b, Z, result)
    link = EqualSizes(0, 2, f"{n} ≠ {b.shape[0]}", False)
    words = [f"rows of {W.name} ≠ rows of {b.name}: {link.label}."]
    if b.shape == (1, n):
        words.append(f"{b.name} is a row; {_transposed(b.name)} has shape {want}.")
    elif Z is None and b.shape[0] == W.shape[1]:
        # Only the matrix is wrong, and mending it mends this, too.
        words[0] += f" {_transposed(W.name)} has as many rows as {b.name}."
    else:
        words[0] += f" {b.name} needs one row for each row of {W.name}: shape {want}."
    if result is not None:
        words.append(f"{_WARNING} NumPy adds it anyway, by repeating it: shape {result}.")
    return link, words


def _bias_of_rows(
    W: Operand, b: Operand, Z: ArrayShape | None, result: ArrayShape | None
) -> tuple[EqualSizes, list[str]]:
    """Return the link and the reasons for a bias that has as many rows as W."""
    n, columns = b.shape
    words = [f"rows of {W.name} = rows of {b.name}: {n} = {n}."]
    if columns == 1:
        if Z is not None and len(Z) == 2:
            words[0] += f" Its one column is added to each of the {counted(Z[1], 'column')}."
        elif Z is not None:
            words.append(f"{_WARNING} {Z} + {b.shape} becomes {result}, a table of all pairs.")
        return EqualSizes(0, 2, f"{n} = {n}", True), words
    if result is None and Z is not None:
        clash = f"{columns} ≠ {Z[-1]}"
        words = [f"{b.name} has {counted(columns, 'column')}, and the product {Z[-1]}: {clash}."]
    words.append(
        f"A bias has one column, shape ({n}, 1): was {b.name} summed over the examples, with "
        "axis=1 and keepdims=True?"
    )
    return EqualSizes(0, 2, f"{columns} columns, not 1", False), words


def _one_axis_sentence(b: Operand, result: ArrayShape | None, want: str) -> str:
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
