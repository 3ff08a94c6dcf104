"""`weight_changes(history)`: how each weight changes during training."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from workbook.course.words import counted
from workbook.figures import validation
from workbook.figures.picture import BLUE, INK, ORANGE, SKY, VERMILLION, Picture, style
from workbook.figures.validation import Array, PictureError, evenly_spaced

# Of more layers than this, only some are drawn, evenly spaced from the first to the last.
_MOST_LAYERS = 9
# More weights than this are drawn as a band, not as single lines.
_MOST_LINES = 40
# A copy of a long history of a large network would not fit into memory.
_MOST_NUMBERS = 10_000_000
_COLUMNS = 3
_DASHES = ("-", "--", "-.", ":")
_COLORS = (INK, BLUE, VERMILLION, ORANGE, SKY)


def weight_changes(snapshots: Any, iterations: Sequence[int] | None = None) -> Picture:
    """Draw the weights of each layer at every moment, and how far each layer has moved.

    Parameters
    ----------
    snapshots : list of dict
        The parameters at two or more moments of training, as ``update_parameters`` returned them.
    iterations : list of int, optional
        The iteration of each moment; by default, the moments are counted from 0.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If there are fewer than two moments, or something else cannot be drawn.
    """
    moments = validation.checked_history(snapshots)
    if len(moments) < 2:
        raise PictureError(
            "history holds the parameters of one moment; a change needs at least two."
        )
    validation.check_iterations(iterations, len(moments))
    steps = np.arange(float(len(moments))) if iterations is None else np.asarray(iterations, float)
    most = max(2, _MOST_NUMBERS // sum(W.size for W in moments[0].values()))
    chosen = evenly_spaced(len(moments), most)
    moments, steps = [moments[i] for i in chosen], steps[chosen]
    layers = {
        l: np.stack([moment[f"W{l}"].ravel() for moment in moments])
        for l in range(1, validation.layer_count(moments[0]) + 1)
    }
    shapes = {l: moments[0][f"W{l}"].shape for l in layers}
    return _draw(layers, shapes, steps, "moment" if iterations is None else "iteration")


def _draw(
    layers: dict[int, Array], shapes: dict[int, tuple[int, ...]], steps: Array, noun: str
) -> Picture:
    shown = [i + 1 for i in evenly_spaced(len(layers), _MOST_LAYERS)]
    panels = len(shown) + 1
    columns = 2 if panels in (2, 4) else _COLUMNS
    rows = -(-panels // columns)
    side = (8.9 - 0.72 * columns) / columns
    height = 0.6 + rows * 2.75
    with style():
        picture = Picture(figsize=(9.0, height))
        picture.alt = _description(layers, shown, len(steps))
        some = "" if len(shown) == len(layers) else f" ({len(shown)} of {len(layers)} layers)"
        picture.place_heading(f"Weights as training moves them{some}")
        for number, label in enumerate([*(f"W{l}" for l in shown), "moved"]):
            row, column = divmod(number, columns)
            left, bottom = 0.72 + column * (side + 0.72), height - 2.75 - row * 2.75
            axes = picture.place_axes(left, bottom, side, 1.9, label=label)
            if label == "moved":
                _distances(axes, {l: layers[l] for l in shown}, steps, column + 1 < columns)
            else:
                l = shown[number]
                _lines(axes, layers[l], steps)
                axes.set_ylabel("weights")
                axes.set_title(f"{label}  {shapes[l]}", loc="left", fontsize=10)
            axes.set_xlabel(noun)
            axes.tick_params(labelsize=8.5, length=2)
            axes.locator_params(axis="x", nbins=4, integer=True)
            axes.grid(axis="y", color="0.9")
    return picture


def _lines(axes: Axes, values: Array, steps: Array) -> None:
    """Draw each weight as a line, or many weights as their median and quartiles."""
    if values.shape[1] <= _MOST_LINES:
        for i, weight in enumerate(values.T):
            axes.plot(steps, weight, color=_COLORS[i % len(_COLORS)], linewidth=1.1,
                      linestyle=_DASHES[i // len(_COLORS) % len(_DASHES)])  # fmt: skip
        return
    low, first, middle, third, high = np.quantile(values, [0, 0.25, 0.5, 0.75, 1], axis=1)
    axes.fill_between(steps, low, high, color=SKY, alpha=0.45, linewidth=0, label="all")
    axes.fill_between(steps, first, third, color=BLUE, alpha=0.6, linewidth=0, label="middle half")
    axes.plot(steps, middle, color=INK, linewidth=1.4, label="median")
    axes.legend(fontsize=8, loc="best", frameon=True)


def _distances(axes: Axes, layers: dict[int, Array], steps: Array, has_room: bool) -> None:
    for i, (l, values) in enumerate(layers.items()):
        axes.plot(steps, _distance(values), color=_COLORS[i % len(_COLORS)],
                  linestyle=_DASHES[i % len(_DASHES)], label=f"W{l}")  # fmt: skip
    title = "distance from the start,\nas a multiple of the start's size"
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_ylim(bottom=0)
    place = {"loc": "upper left", "bbox_to_anchor": (1.02, 1)} if has_room else {"loc": "best"}
    axes.legend(fontsize=8, handlelength=2.6, **place)


def _distance(values: Array) -> Array:
    """Return the distance of the weights from the first ones, relative to the norm of these."""
    size = float(np.linalg.norm(values[0]))
    distance: Array = np.linalg.norm(values - values[0], axis=1)
    # Weights that start at zero have no norm to compare with.
    return distance / size if size else distance


def _description(layers: dict[int, Array], shown: Sequence[int], count: int) -> str:
    lines = [f"Weights of {counted(len(layers), 'layer')} at {count} moments of training."]
    if len(shown) < len(layers):
        lines.append(f"{len(shown)} of the layers are drawn.")
    for l in shown:
        first, last = layers[l][0], layers[l][-1]
        lines.append(
            f"W{l}: from {first.min():.3g} ... {first.max():.3g} to {last.min():.3g} ... "
            f"{last.max():.3g}; moved {_distance(layers[l])[-1]:.3g} times the size of its start."
        )
    return "\n".join(lines)
