"""Heat maps of arrays side by side, each as large as its shape requires."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes

from workbook.figures.picture import COLORS, GREY, INK, Picture, style
from workbook.figures.plots.named_arrays import NamedArray
from workbook.figures.validation import Array

_WIDTH = 9.0
# A matrix with at most this many rows and columns has its numbers in the cells.
_MOST_NUMBERED = 12
# Inches: a cell with a number in it; the longer and the shorter side of a larger matrix.
_CELL_WIDTH, _CELL_HEIGHT = 0.64, 0.36
_LONGEST, _SHORTEST = 3.4, 0.4
# Margins of a heat map in inches: row numbers, colour bar, column numbers, a line of text.
_LEFT, _RIGHT, _BELOW, _LINE = 0.62, 0.95, 0.62, 0.2
# A matrix with more rows or columns than this is drawn as means of blocks.
_FINEST = 400
# More markers than this would cover each other.
_MOST_MARKERS = 300


@dataclass(frozen=True)
class _Panel:
    """One array with its text, and the size of its heat map in inches."""

    item: NamedArray
    lines: tuple[str, ...]
    width: float
    height: float

    @property
    def slot(self) -> tuple[float, float]:
        """Width and height of the heat map with its text and its colour bar."""
        words = max(len(line) for line in self.lines) * 0.083 + 0.2
        across = _LEFT + self.width + _RIGHT
        return max(across, words), self.height + _BELOW + _LINE * len(self.lines) + 0.15


def draw_heat_maps(items: Sequence[NamedArray], words: Sequence[str], more: int) -> Picture:
    """Return a picture of arrays side by side.

    Parameters
    ----------
    items : sequence of NamedArray
        The arrays.
    words : sequence of str
        Description of the picture, line by line.
    more : int
        Number of arrays that are left out.
    """
    rows = _rows([_panel(item) for item in items])
    heights = [max(panel.slot[1] for panel in row) for row in rows]
    width = min(_WIDTH, max(sum(panel.slot[0] for panel in row) for row in rows))
    with style():
        picture = Picture(figsize=(width, sum(heights) + (0.3 if more else 0.0)))
        picture.alt = "\n".join(words)
        down = 0.0
        for row, height in zip(rows, heights, strict=True):
            left = 0.0
            for panel in row:
                _draw_panel(picture, panel, left, down)
                left += panel.slot[0]
            down += height
        if more:
            picture.place_text(0.1, down + 0.2, words[-1], va="baseline", color=GREY)
    return picture


def _panel(item: NamedArray) -> _Panel:
    """Return an array with its text and the size of its heat map."""
    lines = [item.name, *item.what.replace(": ", "\n").split("\n")]
    lines += [part for part in (item.range, *item.warnings) if part]
    rows, columns = _as_matrix(item.values).shape
    longest = max(rows, columns)
    if longest <= _MOST_NUMBERED:
        size = max(columns, 1) * _CELL_WIDTH, max(rows, 1) * _CELL_HEIGHT
    else:
        scale = _LONGEST / longest
        size = max(columns * scale, _SHORTEST), max(rows * scale, _SHORTEST)
    if longest > _FINEST:
        down, across = -(-rows // _FINEST), -(-columns // _FINEST)
        lines.append(f"each point: the mean of {down} by {across} entries")
    return _Panel(item, tuple(lines), *size)


def _rows(panels: Sequence[_Panel]) -> list[list[_Panel]]:
    """Distribute the panels over rows that are no wider than the picture."""
    rows: list[list[_Panel]] = [[]]
    for panel in panels:
        if rows[-1] and sum(one.slot[0] for one in rows[-1]) + panel.slot[0] > _WIDTH:
            rows.append([])
        rows[-1].append(panel)
    return rows


def _as_matrix(values: Array | None) -> Array:
    """Return the matrix that is drawn for an array; an array with one axis becomes a row."""
    if values is None:
        return np.empty((0, 0))
    while values.ndim > 2:
        values = values[0] if len(values) else np.empty((0, 0))
    return np.atleast_2d(values)


def _draw_panel(picture: Picture, panel: _Panel, left: float, down: float) -> None:
    """Draw a heat map with its text, its upper left corner in inches from that of the picture."""
    for number, line in enumerate(panel.lines):
        look: dict[str, Any] = {"fontsize": 9.5, "color": GREY}
        if number == 0:
            look = {"fontsize": 11, "color": INK, "weight": "bold"}
        picture.place_text(left + 0.1, down + 0.15 + number * _LINE, line, **look)
    text = 0.2 + len(panel.lines) * _LINE
    bottom = picture.get_figheight() - down - text - panel.height
    left += _LEFT
    axes = picture.place_axes(left, bottom, panel.width, panel.height, label=panel.item.name)
    values = _as_matrix(panel.item.values)
    if not values.size:
        axes.set(xticks=[], yticks=[])
        axes.text(0.5, 0.5, "empty" if panel.item.values is not None else "?", ha="center",
                  va="center", transform=axes.transAxes, color=GREY)  # fmt: skip
        for spine in axes.spines.values():
            spine.set(visible=True, linestyle="--", color=GREY)
        return
    limits = _limits(reduced(values))
    _cells(axes, values, limits, 0 if panel.item.values is None else panel.item.values.ndim)
    if limits[0] < limits[1]:
        bar = picture.place_axes(
            left + panel.width + 0.12, bottom, 0.13, panel.height, label="<colorbar>"
        )
        picture.colorbar(axes.images[0], cax=bar)
        _bar_ticks(bar, limits, panel.height)


def _limits(values: Array) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def _bar_ticks(bar: Axes, limits: tuple[float, float], height: float) -> None:
    """Label the smallest and the largest number on a colour bar, and 0 between them."""
    low, high = limits
    ticks = [low, high]
    # 0 separates the signs; it is left out where its label would touch the others.
    if min(-low, high) > 0.2 * (high - low) and height > 0.7:
        ticks.insert(1, 0.0)
    bar.set_yticks(ticks, [f"{tick:.3g}" for tick in ticks])
    bar.tick_params(labelsize=8.5, length=2)


def _cells(axes: Axes, values: Array, limits: tuple[float, float], axis_count: int) -> None:
    rows, columns = values.shape
    shown = reduced(values)
    colors = matplotlib.colormaps[COLORS].with_extremes(bad="white")
    low, high = limits if limits[0] < limits[1] else (limits[0] - 1, limits[0] + 1)
    axes.imshow(
        np.ma.masked_invalid(shown), cmap=colors, vmin=low, vmax=high, aspect="auto",
        interpolation="nearest", extent=(-0.5, columns - 0.5, rows - 0.5, -0.5),
    )  # fmt: skip
    for spine in axes.spines.values():
        spine.set(visible=True, linewidth=0.8, linestyle=":" if axis_count == 1 else "-")
    _ticks(axes, rows, columns, axis_count)
    if max(rows, columns) <= _MOST_NUMBERED:
        _numbers(axes, values, (low, high))
        return
    for marker, is_kind in (("x", np.isnan), ("^", np.isposinf), ("v", np.isneginf)):
        found = np.argwhere(is_kind(values))
        if len(found):
            # Of many entries, only some are marked, evenly spaced.
            at = found[:: -(-len(found) // _MOST_MARKERS)]
            axes.scatter(at[:, 1], at[:, 0], marker=marker, s=22, color=INK, linewidths=1.0,
                         edgecolors="white" if marker != "x" else None)  # fmt: skip


def _ticks(axes: Axes, rows: int, columns: int, axis_count: int) -> None:
    for axis, count, name in ((axes.xaxis, columns, "column"), (axes.yaxis, rows, "row")):
        step = 1 if count <= _MOST_NUMBERED else max(1, count - 1)
        ticks = list(range(0, count, step))
        if axis_count == 0 or (axis_count == 1 and name == "row"):
            ticks = []
        axis.set_ticks(ticks)
        if ticks:
            axis.set_label_text(name if axis_count > 1 else "index")
            axis.label.set(fontsize=9, color=GREY)
        axis.set_tick_params(labelsize=8.5, length=0, pad=3)


def _numbers(axes: Axes, values: Array, limits: tuple[float, float]) -> None:
    colors = matplotlib.colormaps[COLORS]
    low, high = limits
    for (row, column), value in np.ndenumerate(values):
        color, weight = INK, "bold"
        if np.isfinite(value):
            red, green, blue, _ = colors((value - low) / (high - low))
            bright = 0.299 * red + 0.587 * green + 0.114 * blue
            color, weight = INK if bright > 0.45 else "white", "normal"
        axes.text(column, row, _short(value), ha="center", va="center", fontsize=8.5,
                  weight=weight, color=color)  # fmt: skip


def _short(value: float) -> str:
    """Return a number in at most eight characters, which fit into a cell."""
    written = (f"{value:.3g}", f"{value:.2g}")
    return next((text for text in written if len(text) <= 8), f"{value:.0e}")


def reduced(values: Array) -> Array:
    """Return a matrix that is small enough to be drawn: the means of blocks of its entries.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        The matrix.

    Returns
    -------
    ndarray
        At most 400 rows and columns. A mean is over the finite entries of its block; a block
        without any is NaN.
    """
    rows, columns = values.shape
    if max(rows, columns) <= _FINEST:
        return values
    finite = np.isfinite(values)
    starts = [np.arange(0, count, -(-count // _FINEST)) for count in (rows, columns)]

    def sums(of: Array) -> Array:
        rows = np.add.reduceat(of, starts[0], axis=0)
        return np.asarray(np.add.reduceat(rows, starts[1], axis=1))

    counts = sums(finite.astype(np.float64))
    with np.errstate(invalid="ignore"):
        return sums(np.where(finite, values, 0.0)) / counts
