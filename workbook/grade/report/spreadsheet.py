"""The table of points, ``grades.csv``."""

import csv
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
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
        for student, theirs in groupby(results, key=attrgetter("student")):
            points = {result.exercise: result.points for result in theirs}
            cells = [f"{points[name]:g}" if name in points else "" for name in names]
            writer.writerow([student, *cells, f"{sum(points.get(name, 0) for name in names):g}"])
