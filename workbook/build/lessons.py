"""Read a lesson: plain text in, checked cells out."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupytext.myst import myst_to_notebook

from workbook.build.references import resolved
from workbook.build.setup import completed
from workbook.course.exercises import NOTEBOOKS, Exercise, Page, find
from workbook.course.formulas import HINTS, plain_formulas

_ROLES = ("solution", "check", "tests")
_OPTIONS = {"id", "tags", *_ROLES}
_TAGS = {"setup", "experiment"}


class BuildError(Exception):
    """A lesson, a solution or a test file is not as it should be; says the file and the line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    Attributes
    ----------
    kind : str
        "markdown" or "code".
    source : str
        Text of the cell; empty for the cells that the build fills.
    line : int
        Line of the lesson where the cell begins, from 1 (for text, the line before it).
    role : str
        "text", "setup", "experiment", "code", "solution", "check" or "tests".
    id : str
        Name of a cell with a role in grading; empty for the others.
    function : str
        Which function a cell of role "solution" or "check" is about.
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


@dataclass(frozen=True)
class Lesson:
    """One lesson: its exercise, its cells, and three hints for each function, as Markdown."""

    path: Path
    exercise: Exercise
    cells: tuple[Cell, ...]
    hints: dict[str, tuple[str, ...]]


def read_lesson(path: Path) -> Lesson:
    """Read a lesson and check its form.

    Raises
    ------
    BuildError
        If the lesson is not well formed; names the file and the line.
    """
    text, notebook, lines = parsed(path)
    exercise = _exercise(path, notebook.metadata.get("exercise"), text)
    cells = tuple(
        _cell(path, exercise, cell, line) for cell, line in zip(notebook.cells, lines, strict=True)
    )
    _check_ids(path, cells)
    _check_roles(path, exercise, cells)
    hints = _hints(path, exercise, notebook.metadata.get("hints"), text)
    return Lesson(path, exercise, cells, hints)


def parsed(path: Path) -> tuple[str, Any, list[int]]:
    """Return the text of a lesson or a page, its notebook, and the line where each cell begins."""
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


def _exercise(path: Path, name: Any, text: str) -> Exercise:
    line = line_of_key(text, "exercise")
    exercise = find(str(name))
    if exercise is None:
        known = ", ".join(e.name for e in NOTEBOOKS)
        raise BuildError(path, line, f"unknown exercise {name!r}; the exercises are: {known}")
    return exercise


def filled(path: Path, text: str, line: int, here: Exercise | Page) -> str:
    """Return a text of a lesson or a page with its placeholders filled in."""
    try:
        return resolved(text, here)
    except ValueError as error:
        raise BuildError(path, line, str(error)) from error


def _hints(path: Path, exercise: Exercise, hints: Any, text: str) -> dict[str, tuple[str, ...]]:
    """Return the hints by function; a lesson of one function gives them without its name."""
    line = line_of_key(text, "hints")
    if exercise.functions == (exercise.name,):
        hints = {exercise.name: hints}
    if not isinstance(hints, dict) or tuple(hints) != exercise.functions:
        names = ", ".join(exercise.functions)
        raise BuildError(path, line, f"the header needs `hints:` with a list for each of: {names}")
    return {
        name: tuple(filled(path, hint, line, exercise) for hint in _three_hints(path, line, three))
        for name, three in hints.items()
    }


def _three_hints(path: Path, line: int, hints: Any) -> tuple[str, ...]:
    what = "a question, the idea, the shape of the answer"
    if not isinstance(hints, list) or len(hints) != HINTS:
        raise BuildError(path, line, f"the header needs `hints:`, a list of {HINTS} texts: {what}")
    for number, hint in enumerate(hints, 1):
        if not isinstance(hint, str) or not hint.strip():
            raise BuildError(path, line, f"hint {number} is not a text; the three are {what}")
        left = re.search(r"\\\w*|\$|```", plain_formulas(hint))
        if left:
            raise BuildError(
                path, line, f"hint {number} cannot be shown in a terminal: it holds {left[0]!r}"
            )
    return tuple(hint.strip() for hint in hints)


def line_of_key(text: str, key: str) -> int:
    """Return the line of a key of the header; 1 if it is not there."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.startswith(f"{key}:")), 1)


def _cell(path: Path, exercise: Exercise, cell: Any, line: int) -> Cell:
    if cell.cell_type != "code":
        return Cell("markdown", filled(path, cell.source, line, exercise), line, "text")
    options = dict(cell.metadata)
    unknown = set(options) - _OPTIONS
    if unknown:
        raise BuildError(path, line, f"unknown cell option {', '.join(sorted(unknown))}")
    roles = [role for role in _ROLES if role in options]
    if not roles:
        return _plain_code_cell(path, exercise, cell.source, options, line)
    if len(roles) > 1:
        raise BuildError(path, line, f"a cell cannot be both {' and '.join(roles)}")
    if cell.source.strip():
        raise BuildError(path, line, f"the build fills a {roles[0]} cell; leave it empty")
    return _graded_cell(path, exercise, options, roles[0], line)


def _plain_code_cell(
    path: Path, exercise: Exercise, source: str, options: dict[str, Any], line: int
) -> Cell:
    tags = options.get("tags", [])
    if len(tags) > 1 or set(tags) - _TAGS:
        raise BuildError(path, line, f"a cell has one of the tags {', '.join(sorted(_TAGS))}")
    role = tags[0] if tags else "code"
    source = completed(source, exercise) if role == "setup" else source
    return Cell("code", source, line, role)


def _graded_cell(
    path: Path, exercise: Exercise, options: dict[str, Any], role: str, line: int
) -> Cell:
    if role == "tests":
        tests = options["tests"]
        if not isinstance(tests, list) or not tests:
            raise BuildError(path, line, "`tests` needs a list of test names")
        if "id" not in options:
            raise BuildError(
                path,
                line,
                f"a tests cell needs an id, such as `:id: {exercise.functions[0]}-shapes`",
            )
        return Cell("code", "", line, role, str(options["id"]), tuple(map(str, tests)))
    name = str(options[role])
    if name not in exercise.functions:
        names = " and ".join(map(repr, exercise.functions))
        raise BuildError(path, line, f"`{role}` names {name!r}, but this lesson is about {names}")
    identity = name if role == "solution" else f"{name}-check"
    return Cell("code", "", line, role, str(options.get("id", identity)), function=name)


def _check_ids(path: Path, cells: tuple[Cell, ...]) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        if cell.id in seen:
            raise BuildError(
                path, cell.line, f"two cells have the id {cell.id!r}: see line {seen[cell.id]}"
            )
        if cell.id:
            seen[cell.id] = cell.line


def _check_roles(path: Path, exercise: Exercise, cells: tuple[Cell, ...]) -> None:
    for role in ("solution", "check"):
        for name in exercise.functions:
            found = [cell for cell in cells if (cell.role, cell.function) == (role, name)]
            if len(found) != 1:
                line = found[1].line if found else 1
                what = f"a lesson has one {role} cell"
                what += f" for {name}" if exercise.is_lab else ""
                raise BuildError(path, line, f"{what}; this has {len(found)}")
    if not any(cell.role == "tests" for cell in cells):
        raise BuildError(path, 1, "the lesson has no graded cell: add one with `:tests:`")
