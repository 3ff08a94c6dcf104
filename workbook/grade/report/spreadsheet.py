"""The table of final marks, ``marks.csv``."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.course.exercises import NOTEBOOKS
from workbook.grade.submissions.plan import StudentMarks
from workbook.grade.submissions.results import whole_file

# Where a cell begins, also for a program that takes semicolons or tabs to part cells, before what
# begins a formula, in one of the widths in which it can be typed. Some programs leave out spaces.
_BEGIN, _SIGN = r"(^|[;,\t\r\n])", r"(?=[\s\0\ufeff]*[=+\-@＝＋－﹣−＠])"  # noqa: RUF001
_FORMULA, _GUARDED = re.compile(_BEGIN + _SIGN), re.compile(f"{_BEGIN}'{_SIGN}")


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


def from_text(text: str) -> str:
    """Return what a cell of one line held before `as_text`.

    An apostrophe that the text itself had before the sign of a formula goes, too: `as_text` leaves
    it alone, so nothing tells it from one of its own.
    """
    return _GUARDED.sub(r"\1", text)


def write_marks(path: Path, marks: Iterable[StudentMarks]) -> None:
    """Write a table of final marks: a row a student, a column an exercise, a total.

    An exercise that was not handed in is left empty where its assignment was not graded. The
    points of a lab are a bonus: the total holds them, and the exercises alone add up to 100. There
    are columns for names, sections, groups, marks by hand, late work and points that wait to be
    given by a person where there are any; the total is without these points.

    Parameters
    ----------
    path : pathlib.Path
        Where to write.
    marks : iterable of StudentMarks
        The marks, student by student. In the table, a student whose name would be a formula has
        an apostrophe before it.
    """
    rows = list(marks)
    columns = [one for one in _columns() if one.always or any(map(_cell, map(one.value, rows)))]
    with whole_file(path) as file:
        writer = csv.writer(file)
        writer.writerow(one.heading for one in columns)
        for row in rows:
            writer.writerow(_cell(one.value(row)) for one in columns)


@dataclass(frozen=True)
class _Column:
    """A column of the table: its heading, its value for a student, whether it may be empty."""

    heading: str
    value: Callable[[StudentMarks], str | float | None]
    always: bool = True


def _columns() -> list[_Column]:
    exercises = [_Column(one.name, _points_in(one.name)) for one in NOTEBOOKS]
    return [
        _Column("student", lambda row: row.student),
        _Column("name", lambda row: row.name, False),
        _Column("section", lambda row: row.section, False),
        _Column("group", lambda row: row.group, False),
        *exercises,
        _Column("automatic points", lambda row: row.automatic if row.is_by_hand else None, False),
        _Column("changed by hand", lambda row: row.by_hand if row.is_by_hand else None, False),
        _Column("hours late", lambda row: round(row.seconds_late / 3600, 2) or None, False),
        _Column("late penalty", lambda row: row.penalty or None, False),
        _Column("waiting to be marked", lambda row: sum(row.waiting.values()) or None, False),
        _Column("total", lambda row: row.total),
    ]


def _points_in(name: str) -> Callable[[StudentMarks], float | None]:
    return lambda row: row.points.get(name)


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return as_text(value)
    return "" if value is None else f"{value:g}"
