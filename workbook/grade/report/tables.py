"""The tables of a class: ``marks.csv`` and ``report.html``, and the report without names."""

from pathlib import Path
from typing import TYPE_CHECKING

from workbook.course.folder import Course
from workbook.grade.report.spreadsheet import write_marks
from workbook.grade.report.tally import Tally
from workbook.grade.roster.roster import Roster, RosterError, read_roster
from workbook.grade.submissions import results
from workbook.grade.submissions.plan import Graded
from workbook.grade.submissions.seeds import course_secret

if TYPE_CHECKING:
    from workbook.grade.gradebook.recorded_marks import Recorded

#: The report without names, beside the other one: it may be shown to the class.
ANONYMOUS = "report-anonymous.html"


def write_tables(
    course: Course,
    out: Path,
    db_url: str,
    graded: Graded,
    is_entered: bool = True,
    recorded: "Recorded | None" = None,
) -> None:
    """Write the tables of the whole class, also when a part of it was graded now.

    Parameters
    ----------
    course : Course
        The course, whose roster has the sections and groups.
    out : pathlib.Path
        Where to write; ``results/`` is there.
    db_url : str
        SQLAlchemy address of the gradebook.
    graded : Graded
        What this grading did. It receives the final marks, the tables that were written, and the
        problem if one cannot be written.
    is_entered : bool, optional
        Whether the gradebook could be written. The table of marks is the gradebook's: if not,
        there is none.
    recorded : Recorded, optional
        What the gradebook holds, if that is known.
    """
    # Jinja2 and SQLAlchemy are needed for nothing else.
    from workbook.grade.gradebook.class_marks import automatic_marks, class_marks
    from workbook.grade.gradebook.recorded_marks import recorded_marks
    from workbook.grade.report.page import write_report

    roster = Roster()
    try:
        roster = read_roster(course)
    except RosterError as error:
        graded.problems.append(f"marks.csv has no sections and groups: {error}")
    recorded = recorded or recorded_marks(db_url)
    tally = Tally()
    tally.count(results.read_results(out / "results"), recorded.marks if is_entered else {})
    tally.add_absent(recorded.students)
    graded.marks = (
        class_marks(recorded, tally.missing, roster.students_by_id)
        if is_entered
        else automatic_marks(graded.lines)
    )
    tally.add_totals(graded.marks.values())
    try:
        if is_entered:
            write_marks(out / "marks.csv", graded.marks.values())
            graded.tables.append("marks.csv")
        else:
            results.remove(out / "marks.csv")
        write_report(out / "report.html", tally, graded)
        graded.tables.append("report.html")
    except results.CannotWriteError as error:
        # Everything else is done, and may have problems of its own to tell of.
        graded.problems.append(str(error))


def write_anonymous(course: Course, out: Path, db_url: str) -> int:
    """Write the report without names, and return how many students it has.

    Parameters
    ----------
    course : Course
        The course, from whose secret the students' numbers come.
    out : pathlib.Path
        Where to write; ``results/`` is there.
    db_url : str
        SQLAlchemy address of the gradebook.

    Raises
    ------
    CannotWriteError
        If it cannot be written.
    SecretError
        If the course's secret can neither be read nor made.
    """
    from workbook.grade.gradebook.class_marks import class_marks
    from workbook.grade.gradebook.recorded_marks import recorded_marks
    from workbook.grade.report.anonymous import renamed, student_numbers, without_names
    from workbook.grade.report.page import write_report

    held = recorded_marks(db_url)
    folders = {path.name for path in (out / "results").glob("*") if path.is_dir()}
    students = {student for student, _ in held.marks}
    called = student_numbers(course_secret(course), {*held.students, *students, *folders})
    recorded, tally, graded = renamed(held, called), Tally(), Graded()
    found = results.read_results(out / "results")
    tally.count(without_names(found, called, held.students.values()), recorded.marks)
    tally.add_absent(recorded.students)
    graded.marks = class_marks(recorded, tally.missing)
    tally.add_totals(graded.marks.values())
    write_report(out / ANONYMOUS, tally, graded, anonymous=True)
    return len(graded.marks)
