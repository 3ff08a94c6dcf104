"""A roster read from a table such as a platform's export: any delimiter, encoding and headings."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbook.grade.roster.headings import Headings, known, read_headings
from workbook.grade.roster.roster import (
    LONGEST_FIELD,
    Roster,
    RosterError,
    Student,
    names_a_student,
)
from workbook.grade.roster.table_text import table_text
from workbook.grade.submissions.files import plain_name

_MOST_NAMED = 10


@dataclass
class ReadTable:
    """A roster, and what is to be said of its table.

    Attributes
    ----------
    roster : Roster
        The class.
    identifier : str
        The heading of the column that identifies the students.
    left_out : list of str
        The columns that mean nothing here.
    nobody : list of int
        The lines that neither identify nor name anybody.
    """

    roster: Roster
    identifier: str = ""
    left_out: list[str] = field(default_factory=list)
    nobody: list[int] = field(default_factory=list)


def read_table(path: Path) -> ReadTable:
    """Return the roster in a table.

    Raises
    ------
    RosterError
        If it cannot be read, or if a line is wrong; the text names these lines.
    """
    text, _ = table_text(path, RosterError)
    lines = text.split("\n", 1)
    asked = re.fullmatch(r"sep=(.)\r?", lines[0], re.IGNORECASE)
    if asked:
        # Excel writes this for itself.
        text = lines[1] if len(lines) > 1 else ""
    delimiter = asked[1] if asked else _delimiter(path, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    (_, header), *rows = list(_rows(path, reader, first=2 if asked else 1)) or [(0, [])]
    columns = read_headings(path, header, (row for _, row in rows))
    read = ReadTable(Roster(), header[columns.identifier], columns.left_out)
    students: list[tuple[int, Student]] = []
    wrong: list[tuple[int, str]] = []
    for number, row in rows:
        if not _names_anybody(row, columns):
            read.nobody.append(number)
        elif not (columns.is_canvas and _is_canvas_own(row)):
            try:
                students.append((number, _student(row, columns, read.identifier)))
            except ValueError as error:
                wrong.append((number, str(error)))
    wrong += _doubles(students)
    if wrong:
        more = f"\n  and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
        told = "\n  ".join(f"line {number}: {why}" for number, why in sorted(wrong)[:_MOST_NAMED])
        raise RosterError(f"{path}: nothing was entered. Fix this first:\n  {told}{more}")
    if not students:
        raise RosterError(f"{path}: there is no student below the headings; nothing was entered")
    read.roster = Roster(tuple(sorted((one for _, one in students), key=lambda one: one.id)))
    return read


def _delimiter(path: Path, text: str) -> str:
    """Return the delimiter with which the first line has the most known headings."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise RosterError(f"{path} is empty")

    def meaningful(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(map(known, cells)), len(cells)

    return max(",;\t|", key=meaningful)


def _rows(path: Path, reader: Iterator[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold something, with the number of the line in which each begins."""
    number = first
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
            number = first + reader.line_num  # type: ignore[attr-defined]
    except csv.Error as error:
        raise RosterError(
            f"{path}: nothing was entered. Fix this first:\n  line {number}: its quotation "
            f"marks do not match ({error})"
        ) from error


def _names_anybody(row: list[str], columns: Headings) -> bool:
    """Tell whether a line identifies or names a student, or has cells without a heading."""
    places = {columns.identifier, *columns.fields, *columns.ids}
    return any(cell for place, cell in enumerate(row) if place in places or place >= columns.width)


def _is_canvas_own(row: list[str]) -> bool:
    """Tell whether a line of Canvas's is no student's."""
    is_test = row[0] == "Student, Test" or row[:2] == ["Student", "Test"]
    return is_test or "points possible" in row[0].casefold()


def _student(row: list[str], columns: Headings, identified_by: str) -> Student:
    """Return the student of a line; raise ValueError if it is wrong."""
    if any(row[columns.width :]):
        raise ValueError(f"it has {len(row)} cells, and there are {columns.width} headings")
    cells = [*row, *[""] * (columns.width - len(row))]
    if columns.is_brightspace:
        # It marks identifiers so that a spreadsheet takes them for no numbers.
        cells = [cell.removeprefix("#") for cell in cells]
    # macOS parts accents from their letters; a folder of the same name would be another student's.
    held = {
        kind: unicodedata.normalize("NFC", cells[number]) for number, kind in columns.fields.items()
    }
    first, last = held.get("first_name", ""), held.get("last_name", "")
    if not last:
        # In some languages the heading of a whole name is that of a first name.
        first, last = _parts(held.get("name", "") or first)
    ids = {kind: cells[number] for number, kind in columns.ids.items() if cells[number]}
    identifier = unicodedata.normalize("NFC", cells[columns.identifier])
    email = held.get("email", "")
    if why := _not_an_id(identifier, identified_by):
        raise ValueError(why)
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise ValueError(f"{email!r} is not an e-mail address")
    section, group = held.get("section", ""), held.get("group", "")
    shown = (first, last, email, section, group, *ids.values())
    if long := next(
        (one for one in shown if len(one) > LONGEST_FIELD or not one.isprintable()), ""
    ):
        raise ValueError(f"{long[:40]!r}... is too long, or has characters that cannot be shown")
    return Student(identifier, first, last, email, section, ids, group)


def _parts(name: str) -> tuple[str, str]:
    """Return first and last name of a name that may be written with the last one first."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first, last


def _not_an_id(text: str, heading: str) -> str:
    """Return why a text cannot identify a student: it names a folder, and a row of a gradebook."""
    if not text:
        return f"there is no identifier in it: the column {heading!r} is empty"
    if not names_a_student(text):
        return f"{text[:40]!r} cannot be the name of a student's folder"
    return ""


def _doubles(students: Iterable[tuple[int, Student]]) -> Iterator[tuple[int, str]]:
    """Yield the lines with an identifier that an earlier line gives to another student."""
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for number, one in students:
        given = {"id": one.id, "email": one.email, **one.ids}
        for kind, value in given.items():
            other = seen.setdefault((kind, plain_name(value)), (number, value)) if value else None
            if other and other[0] != number:
                yield number, f"{kind} {value!r} is that of line {other[0]}, too"
                break
