"""Draws for the book what a cell draws without any code of the learner's."""

import ast
import contextlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import workbook
from workbook.figures.html import Html
from workbook.figures.picture import Picture
from workbook.figures.sliders.recorded_runs import RATES, UNITS
from workbook.figures.validation import PictureError
from workbook.site.learning import player

_PLAYED = "watch_learning"


@dataclass(frozen=True)
class Shown:
    """What the book shows of a cell.

    Attributes
    ----------
    markdown : str
        The picture.
    more : str
        What the notebook does with it, to go on a sentence; "" for nothing.
    """

    markdown: str
    more: str = ""


def picture_of(page: Path, cell: Any) -> Shown | None:
    """Return the picture that a cell draws; None if it draws none, or needs the learner's code.

    Parameters
    ----------
    page : pathlib.Path
        The page, beside which the picture is written.
    cell : NotebookNode
        The cell.
    """
    called = _call(str(cell.source))
    if called is None:
        return None
    name, given, named = called
    if name == _PLAYED:
        return Shown(_player(*given, **named))
    picture = _drawn(name, given, named)
    if picture is None:
        return None
    file = page.with_name(f"{page.stem}-{cell.id}.png")
    file.write_bytes(picture.png())
    if workbook.LATER[name].startswith("workbook.figures.sliders."):
        # Its first line says that there are no widgets: nobody expects them in a book.
        alt = picture.alt.partition("\n")[2]
        return Shown(f"![{_escaped(alt)}]({file.name})", ", with sliders that move it")
    return Shown(f"![{_escaped(picture.alt)}]({file.name})")


def _call(source: str) -> tuple[str, list[Any], dict[str, Any]] | None:
    """Return the function of `workbook` that a cell ends with, and its arguments, if written out.

    A cell that defines or imports more than that is left alone: its call may be about it.
    """
    try:
        *before, last = ast.parse(source).body
        if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
            return None
        call = last.value
        name = getattr(call.func, "id", "")
        if name not in workbook.LATER or not all(isinstance(one, ast.ImportFrom) for one in before):
            return None
        given = [ast.literal_eval(one) for one in call.args]
        named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
    except (SyntaxError, ValueError):
        # A line of IPython's, or an argument that is a name: only a kernel can run it.
        return None
    return name, given, named


def _drawn(name: str, given: list[Any], named: dict[str, Any]) -> Picture | None:
    if not workbook.LATER[name].startswith("workbook.figures."):
        return None
    # What is drawn outside a notebook is also described, by printing.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(PictureError, TypeError):
        drawn = getattr(workbook, name)(*given, **named)
        return drawn if isinstance(drawn, Picture) else None
    return None


def _player(units: Any = 8, learning_rate: Any = 1.0, step: int | None = None) -> Html:
    def known(chosen: Any, recorded: tuple[Any, ...]) -> list[Any]:
        wanted = chosen if isinstance(chosen, list | tuple) else [chosen]
        return [one for one in wanted if one in recorded] or [recorded[-1]]

    return player(known(units, UNITS), known(learning_rate, RATES), step)


def _escaped(alt: str) -> str:
    """Return a description as the alt text of a picture in Markdown."""
    line = " ".join(alt.split())
    return "".join(f"\\{one}" if one in r"\`*_[]<>$#&" else one for one in line)
