"""Tables that are made anew, for platforms that find the students by their identifiers."""

import html
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from workbook.course.words import listed
from workbook.grade.export.identify import Identifiers, chosen_kind, identifier, no_identifier
from workbook.grade.export.platforms import (
    CANVAS,
    CANVAS_DROPS,
    END_OF_LINE,
    END_SIGN,
    MOODLE,
    POINTS_POSSIBLE,
    PlatformTable,
)
from workbook.grade.export.sheet import Sheet
from workbook.grade.export.table import ExportError, MarksRow, Options, Table, cell, number
from workbook.grade.report.spreadsheet import as_text
from workbook.grade.roster.roster import Student


def canvas(table: Table, options: Options) -> Sheet:
    """Return Canvas's table: the line of possible points below the headings, then the students.

    Raises
    ------
    ExportError
        If Canvas would drop a column because of its title.
    """
    dropped = [one.title for one in table.columns if CANVAS_DROPS.search(one.title)]
    if dropped:
        raise ExportError(
            f"Canvas would drop the column {dropped[0]!r} for its name; --title gives another one"
        )
    asked = {options.identify: CANVAS.kinds.get(options.identify, CANVAS.other)}
    kinds = asked if options.identify else CANVAS.kinds
    rows = [
        ["Student", *CANVAS.kinds.values(), "Section", *(one.title for one in table.columns)],
        [POINTS_POSSIBLE, *4 * [""], *(number(one.most, options.comma) for one in table.columns)],
    ]
    known = {kind: _identifiers(table, kind, CANVAS) for kind in kinds}
    for row, cells in _with_marks(table, options, CANVAS):
        held = dict.fromkeys(CANVAS.kinds.values(), "")
        problem = ""
        for kind, heading in kinds.items():
            held[heading], why = known[kind].checked(row.student)
            problem = problem or why
            if heading == "ID" and held[heading] and not held[heading].isdecimal():
                problem = problem or f"Canvas's ID is a number, and not {held[heading]!r}"
        if not problem and not any(held.values()):
            problem = no_identifier(CANVAS)
        if problem:
            table.problems.append(f"{row.shown} is left out: {problem}")
            continue
        name = ", ".join(filter(None, (row.student.last_name, row.student.first_name)))
        section = _for_people(row.student.section)
        rows.append([_for_people(name), *held.values(), section, *cells])
        table.written += 1
    return Sheet(rows)


def by_one_identifier(table: Table, options: Options, platform: PlatformTable) -> Sheet:
    """Return the table of Moodle or Brightspace, which know a student by one column.

    Parameters
    ----------
    table : Table
        The marks. It receives the students who are left out.
    options : Options
        What the instructor asks for.
    platform : PlatformTable
        One of the two.
    """
    kind = chosen_kind(table.rows, platform, options.identify)
    heading = "Email address" if kind == "email" else platform.kinds.get(kind, platform.other)
    if platform is MOODLE and kind == "moodle":
        numbers = (identifier(row.student, kind, "moodle") for row in table.rows)
        heading = heading if all(one.isdecimal() for one in numbers if one) else "Username"
    titles = []
    for column in table.columns:
        titles.append(platform.new_heading.format(title=column.title))
        titles += [f"{column.title} feedback"] if options.with_feedback else []
    end = [] if platform is MOODLE else [END_OF_LINE]
    rows = [[heading, *titles, *end]]
    known = _identifiers(table, kind, platform)
    for row, cells in _with_marks(table, options, platform):
        text, why = known.checked(row.student)
        if not text or why:
            why = why or f"the roster has nothing in the column {kind}"
            table.problems.append(f"{row.shown} is left out: {why}")
            continue
        said = []
        for column, mark in zip(table.columns, cells, strict=True):
            # Moodle shows the text as part of a page; somebody may look at it in a spreadsheet.
            text_of = as_text(html.escape(row.marks[column.name].feedback, quote=False))
            said += [mark, text_of] if options.with_feedback else [mark]
        rows.append([text, *said, *([END_SIGN] if end else [])])
        table.written += 1
    return Sheet(rows)


def plain_table(table: Table, options: Options) -> Sheet:
    """Return a table for any program: who it is, the marks and what they are, the total."""
    titles = []
    for column in table.columns:
        titles += [column.title, f"{column.title} of", f"{column.title} status"]
        titles += [f"{column.title} feedback"] if options.with_feedback else []
    parts = ["name", "email", "section"]
    parts += ["group"] if any(row.student.group for row in table.rows) else []
    rows = [["student", *parts, *titles, "total"]]
    known = _identifiers(table, "id")
    for row in table.rows:
        student = row.student
        text, why = known.checked(student)
        if why:
            table.problems.append(f"{row.shown} is left out: {why}")
            continue
        line = [text, *(as_text(getattr(student, part)) for part in parts)]
        for column in table.columns:
            mark = row.marks[column.name]
            line += [cell(mark, options), number(column.most, options.comma), mark.status]
            line += [as_text(mark.feedback)] if options.with_feedback else []
        rows.append([*line, number(row.total, options.comma)])
        table.written += 1
    return Sheet(rows)


def as_json(table: Table, options: Options) -> str:
    """Return the marks as JSON: no points where there is no mark."""
    students = []
    for row in table.rows:
        student: dict[str, Any] = asdict(row.student) | {"name": row.student.name}
        marks = {}
        for column in table.columns:
            mark = asdict(row.marks[column.name])
            is_number = mark["status"] == "graded"
            is_zero = mark["status"] == "not handed in" and options.zeros
            mark["points"] = round(mark["points"], 5) if is_number or is_zero else None
            if not options.with_feedback:
                del mark["feedback"]
            marks[column.name] = mark
        table.written += 1
        students.append(student | {"marks": marks, "total": round(row.total, 5)})
    columns = [{"name": one.name, "title": one.title, "points_possible": one.most}
               for one in table.columns]  # fmt: skip
    return json.dumps({"columns": columns, "students": students}, indent=1) + "\n"


def _with_marks(
    table: Table, options: Options, platform: PlatformTable
) -> Iterator[tuple[MarksRow, list[str]]]:
    """Yield the students of whom there is something to write, with their cells."""
    silent = []
    for row in table.rows:
        cells = [cell(row.marks[one.name], options, platform.excused) for one in table.columns]
        if any(cells):
            yield row, cells
        else:
            silent.append(row.shown)
    if silent:
        table.notes.append(f"Without a mark, so not in the table: {listed(silent, 20)}")


def _identifiers(table: Table, kind: str, platform: PlatformTable | None = None) -> Identifiers:
    name = platform.name if platform else ""

    def of(student: Student) -> str:
        return identifier(student, kind, name)

    return Identifiers(table.rows, of)


def _for_people(text: str) -> str:
    """Return a name; nothing if it would be a formula, for no platform finds anybody by it."""
    return text if as_text(text) == text else ""
