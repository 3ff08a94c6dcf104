"""The command `workbook export`."""

import sys
from pathlib import Path

import click

from workbook.cli.course_option import FOLDER, chosen, course_option, use
from workbook.cli.grade import check_can_grade
from workbook.course.failure import Failure, as_failure

FILE = click.Path(path_type=Path, dir_okay=False)
_NOT_ALL = 3


@click.command()
@click.option("--to", "name", required=True,
              type=click.Choice(["canvas", "moodle", "blackboard", "brightspace", "csv", "json"]),
              help="The platform, or a table or a JSON file for any program.")  # fmt: skip
@click.option("--out", "path", type=FILE,
              help="The file to write. Default: a new one in exports/.")  # fmt: skip
@click.option("--template", type=FILE,
              help="The gradebook as the platform has exported it: its columns, lines and "
              "identifiers stay, the marks are filled in.")  # fmt: skip
@click.option("--assignment", metavar="NAME", default="",
              help="Export this assignment only. It may be one that nbgrader "
              "alone grades.")  # fmt: skip
@click.option("--by", type=click.Choice(["assignment", "exercise"]), default="assignment",
              show_default=True, help="What gets a column of its own.")  # fmt: skip
@click.option("--title", "titles", metavar="NAME=TITLE", multiple=True,
              help="What the platform calls an assignment: its title, or the number in its "
              "heading. May be given again.")  # fmt: skip
@click.option("--identify", metavar="COLUMN", default="",
              help="The roster's column by which the platform knows the students, such as id, "
              "email or username.")  # fmt: skip
@click.option("--bonus", type=click.Choice(["apart", "cap", "keep"]), default="apart",
              show_default=True, help="Points above a maximum: in a column of their own, cut "
              "off, or left as they are.")  # fmt: skip
@click.option("--missing", type=click.Choice(["empty", "zero"]), default="empty",
              show_default=True, help="What is written for work not handed in.")  # fmt: skip
@click.option("--decimal", type=click.Choice(["point", "comma"]), default="point",
              show_default=True, help="The decimal sign of your site.")  # fmt: skip
@click.option("--feedback", type=click.Choice(["text", "pages"]),
              help="Add a text of what was wrong (moodle, csv, json), or write an archive of the "
              "students' pages (moodle).")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file of --out if it is there.")
@click.option("--grading", type=FOLDER,
              help="The folder of the grading. Default: the course's.")  # fmt: skip
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook. Default: gradebook.db in the folder of --grading.")  # fmt: skip
@course_option
# Long for its options, each of which click hands over as an argument.
def export(
    name: str,
    path: Path | None,
    template: Path | None,
    assignment: str,
    by: str,
    titles: tuple[str, ...],
    identify: str,
    bonus: str,
    missing: str,
    decimal: str,
    feedback: str | None,
    force: bool,
    grading: Path | None,
    db_url: str | None,
    course_folder: Path | None,
) -> None:
    """Write the final marks as a learning platform takes them.

    The marks are those of the gradebook, as in marks.csv. Exit status: 0 everything is written; 2
    wrong usage, or nothing was written; 3 somebody or something was left out, and is named.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade import command
    from workbook.grade.export.export import ExportFiles
    from workbook.grade.export.export import export as write
    from workbook.grade.export.show import print_exported
    from workbook.grade.export.table import ExportError, Options
    from workbook.grade.roster.roster import RosterError
    from workbook.grade.submissions.results import CannotWriteError

    folder = grading or course.root
    url = command.existing_gradebook(folder, db_url, "--grading")
    options = Options(
        assignment,
        by == "exercise",
        _titles(titles),
        bonus,
        missing == "zero",
        decimal == "comma",
        identify,
        feedback == "text",
    )
    files = ExportFiles(folder, url, template, path, force, feedback == "pages")
    with as_failure(ExportError, RosterError, CannotWriteError):
        done = write(course, name, options, files)
    print_exported(done, name, template is not None)
    sys.exit(_NOT_ALL if done.table.problems else 0)


def _titles(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, title = pair.partition("=")
        if not sign or not title.strip():
            raise Failure(f"--title {pair}: write it as NAME=TITLE")
        found[name.strip()] = title.strip()
    return found


COMMANDS = (export,)
