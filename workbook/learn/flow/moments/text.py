"""The moments of a training step as text for a terminal."""

from collections.abc import Iterator

import numpy as np

from workbook.course.text import wrap
from workbook.learn.check.display import TEXT_WIDTH, StyledLine
from workbook.learn.flow.matrices import grid, lines, range_and_mean
from workbook.learn.flow.moments.moment import Walkthrough
from workbook.learn.flow.moments.one_entry import one_entry
from workbook.learn.flow.moments.scene import short

# Letters that not every terminal has.
_ASCII = str.maketrans({"Σ": "sum", "ᵀ": "^T", "…": "..."})


def walkthrough_text(walk: Walkthrough) -> str:
    """Return all moments as plain text, in lines of at most 80 characters."""
    return "\n".join(line for line, _ in walkthrough_lines(walk, TEXT_WIDTH))


def walkthrough_lines(walk: Walkthrough, width: int) -> Iterator[StyledLine]:
    """Yield all moments in lines of at most this many characters.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    width : int
        The terminal's width.
    """
    yield walk.heading, "bold"
    for fact in walk.facts:
        yield from _wrapped(fact, width, "  ")
    for at, moment in enumerate(walk.moments):
        yield "", ""
        yield from _wrapped(f"{at + 1}. {walk.written(moment.title)}", width, "", "bold")
        for formula in moment.formulas:
            yield from _wrapped(walk.written(formula), width, "   ", "cyan")
        if worked := one_entry(walk, at):
            yield from _wrapped(f"one entry: {worked}", width, "   ")
        for name in moment.makes:
            yield from _array(walk, at, name)
        if moment.note:
            yield from _wrapped(moment.note, width, "   ", "dim")


def _array(walk: Walkthrough, at: int, name: str) -> Iterator[StyledLine]:
    shown = walk.name_shown(name)
    value = walk.moments[at].values.get(name)
    if value is None:
        return
    if not isinstance(value, np.ndarray):
        yield f"   {shown} = {short(float(value))}".translate(_ASCII), ""
        return
    entries = grid(value)
    factor = f"  times {entries.factor}" if entries.factor else ""
    yield f"   {shown}  {value.shape}{factor}", ""
    for line in lines(entries):
        yield f"      {line}", ""
    if entries.cut:
        yield f"      {range_and_mean(value)}", "dim"


def _wrapped(text: str, width: int, indent: str, style: str = "") -> Iterator[StyledLine]:
    for line in wrap(text.translate(_ASCII), width, indent, f"{indent}  "):
        yield line, style
