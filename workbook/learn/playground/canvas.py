"""The playground's picture: the network, the plane as it or one of its units sees it, the cost."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.cm import ScalarMappable

from workbook.figures.picture import COLORS, style
from workbook.figures.plots.training_panels import (
    EDGE,
    BoundaryPanel,
    CostPanel,
    height,
    plane_points,
)
from workbook.figures.redrawn import Redrawn
from workbook.figures.validation import Array
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground.choice import NetworkChoice
from workbook.learn.playground.network_maps import NetworkMaps, Unit, from_0_to_1
from workbook.learn.playground.training import Training

# In inches, so that it is readable where a page is only 600 pixels wide.
_SIZE = (7.2, 6.7)
_NETWORK = (0.05, 3.85, 7.1, 2.8)
_PLANE = (0.55, 0.75, 2.6, 2.6)
_BAR = (3.25, 0.75, 0.1, 2.6)
_CURVE = (4.5, 0.75, 2.45, 2.6)
# Points per side of the grid on which the network answers.
_SIDE = 60


class Canvas(Redrawn):
    """The picture of a training that goes on.

    Attributes
    ----------
    look : Unit or None
        The unit whose map is shown on the plane; None for the network's answer.
    """

    def __init__(self) -> None:
        super().__init__(_SIZE)
        self.look: Unit | None = None
        self._points = plane_points(_SIDE)
        self._drawn_for: tuple[Any, ...] = ()
        with style():
            self._network = NetworkMaps(self.picture.place_axes(*_NETWORK), _NETWORK[2:])
            self._plane = BoundaryPanel(self.picture.place_axes(*_PLANE))
            colours = ScalarMappable(cmap=COLORS)
            bar = self.picture.colorbar(colours, cax=self.picture.place_axes(*_BAR))
            bar.set_label("AL; of another unit, lowest to highest", fontsize=8.5)
            self._curve = CostPanel(self.picture.place_axes(*_CURVE))

    def draw(self, training: Training, steps: int) -> None:
        """Draw the current state of a training.

        Parameters
        ----------
        training : Training
            The network and the cost before each of its steps.
        steps : int
            Number of steps of the whole run: the width of the cost's axis.
        """
        costs, held_out = training.costs, training.held_out_costs
        wide, highest = max(steps, len(costs), 1), height([*costs, *(one for _, one in held_out)])
        choice = training.choice
        drawn_for = (choice.data, choice.noise, choice.held_out, choice.points, choice.seed,
                     choice.layers, wide, highest)  # fmt: skip
        with style():
            if drawn_for != self._drawn_for:
                self._network.set_up(choice.layers)
                self._plane.set_up(training.X, training.Y, held_out=training.held_out)
                self._curve.set_up(wide, highest)
                self.keep_background(self._moving())
                self._drawn_for = drawn_for
            maps = self._maps(training)
            self._show_plane(maps, training)
            last = (len(choice.layers) - 1, 0)
            self._network.update(scaled(maps, last), training.parameters, self.look or last)
            self._curve.update(costs, held_out)
            self.redraw(self._moving())
        self.picture.alt = description(training, self.look)

    def _maps(self, training: Training) -> dict[Unit, Array]:
        """Return what each unit answers on the plane; the last is the network's own answer."""
        try:
            layers = training.activations(self._points)
        except OwnFunctionError:
            # The status says what is wrong; the points stay visible.
            return {}
        number = len(training.choice.layers) - 1
        numbers = range(number + 1) if len(layers) == number + 1 else (0, number)
        return {
            (layer, unit): answers.reshape(_SIDE, _SIDE)
            for layer, of_layer in zip(numbers, layers, strict=True)
            for unit, answers in enumerate(of_layer)
        }

    def _show_plane(self, maps: dict[Unit, Array], training: Training) -> None:
        nothing = np.full((_SIDE, _SIDE), np.nan)
        if self.look is None:
            answers = maps.get((len(training.choice.layers) - 1, 0), nothing)
            self._plane.update(answers, training.accuracy)
        else:
            values = maps.get(self.look)
            shown = nothing if values is None else from_0_to_1(values)
            self._plane.show_map(shown, unit_name(self.look))

    def clicked(self, across: float, down: float) -> Unit | tuple[float, float] | None:
        """Return what is at a place of the picture: a unit, a point of the plane, or nothing.

        Parameters
        ----------
        across, down : float
            Shares of the picture's width and height, from its upper left corner.
        """
        x, y = across * _SIZE[0], (1 - down) * _SIZE[1]
        left, low, wide, high = _PLANE
        if 0 <= x - left <= wide and 0 <= y - low <= high:
            place = ((x - left) / wide, (y - low) / high)
            return (EDGE * (2 * place[0] - 1), EDGE * (2 * place[1] - 1))
        return self._network.unit_at(x - _NETWORK[0], y - _NETWORK[1])

    def _moving(self) -> list[Artist]:
        return [*self._network.moving(), *self._plane.moving(), *self._curve.moving()]


def scaled(maps: dict[Unit, Array], last: Unit) -> dict[Unit, Array]:
    """Return the maps from 0 to 1: of the output as it is, of others by lowest and highest."""
    return {unit: one if unit == last else from_0_to_1(one) for unit, one in maps.items()}


def unit_name(unit: Unit) -> str:
    """Return the name of a unit."""
    layer, number = unit
    return f"input {number + 1}" if layer == 0 else f"hidden layer {layer}, unit {number + 1}"


def units(choice: NetworkChoice) -> list[Unit]:
    """Return all units of a network but the last, in their order."""
    return [(layer, unit) for layer, n in enumerate(choice.layers[:-1]) for unit in range(n)]


def description(training: Training, look: Unit | None = None) -> str:
    """Return a description of the picture."""
    choice = training.choice
    layers = " -> ".join(map(str, choice.layers))
    seen = "Decision boundary" if look is None else f"Map of {unit_name(look)}"
    text = f"{seen}, weights and cost of a network {layers} on {choice.data}, "
    if not training.costs:
        return f"{text}before the first step."
    text = (
        f"{text}after step {training.step}: cost {training.costs[-1]:.4g}, "
        f"{training.accuracy:.1%} of the points right."
    )
    if training.held_out_costs:
        text += (
            f" Held out: cost {training.held_out_costs[-1][1]:.4g}, "
            f"{training.held_out_accuracy:.1%} right."
        )
    return text
