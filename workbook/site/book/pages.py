"""A released notebook as a page of Markdown, as Sphinx reads it with MyST."""

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from workbook.course.exercises import Exercise, Page, in_order
from workbook.course.folder import Course, CourseError
from workbook.course.questions import Question
from workbook.figures.html import Html, element
from workbook.site.book.cells import code_as_markdown
from workbook.site.book.quizzes import quiz_as_markdown
from workbook.site.links import Link

# A link to another notebook, and to a picture that is attached to the cell.
_NOTEBOOK = re.compile(r"\]\(([^()\s:]+)\.ipynb(#[^()\s]*)?\)")
_ATTACHED = re.compile(r"\]\(attachment:([^()\s]+)\)")
_HEADING = re.compile(r"# .*\n?")
_FENCE = re.compile(r"(^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*[ \t]*$)", re.M | re.S)


def released_notebooks(course: Course) -> list[tuple[Exercise | Page, Any]]:
    """Return each exercise, lab and page with its released notebook, in the order of the course.

    Raises
    ------
    CourseError
        If one is missing or cannot be read.
    """
    found = []
    for what in in_order():
        path = course.root / "release" / what.notebook_path
        if not path.is_file():
            raise CourseError(f"{path}: no such file. Run `workbook build`, which writes it.")
        try:
            found.append((what, nbformat.read(path, as_version=4)))
        except Exception as error:
            # nbformat passes on what JSON and its schema raise: it is all about this file.
            said = f"{path} is not a notebook that can be read. `workbook build` writes it again."
            raise CourseError(said) from error
    return found


class PageWriter:
    """Writes notebooks as pages into Sphinx's folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where Sphinx finds its pages.
    questions : dict of str to Question
        The questions of the course.
    hints : dict of str to list of str
        The hints for each function.
    """

    def __init__(
        self, folder: Path, questions: dict[str, Question], hints: dict[str, list[str]]
    ) -> None:
        self._folder = folder
        self._questions = questions
        self._hints = hints

    def write(self, what: Exercise | Page, notebook: Any, links: list[Link]) -> None:
        """Write a notebook as a page, with links to open it."""
        page = (self._folder / what.notebook_path).with_suffix(".md")
        page.parent.mkdir(parents=True, exist_ok=True)
        parts = [part for cell in notebook.cells for part in self._cell(page, cell)]
        page.write_text(_with_links("\n\n".join(parts), links) + "\n", encoding="utf-8")

    def _cell(self, page: Path, cell: Any) -> Iterator[str]:
        if cell.cell_type == "markdown":
            name = cell.get("id", "").removeprefix("question-")
            text = self._text(page, cell)
            yield quiz_as_markdown(text, self._questions[name]) if name in self._questions else text
        elif cell.cell_type == "code" and "quiz" not in cell.metadata.get("tags", []):
            yield from code_as_markdown(page, cell, self._hints)

    def _text(self, page: Path, cell: Any) -> str:
        """Return the text of a cell, its pictures written beside the page."""
        for name, content in cell.get("attachments", {}).items():
            for data in content.values():
                (page.parent / name).write_bytes(b64decode(data))
        pieces = _FENCE.split(str(cell.source))
        # Of three pieces, the second is a block of code, and the third is how its fence begins.
        return "".join(_relinked(one) if i % 3 == 0 else one * (i % 3 == 1)
                       for i, one in enumerate(pieces))  # fmt: skip


def anchor(heading: str) -> str:
    """Return the name by which a link in a notebook finds a heading, as JupyterLab makes it."""
    return heading.replace(" ", "-")


def _relinked(text: str) -> str:
    return _ATTACHED.sub(r"](\1)", _NOTEBOOK.sub(r"](\1.md\2)", text))


def _with_links(text: str, links: list[Link]) -> str:
    """Return a page with the links to open it below its heading."""
    heading = _HEADING.match(text)
    end = heading.end() if heading else 0
    return f"{text[:end]}\n{_links(links)}\n\n{text[end:]}"


def _links(links: list[Link]) -> Html:
    items = (
        element("a", one.text, href=one.address, rel="noopener" if one.is_elsewhere else None)
        for one in links
    )
    return element("nav", *items, aria_label="Open this notebook", **{"class": "wb-open"})
