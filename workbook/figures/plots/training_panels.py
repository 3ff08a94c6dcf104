"""Panels of a training that moves: the decision boundary among the points, and the cost so far."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from workbook.figures.picture import BLUE, INK, VERMILLION
from workbook.figures.plots.plane_map import PlaneMap
from workbook.figures.validation import Array

#: The plane reaches from minus to plus this value, in both directions.
EDGE = 2.3
_MOST_COSTS = 400
_TICKS = (-2, -1, 0, 1, 2)
# The lowest height of the cost's axis; it grows in large steps, for each new height redraws all.
_HEIGHT = 0.75


def plane_points(side: int) -> Array:
    """Return the points of a grid on the plane as columns.

    Parameters
    ----------
    side : int
        Points along each side.

    Returns
    -------
    ndarray, shape (2, side * side)
    """
    along = np.linspace(-EDGE, EDGE, side)
    return np.stack([values.ravel() for values in np.meshgrid(along, along)])


class BoundaryPanel:
    """The plane with the points of two classes, and what the network answers on it.

    Parameters
    ----------
    axes : Axes
        Where it is drawn.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._boundary: list[Artist] = []

    def set_up(
        self,
        X: Array,
        Y: Array,
        has_legend: bool = True,
        held_out: tuple[Array, Array] | None = None,
    ) -> None:
        """Draw what does not move, for points X, shape (2, m), with the classes Y, shape (1, m).

        Points that are held out are small. Without the legend, the numbers and names of the axes
        are left out as well.
        """
        axes = self._axes
        axes.clear()
        self._boundary = []
        self._answers = PlaneMap(axes, [(-EDGE, -EDGE, 2 * EDGE)])
        self._scatters = []
        for label, marker, face, edge in ((0, "o", "white", INK), (1, "^", INK, "white")):
            look: dict[str, Any] = {
                "marker": marker,
                "facecolor": face,
                "edgecolor": edge,
                "linewidths": 0.6,
            }
            of_class = X[:, Y[0] == label]
            points = axes.scatter(of_class[0], of_class[1], s=24, label=f"Y = {label}", **look)
            self._scatters.append(points)
            if held_out is not None:
                kept = held_out[0][:, held_out[1][0] == label]
                self._scatters.append(axes.scatter(kept[0], kept[1], s=9, **look))
        axes.plot([], [], color=INK, linewidth=1.6, label="AL = 0.5, the boundary")
        ticks = _TICKS if has_legend else ()
        axes.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xticks=ticks, yticks=ticks)
        if has_legend:
            axes.set_xlabel("first input", labelpad=2)
            axes.set_ylabel("second input", labelpad=0)
            axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=3, fontsize=9,
                        columnspacing=1.2, handletextpad=0.4)  # fmt: skip
        self._title = axes.set_title("", loc="left")

    def update(self, answers: Array, right: float) -> None:
        """Show the answers on a grid, shape (side, side), and the share of points that are right.

        Answers that are not finite leave the plane grey; the points stay visible.
        """
        for artist in self._boundary:
            artist.remove()
        self._boundary = []
        self._answers.maps = [answers]
        if np.isfinite(answers).all() and answers.min() < 0.5 < answers.max():
            along = np.linspace(-EDGE, EDGE, len(answers))
            # A black line with a white edge is visible on dark and on bright colours.
            for color, width in (("white", 3.2), (INK, 1.6)):
                contour = self._axes.contour(
                    along, along, answers, levels=[0.5], colors=color, linewidths=width
                )
                contour.set_animated(True)
                self._boundary.append(contour)
        share = "" if np.isnan(right) else f": {right:.1%} right"
        self._title.set_text(f"Decision boundary{share}")

    def show_map(self, values: Array, title: str) -> None:
        """Show what one unit answers on a grid, shape (side, side), between 0 and 1."""
        self.update(np.full_like(values, np.nan), float("nan"))
        self._answers.maps = [values]
        self._title.set_text(title)

    def moving(self) -> list[Artist]:
        """Return the moving artists in the order in which they are drawn."""
        spines = [self._axes.spines[name] for name in ("left", "bottom")]
        return [self._answers, *self._boundary, *self._scatters, *spines, self._title]


class CostPanel:
    """The cost before each step so far.

    Parameters
    ----------
    axes : Axes
        Where it is drawn.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes

    def set_up(self, steps: int, highest: float) -> None:
        """Draw what does not move: the axes for so many steps and so high a cost."""
        axes = self._axes
        axes.clear()
        (self._line,) = axes.plot([], [], color=BLUE, linewidth=1.8)
        (self._held,) = axes.plot([], [], color=VERMILLION, linewidth=1.6, linestyle="--")
        axes.set(xlim=(0, steps), ylim=(0, 1.05 * highest))
        axes.set_xlabel("step", labelpad=2)
        axes.set_ylabel("cost")
        axes.axhline(np.log(2), color=INK, linewidth=0.8, linestyle=":")
        axes.text(0.99, np.log(2) + 0.01 * highest, "log 2: every answer is 0.5", ha="right",
                  fontsize=8.5, transform=axes.get_yaxis_transform())  # fmt: skip
        self._title = axes.set_title("", loc="left")

    def update(
        self, costs: Sequence[float] | Array, held_out: Sequence[tuple[int, float]] = ()
    ) -> None:
        """Show these costs, the last one in the title, and those of the points held out."""
        shown = np.unique(np.linspace(0, len(costs) - 1, min(len(costs), _MOST_COSTS)).astype(int))
        self._line.set_data(shown, [costs[i] for i in shown])
        said = f"Cost: {costs[-1]:.4f}" if len(costs) else "Cost"
        if held_out:
            self._held.set_data(*zip(*held_out, strict=True))
            said += f"\nheld out (dashed): {held_out[-1][1]:.4f}"
        self._title.set_text(said)

    def moving(self) -> list[Artist]:
        """Return the moving artists in the order in which they are drawn."""
        return [self._line, self._held, self._title]


def height(costs: Any) -> float:
    """Return a height of the cost's axis that holds all of the costs that are finite."""
    found = np.asarray(costs)
    highest = _HEIGHT
    while highest < np.max(found[np.isfinite(found)], initial=0.0):
        highest *= 2
    return highest
