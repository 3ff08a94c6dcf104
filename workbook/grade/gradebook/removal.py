"""Removes a student from a gradebook, whichever version of nbgrader has made it."""

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from workbook.grade.gradebook.database import file_of

_SUBMITTED = "SELECT id FROM submitted_assignment WHERE student_id = :student"
_NOTEBOOKS = f"SELECT id FROM submitted_notebook WHERE assignment_id IN ({_SUBMITTED})"
# A row goes before the rows that it refers to.
_ROWS = {
    "comment": f"notebook_id IN ({_NOTEBOOKS})",
    "grade": f"notebook_id IN ({_NOTEBOOKS})",
    "submitted_notebook": f"assignment_id IN ({_SUBMITTED})",
    "submitted_assignment": "student_id = :student",
    "student": "id = :student",
}


class RemovalError(Exception):
    """A student cannot be removed from a gradebook; the text says why."""


def holds(db_url: str, student: str) -> bool:
    """Tell whether a gradebook has a student or work of that student's.

    Raises
    ------
    RemovalError
        If it cannot be read.
    """
    return student in students(db_url)


def students(db_url: str) -> set[str]:
    """Return the students of whom a gradebook holds anything; none if it does not exist.

    Raises
    ------
    RemovalError
        If it cannot be read.
    """
    file = file_of(db_url)
    if file is not None and not file.is_file():
        return set()
    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            if not _tables(connection):
                return set()
            query = "SELECT id FROM student UNION SELECT student_id FROM submitted_assignment"
            return {row[0] for row in connection.execute(text(query))}
    except SQLAlchemyError as error:
        raise RemovalError(f"cannot be read ({_reason(error)})") from error
    finally:
        engine.dispose()


def remove_student(db_url: str, student: str) -> None:
    """Remove all rows of a student, and from a file what is left of them in it.

    Raises
    ------
    RemovalError
        If it cannot be written.
    """
    engine = create_engine(db_url)
    try:
        with engine.begin() as connection:
            for table in filter(_tables(connection).__contains__, _ROWS):
                rows = f"DELETE FROM {table} WHERE {_ROWS[table]}"
                connection.execute(text(rows), {"student": student})
        if file_of(db_url) is not None:
            # Without it, the rows could still be read in the file.
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
    except SQLAlchemyError as error:
        raise RemovalError(
            f"cannot be written ({_reason(error)}): close other programs that use it, and run the "
            "command again"
        ) from error
    finally:
        engine.dispose()


def _tables(connection: Connection) -> set[str]:
    there = {*inspect(connection).get_table_names()}
    return there if {"student", "submitted_assignment"} <= there else set()


def _reason(error: SQLAlchemyError) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
