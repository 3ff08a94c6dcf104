"""`partial_slider()`: a bowl of two weights, and its slope in the direction of each."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist

from workbook.figures.picture import BLUE, COLORS, INK, VERMILLION, Picture, style
from workbook.figures.plots.descent import bowl_cost
from workbook.figures.redrawn import Redrawn
from workbook.figures.sliders.box import SliderBox, number_in, with_sliders
from workbook.figures.sliders.slope import push

_NO_WIDGETS = (
    "Without widgets there are no sliders here. partial_slider(2, -1) in a cell draws the slopes "
    "at w1 = 2, w2 = -1."
)
_MOST = (4.0, 2.0)
_NAMES, _COLOURS = ("w1", "w2"), (BLUE, VERMILLION)
_PUSH = 0.1


def partial_slider(w1: float = 3.0, w2: float = 1.0) -> SliderBox | Picture:
    """Show the bowl J(w1, w2) = (w1² + 8 w2²) / 2 with its two slopes, and sliders for the point.

    Parameters
    ----------
    w1, w2 : float
        The first point; w1 from -4 to 4, w2 from -2 to 2.

    Returns
    -------
    SliderBox or Picture
        The sliders, or a picture if there are no widgets.

    Raises
    ------
    PictureError
        If w1 or w2 is not a number within its range.
    """
    numbers = [
        (name, number_in(name, value, -most, most), -most, most, 0.1)
        for name, value, most in zip(_NAMES, (w1, w2), _MOST, strict=True)
    ]
    return with_sliders(PartialPicture, numbers, _NO_WIDGETS)


def slopes(w1: float, w2: float) -> tuple[float, float]:
    """Return the slopes of the bowl in the direction of w1 and of w2."""
    return w1, 8 * w2


def _height(w1: Any, w2: Any) -> Any:
    return bowl_cost(np.stack(np.broadcast_arrays(w1, w2), axis=-1).astype(float))


class PartialPicture(Redrawn):
    """The bowl from above with a point, and the two cuts through the point with their tangents."""

    def __init__(self) -> None:
        super().__init__((9.0, 3.7))
        self._lines: list[Any] = []
        self._titles: list[Any] = []
        with style():
            self._set_up_plane()
            for number, name in enumerate(_NAMES):
                self._set_up_cut(number, name)
            self.keep_background(self._moving())

    def _set_up_plane(self) -> None:
        axes = self.picture.place_axes(0.75, 0.55, 2.4, 2.65)
        grids = np.meshgrid(*(np.linspace(-most, most, 61) for most in _MOST))
        axes.contourf(*grids, _height(*grids), levels=12, cmap=COLORS)
        axes.set(xlabel="w1", ylabel="w2", xlim=(-_MOST[0], _MOST[0]), ylim=(-_MOST[1], _MOST[1]))
        axes.set_title(
            "The bowl from above:\nlowest where the rings are small", loc="left", fontsize=9.5
        )
        # White below, so that a line is seen on every ground.
        self._cuts = [axes.plot([], [], color="white", linewidth=3)[0] for _ in _NAMES]
        self._cuts += [axes.plot([], [], color=c, linewidth=1.8)[0] for c in _COLOURS]
        (self._point,) = axes.plot([], [], "o", color="white", markeredgecolor=INK, markersize=9)

    def _set_up_cut(self, number: int, name: str) -> None:
        axes = self.picture.place_axes(3.75 + 2.85 * number, 0.55, 2.3, 2.65)
        most, other = _MOST[number], _NAMES[1 - number]
        axes.set(xlim=(-most, most), ylim=(-4, 26), xlabel=f"{name}, while {other} stays")
        axes.set_ylabel("J")
        axes.grid(color="0.92")
        (cut,) = axes.plot([], [], color=INK, linewidth=1.6)
        (tangent,) = axes.plot([], [], color=_COLOURS[number], linewidth=2.4)
        (point,) = axes.plot([], [], "o", color=_COLOURS[number], markersize=8)
        self._lines.append((cut, tangent, point))
        self._titles.append(axes.set_title("", loc="left", weight="bold", color=_COLOURS[number]))

    def draw(self, w1: float, w2: float) -> str:
        """Draw the slopes at a point, and return a sentence on them."""
        w, rates, high = (w1, w2), slopes(w1, w2), float(_height(w1, w2))
        across = ([-_MOST[0], _MOST[0]], [w2, w2]), ([w1, w1], [-_MOST[1], _MOST[1]])
        for line, data in zip(self._cuts, 2 * across, strict=True):
            line.set_data(*data)
        self._point.set_data([w1], [w2])
        said = []
        for number, (name, rate, most) in enumerate(zip(_NAMES, rates, _MOST, strict=True)):
            rate = rate + 0.0
            along = np.linspace(-most, most, 61)
            cut, tangent, point = self._lines[number]
            cut.set_data(along, _height(along, w2) if number == 0 else _height(w1, along))
            ends = np.array([w[number] - most / 2, w[number] + most / 2])
            tangent.set_data(ends, high + rate * (ends - w[number]))
            point.set_data([w[number]], [high])
            self._titles[number].set_text(f"∂J/∂{name} = {rate:.1f}")
            pushed = [x + _PUSH * (i == number) for i, x in enumerate(w)]
            said.append(push(name, rate, float(_height(*pushed)) - high))
        self.redraw(self._moving())
        self.picture.alt = (
            f"A bowl of two weights from above, with a point at w1 = {w1:.1f}, w2 = {w2:.1f}, and "
            f"two cuts through the bowl there: along w1 its slope is {rates[0]:.1f}, along w2 it "
            f"is {rates[1]:.1f}."
        )
        return f"∂J/∂w1 = {rates[0]:.1f}: {said[0]}. ∂J/∂w2 = {rates[1]:.1f}: {said[1]}."

    def _moving(self) -> list[Artist]:
        cuts = [line for lines in self._lines for line in lines]
        return [*self._cuts, self._point, *cuts, *self._titles]
