"""A moment as HTML: what happens, the picture, the formula and its numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from workbook.figures.html import Html, badge, bar, element, joined, scrolled
from workbook.learn.flow.matrices import Array, grid, range_and_mean
from workbook.learn.flow.moments.moment import NEW, Moment, Source, Walkthrough
from workbook.learn.flow.moments.one_entry import one_entry
from workbook.learn.flow.moments.scene import COLOURS, scene_of, short
from workbook.learn.flow.moments.svg import scene_svg

_PHASES = {
    "start": "start", "forward": "forward →", "cost": "cost", "backward": "← backward",
    "update": "update",
}  # fmt: skip
_STANDINGS: dict[Source, str] = {
    "own": "", "lent": "stand-in", "recorded": "", "wrong": "not right",
    "missing": "not written yet", "failed": "failed", "unseen": "not seen",
    "unreached": "not reached",
}  # fmt: skip
_ROW = "display:flex;flex-wrap:wrap;align-items:center;gap:0.4em 0.6em;margin:0.5em 0"
_TABLE = (
    "border-collapse:collapse;border:solid currentColor;border-width:0 1.5px;border-radius:5px;"
    "font-family:monospace;line-height:1.4;margin:0"
)
_CELL = "text-align:right;padding:0.1em 0.45em;white-space:nowrap;color:inherit;background:none"
_CAPTION = "caption-side:top;text-align:center;color:inherit;padding:0.1em 0;white-space:nowrap"
# The column of the example whose numbers stand in the units.
_MARKED = f"{_CELL};font-weight:bold;text-decoration:underline"
_GREY = "border-left:4px dashed currentColor;padding:0.2em 0.8em;margin:0.5em 0;opacity:0.8"
_LINE, _CODE = "margin:0.4em 0;line-height:1.5", "color:inherit;background:none"
_SIDES = "display:flex;flex-wrap:wrap;gap:0 1.5em;align-items:flex-start"
_NUMBERS_GREY = "opacity:0.62"
_OF_POINTS = ("A", "Z", "dA", "dZ", "Y")


def moment_html(walk: Walkthrough, at: int, point: int = 0) -> Html:
    """Return a moment as HTML.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    at : int
        Which one.
    point : int
        The example whose numbers stand in the units.
    """
    moment = walk.moments[at]
    colour = COLOURS["failed" if moment.standing == "failed" else moment.phase]
    title = element("strong", walk.written(moment.title))
    where = f" {at + 1} of {len(walk.moments)}{_of_step(walk, moment)}: "
    head = [badge(_PHASES[moment.phase], colour), where, title]
    if _STANDINGS[moment.standing]:
        head += [" (", _STANDINGS[moment.standing], ")"]
    picture = scrolled(f"The network, moment {at + 1}", scene_svg(scene_of(walk, at, point)))
    sides = (
        element("div", picture, style="flex:1 1 30em;min-width:0"),
        element("div", *_formulas(walk, at, point), style="flex:1 1 20em;min-width:0"),
    )
    return element(
        "div",
        element("p", *head, style=_LINE),
        *_noted(moment),
        element("div", *sides, style=_SIDES),
    )


def _formulas(walk: Walkthrough, at: int, point: int) -> Iterator[Html]:
    """Yield the formulas, one entry worked out, and all numbers."""
    moment = walk.moments[at]
    for formula in moment.formulas:
        code = element("code", walk.written(formula), style=f"{_CODE};font-size:1.15em")
        yield element("p", code, style=_LINE)
    worked = one_entry(walk, at, point)
    if worked:
        yield element("p", "One entry: ", element("code", worked, style=_CODE), style=_LINE)
    rows = [_row(row, walk, moment, point) for row in moment.rows]
    style = _NUMBERS_GREY if moment.is_grey else None
    yield scrolled(f"The numbers, moment {at + 1}", element("div", *rows, style=style))


def _of_step(walk: Walkthrough, moment: Moment) -> str:
    return f", step {moment.step}" if walk.moments[-1].step > 1 else ""


def _noted(moment: Moment) -> Iterator[Html]:
    if moment.note:
        style = _GREY if moment.is_grey else _LINE
        if moment.standing in ("failed", "wrong"):
            style = bar(COLOURS["failed"])
        yield element("p", moment.note, style=style)


def _row(row: tuple[str, ...], walk: Walkthrough, moment: Moment, point: int) -> Html:
    """Return an equation: arrays, and the signs between them."""
    pieces = []
    for piece in row:
        name = piece.removesuffix("ᵀ")
        if name in ("X", "Y") or name.removesuffix(NEW)[-1:].isdigit() or name[:1] == "J":
            pieces.append(_numbers(piece, walk, moment, point))
        else:
            pieces.append(element("span", piece))
    return element("div", *pieces, style=_ROW)


def _numbers(piece: str, walk: Walkthrough, moment: Moment, point: int) -> Html:
    """Return an array as a table, a number with its name, or what stands for one unknown."""
    name = piece.removesuffix("ᵀ")
    shown = walk.name_shown(piece)
    value = moment.values.get(name)
    if value is None:
        return element("span", f"{shown} ?")
    if not isinstance(value, np.ndarray):
        return element("span", f"{shown} = ", element("strong", short(float(value))))
    is_turned = piece.endswith("ᵀ")
    letters = name.rstrip("0123456789")
    marked = point if letters in _OF_POINTS and not is_turned else None
    return _table(shown, value.T if is_turned else value, marked)


def _table(name: str, array: Array, marked: int | None) -> Html:
    shown = grid(array)
    caption: list[str] = [element("b", name), f" {array.shape}"]
    if shown.factor:
        caption.append(f", times {shown.factor}")
    if shown.cut:
        caption += [element("br"), range_and_mean(array)]
    rows = (
        element("tr", *(
            element("td", one, style=_MARKED if str(marked) == column else _CELL)
            for one, column in zip(row, shown.column_indices, strict=True)
        ))
        for row in shown.rows
    )  # fmt: skip
    named = element("caption", joined(caption), style=_CAPTION)
    return element("table", named, element("tbody", *rows), style=_TABLE)


def facts_html(walk: Walkthrough) -> Html:
    """Return the heading and the sentences on functions, data and start."""
    facts = (element("li", fact) for fact in walk.facts)
    heading = element("p", element("strong", walk.heading), style=_LINE)
    return element("div", heading, element("ul", *facts, style=_LINE))


def stills(walk: Walkthrough) -> list[int]:
    """Return one moment of each part of the first step, and where something failed."""
    chosen: dict[Any, int] = {}
    for at, moment in enumerate(walk.moments):
        if moment.step == 1 and moment.phase != "start":
            # Of forward and backward, a hidden layer says most; the update ends with the cost.
            first = moment.phase in ("forward", "backward") and moment.layer != 1
            if not (first and moment.phase in chosen):
                chosen[moment.phase] = at
        if moment.standing == "failed":
            chosen["failed"] = at
    return sorted(set(chosen.values()))
