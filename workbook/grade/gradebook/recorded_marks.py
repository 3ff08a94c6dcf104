"""Marks that a gradebook already holds, read without nbgrader, whose import takes seconds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from sys import intern
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Float,
    Interval,
    text,
)

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS
from workbook.grade.gradebook.database import read
from workbook.grade.gradebook.marks import CellMark, Marks

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
SELECT grade.notebook_id, base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit,
       grade_cells.max_score
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN grade_cells ON grade_cells.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
"""
_COMMENTS = """
SELECT comment.notebook_id, base_cell.name, comment.auto_comment, comment.manual_comment
FROM comment
JOIN base_cell ON base_cell.id = comment.cell_id
JOIN submitted_notebook ON submitted_notebook.id = comment.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
"""
_OF_ONE = " WHERE submitted_assignment.student_id = :student"


@dataclass(frozen=True, slots=True)
class RecordedMark:
    """The mark that a gradebook holds of one notebook.

    Attributes
    ----------
    assignment : str
        The notebook's assignment.
    automatic : float or None
        Points that the hidden tests gave; None if some cell of theirs has none.
    points : float or None
        The same, with what was given by hand in their place or beside them, and extra credit; None
        if some cell has neither. An answer that waits for a person counts as 0: see `Marks`.
    is_by_hand : bool
        Whether a person has given a mark or extra credit.
    penalty : float
        Points to be deducted because it was late.
    timestamp : datetime or None
        The time at which it was handed in, in UTC.
    seconds_late : float
        How long after the due date that was, extensions included; 0 if it was in time.
    marks : Marks
        What the student's page shows of it.
    automatic_comments : mapping of str to (str or None)
        The automatic comments on cells for an answer, also where a person's stands in their place.
    """

    assignment: str
    automatic: float | None
    points: float | None
    is_by_hand: bool
    penalty: float
    timestamp: datetime | None
    seconds_late: float
    marks: Marks
    automatic_comments: Mapping[str, str | None] = field(default_factory=dict)


@dataclass
class AssignmentMark:
    """The marks of an assignment's notebooks, added up.

    Attributes
    ----------
    points : float
        The points, late penalties deducted.
    most : float
        The most that there are, without bonus.
    waiting : float
        Points that are still to be given by a person; they are not among `points`.
    penalty : float
        What was deducted.
    seconds_late : float
        How late it was handed in.
    is_by_hand : bool
        Whether a person has given a part of it.
    is_graded : bool
        Whether all notebooks are graded, up to what waits for a person.
    """

    points: float = 0.0
    most: float = 0.0
    waiting: float = 0.0
    penalty: float = 0.0
    seconds_late: float = 0.0
    is_by_hand: bool = False
    is_graded: bool = True

    def add(self, mark: RecordedMark, most: float) -> None:
        """Add a notebook's mark."""
        self.points += (mark.points or 0.0) - mark.penalty
        self.most += most
        self.waiting += mark.marks.waiting
        self.penalty += mark.penalty
        self.seconds_late = max(self.seconds_late, mark.seconds_late)
        self.is_by_hand = self.is_by_hand or mark.is_by_hand
        self.is_graded = self.is_graded and mark.points is not None

    @property
    def points_of_most(self) -> tuple[float, float] | None:
        """As `Marks.assignment`; as nbgrader counts, it is never worth less than nothing."""
        return (max(0.0, self.points), self.most) if self.is_graded else None


@dataclass
class Recorded:
    """What a gradebook holds.

    Attributes
    ----------
    marks : dict of (str, str) to RecordedMark
        The marks of the course's own notebooks, by student and notebook.
    students : dict of str to str
        Every student who is entered, with the name, which may be empty.
    assignments : dict of (str, str) to AssignmentMark
        By student and assignment, also of assignments that are nbgrader's alone.
    """

    marks: dict[tuple[str, str], RecordedMark] = field(default_factory=dict)
    students: dict[str, str] = field(default_factory=dict)
    assignments: dict[tuple[str, str], AssignmentMark] = field(default_factory=dict)


def recorded_marks(db_url: str, student: str = "") -> Recorded:
    """Return the marks and the students in a gradebook; none if it does not exist.

    A gradebook that cannot be read counts as empty: `GradebookWriter` reports what is wrong.

    Parameters
    ----------
    db_url : str
        SQLAlchemy address of the gradebook.
    student : str, optional
        Read the marks of this student alone.
    """

    def recorded(connection: Connection) -> Recorded:
        students = _students(connection)
        marks, assignments = _marks(connection, students, student)
        return Recorded(marks, students, assignments)

    return read(db_url, "submitted_notebook", recorded) or Recorded()


def _marks(
    connection: Connection, students: dict[str, str], student: str
) -> tuple[dict[tuple[str, str], RecordedMark], dict[tuple[str, str], AssignmentMark]]:
    def rows(query: str, **types: Any) -> CursorResult[Any]:
        chosen = text(query + _OF_ONE if student else query)
        # Without columns of its own, a query would be taken for one that returns none.
        typed = chosen.columns(**types) if types else chosen
        return connection.execute(typed, {"student": student} if student else {})

    grades: defaultdict[str, list[Any]] = defaultdict(list)
    comments: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows(_GRADES):
        grades[row.notebook_id].append(row)
    for row in rows(_COMMENTS):
        comments[row.notebook_id][row.name] = row
    dates: dict[str, Any] = {"timestamp": DateTime(), "duedate": DateTime()}
    found: dict[tuple[str, str], RecordedMark] = {}
    totals: defaultdict[tuple[str, str], AssignmentMark] = defaultdict(AssignmentMark)
    for row in rows(_NOTEBOOKS, **dates, extension=Interval(), penalty=Float()):
        name = students.get(row.student_id, "")
        own = grades.pop(row.id, [])
        mark = _mark(row, name, own, comments.pop(row.id, {}))
        if row.assignment in ASSIGNMENTS:
            # Another assignment may have a notebook of the same name.
            found[row.student_id, row.name] = mark
        most = sum(one.max_score for one in own)
        totals[row.student_id, row.assignment].add(mark, float(most))
    for (one, notebook), mark in found.items():
        total = totals[one, mark.assignment]
        marks = replace(
            mark.marks, assignment=total.points_of_most, assignment_waiting=total.waiting
        )
        found[one, notebook] = replace(mark, marks=marks)
    return found, dict(totals)


def _mark(row: Any, name: str, grades: list[Any], comments: dict[str, Any]) -> RecordedMark:
    # Each row comes with texts of its own, of the same few names.
    # A cell that is graded and for an answer as well is one that a person marks.
    cells = {
        intern(one.name): CellMark(
            one.auto_score, one.manual_score, float(one.extra_credit or 0.0), one.name in comments
        )
        for one in grades
    }
    tested = [one for one in cells.values() if not one.is_manual]
    automatic = [one.automatic for one in tested]
    is_graded = all(one.automatic is not None or one.by_hand is not None for one in tested)
    waiting = _waiting(row.name, cells, grades) if is_graded else 0.0
    late = _seconds_late(row.timestamp, row.duedate, row.extension)
    penalty = float(row.penalty or 0.0)
    said = {
        intern(one.name): text
        for one in comments.values()
        if (text := one.auto_comment if one.manual_comment is None else one.manual_comment)
    }
    marks = Marks(row.student_id, name, cells, said, penalty, late, waiting=waiting)
    return RecordedMark(
        row.assignment,
        None if None in automatic else marks.automatic,
        marks.points if is_graded else None,
        any(one.extra or one.by_hand is not None for one in cells.values()),
        penalty,
        row.timestamp,
        late,
        marks,
        {intern(one.name): one.auto_comment for one in comments.values()},
    )


def _waiting(notebook: str, cells: dict[str, CellMark], grades: list[Any]) -> float:
    """Return the points of a notebook that are still to be given by a person."""
    # A lab's are a bonus, for which a gradebook has a most of 0: the lesson knows them.
    own = next((one.manual for one in NOTEBOOKS if one.notebook == notebook), {})
    return sum(float(own.get(one.name, one.max_score)) for one in grades if cells[one.name].waits)


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
