"""The table of points, ``grades.csv``."""

import csv
import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from workbook.course.exercises import NOTEBOOKS
from workbook.grade.submissions.results import Result, whole_file

# Where a cell begins, also for a program that takes semicolons or tabs to part cells, before what
# begins a formula, in one of the widths in which it can be typed. Some programs leave out spaces.
_FORMULA = re.compile(r"(^|[;,\t\r\n])(?=[\s\0\ufeff]*[=+\-@＝＋－﹣−＠])")  # noqa: RUF001


def as_text(text: str) -> str:
    """Return a cell for people that no spreadsheet takes for a formula.

    A formula could send the table to somebody, or run a program. Numbers are not for this function,
    nor what is read by a program: that would no longer find its students.

    Parameters
    ----------
    text : str
        What the cell says, such as a student's name. An apostrophe goes before what would be a
        formula.
    """
    return _FORMULA.sub(r"\1'", text)


def write_grades(path: Path, results: Iterator[Result]) -> None:
    """Write a table of points: a row a student, a column an exercise, a total.

    An exercise of an assignment that was not handed in is left empty. The points of a lab are a
    bonus: the total holds them, and the exercises alone add up to 100.

    Parameters
    ----------
    path : pathlib.Path
        Where to write.
    results : iterator of Result
        The results, student by student. In the table, a student whose name would be a formula has
        an apostrophe before it.
    """
    names = [exercise.name for exercise in NOTEBOOKS]
    with whole_file(path) as file:
        writer = csv.writer(file)
        writer.writerow(["student", *names, "total"])
        for student, theirs in groupby(results, key=attrgetter("student")):
            points = {result.exercise: result.points for result in theirs}
            cells = [f"{points[name]:g}" if name in points else "" for name in names]
            writer.writerow(
                [as_text(student), *cells, f"{sum(points.get(name, 0) for name in names):g}"]
            )
