"""When assignments are due, by the gradebook: with each student's extension, in UTC."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Interval, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

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
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Deadlines()
    kinds: dict[str, Any] = {"duedate": DateTime(), "extension": Interval()}
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("submitted_assignment"):
                return Deadlines()
            dates = text("SELECT name, duedate FROM assignment WHERE duedate IS NOT NULL")
            found = connection.execute(dates.columns(duedate=kinds["duedate"]))
            due = {row.name: row.duedate for row in found}
            query = text(_EXTENSIONS).columns(extension=kinds["extension"])
            more = {(row.student_id, row.name): row.extension for row in connection.execute(query)}
            return Deadlines(due, more)
    except SQLAlchemyError:
        return Deadlines()
    finally:
        engine.dispose()
