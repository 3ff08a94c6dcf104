"""Numbers on a square as colours, drawn pixel by pixel: several times as fast as `imshow`."""

from functools import lru_cache
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from workbook.figures.picture import COLORS
from workbook.figures.validation import Array


class PlaneMap(Artist):
    """Squares of axes, each with a map: numbers from 0 to 1 on a grid, as colours.

    Parameters
    ----------
    axes : Axes
        Where they are drawn.
    squares : sequence of (float, float, float)
        The left and the lower edge of each square and its side, in the data of the axes.

    Attributes
    ----------
    maps : list of (ndarray, shape (side, side)) or None
        The map of each square, the lowest row first. A square without one is grey; where a number
        is not finite, the whole square is.
    """

    def __init__(self, axes: Axes, squares: Any) -> None:
        super().__init__()
        self._squares = np.array(squares, float)
        self.maps: list[Array | None] = [None] * len(self._squares)
        axes.add_artist(self)

    def draw(self, renderer: Any) -> None:
        """Draw all squares."""
        assert self.axes is not None
        low = self.axes.transData.transform(self._squares[:, :2]).round()
        high = self.axes.transData.transform(self._squares[:, :2] + self._squares[:, 2:]).round()
        context = renderer.new_gc()
        for (x, y), (right, _), values in zip(low, high, self.maps, strict=True):
            renderer.draw_image(context, x, y, _coloured(values, int(right - x)))
        context.restore()


def _coloured(values: Array | None, side: int) -> NDArray[np.uint8]:
    """Return a map as so many pixels a side, with linear values between the points of its grid."""
    if values is None or not np.isfinite(values).all():
        return np.tile(np.array((200, 200, 200, 255), np.uint8), (side, side, 1))
    between = _between(len(values), side)
    shades = 256 * (between @ values @ between.T)
    found: NDArray[np.uint8] = _colours()[np.clip(shades, 0, 255).astype(np.uint8)]
    return found


@lru_cache(maxsize=16)
def _between(points: int, side: int) -> Array:
    """Return the shares of the points of a line in each pixel of it, shape (side, points)."""
    middles = (np.arange(side) + 0.5) / side * (points - 1)
    return np.array([np.interp(middles, range(points), one) for one in np.eye(points)]).T


@lru_cache(maxsize=1)
def _colours() -> NDArray[np.uint8]:
    colours = matplotlib.colormaps[COLORS](np.arange(256))
    found: NDArray[np.uint8] = (255 * np.array(colours) + 0.5).astype(np.uint8)
    return found
