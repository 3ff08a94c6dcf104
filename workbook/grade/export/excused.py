"""Reads which students are excused from what: a mark that is not a number."""

import csv
from collections.abc import Iterator
from pathlib import Path

from workbook.course.folder import Course
from workbook.grade.export.table import ExportError

#: The table in the course's folder: a line for each student and assignment.
FILE = "excused.csv"
_COLUMNS = ["student", "assignment"]


def read_excused(course: Course, students: set[str], names: set[str]) -> set[tuple[str, str]]:
    """Return the students who are excused, with the assignment or exercise; nobody without a table.

    Parameters
    ----------
    course : Course
        The course.
    students : set of str
        The class's students.
    names : set of str
        Names of all assignments and exercises.

    Raises
    ------
    ExportError
        If the table cannot be read, or names somebody or something that there is not.
    """
    path = course.root / FILE
    if not path.exists():
        return set()
    try:
        return set(_rows(path, students, names))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExportError(f"{path} cannot be read: {error}") from error


def _rows(path: Path, students: set[str], names: set[str]) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        heading = [cell.strip().lower() for cell in next(reader, [])]
        if heading != _COLUMNS:
            raise ExportError(f"{path}: its first line has to be {','.join(_COLUMNS)}")
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            student, name = (*(cell.strip() for cell in row), "", "")[:2]
            if student not in students or name not in names or len(row) != len(_COLUMNS):
                what = "student" if student not in students else "assignment"
                raise ExportError(
                    f"{path}, line {reader.line_num}: there is no {what} "
                    f"{(student if what == 'student' else name)!r}"
                )
            yield student, name
