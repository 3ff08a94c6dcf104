"""The playground's picture: the decision boundary and the cost so far."""

from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.image import imsave

from workbook.figures.html import Html, image
from workbook.figures.picture import BLUE, COLORS, INK, SCREEN_DPI, Picture, style
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground.training import Training

_SIZE = (9.0, 4.1)
_DPI = 110
# Points per side of the grid on which the network answers.
_SIDE = 70
_EDGE = 2.3
_MOST_COSTS = 400
_TICKS = (-2, -1, 0, 1, 2)


class Canvas:
    """A figure that can be redrawn quickly.

    The fixed background (axes, ticks, legend) is drawn once and kept as pixels; the moving artists
    are drawn on top of it.

    Attributes
    ----------
    picture : Picture
        The figure.
    """

    def __init__(self) -> None:
        side = np.linspace(-_EDGE, _EDGE, _SIDE)
        self._side = side
        self._points = np.stack([values.ravel() for values in np.meshgrid(side, side)])
        self._drawn_for: tuple[Any, ...] = ()
        self._pixels: Any = None
        self._boundary: list[Artist] = []
        with style():
            self.picture = Picture(figsize=_SIZE, dpi=_DPI)
            self._canvas: Any = FigureCanvasAgg(self.picture)
            self._plane = self.picture.add_axes((0.065, 0.2, 0.355, 0.7))
            bar = self.picture.add_axes((0.435, 0.2, 0.014, 0.7))
            colours = ScalarMappable(cmap=COLORS)
            self.picture.colorbar(colours, cax=bar).set_label("AL, the network's answer")
            self._curve = self.picture.add_axes((0.6, 0.2, 0.37, 0.7))

    def draw(self, training: Training, steps: int) -> None:
        """Draw the current state of a training.

        Parameters
        ----------
        training : Training
            The network and the cost before each of its steps.
        steps : int
            Number of steps of the whole run: the width of the cost's axis.
        """
        costs = np.asarray(training.costs)
        # The height grows in large steps, because each new height redraws everything.
        highest = 0.75
        while highest < np.max(costs[np.isfinite(costs)], initial=0.0):
            highest *= 2
        drawn_for = (training.choice.data, training.choice.seed, max(steps, len(costs)), highest)
        with style():
            if drawn_for != self._drawn_for:
                self._draw_background(training, max(steps, len(costs), 1), highest)
                self._drawn_for = drawn_for
            self._update(training)
            self._canvas.restore_region(self._pixels)
            for artist in self._moving():
                self.picture.draw_artist(artist)
        self.picture.alt = description(training)

    def html(self) -> Html:
        """Return the picture as an HTML image with alt text, at most as wide as the page."""
        width, height = (round(inches * SCREEN_DPI) for inches in _SIZE)
        # Decoded synchronously: otherwise the page would flicker between two pictures.
        return image(self.picture.alt, self._png(), width=width, height=height, decoding="sync")

    def _png(self) -> bytes:
        target = BytesIO()
        pixels = np.asarray(self._canvas.buffer_rgba())[:, :, :3]
        # Fast, weak compression: the image only goes to a browser, many times a second.
        imsave(target, pixels, format="png", pil_kwargs={"compress_level": 1})
        return target.getvalue()

    def _draw_background(self, training: Training, steps: int, highest: float) -> None:
        for axes in (self._plane, self._curve):
            axes.clear()
        self._boundary = []
        self._set_up_plane(training)
        self._set_up_curve(steps, highest)
        for artist in self._moving():
            artist.set_animated(True)
        self._canvas.draw()
        self._pixels = self._canvas.copy_from_bbox(self.picture.bbox)

    def _set_up_plane(self, training: Training) -> None:
        axes, extent = self._plane, (-_EDGE, _EDGE, -_EDGE, _EDGE)
        nothing = np.zeros((_SIDE, _SIDE))
        self._answers = axes.imshow(
            nothing, origin="lower", extent=extent, cmap=COLORS, vmin=0, vmax=1
        )
        self._scatters = []
        for label, marker, face, edge in ((0, "o", "white", INK), (1, "^", INK, "white")):
            X = training.X[:, training.Y[0] == label]
            self._scatters.append(
                axes.scatter(X[0], X[1], s=24, marker=marker, facecolor=face, edgecolor=edge,
                             linewidths=0.6, label=f"Y = {label}")
            )  # fmt: skip
        axes.plot([], [], color=INK, linewidth=1.6, label="AL = 0.5, the boundary")
        axes.set(xlim=(-_EDGE, _EDGE), ylim=(-_EDGE, _EDGE), xticks=_TICKS, yticks=_TICKS)
        axes.set_xlabel("first input", labelpad=2)
        axes.set_ylabel("second input", labelpad=0)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=3, fontsize=9,
                    columnspacing=1.2, handletextpad=0.4)  # fmt: skip
        self._right = axes.set_title("", loc="left")

    def _set_up_curve(self, steps: int, highest: float) -> None:
        axes = self._curve
        (self._line,) = axes.plot([], [], color=BLUE, linewidth=1.8)
        axes.set(xlim=(0, steps), ylim=(0, 1.05 * highest))
        axes.set_xlabel("step", labelpad=2)
        axes.set_ylabel("cost")
        axes.axhline(np.log(2), color=INK, linewidth=0.8, linestyle=":")
        axes.text(0.99, np.log(2) + 0.01 * highest, "log 2: every answer is 0.5", ha="right",
                  fontsize=8.5, transform=axes.get_yaxis_transform())  # fmt: skip
        self._cost = axes.set_title("", loc="left")

    def _moving(self) -> list[Artist]:
        """Return the moving artists in the order in which they are drawn."""
        spines = [self._plane.spines[name] for name in ("left", "bottom")]
        return [self._answers, *self._boundary, *self._scatters, *spines, self._right, self._line,
                self._cost]  # fmt: skip

    def _update(self, training: Training) -> None:
        for artist in self._boundary:
            artist.remove()
        self._boundary = []
        try:
            answers = training.answers(self._points).reshape(_SIDE, _SIDE)
        except OwnFunctionError:
            # The status says what is wrong; the points stay visible.
            answers = np.full((_SIDE, _SIDE), np.nan)
        self._answers.set_data(answers)
        if np.isfinite(answers).all() and answers.min() < 0.5 < answers.max():
            # A black line with a white edge is visible on dark and on bright colours.
            for color, width in (("white", 3.2), (INK, 1.6)):
                contour = self._plane.contour(
                    self._side, self._side, answers, levels=[0.5], colors=color, linewidths=width
                )
                contour.set_animated(True)
                self._boundary.append(contour)
        right = "" if np.isnan(training.accuracy) else f": {training.accuracy:.1%} right"
        self._right.set_text(f"Decision boundary{right}")
        costs = training.costs
        shown = np.unique(np.linspace(0, len(costs) - 1, min(len(costs), _MOST_COSTS)).astype(int))
        self._line.set_data(shown, [costs[i] for i in shown])
        self._cost.set_text(f"Cost: {costs[-1]:.4f}" if costs else "Cost")


def description(training: Training) -> str:
    """Return a description of the picture."""
    choice = training.choice
    layers = " -> ".join(map(str, choice.layers))
    text = f"Decision boundary and cost of a network {layers} on {choice.data}, "
    if not training.costs:
        return f"{text}before the first step."
    return (
        f"{text}after step {training.step}: cost {training.costs[-1]:.4g}, "
        f"{training.accuracy:.1%} of the points right."
    )
