"""``grades.csv``: a table of points."""

import csv
from collections.abc import Iterator
from pathlib import Path

from workbook.course.exercises import NOTEBOOKS
from workbook.grade.submissions.results import Result, whole_file


def write_grades(path: Path, results: Iterator[Result]) -> None:
    """Write a table of points: a row a student, a column an exercise, a total.

    An exercise of an assignment that was not handed in is left empty. The points of a lab are a
    bonus: the total holds them, and the exercises alone add up to 100.

    Parameters
    ----------
    path : pathlib.Path
        Where to write.
    results : iterator of Result
        The results, student by student.
    """
    names = [exercise.name for exercise in NOTEBOOKS]
    with whole_file(path) as file:
        writer = csv.writer(file)
        writer.writerow(["student", *names, "total"])
        for student, points in _by_student(results):
            row = [points.get(name) for name in names]
            cells = ["" if value is None else f"{value:g}" for value in row]
            writer.writerow([student, *cells, f"{sum(value or 0.0 for value in row):g}"])


def _by_student(results: Iterator[Result]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each student with the points of each exercise."""
    points: dict[str, float] = {}
    student = ""
    for result in results:
        if points and result.student != student:
            yield student, points
            points = {}
        student = result.student
        points[result.exercise] = result.points
    if points:
        yield student, points
