"""The students in a gradebook: the class's roster, entered as nbgrader has it."""

from nbgrader import api
from sqlalchemy.exc import DBAPIError

from workbook.grade.gradebook.backup import keep_copy
from workbook.grade.gradebook.database import place
from workbook.grade.gradebook.gradebook import GradebookError
from workbook.grade.gradebook.tables import create_tables, is_outdated
from workbook.grade.roster.roster import Roster


def enter_students(db_url: str, roster: Roster) -> tuple[int, list[str]]:
    """Enter all students of a roster, or none if that fails.

    Of a student who is entered already, what the roster does not say stays as it is.

    Parameters
    ----------
    db_url : str
        SQLAlchemy address of the gradebook.
    roster : Roster
        The students.

    Returns
    -------
    new : int
        How many students are new.
    others : list of str
        The students in the gradebook who are not on the roster. They stay.

    Raises
    ------
    GradebookError
        If the gradebook cannot be written.
    """
    try:
        keep_copy(db_url)
        create_tables(db_url)
        if is_outdated(db_url):
            raise GradebookError(
                "the gradebook was made by an older version of nbgrader: run `nbgrader db upgrade`"
            )
        with api.Gradebook(db_url) as gradebook:
            known = {one.id: one for one in gradebook.students}
            for one in roster.students:
                student = known.get(one.id) or api.Student(id=one.id)
                for column in ("first_name", "last_name", "email", "lms_user_id"):
                    if value := getattr(one, column):
                        setattr(student, column, value)
                gradebook.db.add(student)
            gradebook.db.commit()
    except (OSError, DBAPIError) as error:
        why = " ".join(str(getattr(error, "orig", "") or error).split())
        raise GradebookError(
            f"the gradebook ({place(db_url)}) cannot be written ({why}): nothing was entered"
        ) from error
    entered = {one.id for one in roster.students}
    return len(entered - known.keys()), sorted(known.keys() - entered)
