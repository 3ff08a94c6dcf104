"""A cell whose answer a person marks: read from a lesson, woven for nbgrader."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import compute_checksum

from workbook.build.pictures import attach
from workbook.build.text import BuildError, LessonCell, fill_in
from workbook.course.exercises import FUNCTIONS, Exercise, find

_EXAMPLE = "such as `:manual: why_relu, 5 points`"
_POINTS = re.compile(r"(\d+(?:\.\d+)?) +points?")
_KINDS = {"text": "markdown", "code": "code"}

# A cell's id is made of it, and may have 64 characters.
_LONGEST_NAME = 50
_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"

# nbgrader releases a solution region as its stub, and would release nothing else without one.
_NO_MODEL_ANSWER = {
    "markdown": "There is no model answer.",
    "code": "# There is no model answer.",
}


def read_manual(path: Path, exercise: Exercise, cell: Any, line: int) -> LessonCell:
    """Read a cell with the option ``:manual:``, which says its name, its points and its kind.

    Parameters
    ----------
    path : pathlib.Path
        The lesson.
    exercise : Exercise
        What it is about.
    cell : NotebookNode
        The cell.
    line : int
        The line where it begins.

    Raises
    ------
    BuildError
        If it is not well formed; names the file and the line.
    """
    others = sorted(set(cell.metadata) - {"manual"})
    if others:
        said = f"a cell that a person marks has no other option: {', '.join(others)}"
        raise BuildError(path, line, said)
    try:
        name, points, kind = _option(cell.metadata["manual"])
    except ValueError as error:
        raise BuildError(path, line, str(error)) from None
    if name in FUNCTIONS or find(name):
        said = f"{name!r} is a function or a notebook of the course; give the cell another name"
        raise BuildError(path, line, said)
    text = cell.source
    if not text.strip():
        said = f"the cell {name!r} is empty: write what it says to begin with, below its option"
        raise BuildError(path, line, said)
    _check_region(path, line, text)
    if kind == "markdown":
        text = fill_in(path, text, line, exercise)
    return LessonCell(kind, text, line, "manual", name, points=points)


def _option(value: Any) -> tuple[str, float, str]:
    """Return name, points and kind; raise ValueError where one of them is missing or wrong."""
    parts = [part.strip() for part in str("" if value is None else value).split(",")]
    name = parts[0]
    if not name or _POINTS.fullmatch(name):
        raise ValueError(f"a cell that a person marks needs a name, {_EXAMPLE}")
    if not re.fullmatch(rf"[A-Za-z][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}", name):
        said = f"{name!r} cannot be the name of a cell that a person marks: use at most"
        raise ValueError(f"{said} {_LONGEST_NAME} letters, digits and underscores, {_EXAMPLE}")
    if len(parts) == 1:
        raise ValueError(f"the cell {name!r} needs points, {_EXAMPLE}")
    points = _POINTS.fullmatch(parts[1])
    if not points or not float(points[1]):
        raise ValueError(
            f"{parts[1]!r} are not points for the cell {name!r}; write them {_EXAMPLE}"
        )
    kind = ", ".join(parts[2:]) or "text"
    if kind not in _KINDS:
        raise ValueError(f"{kind!r} is not a kind of the cell {name!r}: it is `text` or `code`")
    return name, float(points[1]), _KINDS[kind]


def _check_region(path: Path, line: int, text: str) -> None:
    """Check that what nbgrader takes out begins and ends."""
    marks = re.findall(rf"{_BEGIN}|{_END}", text)
    if marks not in ([], [_BEGIN, _END]):
        said = f"a model answer stands between one `{_BEGIN}` and one `{_END}` below it"
        raise BuildError(path, line, said)


def manual_cell(path: Path, cell: LessonCell, is_bonus: bool) -> Any:
    """Return the cell of a source notebook that nbgrader leaves to a person to mark.

    Parameters
    ----------
    path : pathlib.Path
        The lesson.
    cell : LessonCell
        The cell as the lesson has it.
    is_bonus : bool
        Whether its points are a bonus, which adds nothing to what could be earned.
    """
    settings = {
        "cell_type": cell.kind,
        "grade": True,
        "grade_id": cell.id,
        "locked": False,
        "points": 0.0 if is_bonus else cell.points,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    text, more = cell.source, {}
    if cell.kind == "markdown":
        text, attachments = attach(path, cell)
        more = {"attachments": attachments} if attachments else {}
    if _BEGIN not in text:
        gap = "\n\n" if cell.kind == "markdown" else "\n"
        text += f"{gap}{_BEGIN}\n{_NO_MODEL_ANSWER[cell.kind]}\n{_END}"
    new = nbformat.v4.new_markdown_cell if cell.kind == "markdown" else nbformat.v4.new_code_cell
    woven = new(text, id=cell.id, metadata={"nbgrader": settings}, **more)
    woven.metadata.nbgrader["checksum"] = compute_checksum(woven)
    return woven


def manual_points(cells: Collection[LessonCell]) -> dict[str, float]:
    """Return the points of the cells that a person marks, by name."""
    manual = {cell.id: cell.points for cell in cells if cell.role == "manual"}
    return {name: int(one) if one.is_integer() else one for name, one in manual.items()}
