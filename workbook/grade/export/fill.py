"""Fills in a table that a platform has exported: its columns, lines and identifiers stay."""

from collections import Counter, defaultdict
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.export.identify import identifier
from workbook.grade.export.platforms import CANVAS, CANVAS_DROPS, TEST_STUDENT, PlatformTable
from workbook.grade.export.sheet import Sheet, read_sheet
from workbook.grade.export.table import (
    BONUS,
    Column,
    ExportError,
    MarksRow,
    Options,
    Table,
    cell,
    number,
)
from workbook.grade.roster.headings import english
from workbook.grade.roster.roster import Roster, only_one, squeezed

_NAMES = {"student": "name", "lastname": "last", "firstname": "first"}
_MOST_NAMED = 20


def fill_table(path: Path, platform: PlatformTable, table: Table, options: Options) -> Sheet:
    """Return a platform's own table with the marks in it.

    Parameters
    ----------
    path : pathlib.Path
        The table as the platform has exported it.
    platform : PlatformTable
        Whose it is.
    table : Table
        The marks. It receives the students and columns that are not in the platform's table.
    options : Options
        What the instructor asks for.

    Raises
    ------
    ExportError
        If the table cannot be read, or is not what this platform exports.
    """
    sheet = read_sheet(path)
    who = _Who(sheet.rows[0], platform, Roster(tuple(row.student for row in table.rows)))
    if not who.identities:
        lacking = listed(sorted({*platform.kinds.values()}), _MOST_NAMED)
        raise ExportError(
            f"{path} is not what {platform.title} exports: it has none of the columns {lacking}"
        )
    places = _places(path, sheet, platform, table, options)
    lines, doubtful = _lines(sheet, who, platform, table)
    _say_possible_points(sheet, platform, places, table)
    for row in table.rows:
        wanted = [(place, column, cell(row.marks[column.name], options, platform.excused))
                  for column, place in places]  # fmt: skip
        line = lines.get(row.student.id)
        if line is not None:
            held = sheet.rows[line]
            held += [""] * (len(sheet.rows[0]) - len(held))
            table.notes += _written(held, wanted, platform, row)
            table.written += any(text for *_, text in wanted)
        elif row.student.id not in doubtful and any(text for *_, text in wanted):
            table.problems.append(
                f"{row.shown}: no line of {path.name} can be found for this student, so nothing "
                f"is written. Is the roster's identifier for {platform.title} right?"
            )
    return sheet


def _written(
    held: list[str], wanted: list[tuple[int, Column, str]], platform: PlatformTable, row: MarksRow
) -> list[str]:
    """Write a student's marks into their line; return what should be known of it."""
    notes = []
    for place, column, text in wanted:
        if platform.excused and held[place].strip().upper() == platform.excused:
            if text not in ("", platform.excused):
                said = f"already excused on {platform.title}, left as it is"
                notes.append(f"{row.shown}, {column.name}: {said}")
        elif text:
            held[place] = text
    return notes


class _Who:
    """Finds the student of a line.

    Parameters
    ----------
    heading : list of str
        The headings.
    platform : PlatformTable
        Whose table it is.
    roster : Roster
        The class.
    """

    def __init__(self, heading: list[str], platform: PlatformTable, roster: Roster) -> None:
        self._roster = roster
        self._known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in roster.students:
            for kind in (*platform.kinds, "id", "email"):
                if value := identifier(one, kind, platform.name):
                    self._known[kind, value.casefold()].add(one.id)
        names = [english(one) for one in heading]
        kinds = [(kind, squeezed(one)) for kind, one in platform.kinds.items()]
        #: The places of the columns that identify a student, each with the roster's for it.
        self.identities = {
            place: [kind for kind, one in kinds if one == name]
            for place, name in enumerate(names)
            if name in {one for _, one in kinds}
        }
        self._names = {_NAMES[one]: place for place, one in enumerate(names) if one in _NAMES}

    def given(self, line: list[str]) -> dict[int, str]:
        """Return the identifiers in a line, by their places. Brightspace marks them by a sign."""
        cells = {place: line[place].strip() for place in self.identities if place < len(line)}
        return {place: text.removeprefix("#") for place, text in cells.items() if text}

    def name(self, line: list[str]) -> str:
        """Return the name in a line."""
        there = {kind: line[place] for kind, place in self._names.items() if place < len(line)}
        whole = f"{there.get('first', '')} {there.get('last', '')}".strip()
        return there.get("name", whole).strip()

    def student(self, line: list[str]) -> tuple[str, bool]:
        """Return the student of a line, "" if it is of nobody here; and whether that is sure.

        The platform's own identifier is sure. What this course calls the student, or the name, is
        not: it must not contradict the name.
        """
        given, same_name = self.given(line), self._roster.named(self.name(line))
        for place, text in given.items():
            for kind in self.identities[place]:
                if found := only_one(self._known.get((kind, text.casefold()), ())):
                    return found, True
        for text in given.values():
            for kind in ("id", "email"):
                found = only_one(self._known.get((kind, text.casefold()), ()))
                if found and (found in same_name or not self._has_name(line, found)):
                    return found, False
        return only_one(same_name), False

    def _has_name(self, line: list[str], student: str) -> bool:
        """Tell whether a name says something for or against this student."""
        return bool(self.name(line)) and bool(self._roster.students_by_id[student].name)


def _lines(
    sheet: Sheet, who: _Who, platform: PlatformTable, table: Table
) -> tuple[dict[str, int], set[str]]:
    """Return the place of each student's line, and the students who have several."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    others = []
    lines = {
        place: who.student(line)
        for place, line in enumerate(sheet.rows[1:], 1)
        if who.given(line) and not _is_no_student(line, platform)
    }
    known = {student for student, is_sure in lines.values() if is_sure}
    for place, (student, is_sure) in lines.items():
        # Somebody else may only have the name of whom the platform's identifier tells.
        if student and (is_sure or student not in known):
            found[student].append(place)
        else:
            line = sheet.rows[place]
            others.append(printable(who.name(line) or next(iter(who.given(line).values()))))
    if others:
        table.notes.append(
            f"On {platform.title} and not in this class, so their lines stay as they are: "
            f"{listed(others, _MOST_NAMED)}"
        )
    # A mark in the wrong line would be another student's.
    doubtful = {student for student, places in found.items() if len(places) > 1}
    table.problems += [
        f"{one}: {len(found[one])} lines seem to be of this student; nothing is written into them"
        for one in sorted(doubtful)
    ]
    return {one: places[0] for one, places in found.items() if one not in doubtful}, doubtful


def _is_no_student(line: list[str], platform: PlatformTable) -> bool:
    name = line[0].strip()
    is_test = name == TEST_STUDENT or ", ".join([name, *line[1:2]]) == TEST_STUDENT
    return platform is CANVAS and (is_test or _has_possible_points(line))


def _has_possible_points(line: list[str]) -> bool:
    return "points possible" in line[0].casefold()


def _places(
    path: Path, sheet: Sheet, platform: PlatformTable, table: Table, options: Options
) -> list[tuple[Column, int]]:
    """Return at which place each column is in the platform's table."""
    places = []
    lacking = []
    for column in table.columns:
        fitting = _fitting(sheet.rows[0], platform, column, options)
        if len(fitting) > 1:
            names = listed([repr(printable(sheet.rows[0][one])) for one in fitting])
            raise ExportError(
                f"{path}: {column.name} may be {names}; say which with --title "
                f"{column.name}=NUMBER, the number in its heading"
            )
        if fitting:
            places.append((column, fitting[0]))
        else:
            lacking.append(column)
    taken = Counter(place for _, place in places)
    if twice := [column.name for column, place in places if taken[place] > 1]:
        raise ExportError(f"{path}: {listed(twice)} would go into one column")
    for column in lacking:
        table.problems.append(_no_column(path, sheet, platform, column, table))
    if not places:
        raise ExportError("\n".join(table.problems[-len(lacking) :]))
    return places


def _fitting(
    heading: list[str], platform: PlatformTable, column: Column, options: Options
) -> list[int]:
    """Return the places of the headings that a column may be: by the whole, the id, the title."""
    titles = [column.title]
    if column.name not in options.titles and column.name in ASSIGNMENTS:
        titles.append(ASSIGNMENTS[column.name])
    found = [
        (place, text, match)
        for place, text in enumerate(heading)
        if (match := platform.heading.fullmatch(text.strip()))
        and not (platform is CANVAS and CANVAS_DROPS.search(text))
    ]
    whole = [place for place, text, _ in found if text.strip() == column.title]
    by_id = [place for place, _, match in found if match.groupdict().get("id") == column.title]
    same = {squeezed(one) for one in titles}
    by_title = [place for place, _, match in found if squeezed(match["title"]) in same]
    return whole or by_id or by_title


def _no_column(
    path: Path, sheet: Sheet, platform: PlatformTable, column: Column, table: Table
) -> str:
    having = [row.shown for row in table.rows if row.marks[column.name].points > 0]
    heads = [one.strip() for one in sheet.rows[0]]
    known = {squeezed(one) for one in (*platform.kinds.values(), *_NAMES, "section")}
    there = [
        printable(one)
        for one in heads
        if platform.heading.fullmatch(one)
        and english(one) not in known
        and not CANVAS_DROPS.search(one)
    ]
    has = f"it has {listed(there, _MOST_NAMED)}" if there else "it has no column of marks"
    # Of a bonus, nobody else is named anywhere.
    most = len(having) if column.name.endswith(BONUS) else _MOST_NAMED
    of = f"of {listed(having, most)}" if having else "all of them 0"
    return (
        f"{column.name} is in no column of {path.name}, so marks are left out, {of}: {has}. "
        f"--title {column.name}=TITLE says which column it is"
    )


def _say_possible_points(
    sheet: Sheet, platform: PlatformTable, places: list[tuple[Column, int]], table: Table
) -> None:
    """Note where the platform gives another maximum to a column."""
    # Canvas may have another line above it, on assignments whose marks are not shown.
    lines = filter(_has_possible_points, sheet.rows[1:] if platform is CANVAS else [])
    possible = next(lines, [])
    for column, place in places:
        match = platform.heading.fullmatch(sheet.rows[0][place].strip())
        text = (match.groupdict().get("most") if match else None) or ""
        if place < len(possible):
            text = possible[place]
        try:
            most = float(text.replace(",", ".").strip())
        except ValueError:
            continue
        if most != column.most and column.most:
            table.notes.append(
                f"{column.name} has {number(column.most)} points here and {number(most)} on "
                f"{platform.title}; the marks are written as they are"
            )
