"""The option ``--course``, and the course that it names."""

from pathlib import Path

import click

from workbook.course.data_folder import COURSE_FILE, data_folder
from workbook.course.exercises import use_course
from workbook.course.failure import Failure, as_failure
from workbook.course.folder import Course, CourseError, find_course

FOLDER = click.Path(path_type=Path, file_okay=False)

course_option = click.option(
    "--course", "course_folder", type=FOLDER, help="The course's folder. Default: found upward."
)


def chosen(folder: Path | None) -> Course:
    """Return the course of a folder, or of the current one; its data need not be built yet."""
    with as_failure(CourseError):
        return find_course(folder)


def use(course: Course) -> Course:
    """Use the data of a course from now on, if it is built; return the course."""
    try:
        use_course(course.root)
    except (OSError, ValueError, LookupError, TypeError) as error:
        said = f"{data_folder() / COURSE_FILE} cannot be read: {type(error).__name__}: {error}"
        raise Failure(f"{said}. Run `workbook build`, which writes it again.") from error
    return course
