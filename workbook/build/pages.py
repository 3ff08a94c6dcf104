"""Make the notebook of a page: text and code to run, and nothing that is graded."""

from pathlib import Path
from typing import Any

import nbformat

from workbook.build.lessons import BuildError, Cell, parsed
from workbook.build.weave import notebook_of, text_cell


def page_notebook(path: Path) -> Any:
    """Return the notebook of a page, ready for nbgrader, which finds no cell of its own in it.

    Parameters
    ----------
    path : pathlib.Path
        The page's text.

    Raises
    ------
    BuildError
        If the text is missing or cannot be read, or a cell is more than text or plain code.
    """
    if not path.is_file():
        raise BuildError(path, 1, f"the text of the page {path.stem} is missing")
    _, notebook, lines = parsed(path)
    cells = [_cell(path, cell, line) for cell, line in zip(notebook.cells, lines, strict=True)]
    return notebook_of([_woven(path, cell, number) for number, cell in enumerate(cells, 1)])


def _cell(path: Path, cell: Any, line: int) -> Cell:
    if cell.cell_type != "code":
        return Cell("markdown", cell.source, line, "text")
    if cell.metadata:
        options = ", ".join(sorted(cell.metadata))
        raise BuildError(path, line, f"a page holds text and plain code; this cell has: {options}")
    return Cell("code", cell.source, line, "code")


def _woven(path: Path, cell: Cell, number: int) -> Any:
    identity = f"{cell.role}-{number:02d}"
    if cell.kind == "markdown":
        return text_cell(path, cell, identity)
    return nbformat.v4.new_code_cell(cell.source, id=identity)
