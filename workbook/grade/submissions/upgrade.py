"""Converts notebooks of nbformat 3 and 2, whose cells are in worksheets, to nbformat 4.

`nbformat.convert` is not used: over an output with a long name it takes hours, since it looks at it
by regular expressions, and for a heading of a high level it makes a text of gigabytes.
"""

from typing import Any

from workbook.grade.submissions.decode import InvalidSubmissionError

# Of headings in HTML.
_LEVELS = range(1, 7)


def upgraded(sheets: list[Any]) -> list[dict[str, Any]]:
    """Return the cells of worksheets.

    Raises
    ------
    InvalidSubmissionError
        If there are none.
    """
    lists = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
    cells = [cell for held in lists if isinstance(held, list) for cell in held]
    found = [_upgraded(cell) for cell in cells if isinstance(cell, dict)]
    if not found:
        raise InvalidSubmissionError("the notebook is in an old format, and has no cells")
    return found


def _upgraded(cell: dict[str, Any]) -> dict[str, Any]:
    source, level = cell.get("source", cell.get("input")), cell.get("level")
    if cell.get("cell_type") == "heading":
        level = level if type(level) is int and level in _LEVELS else 1
        source = ["#" * level + " ", *(source if isinstance(source, list) else [source])]
    outputs = cell.get("outputs")
    shown = [
        one | {"data": {"text/plain": one.get("text"), "image/png": one.get("png")}}
        for one in (outputs if isinstance(outputs, list) else [])
        if isinstance(one, dict)
    ]
    return {**cell, "source": source, "outputs": shown}
