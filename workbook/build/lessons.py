"""Read a lesson: plain text in, checked cells out."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook.build.manual_cells import read_manual
from workbook.build.question_cells import QuestionCell
from workbook.build.questions import cells_and_questions
from workbook.build.setup import completed
from workbook.build.text import BuildError, LessonCell, fill_in, line_of_key, parse_text
from workbook.course.exercises import NOTEBOOKS, Exercise, find
from workbook.course.formulas import HINTS, not_plain

_ROLES = ("solution", "check", "tests")
_OPTIONS = {"id", "tags", "quiz", *_ROLES}
_TAGS = {"setup", "experiment"}


@dataclass(frozen=True)
class Lesson:
    """One lesson: its exercise, its cells, its questions, and three hints for each function."""

    path: Path
    exercise: Exercise
    cells: tuple[LessonCell, ...]
    questions: tuple[QuestionCell, ...]
    hints: dict[str, tuple[str, ...]]
    #: Of each function the names of mistakes, each with the number of the hint that is for it.
    hint_for: dict[str, dict[str, int]]


def read_lesson(path: Path) -> Lesson:
    """Read a lesson and check its form.

    Raises
    ------
    BuildError
        If the lesson is not well formed; names the file and the line.
    """
    text, notebook, lines = parse_text(path)
    exercise = _exercise(path, notebook.metadata.get("exercise"), text)
    found, questions = cells_and_questions(
        path, notebook, lines, exercise, lambda cell, line: _cell(path, exercise, cell, line)
    )
    cells = tuple(
        replace(cell, source=completed(cell.source, exercise, bool(questions)))
        if cell.role == "setup"
        else cell
        for cell in found
    )
    _check_ids(path, cells)
    _check_roles(path, exercise, cells)
    _check_setup(path, cells)
    hints = _hints(path, exercise, notebook.metadata.get("hints"), text)
    hint_for = _hint_for(path, exercise, notebook.metadata.get("hint_for"), text)
    return Lesson(path, exercise, cells, questions, hints, hint_for)


def _exercise(path: Path, name: Any, text: str) -> Exercise:
    line = line_of_key(text, "exercise")
    exercise = find(str(name))
    if exercise is None:
        known = ", ".join(e.name for e in NOTEBOOKS)
        raise BuildError(path, line, f"unknown exercise {name!r}; the exercises are: {known}")
    return exercise


def _hints(path: Path, exercise: Exercise, hints: Any, text: str) -> dict[str, tuple[str, ...]]:
    """Return the hints by function; a lesson of one function gives them without its name."""
    line = line_of_key(text, "hints")
    if exercise.functions == (exercise.name,):
        hints = {exercise.name: hints}
    if not isinstance(hints, dict) or tuple(hints) != exercise.functions:
        names = ", ".join(exercise.functions)
        raise BuildError(path, line, f"the header needs `hints:` with a list for each of: {names}")
    return {
        name: tuple(fill_in(path, hint, line, exercise) for hint in _three_hints(path, line, three))
        for name, three in hints.items()
    }


def _hint_for(path: Path, exercise: Exercise, given: Any, text: str) -> dict[str, dict[str, int]]:
    """Return which hint is for which mistake, of each function for which the header says it."""
    if given is None:
        return {}
    if exercise.functions == (exercise.name,):
        given = {exercise.name: given}
    by_name = isinstance(given, dict) and given.keys() <= set(exercise.functions)
    if not by_name or not all(map(_is_by_number, given.values())):
        what = "`hint_for:` holds numbers of hints, each with a list of mistakes"
        more = ", under the name of each function" if exercise.is_lab else ""
        raise BuildError(path, line_of_key(text, "hint_for"), f"{what}{more}")
    return {
        name: {mistake: number for number, mistakes in found.items() for mistake in mistakes}
        for name, found in given.items()
    }


def _is_by_number(given: Any) -> bool:
    numbers = range(1, HINTS + 1)
    return isinstance(given, dict) and all(
        type(number) is int and number in numbers and isinstance(names, list)
        for number, names in given.items()
    )


def _three_hints(path: Path, line: int, hints: Any) -> tuple[str, ...]:
    what = "a question, the idea, the shape of the answer"
    if not isinstance(hints, list) or len(hints) != HINTS:
        raise BuildError(path, line, f"the header needs `hints:`, a list of {HINTS} texts: {what}")
    for number, hint in enumerate(hints, 1):
        if not isinstance(hint, str) or not hint.strip():
            raise BuildError(path, line, f"hint {number} is not a text; the three are {what}")
        left = not_plain(hint)
        if left:
            raise BuildError(
                path, line, f"hint {number} cannot be shown in a terminal: it holds {left!r}"
            )
    return tuple(hint.strip() for hint in hints)


def _cell(path: Path, exercise: Exercise, cell: Any, line: int) -> LessonCell:
    if cell.cell_type != "code":
        return LessonCell("markdown", fill_in(path, cell.source, line, exercise), line, "text")
    options = dict(cell.metadata)
    if "manual" in options:
        return read_manual(path, exercise, cell, line)
    unknown = set(options) - _OPTIONS
    if unknown:
        raise BuildError(path, line, f"unknown cell option {', '.join(sorted(unknown))}")
    roles = [role for role in _ROLES if role in options]
    if not roles:
        return _plain_code_cell(path, cell.source, options, line)
    if len(roles) > 1:
        raise BuildError(path, line, f"a cell cannot be both {' and '.join(roles)}")
    if cell.source.strip():
        raise BuildError(path, line, f"the build fills a {roles[0]} cell; leave it empty")
    return _graded_cell(path, exercise, options, roles[0], line)


def _plain_code_cell(path: Path, source: str, options: dict[str, Any], line: int) -> LessonCell:
    tags = options.get("tags", [])
    if len(tags) > 1 or set(tags) - _TAGS:
        raise BuildError(path, line, f"a cell has one of the tags {', '.join(sorted(_TAGS))}")
    return LessonCell("code", source, line, tags[0] if tags else "code")


def _graded_cell(
    path: Path, exercise: Exercise, options: dict[str, Any], role: str, line: int
) -> LessonCell:
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
        return LessonCell("code", "", line, role, str(options["id"]), tuple(map(str, tests)))
    name = str(options[role])
    if name not in exercise.functions:
        names = " and ".join(map(repr, exercise.functions))
        raise BuildError(path, line, f"`{role}` names {name!r}, but this lesson is about {names}")
    identity = name if role == "solution" else f"{name}-check"
    return LessonCell("code", "", line, role, str(options.get("id", identity)), function=name)


def _check_ids(path: Path, cells: tuple[LessonCell, ...]) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        if cell.id in seen:
            raise BuildError(
                path, cell.line, f"two cells have the id {cell.id!r}: see line {seen[cell.id]}"
            )
        if cell.id:
            seen[cell.id] = cell.line


def _check_roles(path: Path, exercise: Exercise, cells: tuple[LessonCell, ...]) -> None:
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


def _check_setup(path: Path, cells: tuple[LessonCell, ...]) -> None:
    """Check that what the questions need is imported above them."""
    roles = [cell.role for cell in cells]
    if "quiz" in roles and "setup" not in roles[: roles.index("quiz")]:
        line = cells[roles.index("quiz")].line
        raise BuildError(path, line, "the first question comes below the setup cell, its import")
