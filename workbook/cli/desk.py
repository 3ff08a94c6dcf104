"""The instructor's commands beside grading: roster, collect, comments."""

from pathlib import Path

import click

from workbook.cli.course_option import chosen, course_option, use
from workbook.cli.grade import check_can_grade
from workbook.course.failure import as_failure
from workbook.course.words import counted, listed

_MOST_NAMED = 20


@click.command()
@click.argument("table", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook. Default: gradebook.db in the course's folder.")  # fmt: skip
@course_option
def roster(table: Path | None, db_url: str | None, course_folder: Path | None) -> None:
    """Enter the class from FILE, a table with a line for each student; without FILE, show it.

    The first line of FILE has headings: id, and any of name (or first name and last name), email,
    section, group, and platforms' identifiers, such as canvas, moodle or github. A platform's own
    export of its participants will do.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade import command
    from workbook.grade.report.class_list import show_roster
    from workbook.grade.roster.read_table import read_table
    from workbook.grade.roster.roster import FILE, RosterError, read_roster, write_roster
    from workbook.grade.submissions.results import CannotWriteError

    with as_failure(RosterError, CannotWriteError):
        if table is None:
            show_roster(read_roster(course))
            return
        read = read_table(table)
        new, others = command.enter_roster(command.gradebook_of(course.root, db_url), read.roster)
        write_roster(course, read.roster)
    students = read.roster.students
    click.echo(
        f"{counted(len(students), 'student')} entered, {new} of them new, identified by the column "
        f"{read.identifier}; {FILE} written."
    )
    if groups := read.roster.groups:
        click.echo(f"Groups that hand in together: {listed([*groups], _MOST_NAMED)}.")
    if read.left_out:
        click.echo(f"Columns that were left out: {listed(read.left_out, _MOST_NAMED)}.")
    if read.nobody:
        lines = listed([*map(str, read.nobody)], _MOST_NAMED)
        click.echo(f"Lines that name nobody, and were left out: {lines}.")
    if others:
        names = listed(others, _MOST_NAMED)
        click.echo(f"In the gradebook, and not on this roster: {names}. They stay there.")


@click.command()
@click.argument("source", metavar="ARCHIVE_OR_FOLDER", type=click.Path(path_type=Path))
@click.option("--assignment", metavar="NAME", default="",
              help="The assignment. Default: the notebooks' cells say it.")  # fmt: skip
@click.option("--from", "platform", metavar="PLATFORM", default="",
              help="moodle, canvas, blackboard, brightspace, gradescope, teams, classroom, github, "
              "plain, or one of the course's collect.toml. Default: recognised.")  # fmt: skip
@click.option("--attempt", type=click.Choice(["latest", "best", "first"]), default=None,
              help="Which attempt counts. Default: the last before the deadline in the "
              "gradebook.")  # fmt: skip
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook. Default: gradebook.db in the course's folder.")  # fmt: skip
@course_option
def collect(
    source: Path,
    assignment: str,
    platform: str,
    attempt: str | None,
    db_url: str | None,
    course_folder: Path | None,
) -> None:
    """Sort what a learning platform sent into submitted/<student>/<assignment>/.

    ARCHIVE_OR_FOLDER is what you have downloaded from Moodle, Canvas, Blackboard, Brightspace,
    Gradescope, Microsoft Teams or Google Classroom, GitHub Classroom's clones, or a folder with one
    folder a student. Nothing in submitted/ is lost: what another file replaces is kept in
    collected/.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade import command
    from workbook.grade.collect.collect import CollectOptions
    from workbook.grade.collecting import collect_and_show

    url = command.gradebook_of(course.root, db_url)
    collect_and_show(course, source, CollectOptions(assignment, platform, attempt or ""), url)


@click.command()
@course_option
def comments(course_folder: Path | None) -> None:
    """Write comments.csv, the table of comments by mistake, or add what it lacks.

    It has a line for each mistake that the course knows: the function, the mistake, and the
    comment, which you edit. Grading offers the comment wherever an answer makes that mistake, in
    the formgrader and on the student's page, until a person writes another one.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade.gradebook.comments import FILE, CommentsError, add_known_mistakes
    from workbook.grade.submissions.results import CannotWriteError

    with as_failure(CommentsError), as_failure(CannotWriteError):
        added, held = add_known_mistakes(course)
    kept = f"; the {held} that it had are as they were" if held else ""
    click.echo(f"{FILE}: {counted(added, 'mistake')} added{kept}.")


COMMANDS = (roster, collect, comments)
