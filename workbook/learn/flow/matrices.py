"""Arrays as short, aligned text with few digits; of a large array, only some entries."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.text import aligned

#: An array of any type, as a learner may give or return it.
Array = NDArray[Any]

_GAP = "..."
_MOST_ROWS = 6
#: A matrix is shown with so many columns where there is room.
MOST_COLUMNS = 6


@dataclass(frozen=True)
class Grid:
    """The entries of an array as text.

    Attributes
    ----------
    rows : tuple of tuple of str
        The entries, row by row; ``...`` stands for entries that are left out.
    row_indices, column_indices : tuple of str
        Indices of these rows and columns.
    factor : str
        Common power of ten of all entries, such as ``1e-05``; empty if there is none.
    cut : bool
        Whether entries are left out.
    """

    rows: tuple[tuple[str, ...], ...]
    row_indices: tuple[str, ...]
    column_indices: tuple[str, ...]
    factor: str
    cut: bool


def grid(array: Array, columns: int = MOST_COLUMNS, like: Array | None = None) -> Grid:
    """Return an array as text.

    Parameters
    ----------
    array : ndarray
        The array; more than two axes are flattened into rows. Masked entries are shown as ``-``.
    columns : int
        Largest number of columns.
    like : ndarray, optional
        Array that determines the digits, so that two arrays can be compared side by side.
    """
    matrix = np.atleast_2d(array) if array.ndim < 3 else array.reshape(-1, array.shape[-1])
    exponent, decimals = _digits(array if like is None else like)
    which_rows, which_columns = _kept(matrix.shape[0], _MOST_ROWS), _kept(matrix.shape[1], columns)
    text = tuple(
        tuple(
            _GAP if i is None or j is None else _entry(matrix[i, j], exponent, decimals)
            for j in which_columns
        )
        for i in which_rows
    )
    return Grid(
        text,
        tuple(_GAP if i is None else str(i) for i in which_rows),
        tuple(_GAP if j is None else str(j) for j in which_columns),
        f"1e{exponent:+03d}" if exponent else "",
        None in which_rows or None in which_columns,
    )


def lines(shown: Grid) -> list[str]:
    """Return a grid as lines of text with aligned columns."""
    if not shown.rows or not shown.rows[0]:
        return ["(no entries)"]
    return aligned(shown.rows, ">")


def range_and_mean(array: Array) -> str:
    """Return the range and the mean of an array in words."""
    finite = array[np.isfinite(array)]
    if not finite.size:
        return "no finite entry"
    low, high, mean = map(four_digits, (finite.min(), finite.max(), finite.mean()))
    text = f"from {low} to {high}, mean {mean}"
    lost = array.size - finite.size
    return f"{text}; {lost} not finite" if lost else text


def four_digits(value: float) -> str:
    """Return a number with four significant digits."""
    return f"{value:.4g}"


def _digits(array: Array) -> tuple[int, int]:
    """Return the common power of ten of an array, and the number of decimals."""
    if array.dtype.kind in "biu":
        return 0, 0
    values = np.abs(np.ma.compressed(array))
    finite = values[np.isfinite(values)]
    largest = float(finite.max(initial=0.0))
    if largest == 0 or (largest < 1e4 and bool(np.all(finite == np.round(finite)))):
        return 0, 0
    exponent = math.floor(math.log10(largest))
    return (0, 3 - exponent) if -1 <= exponent <= 3 else (exponent, 3)


def _entry(value: Any, exponent: int, decimals: int) -> str:
    if value is np.ma.masked:
        return "-"
    if not np.isfinite(value):
        return str(float(value))
    # A float cannot hold the power of ten of its smallest numbers.
    text = f"{float(value) * 10.0 ** min(-exponent, 300):.{decimals}f}"
    return text.lstrip("-") if not float(text) else text


def _kept(size: int, most: int) -> list[int | None]:
    """Return the indices of the rows or columns to show; None stands for those left out."""
    if size <= most:
        return list(range(size))
    return [*range(most - 2), None, size - 1]
