"""`cost_surface(...)`: the cost of the learner's network over two directions of its parameters."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from workbook.course.words import counted
from workbook.figures import validation
from workbook.figures.picture import Picture
from workbook.figures.plots.learner_calls import call_error, forward_outputs, function_name
from workbook.figures.plots.surface_drawing import Surface, draw_surface
from workbook.figures.validation import Array, Parameters, PictureError

# Grid points per side, finest first; seconds that a grid should take, and may take at most.
_GRIDS, _SECONDS, _MOST_SECONDS = (41, 31, 21, 13), 2.5, 20.0
# With more moments than this, the points of the path would cover each other.
_MOST_MOMENTS = 200
# A copy of a long history of a large network would not fit into memory.
_MOST_NUMBERS = 10_000_000
_ENTRY = re.compile(r"([Wb][1-9][0-9]*)\[([0-9]+), ?([0-9]+)\]")


@dataclass(frozen=True)
class Plane:
    """A plane in the space of all n parameters.

    Attributes
    ----------
    origin : ndarray, shape (n,)
        The point at coordinates (0, 0): the parameters at the last moment.
    directions : ndarray, shape (2, n)
        Two orthogonal unit vectors that span the plane.
    offset : ndarray, shape (2,)
        Added to the coordinates in the picture, so that a chosen parameter shows its own value.
    labels : (str, str)
        Names of the directions.
    """

    origin: Array
    directions: Array
    offset: Array
    labels: tuple[str, str]


def cost_surface(
    snapshots: Any,
    X: Any,
    Y: Any,
    forward: Callable[..., Any],
    cost: Callable[..., Any],
    along: Sequence[str] | None = None,
    resolution: int | None = None,
) -> Picture:
    """Draw the cost of your own network over two directions, with the path of training.

    In all other directions the parameters stay as they were at the last moment. The path is
    projected onto the plane; the picture says how much of the movement this shows.

    Parameters
    ----------
    snapshots : list of dict
        The parameters at several moments of training, as ``update_parameters`` returned them.
    X : ndarray, shape (n_x, m)
        The examples, one a column.
    Y : ndarray, shape (1, m)
        The right answers, each 0 or 1.
    forward : callable
        Your ``L_model_forward``: ``forward(X, parameters)`` returns ``(AL, caches)``, or ``AL``.
    cost : callable
        Your ``compute_cost``: ``cost(AL, Y)`` returns a number.
    along : sequence of two str, optional
        Two parameters, such as ``("W1[0, 0]", "W2[0, 1]")``. By default, the two directions in
        which training moved most (the principal components of its path).
    resolution : int, optional
        Points per side at which the cost is computed; by default, as many as take little time.

    Returns
    -------
    Picture
        A matplotlib figure: the surface, and its contours beside it.

    Raises
    ------
    PictureError
        If something cannot be drawn; the message says what and where.
    """
    moments = validation.checked_history(snapshots)
    X = validation.checked_inputs(X, moments[0])
    Y = validation.checked_labels(Y, X.shape[1])
    size = sum(value.size for value in moments[0].values())
    most = min(_MOST_MOMENTS, max(3, _MOST_NUMBERS // size))
    moments = [moments[i] for i in validation.evenly_spaced(len(moments), most)]
    flat = np.stack([_flat(moment) for moment in moments])
    plane = _principal_plane(flat) if along is None else _plane_of_two(along, moments[-1])
    cost_at = _cost_function(moments[-1], X, Y, forward, cost)
    points = resolution or _finest_grid(cost_at, flat[-1], len(moments))
    path = (flat - plane.origin) @ plane.directions.T
    axes = _axes(path, points, along is None)
    heights = np.array([[cost_at(_point(plane, x, y)) for x in axes[0]] for y in axes[1]])
    if not np.isfinite(heights).any():
        raise PictureError(
            "the cost is not finite anywhere around the path: look at AL and log(0)."
        )
    on_path = np.array([cost_at(_point(plane, x, y)) for x, y in path])
    shown = Surface(
        (axes[0] + plane.offset[0], axes[1] + plane.offset[1]),
        np.where(np.isfinite(heights), heights, np.nan), path + plane.offset, on_path, plane.labels,
        "The cost of your network, and the path of training",
        _description(flat, path, heights, on_path),
    )  # fmt: skip
    return draw_surface(shown)


def _flat(parameters: Parameters) -> Array:
    return np.concatenate([value.ravel() for value in parameters.values()])


def _cost_function(
    example: Parameters, X: Array, Y: Array, forward: Callable[..., Any], cost: Callable[..., Any]
) -> Callable[[Array], float]:
    """Return a function of all parameters, as one array of shape (n,), that gives the cost."""
    # The first call checks the answer thoroughly; the thousand calls that follow do not.
    forward_outputs(forward, X, example)
    name = function_name(cost, "cost")
    shapes = {key: value.shape for key, value in example.items()}
    ends = np.cumsum([value.size for value in example.values()])[:-1]

    def cost_at(row: Array) -> float:
        pieces = np.split(row, ends)
        parameters = {
            key: piece.reshape(shape)
            for (key, shape), piece in zip(shapes.items(), pieces, strict=True)
        }
        try:
            # A cost of log(0) makes a hole in the surface, not a warning.
            with np.errstate(all="ignore"):
                answer = forward(X, parameters)
                found = cost(answer[0] if isinstance(answer, tuple) else answer, Y)
        except Exception as error:
            raise call_error(name, "AL, Y", error) from error
        value = validation.real_array(found, f"what {name} returns")
        if value.size != 1:
            raise PictureError(f"{name} must return one number; it has shape {value.shape}.")
        return float(value.reshape(()))

    return cost_at


def _principal_plane(flat: Array) -> Plane:
    """Return the plane in which the path moved most; ``flat`` has one row for each moment."""
    moved = flat - flat[-1]
    _, sizes, directions = np.linalg.svd(moved, full_matrices=False)
    if not sizes.size or sizes[0] == 0:
        raise PictureError(
            "the parameters in history never change, so there is no path to draw. Give several "
            'moments of training, or two parameters such as along=("W1[0, 0]", "W1[0, 1]").'
        )
    if len(sizes) < 2 or sizes[1] < 1e-9 * sizes[0]:
        raise PictureError(
            f"the {counted(len(flat), 'moment')} of history lie on one line, and a surface "
            "needs two directions. Give more moments, or two parameters such as "
            'along=("W1[0, 0]", "W1[0, 1]").'
        )
    # The sign of a singular vector is arbitrary: let the path start at the lower left.
    signs = np.where((moved[0] @ directions[:2].T) > 0, -1.0, 1.0)
    names = "first principal direction", "second principal direction"
    return Plane(flat[-1], directions[:2] * signs[:, None], np.zeros(2), names)


def _plane_of_two(along: Sequence[str], last: Parameters) -> Plane:
    """Return the plane of two parameters that the learner named."""
    if isinstance(along, str) or len(along) != 2 or along[0] == along[1]:
        raise PictureError(
            'along takes two different parameters, such as ("W1[0, 0]", "W1[0, 1]").'
        )
    origin = _flat(last)
    directions, offset = np.zeros((2, origin.size)), np.zeros(2)
    keys = list(last)
    for i, name in enumerate(along):
        found = _ENTRY.fullmatch(name) if isinstance(name, str) else None
        if found is None or found[1] not in last:
            raise PictureError(
                f"along names {name!r}; write a parameter as W1[0, 0]: one of {keys[0]}, ..., "
                f"{keys[-1]}, with its row and its column."
            )
        array, at = last[found[1]], (int(found[2]), int(found[3]))
        if at[0] >= array.shape[0] or at[1] >= array.shape[1]:
            raise PictureError(f"along names {name}, but {found[1]} has shape {array.shape}.")
        unit = {key: np.zeros_like(value) for key, value in last.items()}
        unit[found[1]][at] = 1.0
        directions[i], offset[i] = _flat(unit), array[at]
    return Plane(origin, directions, offset, (along[0], along[1]))


def _point(plane: Plane, x: float, y: float) -> Array:
    found: Array = plane.origin + x * plane.directions[0] + y * plane.directions[1]
    return found


def _axes(path: Array, points: int, same_scale: bool) -> tuple[Array, Array]:
    """Return the coordinates of the grid, which covers the path and a margin around it."""
    low, high = path.min(axis=0), path.max(axis=0)
    span = high - low
    # A direction without movement is shown as far as the other direction, or by 1.
    least = 0.4 * span.max() if same_scale else np.where(span > 0, span, span.max() or 1.0)
    half = 0.5 * np.maximum(span, least) * 1.5
    middle = (low + high) / 2
    first, second = (np.linspace(m - h, m + h, points) for m, h in zip(middle, half, strict=True))
    return first, second


def _finest_grid(cost_at: Callable[[Array], float], row: Array, moments: int) -> int:
    """Return the points per side of the finest grid that takes little time."""
    begin = perf_counter()
    cost_at(row)
    seconds = perf_counter() - begin
    coarsest = seconds * (_GRIDS[-1] ** 2 + moments)
    if coarsest > _MOST_SECONDS:
        raise PictureError(
            f"one forward pass and its cost take {seconds:.2g} seconds, and a surface needs "
            f"{_GRIDS[-1] ** 2} of them. Give fewer examples, such as X[:, :200] and Y[:, :200]."
        )
    fitting = (n for n in _GRIDS if seconds * (n**2 + moments) < _SECONDS)
    return next(fitting, _GRIDS[-1])


def _description(flat: Array, path: Array, heights: Array, on_path: Array) -> str:
    moved = flat - flat[-1]
    total = float(np.sum(moved**2))
    lines = [
        f"The cost on the path goes from {on_path[0]:.4g} to {on_path[-1]:.4g}, over "
        f"{counted(len(path), 'moment')}."
    ]
    if total:
        share = 100 * float(np.sum(path**2)) / total
        lines.append(f"These two directions show {share:.0f}% of the path's movement (squared).")
    lost = int((~np.isfinite(heights)).sum())
    if lost:
        lines.append(
            f"At {lost} of {heights.size} points the cost is not finite: they are left blank."
        )
    return "\n".join(lines)
