"""Renders a notebook as it was handed in, as HTML that runs and fetches nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from workbook.course.text import printable
from workbook.grade.judging.time_limit import OutOfTimeError, own_time, until
from workbook.grade.submissions.identify import tests_in

# After that, the rest of a page is shown as it was written.
_PAGE_SECONDS = 4.0

_MOST_OUTPUT = 20_000
# Of the HTML of all texts and code. Each sign of a text may become twenty.
_MOST_SHOWN = 5_000_000
_LEFT_OUT = Markup("<p>[left out here: the page would be too long]</p>")
# What a terminal takes for colours and titles.
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
# What a text got that an instructor's browser shows, too: see `harmless`.
_DISABLED = re.compile(r"(?<=[<\\])\N{ZERO WIDTH SPACE}")
_HEADING = re.compile(r"#{1,6} +(.+)")


@dataclass(frozen=True)
class Piece:
    """A piece of a notebook: a cell, or a heading of the lesson.

    Attributes
    ----------
    kind : str
        "heading" of the lesson, "text" or "code" of the student's own, "answer", whose code is
        shown elsewhere, or "lesson", a cell of the lesson's whose outputs are the student's.
    content : str or markupsafe.Markup
        What is in it; of an answer its name, of a cell of the lesson's its first line.
    outputs : tuple of markupsafe.Markup
        What it displayed when it was handed in.
    """

    kind: str
    content: str
    outputs: tuple[Markup, ...] = ()


class Rendering:
    """Makes HTML of texts and code, as long as the time and the room for a page last."""

    def __init__(self) -> None:
        self._deadline = own_time(_PAGE_SECONDS)
        self._pictures = 0
        self._room = _MOST_SHOWN

    def code(self, source: str) -> Markup:
        """Return a piece of Python, with colours."""
        return self._in_time(_highlighted, source)

    def answer(self, cell: Any) -> Markup:
        """Return an answer that a person marks, of text or of code."""
        if cell.cell_type == "code":
            return self.code(cell.source)
        # As it was typed: on this page, HTML is text and TeX is not run.
        return self._in_time(_rendered, _DISABLED.sub("", cell.source))

    def pieces(self, notebook: Any) -> Iterator[Piece]:
        """Yield what a student has written and displayed, under the headings of the lesson.

        Parameters
        ----------
        notebook : NotebookNode
            The autograded notebook. The tests' outcomes in it are left out.
        """
        heading = ""
        for cell in notebook.cells:
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "code":
                outputs = tuple(self._outputs(cell, heading))
                yield from self._code_cell(cell, tags, outputs)
            elif "lesson" in tags:
                if found := _HEADING.match(cell.source):
                    heading = found[1]
                    yield Piece("heading", heading)
            elif cell.metadata.get("nbgrader"):
                yield Piece("answer", cell.metadata.nbgrader["grade_id"])
            elif cell.cell_type == "markdown":
                yield Piece("text", self._in_time(_rendered, cell.source))
            else:
                yield Piece("text", self._plain(cell.source))

    def _code_cell(
        self, cell: Any, tags: list[str], outputs: tuple[Markup, ...]
    ) -> Iterator[Piece]:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("solution"):
            yield Piece("answer", settings["grade_id"], outputs)
        elif not settings and "experiment" not in cell.metadata.get("tags", []):
            yield Piece("code", self.code(cell.source), outputs)
        elif outputs and not tests_in(cell):
            yield Piece("lesson", cell.source.strip().partition("\n")[0], outputs)

    def _outputs(self, cell: Any, heading: str) -> Iterator[Markup]:
        for output in cell.outputs:
            data = output.get("data", {})
            image = data.get("image/png", "")
            text = output.get("text") or data.get("text/plain", "")
            if image and _BASE64.fullmatch(image):
                self._pictures += 1
                under = f", under “{heading}”" if heading else ""
                alt = f"Picture {self._pictures} that your notebook displayed{under}"
                source = "data:image/png;base64," + "".join(image.split())
                yield Markup('<img alt="{}" src="{}">').format(alt, source)
            elif text:
                yield self._plain(text)

    def _in_time(self, change: Callable[[str], str], source: str) -> Markup:
        """Return HTML of a text; show it as it was written when time or room is over."""
        # A text is no shorter as HTML.
        if len(source) <= self._room:
            text = _readable(source)
            with suppress(OutOfTimeError), until(self._deadline):
                html = Markup(change(text))
                if len(html) <= self._room:
                    self._room -= len(html)
                    return html
        return self._plain(source)

    def _plain(self, text: str) -> Markup:
        """Return a text as it was written, if there is room."""
        html = _plain(text) if self._room > 0 else _LEFT_OUT
        self._room -= len(html)
        return html


def _plain(text: str) -> Markup:
    shown = _readable(text)
    if len(shown) > _MOST_OUTPUT:
        shown = f"{shown[:_MOST_OUTPUT]}\n[the rest is left out here]"
    return Markup("<pre>{}</pre>").format(shown)


def _readable(text: str) -> str:
    """Return a text without what steers a terminal, or reorders the letters around it."""
    lines = _STEERING.sub("", text).replace("\r\n", "\n").expandtabs(4)
    return printable(lines)


# Most cells of a class's notebooks are the same.
@lru_cache(maxsize=1000)
def _rendered(source: str) -> str:
    """Return Markdown as HTML, in which HTML of the text itself is text."""
    return str(_markdown()(source))


@cache
def _markdown() -> Callable[[str], Any]:
    import mistune

    class Renderer(mistune.HTMLRenderer):
        """The page has headings of its own, and fetches no picture."""

        def heading(self, text: str, level: int, **attrs: Any) -> str:
            return f"<p><strong>{text}</strong></p>\n"

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return text

    plugins = ["strikethrough", "table"]
    made: Callable[[str], Any] = mistune.create_markdown(
        escape=True, renderer=Renderer(escape=True), plugins=plugins
    )
    return made


@lru_cache(maxsize=1000)
def _highlighted(source: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    html = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return f"<pre>{html}</pre>"
