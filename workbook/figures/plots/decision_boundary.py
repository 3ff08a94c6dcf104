"""`decision_boundary(...)`: the line on which the network answers 0.5, at moments of training."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.lines import Line2D

from workbook.course.words import counted
from workbook.figures import validation
from workbook.figures.picture import COLORS, GREY, INK, Picture, style
from workbook.figures.plots.learner_calls import forward_outputs
from workbook.figures.validation import Array, Parameters, PictureError

#: Panels for more moments than this would be too small.
MOST_MOMENTS = 9
# Grid points per side, finest first, and the seconds that all answers may take.
_GRIDS, _SECONDS = (120, 60, 30), 1.5
_MOST_POINTS = 1500
_COLUMNS = 3
_LEVELS = np.linspace(0, 1, 11)


@dataclass(frozen=True)
class NetworkMoment:
    """The network at one moment of training.

    Attributes
    ----------
    title : str
        Name of the moment, such as "iteration 100".
    answers : ndarray, shape (n, n)
        AL on the grid, row by row from the smallest second input.
    right : float
        Share of the examples with a right answer, from 0 to 1.
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
    """Draw the examples, the network's answers around them, and the boundary between 0 and 1.

    Parameters
    ----------
    parameters : dict, or list of dict
        The parameters of the network, or a list of them at several moments of training; the moments
        are drawn side by side.
    X : ndarray, shape (2, m)
        The examples as columns; only two inputs can be drawn.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    forward : callable
        Your ``L_model_forward``: ``forward(X, parameters)`` returns ``(AL, caches)``, or ``AL``.
    iterations : list of int, optional
        The iteration of each moment; by default, the moments are counted from 0.
    resolution : int, optional
        Grid points per side; by default, as many as take little time.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If something cannot be drawn; the message says what and where.
    """
    one = isinstance(parameters, Mapping)
    if one:
        moments = [validation.checked_parameters(parameters)]
    else:
        moments = validation.checked_history(parameters, "parameters")
    X = validation.checked_inputs(X, moments[0])
    if X.shape[0] != 2:
        raise PictureError(
            f"a decision boundary needs two inputs: X has {counted(X.shape[0], 'row')}, "
            "one for each input."
        )
    Y = validation.checked_labels(Y, X.shape[1])
    titles = [""] if one else _titles(len(moments), iterations)
    chosen = validation.evenly_spaced(len(moments), MOST_MOMENTS)
    axes = _grid(X, resolution or _finest_grid(forward, moments[0], X, len(chosen)))
    grid = np.stack([values.ravel() for values in np.meshgrid(*axes)])
    found = []
    for number in chosen:
        answers, _ = forward_outputs(forward, np.hstack([grid, X]), moments[number])
        _check_range(answers)
        right = float(np.mean((answers[:, grid.shape[1] :] > 0.5) == (Y == 1)))
        shown = answers[0, : grid.shape[1]].reshape(len(axes[1]), len(axes[0]))
        found.append(NetworkMoment(titles[number], shown, right))
    return _draw(found, axes, X, Y, len(moments))


def _titles(count: int, iterations: Sequence[int] | None) -> list[str]:
    validation.check_iterations(iterations, count)
    if iterations is None:
        return [f"moment {number}" for number in range(count)]
    return [f"iteration {number}" for number in iterations]


def _grid(X: Array, points: int) -> tuple[Array, Array]:
    """Return the coordinates of the grid on each axis, a little beyond the examples."""
    low, high = X.min(axis=1), X.max(axis=1)
    # Along an axis on which all examples are equal, the margin depends on their value.
    margin = 0.12 * np.where(high > low, high - low, np.maximum(np.abs(high), 1.0))
    first, second = np.linspace(low - margin, high + margin, points, axis=1)
    return first, second


def _finest_grid(
    forward: Callable[..., Any], parameters: Parameters, X: Array, moments: int
) -> int:
    """Return the points per side of the finest grid that takes little time."""
    probe = np.resize(X, (2, _GRIDS[-1] ** 2))
    begin = perf_counter()
    forward_outputs(forward, probe, parameters)
    seconds = (perf_counter() - begin) * moments
    fitting = (n for n in _GRIDS if seconds * n**2 / _GRIDS[-1] ** 2 < _SECONDS)
    return next(fitting, _GRIDS[-1])


def _check_range(answers: Array) -> None:
    low, high = float(answers.min()), float(answers.max())
    if low < 0 or high > 1:
        raise PictureError(
            f"the answers AL lie between {low:.4g} and {high:.4g}; a sigmoid gives values between "
            "0 and 1. Does the last layer end with the sigmoid?"
        )


def _draw(
    moments: Sequence[NetworkMoment], grid: tuple[Array, Array], X: Array, Y: Array, count: int
) -> Picture:
    columns = min(len(moments), _COLUMNS)
    rows = -(-len(moments) // columns)
    side = 4.4 if columns == 1 else 2.15
    width, height = 0.8 + columns * (side + 0.25) + 0.95, rows * (side + 0.62) + 0.8
    with style():
        picture = Picture(figsize=(width, height))
        picture.alt = _description(moments, X.shape[1], count)
        for number, moment in enumerate(moments):
            row, column = divmod(number, columns)
            left, low = 0.8 + column * (side + 0.25), height - 0.5 - side - row * (side + 0.62)
            axes = picture.place_axes(left, low, side, side, label=moment.title or "boundary")
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
        bar = picture.place_axes(width - 0.95, 0.92, 0.14, height - 1.42, label="<colorbar>")
        picture.colorbar(ScalarMappable(cmap=COLORS), cax=bar, label="AL, the network's answer")
        picture.legend(handles=_legend(), loc="lower center", ncols=3, columnspacing=1.5)
    return picture


def _panel(
    axes: Axes, moment: NetworkMoment, grid: tuple[Array, Array], X: Array, Y: Array
) -> None:
    axes.contourf(*grid, moment.answers, levels=_LEVELS, cmap=COLORS, vmin=0, vmax=1)
    if moment.has_boundary:
        # A black line with a white edge is visible on dark and on bright colours.
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


def _legend() -> list[Line2D]:
    """Return the entries of the legend."""
    mark: Any = {"linestyle": "none", "markersize": 6}
    return [
        Line2D([], [], marker="o", markerfacecolor="white", markeredgecolor=INK, label="Y = 0",
               **mark),
        Line2D([], [], marker="^", markerfacecolor=INK, markeredgecolor=GREY, label="Y = 1",
               **mark),
        Line2D([], [], color=INK, linewidth=1.8, label="AL = 0.5, the boundary"),
    ]  # fmt: skip


def _description(moments: Sequence[NetworkMoment], m: int, count: int) -> str:
    lines = [f"Decision boundary of a network with two inputs, and {counted(m, 'example')}."]
    if len(moments) < count:
        lines.append(f"{len(moments)} of {count} moments are drawn.")
    for moment in moments:
        where = "" if moment.has_boundary else "; no boundary: all answers are on one side"
        lines.append(f"{moment.title or 'Now'}: {100 * moment.right:.0f}% right{where}.")
    return "\n".join(lines)
