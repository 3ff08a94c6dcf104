"""`slope_slider()`: a curve and its tangent, which shows how fast the curve rises at a point."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist

from workbook.figures.picture import BLUE, INK, VERMILLION, Picture, style
from workbook.figures.redrawn import Redrawn
from workbook.figures.sliders.box import SliderBox, number_in, with_sliders

_NO_WIDGETS = (
    "Without widgets there is no slider here. slope_slider(-1) in a cell draws the tangent at "
    "w = -1."
)
_LEAST, _MOST = -2.0, 4.0
_PUSH = 0.1


def slope_slider(w: float = 2.5) -> SliderBox | Picture:
    """Show the curve J(w) = (w - 1)² + 1 with its tangent, and a slider for the point.

    Parameters
    ----------
    w : float, default 2.5
        Where the tangent first touches the curve, from -2 to 4.

    Returns
    -------
    SliderBox or Picture
        The slider, or a picture if there are no widgets.

    Raises
    ------
    PictureError
        If w is not a number from -2 to 4.
    """
    numbers = [("w", number_in("w", w, _LEAST, _MOST), _LEAST, _MOST, 0.1)]
    return with_sliders(SlopePicture, numbers, _NO_WIDGETS)


def curve(w: Any) -> Any:
    """Return the height of the curve, at a number or at each of an array."""
    return (w - 1) ** 2 + 1


def slope(w: float) -> float:
    """Return the slope of the curve."""
    return 2 * (w - 1)


def push(name: str, rate: float, change: float) -> str:
    """Say what a slope means for a small step to the right, with the change that it makes.

    Parameters
    ----------
    name : str
        What is pushed, such as ``w``.
    rate : float
        The slope.
    change : float
        How far J moves.
    """
    step = f"pushed by {_PUSH:g}, {name}"
    if abs(rate) < 0.005:
        return f"{step} hardly moves J: by {change:+.3g}"
    what = "raises" if change > 0 else "lowers"
    return f"{step} {what} J by about {abs(rate) * _PUSH:.2f} (measured: {abs(change):.3g})"


class SlopePicture(Redrawn):
    """A curve, a point on it, and the tangent at the point."""

    def __init__(self) -> None:
        super().__init__((8.0, 3.8))
        with style():
            axes = self.picture.place_axes(0.7, 0.55, 7.1, 2.9)
            along = np.linspace(_LEAST - 0.2, _MOST + 1, 121)
            axes.plot(along, curve(along), color=INK, linewidth=1.8)
            axes.set(xlim=(_LEAST - 0.3, _MOST + 2.4), ylim=(-1.5, 17), xlabel="w", ylabel="J(w)")
            axes.set(xticks=range(-2, 6), yticks=range(0, 16, 5))
            axes.grid(color="0.92")
            (self._tangent,) = axes.plot([], [], color=VERMILLION, linewidth=2.4)
            (self._steps,) = axes.plot([], [], color=BLUE, linewidth=1.6, linestyle="--")
            (self._point,) = axes.plot([], [], "o", color=VERMILLION, markersize=9)
            self._title = axes.set_title("", loc="left", weight="bold")
            self._rise = axes.text(0, 0, "", color=BLUE)
            self.keep_background(self._moving())

    def draw(self, w: float) -> str:
        """Draw the tangent at w, and return a sentence on its slope."""
        rate, high = slope(w) + 0.0, curve(w)
        ends = np.array([w - 1, w + 1])
        self._tangent.set_data(ends, high + rate * (ends - w))
        self._steps.set_data([w, w + 1, w + 1], [high, high, high + rate])
        way = f"{abs(rate):.1f} {'up' if rate > 0 else 'down'}"
        # The words stand where neither the tangent nor much of the curve is.
        if rate > 0:
            self._rise.set(
                x=w + 1.08, y=high + rate / 2, va="center", text=f"1 to the right,\n{way}"
            )
        else:
            said = f"1 to the right, {way}" if rate else ""
            self._rise.set(x=w + 0.05, y=high + 0.25, va="bottom", text=said)
        self._point.set_data([w], [high])
        self._title.set_text(f"At w = {w:.1f} the slope is {rate:.1f}")
        self.redraw(self._moving())
        self.picture.alt = (
            f"The curve J(w) = (w - 1)² + 1, a valley with its lowest point at w = 1, and the "
            f"straight line that touches it at w = {w:.1f}. Its slope is {rate:.1f}."
        )
        said = push("w", rate, curve(w + _PUSH) - high)
        return f"At w = {w:.1f}, J is {high:.2f} and its slope is {rate:.1f}: {said}."

    def _moving(self) -> list[Artist]:
        return [self._tangent, self._steps, self._point, self._rise, self._title]
