"""Comments by mistake: the table that an instructor edits, and what it says of an answer."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbook.course.exercises import FUNCTIONS, Exercise, find
from workbook.course.folder import Course
from workbook.course.mistakes import declared_mistakes
from workbook.grade.gradebook.marks import NO_RESPONSE
from workbook.grade.roster.table_text import table_text
from workbook.grade.submissions.identify import parts_by_function
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result, write_text

#: The table, in the course's folder.
FILE = "comments.csv"

_HEADINGS = ("function", "mistake", "comment")
# With it, a spreadsheet sees that the file is UTF-8.
_MARK = "\ufeff"


class CommentsError(Exception):
    """The table of comments cannot be read; the text says why, and in which line."""


@dataclass(frozen=True)
class Comments:
    """Comments by mistake.

    Attributes
    ----------
    by_mistake : dict of (str, str) to str
        The comments, by a function and the sentence of one of its known mistakes. An empty one is
        not offered.
    course : Course or None
        The course, whose notebooks say which tests a function has; None if there are no comments.
    """

    by_mistake: dict[tuple[str, str], str] = field(default_factory=dict)
    course: Course | None = None
    # The tests of each function, by exercise: asked for with every submission of a class.
    _tests: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def on(self, result: Result) -> dict[str, str | None]:
        """Return nbgrader's automatic comment on each cell for an answer; None if it has none."""
        exercise = find(result.exercise)
        if exercise is None:
            return {}
        comments: dict[str, str | None] = {
            name: None if name in result.written else NO_RESPONSE for name in exercise.manual
        }
        for name in exercise.functions:
            nothing = NO_RESPONSE if name in result.untouched else None
            comments[name] = "\n".join(self._on_mistakes(result, exercise, name)) or nothing
        return comments

    def _on_mistakes(self, result: Result, exercise: Exercise, name: str) -> Iterator[str]:
        """Yield the comments on the mistakes that were found in one function of an answer."""
        if self.course is None:
            return
        if exercise.name not in self._tests:
            release = course_notebook(self.course, "release", exercise)
            self._tests[exercise.name] = {
                one["name"]: [test for _, tests in one["cells"] for test in tests]
                for one in list(parts_by_function(release))
            }
        tests = self._tests[exercise.name].get(name, [])
        said = (one.diagnosis or "" for one in result.tests if one.name in tests)
        mistakes = dict.fromkeys(
            " ".join(line.split()) for text in said for line in text.splitlines()
        )
        yield from filter(None, (self.by_mistake.get((name, one)) for one in mistakes))


def read_comments(course: Course) -> Comments:
    """Return the comments of a course; none if it has no table.

    Raises
    ------
    CommentsError
        If the table cannot be read.
    """
    rows = _table(course.root / FILE).rows
    comments: dict[tuple[str, str], str] = {}
    for line, (function, mistake, comment) in rows:
        if comments.setdefault((function, mistake), comment) != comment:
            said = f"has another comment for the same mistake of {function} as a line above"
            raise CommentsError(f"{course.root / FILE}, line {line} {said}")
    return Comments(comments, course) if comments else Comments()


@dataclass(frozen=True)
class _Table:
    """The table as it stands in its file.

    Attributes
    ----------
    text : str
        The whole text.
    delimiter : str
        What parts the columns.
    header : list of str
        The headings; there may be more than are needed, in any order.
    rows : list of (int, (str, str, str))
        The lines below, with their numbers: function, mistake and comment.
    """

    text: str
    delimiter: str
    header: list[str]
    rows: list[tuple[int, tuple[str, str, str]]]


def _table(path: Path) -> _Table:
    """Return a table; one without a line if there is no file."""
    text = table_text(path, CommentsError)[0] if path.exists() else ""
    if not text.strip():
        return _Table(",".join(_HEADINGS), ",", [*_HEADINGS], [])
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    line = 1
    try:
        header = [cell.strip().casefold() for cell in next(reader)]
        missing = [name for name in _HEADINGS if name not in header]
        if missing:
            said = f"has no column with the heading {missing[0]}; it needs {', '.join(_HEADINGS)}"
            raise CommentsError(f"{path}, line 1 {said}")
        places = [header.index(name) for name in _HEADINGS]
        line = reader.line_num + 1
        for row in reader:
            cells = [row[place].strip() if place < len(row) else "" for place in places]
            if any(cells):
                rows.append((line, (cells[0], " ".join(cells[1].split()), cells[2])))
            line = reader.line_num + 1
    except csv.Error as error:
        said = f"cannot be read: its quotation marks do not match ({error})"
        raise CommentsError(f"{path}, line {line} {said}") from error
    return _Table(text, delimiter, header, rows)


def add_known_mistakes(course: Course) -> tuple[int, int]:
    """Write the table, with the known mistakes that it does not have yet; all else in it stays.

    Parameters
    ----------
    course : Course
        The course. The comment on a mistake is at first the sentence that the course says of it.

    Returns
    -------
    added, held : int
        How many mistakes are new in the table, and how many it had.

    Raises
    ------
    CommentsError
        If there is a table that cannot be read.
    workbook.grade.submissions.results.CannotWriteError
        If it cannot be written.
    """
    table = _table(course.root / FILE)
    there = {row[:2] for _, row in table.rows}
    known = (
        (name, " ".join(one.sentence.split()))
        for name in FUNCTIONS
        for one in declared_mistakes(course, name)
    )
    new = [key for key in dict.fromkeys(known) if key not in there]
    if new:
        write_text(course.root / FILE, _with_lines(table, new))
    return len(new), len(table.rows)


def _with_lines(table: _Table, mistakes: Iterable[tuple[str, str]]) -> str:
    """Return the text of a table with a line for each of these mistakes at its end."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, table.header, restval="", delimiter=table.delimiter)
    for function, mistake in mistakes:
        writer.writerow({"function": function, "mistake": mistake, "comment": mistake})
    return f"{_MARK}{table.text.rstrip()}\r\n{file.getvalue()}"
