"""What judges have in common is imported, read and looked at once, before any of them is there."""

from collections.abc import Sequence

from workbook.course.exercises import Exercise
from workbook.course.folder import Course


def preload(course: Course, exercises: Sequence[Exercise]) -> None:
    """Import the hidden tests of exercises, and read their notebooks, for the judges to come.

    Raises
    ------
    NotBuiltError
        If the notebooks are older than the tests, or the tests cannot be imported.
    """
    # Not before: whoever asks for this to be done elsewhere need not import it.
    from workbook.grade.judging.build_check import check_built
    from workbook.grade.judging.judge import Judge

    check_built(course, exercises)
    for exercise in exercises:
        Judge.preload(course, exercise)
