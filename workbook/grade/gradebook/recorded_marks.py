"""Marks that a gradebook already holds, read without nbgrader, whose import takes seconds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import DateTime, Float, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

_QUERY = """
SELECT submitted_assignment.student_id, notebook.name,
       submitted_assignment.timestamp, SUM(grade.auto_score) AS points,
       SUM(CASE WHEN grade.auto_score IS NULL THEN 1 ELSE 0 END) AS without
FROM submitted_notebook
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN grade ON grade.notebook_id = submitted_notebook.id
GROUP BY submitted_assignment.student_id, notebook.name, submitted_assignment.timestamp
"""


@dataclass(frozen=True)
class RecordedMark:
    """The mark that a gradebook holds of one notebook.

    Attributes
    ----------
    points : float or None
        Points that the hidden tests gave; None if some cell has none.
    timestamp : datetime or None
        The time at which it was handed in, in UTC.
    """

    points: float | None
    timestamp: datetime | None


def recorded_marks(db_url: str) -> dict[tuple[str, str], RecordedMark]:
    """Return the marks in a gradebook, by student and notebook; none if it does not exist.

    A gradebook that cannot be read counts as empty: `GradebookWriter` reports what is wrong.
    """
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return {}
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("submitted_notebook"):
                return {}
            query = text(_QUERY).columns(timestamp=DateTime(), points=Float())
            return {
                (row.student_id, row.name): RecordedMark(
                    None if row.without else row.points, row.timestamp
                )
                for row in connection.execute(query)
            }
    except SQLAlchemyError:
        return {}
    finally:
        engine.dispose()
