"""The class as it is entered in a gradebook, read without nbgrader, whose import takes seconds."""

from pathlib import Path

from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from workbook.grade.roster.roster import Student

_STUDENTS = "SELECT id, first_name, last_name, email, lms_user_id FROM student"


def students_entered(db_url: str) -> dict[str, Student]:
    """Return the students in a gradebook, by identifier; none if it cannot be read.

    Whoever uses ``nbgrader db student import`` has no roster: this is then all that is known.

    Parameters
    ----------
    db_url : str
        SQLAlchemy address of the gradebook.
    """
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return {}
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("student"):
                return {}
            rows = connection.execute(text(_STUDENTS)).all()
    except SQLAlchemyError:
        return {}
    finally:
        engine.dispose()
    return {row.id: _student(*(str(cell or "").strip() for cell in row)) for row in rows}


def _student(id: str, first: str, last: str, email: str, lms_user_id: str) -> Student:
    ids = {"lms_user_id": lms_user_id} if lms_user_id else {}
    return Student(id, first, last, email, ids=ids)
