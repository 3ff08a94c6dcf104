"""A roster read from a table such as a platform's export: any delimiter, encoding and headings."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbook.course.words import listed
from workbook.grade.roster.roster import (
    LONGEST,
    Roster,
    RosterError,
    Student,
    names_a_student,
    squeezed,
)
from workbook.grade.submissions.files import plain

# Headings as teachers and platforms write them, without spaces and signs. Of the columns that can
# be the student's identifier, the first that is there is it.
_IDENTIFIERS = (
    "id", "studentid", "identifier", "rosteridentifier", "username", "user", "userid", "login",
    "loginid", "sisloginid", "netid", "orgdefinedid", "idnumber", "matriculationnumber",
    "matrikelnummer", "sid", "sisuserid", "student", "email", "emailaddress", "mail",
)  # fmt: skip
_COLUMNS = {
    "name": ("name", "fullname", "studentname", "displayname"),
    "first_name": ("firstname", "givenname", "forename", "first", "vorname", "prenom"),
    "last_name": ("lastname", "surname", "familyname", "last", "nachname", "nom"),
    "email": ("email", "emailaddress", "mail"),
    "section": ("section", "sections", "sectionname", "class", "tutorial"),
    # Not "groups": Moodle calls so what may be tutorials, of which nobody hands in together.
    "group": ("group", "team"),
}
# What is kept as an identifier of a platform: by the platform's name, or the heading's own.
_IDS = {
    "lmsuserid": "lms_user_id", "orgdefinedid": "brightspace", "sid": "gradescope",
    "githubusername": "github", "sisuserid": "sis_user_id", "sisloginid": "sis_login_id",
    "idnumber": "idnumber", "username": "username", "loginid": "login",
}  # fmt: skip
_PLATFORM = re.compile(r"(canvas|moodle|blackboard|brightspace|gradescope|github)(user)?(id|name)?")
_MOST_BYTES = 16 * 2**20
_MOST_NAMED = 10
_NO_TABLE = {b"PK": "an Excel or OpenDocument file", b"\xd0\xcf\x11\xe0": "an old Excel file"}


@dataclass(frozen=True)
class _Heading:
    """What the columns of a table mean."""

    identifier: int
    fields: dict[int, str]
    ids: dict[int, str]
    left_out: list[str]


@dataclass
class ReadTable:
    """A roster, and the columns of its table that mean nothing here."""

    roster: Roster
    left_out: list[str] = field(default_factory=list)


def read_table(path: Path) -> ReadTable:
    """Return the roster in a table.

    Raises
    ------
    RosterError
        If it cannot be read, or if a line is wrong; the text names these lines.
    """
    text = _text(path)
    lines = text.split("\n", 1)
    asked = re.fullmatch(r"sep=(.)\r?", lines[0], re.IGNORECASE)
    if asked:
        # Excel writes this for itself.
        text = lines[1] if len(lines) > 1 else ""
    delimiter = asked[1] if asked else _delimiter(path, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _rows(path, reader, first=2 if asked else 1)
    _, header = next(rows, (0, []))
    heading = _heading(path, header)
    students: list[tuple[int, Student]] = []
    wrong: list[tuple[int, str]] = []
    for number, row in rows:
        try:
            student = _student(row, heading, len(header))
        except ValueError as error:
            wrong.append((number, str(error)))
        else:
            students += [(number, student)] if student else []
    wrong += _doubles(students)
    if wrong:
        more = f"\n  and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
        told = "\n  ".join(f"line {number}: {why}" for number, why in sorted(wrong)[:_MOST_NAMED])
        raise RosterError(f"{path}: nothing was entered. Put this right first:\n  {told}{more}")
    if not students:
        raise RosterError(f"{path}: there is no student below the headings; nothing was entered")
    ordered = sorted((one for _, one in students), key=lambda one: one.id)
    return ReadTable(Roster(tuple(ordered)), heading.left_out)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RosterError(f"{path} cannot be read ({error.strerror})") from error
    kind = next((kind for start, kind in _NO_TABLE.items() if data.startswith(start)), "")
    if kind:
        raise RosterError(f"{path} is {kind}: save it as CSV, and name that file")
    if len(data) > _MOST_BYTES:
        raise RosterError(f"{path} is larger than {_MOST_BYTES >> 20} MiB: it is no roster")
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    # What Excel writes where it does not write UTF-8; the last one takes every byte.
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise RosterError(f"{path} is no text: save the table as CSV, and name that file")


def _delimiter(path: Path, text: str) -> str:
    """Return what parts the columns: with it, the first line has the most headings known here."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise RosterError(f"{path} is empty")
    known = {*_IDENTIFIERS, *_IDS, *(name for names in _COLUMNS.values() for name in names)}

    def headings(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(squeezed(cell) in known for cell in cells), len(cells)

    return max(",;\t|", key=headings)


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
            f"{path}: nothing was entered. Put this right first:\n  line {number}: its quotation "
            f"marks do not fit together ({error})"
        ) from error


def _heading(path: Path, header: list[str]) -> _Heading:
    """Return what the columns mean; raise RosterError if none identifies a student."""
    names = [squeezed(cell) for cell in header]
    # In what Canvas exports, "Student" is a name, and "ID" its own number.
    is_canvas = "student" in names and {"sisloginid", "sisuserid"} & {*names}
    identifiers = [one for one in _IDENTIFIERS if not (is_canvas and one in ("student", "id"))]
    fields: dict[int, str] = {}
    ids: dict[int, str] = {}
    left_out = []
    for number, name in enumerate(names):
        kinds = (kind for kind, known in _COLUMNS.items() if name in known)
        kind = "name" if is_canvas and name == "student" else next(kinds, "")
        platform = "canvas" if is_canvas and name == "id" else _IDS.get(name, "")
        if not platform and (found := _PLATFORM.fullmatch(name)):
            platform = found[1]
        if kind and kind not in fields.values():
            fields[number] = kind
        elif platform and platform not in ids.values():
            ids[number] = platform
        else:
            left_out.append(header[number])
    identifier = next((names.index(one) for one in identifiers if one in names), None)
    if identifier is None and is_canvas and "id" in names:
        identifier = names.index("id")
    if identifier is None:
        raise RosterError(
            f"{path}: no column identifies the students; give one the heading id "
            f"(the headings are: {listed(header, 20) if header else 'none'})"
        )
    left_out = [one for one in left_out if one and one != header[identifier]]
    return _Heading(identifier, fields, ids, left_out)


def _student(row: list[str], heading: _Heading, width: int) -> Student | None:
    """Return the student of a line, or None if it is none's; raise ValueError if it is wrong."""
    if any(row[width:]):
        raise ValueError(f"it has {len(row)} cells, and there are {width} headings")
    cells = [*row, *[""] * (width - len(row))]
    # macOS parts accents from their letters; a folder of the same name would be another student's.
    held = {
        kind: unicodedata.normalize("NFC", cells[number]) for number, kind in heading.fields.items()
    }
    if "points possible" in cells[0].casefold() or cells[0] == "Student, Test":
        # Canvas writes such lines.
        return None
    first, last = held.get("first_name", ""), held.get("last_name", "")
    if not (first or last):
        first, last = _parts(held.get("name", ""))
    ids = {kind: cells[number] for number, kind in heading.ids.items() if cells[number]}
    identifier = unicodedata.normalize("NFC", cells[heading.identifier])
    email = held.get("email", "")
    if why := _not_an_id(identifier):
        raise ValueError(why)
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise ValueError(f"{email!r} is no e-mail address")
    section, group = held.get("section", ""), held.get("group", "")
    shown = (first, last, email, section, group, *ids.values())
    if long := next((one for one in shown if len(one) > LONGEST or not one.isprintable()), ""):
        raise ValueError(f"{long[:40]!r}... is too long, or holds signs that cannot be shown")
    return Student(identifier, first, last, email, section, ids, group)


def _parts(name: str) -> tuple[str, str]:
    """Return first and last name of a name that may be written with the last one first."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first, last


def _not_an_id(text: str) -> str:
    """Return why a text cannot identify a student: it names a folder, and a row of a gradebook."""
    if not text:
        return "there is no identifier in it"
    if not names_a_student(text):
        return f"{text[:40]!r} cannot be the name of a student's folder"
    return ""


def _doubles(students: Iterable[tuple[int, Student]]) -> Iterator[tuple[int, str]]:
    """Yield the lines with an identifier that an earlier line gives to another student."""
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for number, one in students:
        given = {"id": one.id, "email": one.email, **one.ids}
        for kind, value in given.items():
            other = seen.setdefault((kind, plain(value)), (number, value)) if value else None
            if other and other[0] != number:
                yield number, f"{kind} {value!r} is that of line {other[0]}, too"
                break
