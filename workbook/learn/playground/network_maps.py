"""The network as a picture: each unit with its own map of the plane, each weight as a line."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from workbook.figures.picture import BLUE, INK, VERMILLION
from workbook.figures.plots.plane_map import PlaneMap
from workbook.figures.validation import Array

#: A unit: the number of its layer, 0 for the inputs, and its number in the layer, from 0.
Unit = tuple[int, int]

# Sizes in inches of the picture.
_MARGIN, _LARGEST_TILE = 0.45, 0.44
# A weight of this size, and of every larger one, has the widest line, in points.
_LARGE, _WIDEST, _THINNEST = 3.0, 4.5, 0.3
_DASHED = (0, (2.2, 0.9))


class NetworkMaps:
    """The units of a network with what each answers on the plane, and its weights.

    Parameters
    ----------
    axes : Axes
        Where it is drawn.
    size : (float, float)
        Width and height of the axes in inches.
    """

    def __init__(self, axes: Axes, size: tuple[float, float]) -> None:
        self._axes, self._size = axes, size

    def set_up(self, layers: Sequence[int]) -> None:
        """Draw what does not move for a network with so many units in each layer."""
        axes, (width, height) = self._axes, self._size
        axes.clear()
        axes.set_axis_off()
        axes.set(xlim=(0, width), ylim=(0, height))
        low, high = 0.28, height - 0.3
        self._tile = min(_LARGEST_TILE, 0.86 * (high - low) / max(layers))
        self._at: dict[Unit, tuple[float, float]] = {}
        last = len(layers) - 1
        for layer, units in enumerate(layers):
            x = _MARGIN + (width - 2 * _MARGIN) * layer / last
            for unit in range(units):
                y = high - (unit + 0.5) * (high - low) / units
                self._at[layer, unit] = (x, y)
            name = "inputs" if not layer else "output" if layer == last else f"hidden {layer}"
            axes.text(x, height - 0.12, name, ha="center", va="center", fontsize=9)
        half = self._tile / 2
        self._tiles = PlaneMap(axes, [(x - half, y - half, self._tile)
                                      for x, y in self._at.values()])  # fmt: skip
        self._tiles.set_zorder(2)
        self._lines = LineCollection(self._ends(layers), capstyle="butt", zorder=1)
        self._signs: NDArray[np.bool_] | None = None
        axes.add_collection(self._lines)
        side = self._tile + 0.05
        self._frame = Rectangle((0, 0), side, side, fill=False, edgecolor=INK, lw=2.5, zorder=3)
        axes.add_patch(self._frame)
        axes.text(
            _MARGIN - self._tile / 2, 0.08, "a blue line is a positive weight, a dashed one is "
            "negative; a thick line is a large weight", fontsize=9, va="center",
        )  # fmt: skip

    def _ends(self, layers: Sequence[int]) -> list[Any]:
        """Return both ends of each weight's line, in the order of the entries of W1, W2, ..."""
        half = self._tile / 2
        ends = []
        for layer, (before, after) in enumerate(pairwise(layers)):
            for two in range(after):
                for one in range(before):
                    (x0, y0), (x1, y1) = self._at[layer, one], self._at[layer + 1, two]
                    ends.append([(x0 + half, y0), (x1 - half, y1)])
        return ends

    def update(
        self, maps: Mapping[Unit, Array], parameters: Mapping[str, Array], chosen: Unit
    ) -> None:
        """Show the units' maps, the weights, and a frame around the chosen unit.

        Parameters
        ----------
        maps : mapping of Unit to ndarray, shape (side, side)
            What a unit answers on the plane, from 0 to 1; a unit without a map is grey.
        parameters : mapping of str to ndarray
            ``W1``, ``W2`` and so on.
        chosen : Unit
            The unit that is framed.
        """
        names = sorted((key for key in parameters if key.startswith("W")), key=lambda k: int(k[1:]))
        weights = np.concatenate([parameters[name].ravel() for name in names])
        share = np.minimum(np.abs(weights) / _LARGE, 1.0)
        self._lines.set_linewidth(_THINNEST + (_WIDEST - _THINNEST) * share)
        signs = weights >= 0
        if self._signs is None or not np.array_equal(signs, self._signs):
            # Many lines take their time, and signs change seldom.
            self._lines.set_color([BLUE if is_positive else VERMILLION for is_positive in signs])
            self._lines.set_linestyle(["-" if is_positive else _DASHED for is_positive in signs])
            self._signs = signs
        self._tiles.maps = [maps.get(unit) for unit in self._at]
        x, y = self._at[chosen]
        half = self._tile / 2 + 0.025
        self._frame.set_xy((x - half, y - half))

    def unit_at(self, x: float, y: float) -> Unit | None:
        """Return the unit at a place of the axes, in inches from its lower left corner."""
        half = self._tile / 2
        for unit, (across, up) in self._at.items():
            if abs(x - across) <= half and abs(y - up) <= half:
                return unit
        return None

    def moving(self) -> list[Artist]:
        """Return the moving artists in the order in which they are drawn."""
        return [self._lines, self._tiles, self._frame]


def from_0_to_1(values: Array) -> Array:
    """Return a unit's answers from 0 for its lowest to 1 for its highest; 0.5 if all are equal."""
    low, high = float(np.min(values)), float(np.max(values))
    # Of numbers that are not finite there is no map, and nothing to warn of.
    with np.errstate(all="ignore"):
        return (values - low) / (high - low) if high != low else np.full_like(values, 0.5)
