"""Turn source notebooks into released ones, with nbgrader's own generate_assignment."""

from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.course.nbgrader_course import generate_assignment


def release(course: Course, source: Path, target: Path) -> None:
    """Write the students' notebooks of every assignment.

    Parameters
    ----------
    course : Course
        Whose nbgrader settings apply.
    source, target : pathlib.Path
        Folder of the instructor's notebooks, and the folder to fill.
    """
    for assignment in ASSIGNMENTS:
        generate_assignment(course, source, assignment, target=target)
