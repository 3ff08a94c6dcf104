"""A panel with a small network: its units, and its weights as lines of a width and a colour."""

from itertools import pairwise

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from workbook.figures.picture import BLUE, INK, VERMILLION
from workbook.figures.validation import Array

# A weight of this size, and of every larger one, has the widest line, in points.
_LARGE, _WIDEST, _THINNEST = 3.0, 6.0, 0.4
_LAYERS = ("inputs", "hidden units", "output")


class NetworkPanel:
    """The units of a network with one hidden layer, and a line for each weight.

    Parameters
    ----------
    axes : Axes
        Where it is drawn.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._units: list[Artist] = []

    def set_up(self, units: int) -> None:
        """Draw the network with this number of hidden units."""
        axes = self._axes
        axes.clear()
        axes.set_axis_off()
        axes.set(xlim=(-0.3, 2.3), ylim=(-0.06, 1.06))
        self._units = []
        ends = [self._column(0, ("x1", "x2")), self._column(1, ("",) * units)]
        ends.append(self._column(2, ("AL",)))
        self._lines = [
            [self._line(one, two) for one in before]
            for before, after in pairwise(ends)
            for two in after
        ]
        for x, name in enumerate(_LAYERS):
            axes.text(x, 1.08, name, ha="center", fontsize=9)
        axes.set_title("The network and its weights", loc="left", pad=24)
        kinds = ((BLUE, "-", "positive"), (VERMILLION, "--", "negative"))
        for color, dashes, name in kinds:
            axes.plot([], [], color=color, linestyle=dashes, linewidth=2.5, label=name)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=2, fontsize=9,
                    handlelength=3.0, title="a thick line is a large weight",
                    title_fontsize=9)  # fmt: skip

    def _column(self, x: float, names: tuple[str, ...]) -> list[tuple[float, float]]:
        """Draw the units of a layer, and return where they are."""
        many = len(names)
        places = [(x, 1 - (number + 0.5) / many) for number in range(many)]
        size = 430 if many <= 3 else 190
        across, up = zip(*places, strict=True)
        units = self._axes.scatter(across, up, s=size, facecolor="white", edgecolor=INK,
                                   linewidth=1.2, zorder=3)  # fmt: skip
        self._units.append(units)
        for (_, y), name in zip(places, filter(None, names), strict=False):
            text = self._axes.text(x, y, name, ha="center", va="center", fontsize=9, zorder=4)
            self._units.append(text)
        return places

    def _line(self, start: tuple[float, float], end: tuple[float, float]) -> Line2D:
        (line,) = self._axes.plot(*zip(start, end, strict=True), solid_capstyle="butt")
        return line

    def update(self, first: Array, second: Array) -> None:
        """Show the weights of the hidden and of the output layer, a row for each unit.

        The last column of each, the biases, is not drawn.
        """
        for row, weights in zip(self._lines, (*first, *second), strict=True):
            for line, weight in zip(row, weights, strict=False):
                share = min(abs(float(weight)) / _LARGE, 1.0)
                line.set_linewidth(_THINNEST + (_WIDEST - _THINNEST) * share)
                line.set_color(BLUE if weight >= 0 else VERMILLION)
                line.set_linestyle("-" if weight >= 0 else (0, (2.2, 0.9)))

    def moving(self) -> list[Artist]:
        """Return the moving artists in the order in which they are drawn."""
        return [*(line for row in self._lines for line in row), *self._units]
