"""Turn source notebooks into released ones, with nbgrader's own generate_assignment."""

from pathlib import Path

from workbook.course.folder import Course
from workbook.course.nbgrader_course import generate_assignment


def release(course: Course, source: Path, target: Path) -> None:
    """Write the students' notebooks of every assignment in a folder.

    Parameters
    ----------
    course : Course
        Whose nbgrader settings apply.
    source, target : pathlib.Path
        Folder of the instructor's notebooks, and the folder to fill.
    """
    # Of an assignment that has not changed there is nothing to release.
    for assignment in (path.name for path in sorted(source.glob("*"))):
        generate_assignment(course, source, assignment, target=target)
