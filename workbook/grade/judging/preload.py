"""Imports and reads, once, what all judges need."""

from collections.abc import Sequence

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.grade.submissions.jobs import tests_sha256


def preload(course: Course, exercises: Sequence[Exercise]) -> None:
    """Check and import the hidden tests of exercises, and read their notebooks.

    Raises
    ------
    NotBuiltError
        If the notebooks are older than the tests, or the tests cannot be imported.
    """
    # Imported late: the command, which has this done in another process, does without.
    from workbook.grade.judging.build_check import check_built
    from workbook.grade.judging.judge import references
    from workbook.grade.submissions.notebooks import course_notebook

    check_built(course, exercises)
    for exercise in exercises:
        references(course, exercise)
        tests_sha256(course, exercise)
        course_notebook(course, "release", exercise)
