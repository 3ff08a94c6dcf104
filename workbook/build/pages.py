"""Make the notebook of a page: text, questions and code to run, and nothing that is graded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.build.question_cells import QuestionCell
from workbook.build.questions import cells_and_questions
from workbook.build.text import BuildError, LessonCell, fill_in, parse_text
from workbook.build.weave import make_notebook, plain_code_cell, text_cell
from workbook.course.exercises import Page


@dataclass(frozen=True)
class PageText:
    """What is written on a page: its cells, and its questions."""

    path: Path
    page: Page
    cells: tuple[LessonCell, ...]
    questions: tuple[QuestionCell, ...]


def read_page(path: Path, page: Page) -> PageText:
    """Read a page and check its form.

    Parameters
    ----------
    path : pathlib.Path
        The page's text.
    page : Page
        The page.

    Raises
    ------
    BuildError
        If the text cannot be read, or a cell is more than text, a question or plain code.
    """
    _, notebook, lines = parse_text(path)
    cells, questions = cells_and_questions(
        path, notebook, lines, page, lambda cell, line: _cell(path, page, cell, line)
    )
    _check_import(path, cells)
    return PageText(path, page, cells, questions)


def page_notebook(page: PageText, first: Sequence[Any] = ()) -> Any:
    """Return the notebook of a page, which holds no cell that nbgrader would grade.

    Parameters
    ----------
    page : PageText
        The page.
    first : sequence of NotebookNode, optional
        Cells that stand above it.
    """
    woven = [_woven(page.path, cell, number) for number, cell in enumerate(page.cells, 1)]
    return make_notebook([*first, *woven])


def _cell(path: Path, page: Page, cell: Any, line: int) -> LessonCell:
    if cell.cell_type != "code":
        return LessonCell("markdown", fill_in(path, cell.source, line, page), line, "text")
    if cell.metadata:
        options = ", ".join(sorted(cell.metadata))
        said = f"a page holds text, questions and plain code; this cell has: {options}"
        raise BuildError(path, line, said)
    return LessonCell("code", cell.source, line, "code")


def _check_import(path: Path, cells: tuple[LessonCell, ...]) -> None:
    """Check that a cell above the first question imports what asks it: a page has no setup cell."""
    for cell in cells:
        if cell.role == "code" and re.search(r"\bquiz\b", cell.source):
            return
        if cell.role == "quiz":
            said = "no cell above this question imports quiz: `from workbook import quiz`"
            raise BuildError(path, cell.line, said)


def _woven(path: Path, cell: LessonCell, number: int) -> Any:
    identity = cell.id or f"{cell.role}-{number:02d}"
    if cell.kind == "markdown":
        return text_cell(path, cell, identity)
    return plain_code_cell(cell, identity)
