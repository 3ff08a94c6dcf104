"""`learning_rate_slider()`: gradient descent with a slider for the learning rate."""

import textwrap

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator

from workbook.figures.ipython import has_widgets
from workbook.figures.picture import BLUE, Picture, style
from workbook.figures.plots import descent
from workbook.figures.plots.bowl import bowl_surface
from workbook.figures.plots.surface_drawing import draw_contours, draw_ground, draw_path
from workbook.figures.redrawn import Redrawn
from workbook.figures.sliders.box import SliderBox, without_widgets

# Learning rates that converge, oscillate and diverge; one that crawls depends on the steps.
_OTHER_RATES = (0.1, 0.22, 0.26)
# The slider's ends, as powers of ten: from a crawl to a path that leaves the picture at once.
_LEAST, _MOST = -2.5, -0.4
_NO_WIDGETS = "Without widgets there is no slider here: four learning rates, side by side."


def learning_rate_slider(learning_rate: float = 0.1, steps: int = 30) -> SliderBox | Picture:
    """Show gradient descent on a bowl, with a slider for the learning rate.

    The picture says whether the learning rate makes the descent crawl, converge, oscillate or
    diverge, which follows from the bowl's curvature. Without widgets, the function returns a
    picture with one learning rate of each kind.

    Parameters
    ----------
    learning_rate : float, default 0.1
        Initial value of the slider.
    steps : int, default 30
        Number of steps, up to 1000.

    Returns
    -------
    SliderBox or Picture
        The slider, or four panels if there are no widgets.

    Raises
    ------
    PictureError
        If the learning rate is not a finite number above 0, or ``steps`` is not a whole number from
        1 to 1000.
    """
    rate = float(np.clip(descent.checked_rate(learning_rate), 10**_LEAST, 10**_MOST))
    count = descent.checked_steps(steps)
    if not has_widgets():
        return without_widgets(four_rates(count), _NO_WIDGETS)
    from ipywidgets import BoundedFloatText, FloatLogSlider, jslink

    handle = FloatLogSlider(
        value=rate, min=_LEAST, max=_MOST, step=0.02, readout=False,
        layout={"width": "18em", "max_width": "95%"},
    )  # fmt: skip
    # The handle of a slider has no name that a screen reader could say; a field has one.
    field = BoundedFloatText(
        rate, min=10**_LEAST, max=10**_MOST, step=0.01, description="learning rate",
        style={"description_width": "initial"}, layout={"width": "16em"},
    )  # fmt: skip
    jslink((field, "value"), (handle, "value"))
    canvas = RatePicture(count)
    return SliderBox([[field, handle]], [handle], canvas, lambda: canvas.draw(handle.value),
                     lambda: four_rates(count), _NO_WIDGETS, style=None,
                     is_heard_only=True)  # fmt: skip


class RatePicture(Redrawn):
    """The path for one learning rate, and the cost at each step.

    Parameters
    ----------
    steps : int
        Number of steps.
    """

    def __init__(self, steps: int) -> None:
        super().__init__((8.4, 4.6))
        self._steps = steps
        self._path: list[Artist] = []
        with style():
            self._title = self.picture.text(0.02, 0.97, "", va="top", weight="bold", fontsize=12)
            self._words = self.picture.text(0.02, 0.105, "", va="top", linespacing=1.45)
            self._bowl = self.picture.add_axes((0.07, 0.25, 0.46, 0.56), label="contours")
            draw_ground(self._bowl, bowl_surface(descent.FLAT, steps, "", ""))
            cost = self.picture.add_axes((0.65, 0.25, 0.33, 0.56), label="cost")
            self._cost = _cost(cost, descent.FLAT, steps)
            self.keep_background(self._moving())

    def draw(self, rate: float) -> str:
        """Draw the path and the costs of a learning rate, and say what it does."""
        kind, sentence = descent.behaviour(rate, self._steps)
        title = f"Learning rate {rate:.3g}: {kind}"
        surface = bowl_surface(rate, self._steps, title, sentence)
        for artist in self._path:
            artist.remove()
        with style():
            self._path = draw_path(self._bowl, surface)
        self._cost.set_data(range(len(surface.path)), surface.path_heights)
        self._title.set_text(title)
        self._words.set_text(textwrap.fill(sentence, 105))
        self.redraw(self._moving())
        self.picture.alt = f"{title}\n{sentence}"
        return f"{title}. {sentence}"

    def _moving(self) -> list[Artist]:
        return [*self._path, self._cost, self._title, self._words]


def four_rates(steps: int) -> Picture:
    """Return a picture with one learning rate of each kind: paths above, costs below."""
    words = []
    with style():
        picture = Picture(figsize=(9.0, 6.0))
        for number, rate in enumerate((_crawling_rate(steps), *_OTHER_RATES)):
            kind, sentence = descent.behaviour(rate, steps)
            words.append(f"{rate:g} is {kind}. {sentence}")
            left = 0.075 + 0.235 * number
            path = picture.add_axes((left, 0.685, 0.2, 0.21), label=f"contours {rate:g}")
            draw_contours(path, bowl_surface(rate, steps, "", ""), has_legend=False)
            path.set_title(f"{rate:g}: {kind}", loc="left", weight="bold", fontsize=10.5)
            cost = picture.add_axes((left, 0.375, 0.2, 0.21), label=f"cost {rate:g}")
            _cost(cost, rate, steps)
            cost.set_title("", loc="left")
            if number:
                path.set(ylabel="", yticklabels=[])
                cost.set(ylabel="", yticklabels=[])
        lines = [line for said in words for line in textwrap.wrap(said, 118)]
        for number, line in enumerate(lines):
            picture.text(0.015, 0.275 - 0.033 * number, line, va="top", fontsize=9.5)
        title = f"What the learning rate does to {steps} steps of gradient descent"
        picture.text(0.015, 0.98, title, va="top", weight="bold", fontsize=11)
        picture.alt = "\n".join((title, *words))
    return picture


def _crawling_rate(steps: int) -> float:
    """Return a learning rate with which about three quarters of the way is left after the steps."""
    return float(f"{min(0.01, 1 - 0.74 ** (1 / steps)):.2g}")


def _cost(axes: Axes, rate: float, steps: int) -> Line2D:
    """Draw the cost at each step, and return its line."""
    costs = descent.bowl_cost(descent.descend(rate, steps))
    (line,) = axes.plot(costs, color=BLUE, linewidth=1.5, marker="." if steps < 60 else "")
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(numticks=5))
    axes.minorticks_off()
    axes.set(xlabel="step", ylabel="cost J, logarithmic", xlim=(-0.03 * steps, 1.03 * steps))
    # All rates share a scale, so that their slopes can be compared.
    axes.set_ylim((1e-6, 1e4) if steps <= 40 else (1e-15, 1e13))
    axes.set_title("cost at each step", loc="left", fontsize=10)
    axes.tick_params(labelsize=8.5)
    axes.grid(axis="y", color="0.9")
    return line
