"""The playground's picture: the decision boundary and the cost so far."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.cm import ScalarMappable

from workbook.figures.picture import COLORS, style
from workbook.figures.plots.training_panels import BoundaryPanel, CostPanel, height, plane_points
from workbook.figures.redrawn import Redrawn
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground.training import Training

_SIZE = (9.0, 4.1)
# Points per side of the grid on which the network answers.
_SIDE = 70


class Canvas(Redrawn):
    """The picture of a training that goes on."""

    def __init__(self) -> None:
        super().__init__(_SIZE)
        self._points = plane_points(_SIDE)
        self._drawn_for: tuple[Any, ...] = ()
        with style():
            self._plane = BoundaryPanel(self.picture.add_axes((0.065, 0.2, 0.355, 0.7)))
            bar = self.picture.add_axes((0.435, 0.2, 0.014, 0.7))
            colours = ScalarMappable(cmap=COLORS)
            self.picture.colorbar(colours, cax=bar).set_label("AL, the network's answer")
            self._curve = CostPanel(self.picture.add_axes((0.6, 0.2, 0.37, 0.7)))

    def draw(self, training: Training, steps: int) -> None:
        """Draw the current state of a training.

        Parameters
        ----------
        training : Training
            The network and the cost before each of its steps.
        steps : int
            Number of steps of the whole run: the width of the cost's axis.
        """
        costs = training.costs
        wide, highest = max(steps, len(costs), 1), height(costs)
        drawn_for = (training.choice.data, training.choice.seed, wide, highest)
        with style():
            if drawn_for != self._drawn_for:
                self._plane.set_up(training.X, training.Y)
                self._curve.set_up(wide, highest)
                self.keep_background(self._moving())
                self._drawn_for = drawn_for
            try:
                answers = training.answers(self._points).reshape(_SIDE, _SIDE)
            except OwnFunctionError:
                # The status says what is wrong; the points stay visible.
                answers = np.full((_SIDE, _SIDE), np.nan)
            self._plane.update(answers, training.accuracy)
            self._curve.update(costs)
            self.redraw(self._moving())
        self.picture.alt = description(training)

    def _moving(self) -> list[Artist]:
        return [*self._plane.moving(), *self._curve.moving()]


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
