"""Pictures of a cost over two parameters, as a surface and as contours, with a path on it."""

from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from workbook.figures.picture import COLORS, INK, VERMILLION, Picture, style
from workbook.figures.validation import Array

_LEVELS = 14
# If costs differ by more than this factor, the scale is logarithmic.
_LOGARITHMIC = 50.0


@dataclass(frozen=True)
class Surface:
    """A cost over two parameters, and the path of training.

    Attributes
    ----------
    axes : (ndarray, ndarray)
        The values of the first and of the second parameter, of shapes (n,) and (k,).
    heights : ndarray, shape (k, n)
        The cost; NaN where it is not finite.
    path : ndarray, shape (t, 2)
        The points of the path.
    path_heights : ndarray, shape (t,)
        The cost at each point of the path.
    labels : (str, str)
        Names of the two parameters.
    title : str
        Title of the picture.
    words : str
        Text below the picture, also part of its alt text.
    """

    axes: tuple[Array, Array]
    heights: Array
    path: Array
    path_heights: Array
    labels: tuple[str, str]
    title: str
    words: str


def draw_surface(surface: Surface) -> Picture:
    """Return a picture of the surface and its contours, side by side."""
    lines = surface.words.split("\n")
    below = 0.2 * len(lines) + 0.2
    height = 4.5 + below
    with style():
        picture = Picture(figsize=(9.0, height))
        picture.alt = f"{surface.title}\n{surface.words}"
        picture.place_heading(surface.title)
        relief = picture.place_axes(
            0.0, below + 0.12, 4.5, 4.0, projection="3d", label="surface", computed_zorder=False
        )
        _relief(relief, surface)
        draw_contours(picture.place_axes(5.25, below + 0.62, 3.5, 3.3, label="contours"), surface)
        for number, line in enumerate(lines):
            picture.place_text(0.15, 4.6 + 0.2 * number, line)
    return picture


def _relief(relief: Any, surface: Surface) -> None:
    """Draw the surface, with the cost as its height, and the path on it."""
    scaled, label = _scaled(surface)
    across, along = np.meshgrid(*surface.axes)
    colors = matplotlib.colormaps[COLORS]
    relief.plot_surface(
        across, along, scaled(surface.heights), cmap=colors, rstride=1, cstride=1, alpha=0.85,
        linewidth=0.2, edgecolor=(0, 0, 0, 0.12), antialiased=True, zorder=1,
    )  # fmt: skip
    # A 3-D plot does not clip: the path is cut where it leaves the surface.
    inside = _steps_inside(surface)
    points, heights = surface.path[:inside].T, scaled(surface.path_heights[:inside])
    relief.plot(*points, heights, color="white", linewidth=3.4, zorder=5)
    relief.plot(*points, heights, color=VERMILLION, linewidth=1.8, zorder=6)
    for i, marker, _ in _ends(surface):
        relief.scatter(*points[:, i], heights[i], marker=marker, s=70, color="white",
                       edgecolor=INK, depthshade=False, zorder=7)  # fmt: skip
    relief.set_xlabel(surface.labels[0], labelpad=2, fontsize=9.5)
    relief.set_ylabel(surface.labels[1], labelpad=2, fontsize=9.5)
    relief.set_zlabel(label, labelpad=1, fontsize=9.5)
    relief.tick_params(labelsize=8, pad=0)
    for axis in (relief.xaxis, relief.yaxis, relief.zaxis):
        axis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
    relief.view_init(elev=34, azim=-58)
    # Slightly smaller than its axes, or the labels would be cut off.
    relief.set_box_aspect((1, 1, 0.72), zoom=0.94)


def draw_contours(axes: Axes, surface: Surface, has_legend: bool = True) -> None:
    """Draw the contours of the cost, and the path over them."""
    draw_ground(axes, surface)
    draw_path(axes, surface, has_legend)


def draw_ground(axes: Axes, surface: Surface) -> None:
    """Draw the contours of the cost."""
    known = surface.heights[np.isfinite(surface.heights)]
    levels = _levels(known)
    axes.contourf(*surface.axes, surface.heights, levels=levels, cmap=COLORS,
                  norm=matplotlib.colors.BoundaryNorm(levels, 256), extend="both")  # fmt: skip
    axes.contour(*surface.axes, surface.heights, levels=levels, colors=INK, linewidths=0.4)
    xlim, ylim = (values[[0, -1]] for values in surface.axes)
    axes.set(xlim=xlim, ylim=ylim, xlabel=surface.labels[0], ylabel=surface.labels[1])
    axes.tick_params(labelsize=8.5)


def draw_path(axes: Axes, surface: Surface, has_legend: bool = True) -> list[Artist]:
    """Draw the path on the contours, and return what it is drawn with."""
    inside = _steps_inside(surface)
    # One more step shows where the path leaves; later steps would only cover the picture.
    points = surface.path[: inside + 1]
    marker = "." if len(points) <= 120 else ""
    drawn: list[Artist] = [
        *axes.plot(*points.T, color="white", linewidth=3.4, zorder=4),
        *axes.plot(*points.T, color=VERMILLION, linewidth=1.6, marker=marker, markersize=6,
                   zorder=5, label="path"),
    ]  # fmt: skip
    for i, sign, name in _ends(surface):
        drawn.append(axes.scatter(points[i, 0], points[i, 1], marker=sign, s=80, color="white",
                                  edgecolor=INK, zorder=6, label=name))  # fmt: skip
    if has_legend:
        drawn.append(axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=9,
                                 borderaxespad=0.2))  # fmt: skip
    return drawn


def _ends(surface: Surface) -> list[tuple[int, str, str]]:
    """Return index, marker and name of the path's start, and of its end if that is inside."""
    ends = [(0, "o", "start"), (-1, "*", "end")]
    return ends if _steps_inside(surface) == len(surface.path) else ends[:1]


def _steps_inside(surface: Surface) -> int:
    """Return the number of points on the path before it first leaves the surface."""
    x, y = surface.path.T
    (left, right), (low, high) = ((values[0], values[-1]) for values in surface.axes)
    inside = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    return len(inside) if inside.all() else int(np.argmin(inside))


def _scaled(surface: Surface) -> tuple[Any, str]:
    """Return the function from cost to height, and the label of the axis."""
    known = surface.heights[np.isfinite(surface.heights)]
    if known.min() > 0 and known.max() > _LOGARITHMIC * known.min():
        return np.log10, "log10 of the cost J"
    return lambda heights: heights, "cost J"


def _levels(known: Array) -> Array:
    """Return the costs of the contours, which are closer together near the minimum."""
    low, high = float(known.min()), float(known.max())
    if high - low <= 1e-12 * max(abs(high), 1e-300):
        half = 0.5 * abs(low) or 0.5
        return np.linspace(low - half, low + half, _LEVELS)
    return low + (high - low) * np.linspace(0, 1, _LEVELS) ** 2.5
