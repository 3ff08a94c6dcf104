"""`decision_boundary(...)`: where the network's answer passes 0.5, as training moves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.lines import Line2D

from workbook.figures.picture import COLORS, GREY, INK, SCREEN_DPI, Picture, style
from workbook.figures.plots.learner_calls import forward_outputs
from workbook.figures.validation import (
    Array,
    Parameters,
    PictureError,
    checked_history,
    checked_inputs,
    checked_labels,
    checked_parameters,
    counted,
    evenly_spaced,
)

#: More moments than this are too small to be seen.
MOST_MOMENTS = 9
# Points a side of the grid on which the network answers, finest first, and how long they may take.
_GRIDS, _SECONDS = (120, 60, 30), 1.5
_MOST_POINTS = 1500
_COLUMNS = 3
_LEVELS = np.linspace(0, 1, 11)


@dataclass(frozen=True)
class Moment:
    """The network at one moment of training.

    Attributes
    ----------
    title : str
        Which moment it is.
    answers : ndarray, shape (n, n)
        AL on the grid, row by row from the smallest second input.
    right : float
        Share of the examples that are answered rightly.
    """

    title: str
    answers: Array
    right: float

    @property
    def has_boundary(self) -> bool:
        """Whether some answers are above 0.5 and some below."""
        return bool(self.answers.min() < 0.5 < self.answers.max())


def decision_boundary(
    parameters: Any,
    X: Any,
    Y: Any,
    forward: Callable[..., Any],
    iterations: Sequence[int] | None = None,
    resolution: int | None = None,
) -> Picture:
    """Draw the examples, the network's answer around them, and the boundary between 0 and 1.

    Parameters
    ----------
    parameters : dict, or list of dict
        The parameters of the network, or a list of them at several moments of training, which are
        drawn side by side.
    X : ndarray, shape (2, m)
        The examples, one a column: only two inputs can be drawn.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    forward : callable
        Your ``L_model_forward``: ``forward(X, parameters)`` returns ``(AL, caches)``, or ``AL``.
    iterations : list of int, optional
        Which iteration each moment was; without it the moments are counted from 0.
    resolution : int, optional
        Points a side at which the network is asked; without it as many as take little time.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If something cannot be drawn; the sentence says what and where.
    """
    one = isinstance(parameters, Mapping)
    moments = [checked_parameters(parameters)] if one else checked_history(parameters, "parameters")
    X = checked_inputs(X, moments[0])
    if X.shape[0] != 2:
        raise PictureError(
            f"a boundary can be drawn for two inputs only: X has {counted(X.shape[0], 'row')}, "
            "one for each input."
        )
    Y = checked_labels(Y, X.shape[1])
    titles = [""] if one else _titles(len(moments), iterations)
    chosen = evenly_spaced(len(moments), MOST_MOMENTS)
    axis_1, axis_2 = _grid(X, resolution or _affordable(forward, moments[0], X, len(chosen)))
    grid = np.stack([values.ravel() for values in np.meshgrid(axis_1, axis_2)])
    found = []
    for number in chosen:
        answers, _ = forward_outputs(forward, np.hstack([grid, X]), moments[number])
        _look_at(answers)
        right = float(np.mean((answers[:, grid.shape[1] :] > 0.5) == (Y == 1)))
        shown = answers[0, : grid.shape[1]].reshape(len(axis_2), len(axis_1))
        found.append(Moment(titles[number], shown, right))
    return _drawn(found, (axis_1, axis_2), X, Y, len(moments))


def _titles(count: int, iterations: Sequence[int] | None) -> list[str]:
    if iterations is None:
        return [f"moment {number}" for number in range(count)]
    if len(iterations) != count:
        raise PictureError(
            f"iterations names {counted(len(iterations), 'moment')}, but there "
            f"{'is' if count == 1 else 'are'} {counted(count, 'dictionary', 'dictionaries')} of "
            "parameters."
        )
    return [f"iteration {number}" for number in iterations]


def _grid(X: Array, points: int) -> tuple[Array, Array]:
    """Return the places on each axis at which the network is asked, a little beyond X."""
    low, high = X.min(axis=1), X.max(axis=1)
    # One example, or all in a row, have no extent of their own.
    beyond = 0.12 * np.where(high > low, high - low, np.maximum(np.abs(high), 1.0))
    return (
        np.linspace(low[0] - beyond[0], high[0] + beyond[0], points),
        np.linspace(low[1] - beyond[1], high[1] + beyond[1], points),
    )


def _affordable(forward: Callable[..., Any], parameters: Parameters, X: Array, moments: int) -> int:
    """Return how fine a grid takes little time, with a forward function that may well be slow."""
    probe = np.resize(X, (2, _GRIDS[-1] ** 2))
    begin = perf_counter()
    forward_outputs(forward, probe, parameters)
    seconds = (perf_counter() - begin) * moments
    fitting = (n for n in _GRIDS if seconds * n**2 / _GRIDS[-1] ** 2 < _SECONDS)
    return next(fitting, _GRIDS[-1])


def _look_at(answers: Array) -> None:
    low, high = float(answers.min()), float(answers.max())
    if low < 0 or high > 1:
        raise PictureError(
            f"the answers AL lie between {low:.4g} and {high:.4g}; those of a sigmoid lie between "
            "0 and 1. Does the last layer end with the sigmoid?"
        )


def _drawn(
    moments: Sequence[Moment], grid: tuple[Array, Array], X: Array, Y: Array, count: int
) -> Picture:
    columns = min(len(moments), _COLUMNS)
    rows = -(-len(moments) // columns)
    side = 4.4 if columns == 1 else 2.15
    width, height = 0.8 + columns * (side + 0.25) + 0.95, rows * (side + 0.62) + 0.8
    with style():
        picture = Picture(figsize=(width, height), dpi=SCREEN_DPI)
        picture.alt = _words(moments, X.shape[1], count)
        for number, moment in enumerate(moments):
            row, column = divmod(number, columns)
            place = (
                (0.8 + column * (side + 0.25)) / width,
                (height - 0.5 - side - row * (side + 0.62)) / height,
                side / width, side / height,
            )  # fmt: skip
            axes = picture.add_axes(place, label=moment.title or "boundary")
            _panel(axes, moment, grid, X, Y)
            axes.tick_params(labelsize=8.5, length=2)
            if column:
                axes.set_yticklabels([])
            else:
                axes.set_ylabel("second input")
            if number + columns >= len(moments):
                axes.set_xlabel("first input")
            else:
                axes.set_xticklabels([])
        bar = picture.add_axes(((width - 0.95) / width, 0.92 / height, 0.14 / width,
                                1 - 1.42 / height), label="<colorbar>")  # fmt: skip
        picture.colorbar(ScalarMappable(cmap=COLORS), cax=bar, label="AL, the network's answer")
        picture.legend(handles=_signs(), loc="lower center", ncols=3, columnspacing=1.5)
    return picture


def _panel(axes: Axes, moment: Moment, grid: tuple[Array, Array], X: Array, Y: Array) -> None:
    axes.contourf(*grid, moment.answers, levels=_LEVELS, cmap=COLORS, vmin=0, vmax=1)
    if moment.has_boundary:
        # White around black is seen on the dark and on the bright side.
        for color, width in (("white", 3.6), (INK, 1.8)):
            axes.contour(*grid, moment.answers, levels=[0.5], colors=color, linewidths=width)
    shown = slice(None, None, -(-X.shape[1] // _MOST_POINTS))
    size = 26 if X.shape[1] <= 200 else 10
    for answer, marker, face, edge in ((0, "o", "white", INK), (1, "^", INK, "white")):
        at = X[:, Y[0] == answer][:, shown]
        axes.scatter(at[0], at[1], s=size, marker=marker, facecolor=face, edgecolor=edge,
                     linewidths=0.7, zorder=3, label=f"Y = {answer}")  # fmt: skip
    said = f"{100 * moment.right:.0f}% right{'' if moment.has_boundary else ', no boundary'}"
    axes.set_title(f"{moment.title}: {said}" if moment.title else said, loc="left", fontsize=10.5)


def _signs() -> list[Line2D]:
    """Return what the legend explains."""
    mark: Any = {"linestyle": "none", "markersize": 6}
    return [
        Line2D([], [], marker="o", markerfacecolor="white", markeredgecolor=INK, label="Y = 0",
               **mark),
        Line2D([], [], marker="^", markerfacecolor=INK, markeredgecolor=GREY, label="Y = 1",
               **mark),
        Line2D([], [], color=INK, linewidth=1.8, label="AL = 0.5, the boundary"),
    ]  # fmt: skip


def _words(moments: Sequence[Moment], m: int, count: int) -> str:
    lines = [f"Decision boundary of a network with two inputs, and {counted(m, 'example')}."]
    if len(moments) < count:
        lines.append(f"{len(moments)} of {count} moments are drawn.")
    for moment in moments:
        where = (
            ""
            if moment.has_boundary
            else "; there is no boundary here: all answers are on one side"
        )
        lines.append(f"{moment.title or 'Now'}: {100 * moment.right:.0f}% right{where}.")
    return "\n".join(lines)
