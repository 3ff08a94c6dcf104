"""Marks that a gradebook already holds, read without nbgrader, whose import takes seconds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Float,
    Interval,
    create_engine,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from workbook.grade.gradebook.marks import digest

_NOTEBOOKS = """
SELECT submitted_notebook.id, submitted_assignment.student_id,
       assignment.name AS assignment, notebook.name,
       submitted_assignment.timestamp, assignment.duedate, submitted_assignment.extension,
       submitted_notebook.late_submission_penalty AS penalty
FROM submitted_notebook
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
"""
_GRADES = """
SELECT grade.notebook_id, base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
"""
_COMMENTS = """
SELECT comment.notebook_id, base_cell.name, comment.auto_comment, comment.manual_comment
FROM comment JOIN base_cell ON base_cell.id = comment.cell_id
"""


@dataclass(frozen=True)
class RecordedMark:
    """The mark that a gradebook holds of one notebook.

    Attributes
    ----------
    assignment : str
        The notebook's assignment.
    automatic : float or None
        Points that the hidden tests gave; None if some cell has none.
    points : float or None
        The same, with what was given by hand in their place, and extra credit; None if some cell
        has neither.
    is_by_hand : bool
        Whether a person has given a mark or extra credit.
    penalty : float
        Points to be deducted because it was late.
    timestamp : datetime or None
        The time at which it was handed in, in UTC.
    seconds_late : float
        How long after the due date that was, extensions included; 0 if it was in time.
    digest : str
        A hash of what the student's page shows of the marks.
    """

    assignment: str
    automatic: float | None
    points: float | None
    is_by_hand: bool
    penalty: float
    timestamp: datetime | None
    seconds_late: float
    digest: str


@dataclass
class Recorded:
    """What a gradebook holds.

    Attributes
    ----------
    marks : dict of (str, str) to RecordedMark
        By student and notebook.
    students : dict of str to str
        Every student who is entered, with the name, which may be empty.
    """

    marks: dict[tuple[str, str], RecordedMark] = field(default_factory=dict)
    students: dict[str, str] = field(default_factory=dict)


def recorded_marks(db_url: str) -> Recorded:
    """Return the marks and the students in a gradebook; none if it does not exist.

    A gradebook that cannot be read counts as empty: `GradebookWriter` reports what is wrong.
    """
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Recorded()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("submitted_notebook"):
                return Recorded()
            return Recorded(_marks(connection), _students(connection))
    except SQLAlchemyError:
        return Recorded()
    finally:
        engine.dispose()


def _marks(connection: Connection) -> dict[tuple[str, str], RecordedMark]:
    dates: dict[str, Any] = {"timestamp": DateTime(), "duedate": DateTime()}
    query = text(_NOTEBOOKS).columns(**dates, extension=Interval(), penalty=Float())
    grades: defaultdict[str, list[Any]] = defaultdict(list)
    comments: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for row in connection.execute(text(_GRADES)):
        grades[row.notebook_id].append(row)
    for row in connection.execute(text(_COMMENTS)):
        manual = row.manual_comment
        said = row.auto_comment if manual is None else manual
        comments[row.notebook_id][row.name] = said
    return {
        (row.student_id, row.name): _mark(row, grades[row.id], comments[row.id])
        for row in connection.execute(query)
    }


def _mark(row: Any, grades: list[Any], comments: dict[str, str | None]) -> RecordedMark:
    automatic = [one.auto_score for one in grades]
    given = [one.auto_score if one.manual_score is None else one.manual_score for one in grades]
    extra = [one.extra_credit or 0.0 for one in grades]
    scores = {
        one.name: float((points or 0.0) + more)
        for one, points, more in zip(grades, given, extra, strict=True)
    }
    penalty = float(row.penalty or 0.0)
    points = None if None in given else sum(given) + sum(extra)
    return RecordedMark(
        row.assignment,
        None if None in automatic else sum(automatic),
        points,
        any(extra) or any(one.manual_score is not None for one in grades),
        penalty,
        row.timestamp,
        _seconds_late(row.timestamp, row.duedate, row.extension),
        digest(scores, comments, penalty),
    )


def _seconds_late(
    timestamp: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    if timestamp is None or due is None:
        return 0.0
    return max(0.0, (timestamp - due - (extension or timedelta())).total_seconds())


def _students(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT id, first_name, last_name FROM student"))
    return {row.id: _name((row.first_name, row.last_name)) for row in rows}


def _name(parts: Iterable[str | None]) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())
