"""Checks that the course's own notebooks are there, without which nothing can be graded."""

from collections.abc import Iterable

from workbook.course.exercises import PAGES, Exercise, Page, of_assignment
from workbook.course.folder import Course
from workbook.grade.submissions.plan import NotBuiltError


def check_built(course: Course, assignments: Iterable[str]) -> None:
    """Fail, before anything is judged, if notebooks of the course are missing.

    Parameters
    ----------
    course : Course
        The course.
    assignments : iterable of str
        The assignments to be graded.

    Raises
    ------
    NotBuiltError
        If the folder ``source`` or ``release`` is missing, or a notebook in it.
    """
    wanted: list[Exercise | Page] = []
    for name in dict.fromkeys(assignments):
        wanted += [*of_assignment(name), *(one for one in PAGES if one.assignment == name)]
    for folder in ("source", "release"):
        root = course.root / folder
        lacking = [one for one in wanted if not (root / one.notebook_path).is_file()]
        if lacking:
            path = root / lacking[0].notebook_path if root.is_dir() else root
            raise NotBuiltError(
                f"the course is not complete: {path} is missing. Run `workbook build`, which "
                "writes it"
            )
