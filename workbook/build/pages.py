"""Make the notebook of a page: text and code to run, and nothing that is graded."""

from pathlib import Path
from typing import Any

from workbook.build.lessons import BuildError, Cell, filled, parsed
from workbook.build.weave import notebook_of, plain_code_cell, text_cell
from workbook.course.exercises import Page


def page_notebook(path: Path, page: Page) -> Any:
    """Return the notebook of a page, ready for nbgrader, which finds no cell of its own in it.

    Parameters
    ----------
    path : pathlib.Path
        The page's text.
    page : Page
        The page.

    Raises
    ------
    BuildError
        If the text cannot be read, or a cell is more than text or plain code.
    """
    _, notebook, lines = parsed(path)
    cells = [
        _cell(path, page, cell, line) for cell, line in zip(notebook.cells, lines, strict=True)
    ]
    return notebook_of([_woven(path, cell, number) for number, cell in enumerate(cells, 1)])


def _cell(path: Path, page: Page, cell: Any, line: int) -> Cell:
    if cell.cell_type != "code":
        return Cell("markdown", filled(path, cell.source, line, page), line, "text")
    if cell.metadata:
        options = ", ".join(sorted(cell.metadata))
        raise BuildError(path, line, f"a page holds text and plain code; this cell has: {options}")
    return Cell("code", cell.source, line, "code")


def _woven(path: Path, cell: Cell, number: int) -> Any:
    identity = f"{cell.role}-{number:02d}"
    if cell.kind == "markdown":
        return text_cell(path, cell, identity)
    return plain_code_cell(cell, identity)
