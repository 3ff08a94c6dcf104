"""Weave a lesson, its solution and its hidden tests into the instructor's notebook."""

import hashlib
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import compute_checksum

from workbook.build.embed import hidden_cell, solution_text
from workbook.build.install_cell import install_cells
from workbook.build.lessons import Lesson
from workbook.build.manual_cells import manual_cell
from workbook.build.pictures import attach
from workbook.build.text import BuildError, LessonCell, line_of_key
from workbook.course.checksums import plain_checksum
from workbook.course.exercises import Function
from workbook.course.folder import Course
from workbook.course.hidden_tests import HiddenTest
from workbook.course.words import in_points

# What nbgrader takes out of a released notebook.
_UNSEEN = re.compile(r"### BEGIN (HIDDEN TESTS|SOLUTION)$.*?### END \1$", re.M | re.S)

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# As a kernel writes it, but for the version of Python, which is the learner's. Without it,
# `jupyter nbconvert --to script` makes no .py file of a notebook that was never run.
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


def weave(course: Course, lesson: Lesson) -> Any:
    """Return the source notebook of a lesson, ready for nbgrader.

    Raises
    ------
    BuildError
        If the lesson names a test that does not exist, leaves one out, names one twice, or the
        points do not add up to the exercise's, or to those of a part of its split.
    """
    tests = {test.name: test for test in course.all_hidden_tests(lesson.exercise)}
    _check_tests(lesson, tests, course)
    return make_notebook(
        [
            *install_cells(course),
            *(
                _weave_cell(course, lesson, cell, number, tests)
                for number, cell in enumerate(lesson.cells, 1)
            ),
        ]
    )


def make_notebook(cells: list[Any]) -> Any:
    """Return a notebook that holds these cells."""
    notebook = nbformat.v4.new_notebook()
    graded = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    # What a copy says that is handed in when the course has gone on: of which release it is, and
    # which cells it had.
    release = {"release": f"{version('backprop-workbook')}+{_content(cells)}", "cells": graded}
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": _KERNEL, "language_info": _LANGUAGE, "workbook": release}
    )
    notebook.cells = cells
    nbformat.validate(notebook)
    return notebook


def _content(cells: list[Any]) -> str:
    """Return a hash of what a learner sees of these cells: another text is another release."""
    seen = "\0".join(_UNSEEN.sub("", cell.source) for cell in cells)
    return hashlib.sha256(seen.encode()).hexdigest()[:8]


def text_cell(path: Path, cell: LessonCell, identity: str) -> Any:
    """Return a cell of text of the lesson in this file, its pictures attached."""
    text, attachments = attach(path, cell)
    more = {"attachments": attachments} if attachments else {}
    metadata = {"workbook": {"checksum": plain_checksum(text)}}
    return nbformat.v4.new_markdown_cell(text, id=identity, metadata=metadata, **more)


def plain_code_cell(cell: LessonCell, identity: str) -> Any:
    """Return a cell of code that is not graded: to ask, to try something, or to run as it is."""
    metadata: dict[str, Any] = {"workbook": {"checksum": plain_checksum(cell.source)}}
    if cell.role in ("experiment", "quiz"):
        metadata["tags"] = [cell.role]
    return nbformat.v4.new_code_cell(cell.source, id=identity, metadata=metadata)


def _check_tests(lesson: Lesson, tests: dict[str, HiddenTest], course: Course) -> None:
    seen: dict[str, int] = {}
    files = [course.tests(name).name for name in lesson.exercise.functions]
    for cell in lesson.cells:
        for name in cell.tests:
            if name not in tests:
                known = ", ".join(tests)
                has = " and ".join(files) + (" has" if len(files) == 1 else " have")
                message = f"no hidden test {name!r}; {has}: {known}"
                raise BuildError(lesson.path, cell.line, message)
            if name in seen:
                message = f"the test {name!r} is in two cells: see line {seen[name]}"
                raise BuildError(lesson.path, cell.line, message)
            seen[name] = cell.line
        tested = {tests[name].of for name in cell.tests}
        if len(tested) > 1:
            message = f"a graded cell tests one function; this tests {' and '.join(sorted(tested))}"
            raise BuildError(lesson.path, cell.line, message)
    left_out = [name for name in tests if name not in seen]
    if left_out:
        raise BuildError(lesson.path, 1, f"no graded cell holds the test {', '.join(left_out)}")
    total = sum(test.points for test in tests.values())
    if total != lesson.exercise.points:
        raise BuildError(
            course.tests(lesson.exercise.functions[-1]),
            1,
            f"the points add up to {total:g}; the exercise has {lesson.exercise.points}",
        )
    for function in lesson.exercise.written:
        _check_split(lesson, function, tests)


def _check_split(lesson: Lesson, function: Function, tests: dict[str, HiddenTest]) -> None:
    """Check that each part of a function's split is a graded cell, with its points."""
    cells = [
        cell for cell in lesson.cells if cell.tests and tests[cell.tests[0]].of == function.name
    ]
    points = [sum(tests[name].points for name in cell.tests) for cell in cells]
    if function.split and [said for _, said in function.split] != points:
        line = line_of_key(lesson.path.read_text(encoding="utf-8"), "functions")
        have = ", ".join(f"{one:g}" for one in points)
        message = f"`split:` of {function.name} is not that of its graded cells, which is {have}"
        raise BuildError(lesson.path, line, message)


def _weave_cell(
    course: Course, lesson: Lesson, cell: LessonCell, number: int, tests: dict[str, HiddenTest]
) -> Any:
    identity = cell.id or f"{cell.role}-{number:02d}"
    if cell.role == "manual":
        return manual_cell(lesson.path, cell, lesson.exercise.is_lab)
    if cell.kind == "markdown":
        return text_cell(lesson.path, cell, identity)
    if cell.role in ("experiment", "quiz", "code"):
        return plain_code_cell(cell, identity)
    metadata: dict[str, Any] = {}
    source = cell.source
    if cell.role == "setup":
        metadata = {"nbgrader": _nbgrader(f"{lesson.exercise.name}-setup", locked=True)}
    elif cell.role == "solution":
        source = solution_text(course.solution(cell.function))
        metadata = {"nbgrader": _nbgrader(cell.id, solution=True)}
    elif cell.role == "check":
        source = f"check({cell.function})"
        # Worth nothing, yet a graded cell: so nbgrader's Validate looks at it.
        metadata = {"nbgrader": _nbgrader(cell.id, points=0.0)}
    elif cell.role == "tests":
        chosen = tuple(tests[one] for one in cell.tests)
        source = _tests_source(course, lesson, chosen)
        # A bonus adds to what was earned, and nothing to what could be: so a lab's cells are worth
        # nothing to nbgrader, which then divides nobody's score by more.
        worth = 0.0 if lesson.exercise.is_lab else sum(test.points for test in chosen)
        metadata = {
            "nbgrader": _nbgrader(cell.id, points=worth),
            "workbook": {"tests": list(cell.tests)},
        }
    woven = nbformat.v4.new_code_cell(source, id=identity, metadata=metadata)
    woven.metadata.nbgrader["checksum"] = compute_checksum(woven)
    return woven


def _tests_source(course: Course, lesson: Lesson, tests: tuple[HiddenTest, ...]) -> str:
    points = sum(test.points for test in tests)
    kind = "bonus " if lesson.exercise.is_lab else ""
    lines = [f"# Hidden tests, {in_points(points, kind)}. They run when your work is graded:"]
    lines += [f"# - {test.title} ({in_points(test.points)})" for test in tests]
    hidden = hidden_cell(course, tests[0].of, tests)
    return "\n".join([*lines, "### BEGIN HIDDEN TESTS", hidden, "### END HIDDEN TESTS"])


def _nbgrader(
    grade_id: str,
    points: float | None = None,
    solution: bool = False,
    locked: bool = False,
) -> dict[str, Any]:
    """Return a cell's nbgrader metadata, schema version 3; a cell with points is a graded one."""
    metadata: dict[str, Any] = {
        "cell_type": "code",
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked or points is not None,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return metadata
