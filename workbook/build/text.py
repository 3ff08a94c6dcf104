"""The text of a lesson or a page as it is written; what is wrong with it, and in which line."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupytext.myst import myst_to_notebook

from workbook.build.references import resolved
from workbook.course.exercises import Exercise, Page


class BuildError(Exception):
    """A lesson, a solution or a test file is not as it should be; says the file and the line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class LessonCell:
    """One cell of a lesson or a page.

    Attributes
    ----------
    kind : str
        "markdown" or "code".
    source : str
        Text of the cell; empty for the cells that the build fills.
    line : int
        Line of the file where the cell begins, from 1 (for text, the line before it).
    role : str
        "text", "question", "setup", "experiment", "code", "quiz", "solution", "check", "tests" or
        "manual".
    id : str
        Name of a cell that needs one of its own, such as one with a role in grading.
    function : str
        Which function a cell of role "solution" or "check" is about.
    points : float
        Points that a person can give for a cell of role "manual".
    tests : tuple of str
        Names of the hidden tests that a cell of role "tests" holds.
    """

    kind: str
    source: str
    line: int
    role: str
    id: str = ""
    tests: tuple[str, ...] = ()
    function: str = ""
    points: float = 0.0


def parse_text(path: Path) -> tuple[str, Any, list[int]]:
    """Return the text of a lesson or a page, its notebook, and the line where each cell begins.

    Raises
    ------
    BuildError
        If the file cannot be read as a notebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
        notebook = myst_to_notebook(text, add_source_map=True)
    except Exception as error:
        # jupytext passes on what YAML and nbformat raise: it is all about this text.
        said = " ".join(str(error).split())
        raise BuildError(path, _line(said), f"the lesson cannot be read: {said}") from error
    return text, notebook, list(notebook.metadata["source_map"])


def _line(said: str) -> int:
    """Return the line that an error of jupytext is about, from its text; 1 if it names none."""
    cell = re.search(r"at line (\d+) could not be read", said)
    if cell:
        return int(cell[1])
    # YAML counts from the first line below the dashes.
    header = re.search(r"line (\d+), column", said)
    return int(header[1]) + 1 if header else 1


def line_of_key(text: str, key: str) -> int:
    """Return the line of a key of the header; 1 if it is not there."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.startswith(f"{key}:")), 1)


def fill_in(path: Path, text: str, line: int, here: Exercise | Page) -> str:
    """Return a text of a lesson or a page with its placeholders filled in.

    Raises
    ------
    BuildError
        If a placeholder names nothing; the error gives the line where the text begins.
    """
    try:
        return resolved(text, here)
    except ValueError as error:
        raise BuildError(path, line, str(error)) from error
