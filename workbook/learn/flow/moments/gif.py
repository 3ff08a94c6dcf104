"""The moments of a training step as an animated GIF, for slides."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.animation import PillowWriter
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch

from workbook.course.text import wrap
from workbook.figures.picture import GREY, INK, Picture, style
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.flow.matrices import grid, lines
from workbook.learn.flow.moments.moment import Moment, Walkthrough
from workbook.learn.flow.moments.one_entry import one_entry
from workbook.learn.flow.moments.scene import (
    COLOURS,
    RoundedBox,
    Scene,
    SceneItem,
    Segment,
    UnitCircle,
    WordsAround,
    scene_of,
    short,
)

# Pictures in a second, and their pixels per inch.
_RATE: Any = 0.5
_DPI = 80
_SIZE = (10.0, 7.6)
# Where the network, the words and the numbers stand, as parts of the figure.
_NETWORK = (0.02, 0.365, 0.96, 0.565)
_FORMULAS, _NUMBERS = 0.35, 0.185
_FAINT = "0.65"
# Characters in a line of words.
_WIDE = 105


def write_gif(walk: Walkthrough, file: Path) -> int:
    """Write the moments into a GIF file, and return how many pictures it has.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    file : Path
        The file, which must not exist.

    Raises
    ------
    AskedWronglyError
        If the file exists, has another ending, or cannot be written.
    """
    check_file(file)
    writer = PillowWriter(fps=_RATE)
    with style():
        figure = Picture(figsize=_SIZE, dpi=_DPI)
        try:
            with writer.saving(figure, str(file), dpi=_DPI):
                for at in range(len(walk.moments)):
                    figure.clear()
                    _draw(figure, walk, at)
                    writer.grab_frame()
        except OSError as error:
            raise AskedWronglyError(f"{file} cannot be written: {error.strerror}") from None
    return len(walk.moments)


def check_file(file: Path) -> None:
    """Refuse a file that cannot become a new GIF.

    Raises
    ------
    AskedWronglyError
        If it exists, has another ending, or its folder is not there.
    """
    if file.suffix.lower() != ".gif":
        raise AskedWronglyError(f"the file must end with .gif, such as step.gif; {file} does not")
    if file.exists():
        raise AskedWronglyError(f"{file} exists, and is not replaced: name another file")
    if not file.parent.is_dir():
        raise AskedWronglyError(f"there is no folder {file.parent}: make it first")


def _draw(figure: Picture, walk: Walkthrough, at: int) -> None:
    """Draw one moment on an empty figure."""
    moment = walk.moments[at]
    _draw_scene(figure.add_axes(_NETWORK), scene_of(walk, at))
    colour = COLOURS["failed" if moment.standing == "failed" else moment.phase]
    title = f"{at + 1}/{len(walk.moments)}  {walk.written(moment.title)}"
    figure.text(0.02, 0.945, title, fontsize=15, weight="bold", color=colour)
    said = [*map(walk.written, moment.formulas)]
    if worked := one_entry(walk, at):
        said.append(f"one entry: {worked}")
    if moment.standing not in ("own", "recorded"):
        note = "\n".join(wrap(moment.note, _WIDE)[:2])
        figure.text(0.02, 0.01, note, fontsize=10, va="bottom", style="italic")
    for i, text in enumerate(said):
        family = "monospace" if i < len(moment.formulas) else None
        figure.text(0.02, _FORMULAS - 0.038 * i, text, fontsize=11, family=family, va="top")
    _draw_numbers(figure, walk, moment)


def _draw_scene(axes: Axes, scene: Scene) -> None:
    width, height = scene.size
    axes.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
    axes.set_axis_off()
    for mark in scene.marks:
        _draw_mark(axes, mark)


def _draw_mark(axes: Axes, mark: SceneItem) -> None:
    colour = _colour(mark.colour)
    if isinstance(mark, WordsAround):
        axes.text(*mark.at, mark.text, color=colour, fontsize=0.72 * mark.size, ha="center",
                  va="center", weight="bold" if mark.is_bold else "normal")  # fmt: skip
    elif isinstance(mark, Segment):
        dashes = "--" if mark.is_dashed else "-"
        (x1, y1), (x2, y2) = mark.start, mark.end
        axes.plot([x1, x2], [y1, y2], color=colour, linewidth=mark.width, linestyle=dashes)
        if mark.is_run and mark.colour != "faint":
            near = (x1 + 0.7 * (x2 - x1), y1 + 0.7 * (y2 - y1))
            axes.annotate("", near, mark.start, arrowprops={"arrowstyle": "-|>", "color": colour})
    else:
        axes.add_patch(_patch(mark, colour))


def _patch(mark: UnitCircle | RoundedBox, colour: str) -> Any:
    look: dict[str, Any] = {
        "facecolor": colour if mark.is_full else "white", "edgecolor": colour,
        "linewidth": 1.2, "linestyle": "--" if mark.is_dashed else "-", "zorder": 2,
    }  # fmt: skip
    if isinstance(mark, UnitCircle):
        return Circle(mark.at, mark.radius, **look)
    return FancyBboxPatch(mark.at, *mark.size, boxstyle="round,pad=0,rounding_size=6", **look)


def _colour(name: str) -> str:
    known: dict[str, str] = {"text": INK, "faint": _FAINT, "white": "white", **COLOURS}
    return known[name]


def _draw_numbers(figure: Picture, walk: Walkthrough, moment: Moment) -> None:
    """Draw the new numbers side by side."""
    left = 0.02
    for name in moment.makes:
        value = moment.values.get(name)
        block = [] if value is None else _block(walk.name_shown(name), value)
        wide = 0.0105 * max(map(len, block), default=0)
        if left + wide > 1:
            return
        colour = GREY if moment.is_grey else INK
        figure.text(left, _NUMBERS, "\n".join(block), fontsize=10.5, family="monospace",
                    va="top", color=colour, linespacing=1.25)  # fmt: skip
        left += wide + 0.03


def _block(name: str, value: Any) -> Sequence[str]:
    if not isinstance(value, np.ndarray):
        return [f"{name} = {short(float(value))}"]
    entries = grid(value, columns=5)
    factor = f" x {entries.factor}" if entries.factor else ""
    return [f"{name} {value.shape}{factor}", *lines(entries)]
