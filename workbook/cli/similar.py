"""The command `workbook similar`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.course_option import chosen, course_option, use
from workbook.cli.grade import check_can_grade, chosen_exercise
from workbook.course.failure import Failure, as_failure, missing_extra
from workbook.course.folder import Course
from workbook.course.text import printable
from workbook.course.words import counted, listed

if TYPE_CHECKING:
    from workbook.grade.similar.pairs import Pair

# Folders of a course that others than the teacher may read or get.
_NOT_BELOW = ("feedback", "release", "source", "submitted", "autograded", "notebooks")
_MOST_NAMED = 10
_MOST_FUNCTIONS = 5


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path), required=False)
@click.option("--exercise", metavar="NAME", help="Only this exercise.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Where the pages are written. Default: similar/ in the course's "
              "folder.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=50, show_default=True,
              help="How many pairs get a page.")  # fmt: skip
@course_option
def similar(
    submissions: Path | None,
    exercise: str | None,
    out: Path | None,
    most: int,
    course_folder: Path | None,
) -> None:
    """Show pairs of answers in SUBMISSIONS that share what is rare in the class.

    It gives no verdict, and no mark depends on it. SUBMISSIONS is as for `workbook grade`; without
    it, submitted/ in the course's folder.
    """
    course = use(chosen(course_folder))
    folder = _checked(course, out or course.root / "similar")
    only = chosen_exercise(exercise)
    check_can_grade()
    from workbook.grade.roster.roster import RosterError, read_roster
    from workbook.grade.submissions.find import find_submissions

    where = submissions or course.root / "submitted"
    with as_failure(FileNotFoundError, RosterError):
        # As handed in: a group's members have one work between them, by right.
        found = find_submissions(where, only, course.other_assignments())
        groups = read_roster(course).groups
    try:
        from workbook.grade.similar.answers import answers_of
        from workbook.grade.similar.page import write_comparison_pages
        from workbook.grade.similar.pairs import pairs_of
    except ImportError as error:
        raise missing_extra(error, "similar") from error
    answers = list(answers_of(course, found.submitted))
    students = len({answer.student for answer in answers})
    if students < 2:
        raise Failure(f"there are no two students with an answer to compare in {where}")
    pairs = [
        pair
        for pair in pairs_of(course, answers)
        if not any({pair.first, pair.second} <= {*members} for members in groups.values())
    ]
    try:
        page = write_comparison_pages(folder, pairs, students, most)
    except OSError as error:
        raise Failure(f"{folder} cannot be written: {error.strerror or error}") from error
    _say(pairs, students, most)
    click.echo(f"Written: {page}")


def _say(pairs: "list[Pair]", students: int, most: int) -> None:
    """Print the first pairs with their functions, and how many pairs there are."""
    for pair in pairs[: min(most, _MOST_NAMED)]:
        names = [one.first.function for one in pair.likenesses]
        both = printable(f"{pair.first} and {pair.second}")
        click.echo(f"{both}: {listed(names, _MOST_FUNCTIONS)}")
    if pairs:
        found = counted(len(pairs), "pair")
        click.echo(f"{found} to look at, of {students} students. This is not a verdict.")
    else:
        click.echo(f"No two of {students} students share much that is rare in this class.")


def _checked(course: Course, folder: Path) -> Path:
    """Return the folder for the pages, which name students, if nobody else gets what lies there."""
    inside = folder.resolve()
    for name in _NOT_BELOW:
        if inside.is_relative_to((course.root / name).resolve()):
            raise Failure(
                f"{folder} is inside {name}/, which students may get to see; these pages name "
                "students. Choose another folder with --out."
            )
    return folder
