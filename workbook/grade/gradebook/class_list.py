"""The class as it is entered in a gradebook, read without nbgrader, whose import takes seconds."""

from sqlalchemy import text

from workbook.grade.gradebook.database import read
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
    rows = read(db_url, "student", lambda connection: connection.execute(text(_STUDENTS)).all())
    return {row.id: _student(*(str(cell or "").strip() for cell in row)) for row in rows or ()}


def _student(id: str, first: str, last: str, email: str, lms_user_id: str) -> Student:
    ids = {"lms_user_id": lms_user_id} if lms_user_id else {}
    return Student(id, first, last, email, ids=ids)
