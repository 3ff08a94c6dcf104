"""Checks that the course's notebooks hold the hidden tests as they are now."""

import traceback
from collections.abc import Iterable
from pathlib import Path

from workbook.course.exercises import Exercise
from workbook.course.folder import Course, CourseError
from workbook.grade.submissions.identify import is_manual, tests_in
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.plan import NotBuiltError


def check_tests_built(course: Course, exercises: Iterable[Exercise]) -> None:
    """Compare the tests that the notebooks in ``source/`` hold with the hidden tests.

    Marks go into the gradebook by the notebooks' cells: a test that is in none would be lost.

    Raises
    ------
    NotBuiltError
        If a test, or what it is worth, is another one, or the tests cannot be imported.
    """
    stale = [one.notebook for one in exercises if _built(course, one) != _tested(course, one)]
    if stale:
        raise NotBuiltError(
            f"source/ is older than the hidden tests of {', '.join(stale)}; run `workbook build`, "
            "and grade again"
        )


def _built(course: Course, exercise: Exercise) -> tuple[list[str], float]:
    """Return the names of the tests in a notebook's graded cells, and their points."""
    graded = [
        cell
        for cell in course_notebook(course, "source", exercise).cells
        if cell.metadata.get("nbgrader", {}).get("grade") and not is_manual(cell)
    ]
    names = [name for cell in graded for name in tests_in(cell)]
    return sorted(names), sum(float(cell.metadata.nbgrader.points) for cell in graded)


def _tested(course: Course, exercise: Exercise) -> tuple[list[str], float]:
    try:
        tests = course.all_hidden_tests(exercise)
    except Exception as error:
        raise NotBuiltError(
            f"the hidden tests of {exercise.name} cannot be read: {_described(error)}. Fix that, "
            "and grade again"
        ) from error
    # The cells of a lab are worth nothing: their points are a bonus.
    points = 0.0 if exercise.is_lab else sum(test.points for test in tests)
    return sorted(test.name for test in tests), points


def _described(error: Exception) -> str:
    """Return an exception's message, and the file and line where it was raised."""
    if isinstance(error, CourseError):
        return str(error)
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError):
        return said
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said} ({Path(last.filename).name}, line {last.lineno})"
