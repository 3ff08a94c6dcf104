"""What judges have in common is imported and read once, before any of them is there."""

from collections.abc import Iterable

from workbook.course import Course
from workbook.exercises import Exercise


def preload(course: Course, exercises: Iterable[Exercise]) -> None:
    """Import the hidden tests of exercises, and read their notebooks, into the modules' caches.

    Raises
    ------
    Exception
        Whatever a course's own files raise.
    """
    # Not before: whoever asks for this to be done elsewhere need not import it.
    from workbook.grade.judge import Judge

    for exercise in exercises:
        Judge.preload(course, exercise)
