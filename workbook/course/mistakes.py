"""The wrong answers that a course knows, as its misconceptions files declare them."""

from typing import Any

from workbook.course.folder import Course


def declared_mistakes(course: Course, name: str) -> list[Any]:
    """Return the wrong answers that are known of a function, in the order of their file.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        The function.

    Returns
    -------
    list of grader_tests.catalogue.Misconception
        The mistakes.
    """
    catalogue = course.module("grader_tests.catalogue")
    known = course.module(f"grader_tests.misconceptions.{name}")
    found: list[Any] = catalogue.declared(known, catalogue.Misconception)
    return found
