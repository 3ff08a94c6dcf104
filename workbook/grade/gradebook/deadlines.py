"""When assignments are due, by the gradebook: with each student's extension, in UTC."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, DateTime, Interval, text

from workbook.grade.gradebook.database import read

_EXTENSIONS = """
SELECT submitted_assignment.student_id, assignment.name, submitted_assignment.extension
FROM submitted_assignment JOIN assignment ON assignment.id = submitted_assignment.assignment_id
WHERE submitted_assignment.extension IS NOT NULL
"""


@dataclass
class Deadlines:
    """Deadlines of a course.

    Attributes
    ----------
    due : dict of str to datetime
        The assignments that have a due date.
    extensions : dict of (str, str) to timedelta
        By student and assignment.
    """

    due: dict[str, datetime] = field(default_factory=dict)
    extensions: dict[tuple[str, str], timedelta] = field(default_factory=dict)

    def of(self, student: str, assignment: str) -> datetime | None:
        """Return when a student's work is due; None if there is no date."""
        due = self.due.get(assignment)
        extension = self.extensions.get((student, assignment), timedelta())
        return None if due is None else due.replace(tzinfo=UTC) + extension


def deadlines(db_url: str) -> Deadlines:
    """Return the deadlines in a gradebook; none if it does not exist or cannot be read."""
    return read(db_url, "submitted_assignment", _deadlines) or Deadlines()


def _deadlines(connection: Connection) -> Deadlines:
    kinds: dict[str, Any] = {"duedate": DateTime(), "extension": Interval()}
    dates = text("SELECT name, duedate FROM assignment WHERE duedate IS NOT NULL")
    found = connection.execute(dates.columns(duedate=kinds["duedate"]))
    due = {row.name: row.duedate for row in found}
    query = text(_EXTENSIONS).columns(extension=kinds["extension"])
    more = {(row.student_id, row.name): row.extension for row in connection.execute(query)}
    return Deadlines(due, more)
