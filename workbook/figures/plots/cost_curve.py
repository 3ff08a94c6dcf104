"""`cost_curve(costs)`: the cost at each iteration of training."""

from collections.abc import Mapping
from math import log
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from workbook.course.words import counted
from workbook.figures.picture import BLUE, GREY, INK, ORANGE, SKY, VERMILLION, Picture, style
from workbook.figures.validation import Array, PictureError, checked_costs

# Colours and line styles of the runs that are compared.
_LINES = (
    (BLUE, "-"), (VERMILLION, "--"), (INK, "-."), (ORANGE, ":"), (SKY, (0, (6, 1, 1, 1, 1, 1))),
)  # fmt: skip
# If costs differ by more than this factor, a linear axis shows only the largest.
_LOGARITHMIC = 100.0
# Entries of the legend side by side.
_COLUMNS = 3
# The cost while every answer is 0.5, as it is for small initial weights.
_GUESSING = log(2)


def cost_curve(values: Any, every: int = 1) -> Picture:
    """Draw the cost against the iteration.

    Parameters
    ----------
    values : list of float, or dict of such lists
        The costs, in the order of training. A dictionary compares several runs, each under its
        key, such as ``{"learning rate 0.1": costs_1, "learning rate 1": costs_2}``.
    every : int, default 1
        Number of iterations between two costs.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If there are no costs, or one of them is not finite.
    """
    runs = _runs(values)
    if type(every) is not int or every < 1:
        raise PictureError(f"every must be a whole number from 1; it is {every!r}.")
    with style():
        picture = Picture(figsize=(7.2, 4.0 + 0.26 * _legend_rows(runs)))
        picture.alt = "\n".join(_description(name, run, every) for name, run in runs.items())
        axes = picture.place_axes(0.792, 0.56, 5.328, 2.96)
        for (name, run), (color, dashes) in zip(runs.items(), _LINES, strict=False):
            steps = every * np.arange(len(run))
            axes.plot(steps, run, color=color, linestyle=dashes, label=name, linewidth=1.8)
            # A single cost has no line.
            axes.plot(steps[-1], run[-1], "o", color=color, markersize=5, clip_on=False)
        _axes(axes, runs)
        _last_values(axes, runs, every)
    return picture


def _runs(values: Any) -> dict[str, Array]:
    if not isinstance(values, Mapping):
        return {"costs": checked_costs(values)}
    if not values:
        raise PictureError("costs is an empty dictionary; it must hold at least one run.")
    if len(values) > len(_LINES):
        raise PictureError(
            f"costs holds {len(values)} runs; a picture can show at most {len(_LINES)}."
        )
    return {str(name): checked_costs(run, f"costs[{name!r}]") for name, run in values.items()}


def _legend_rows(runs: Mapping[str, Array]) -> int:
    return -(-len(runs) // _COLUMNS) if len(runs) > 1 else 0


def _axes(axes: Axes, runs: Mapping[str, Array]) -> None:
    low, high = min(run.min() for run in runs.values()), max(run.max() for run in runs.values())
    logarithmic = low > 0 and high / low > _LOGARITHMIC
    if logarithmic:
        axes.set_yscale("log")
        axes.set_ylim(top=2 * high)
    elif low >= 0:
        axes.set_ylim(bottom=0, top=1.08 * high or 1)
    axes.set(xlabel="iteration", ylabel="cost J, logarithmic" if logarithmic else "cost J")
    pad = 8 + 18 * _legend_rows(runs)
    axes.set_title("Cost over the iterations", loc="left", weight="bold", pad=pad)
    axes.locator_params(axis="x", integer=True)
    longest = max(map(len, runs.values()))
    if longest == 1:
        axes.set(xlim=(-0.5, 0.5), xticks=[0])
    axes.grid(axis="y", color="0.88")
    axes.set_axisbelow(True)
    if longest > 1 and any(abs(run[0] - _GUESSING) < 0.01 for run in runs.values()):
        axes.axhline(_GUESSING, color=GREY, linewidth=1, linestyle=(0, (1, 2)))
        # The label stands above the line and ends before the last costs, which may lie on the line.
        axes.annotate(
            "ln 2 = 0.693: every answer is 0.5", (0.9, _GUESSING), xytext=(0, 3), ha="right",
            xycoords=axes.get_yaxis_transform(), textcoords="offset points", fontsize=9, color=GREY,
        )  # fmt: skip
    if len(runs) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=_COLUMNS, handlelength=3.2,
                    borderaxespad=0.2)  # fmt: skip


def _last_values(axes: Axes, runs: Mapping[str, Array], every: int) -> None:
    """Write each run's last cost beside its end, without letting the labels overlap."""
    axes.autoscale_view()
    ends = sorted((axes.transData.transform((0, run[-1]))[1], name) for name, run in runs.items())
    height = -np.inf
    for pixel, name in ends:
        height = max(height + 15, pixel)
        last, up = runs[name][-1], 72 * (height - pixel) / axes.figure.dpi
        axes.annotate(
            f"{last:.4g}", (every * (len(runs[name]) - 1), last), xytext=(8, up),
            textcoords="offset points", va="center", annotation_clip=False,
        )  # fmt: skip


def _description(name: str, run: Array, every: int) -> str:
    if len(run) == 1:
        return f"{name}: one cost, {run[0]:.4g}. Two or more make a curve."
    lowest = int(run.argmin())
    text = f"{name}: {counted(len(run), 'cost')}, from {run[0]:.4g} to {run[-1]:.4g}"
    if lowest != len(run) - 1:
        text += f"; the lowest is {run[lowest]:.4g}, at iteration {every * lowest}"
    return text + "."
