"""The instructor's commands for corrections after grading: void, forget."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.course_option import FOLDER, chosen, course_option, use
from workbook.cli.grade import check_can_grade
from workbook.course.failure import Failure, as_failure
from workbook.course.folder import Course
from workbook.course.words import counted, listed

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded
    from workbook.grade.submissions.voided import Void, Voids

_out_option = click.option(
    "--out", type=FOLDER, help="The folder of a grading. Default: the course's."
)
_db_option = click.option(
    "--db", "db_url", metavar="URL", help="The gradebook. Default: gradebook.db in that folder."
)


@click.command()
@click.argument("test", metavar="[EXERCISE/TEST]", default="")
@click.option("--full-marks", "full", is_flag=True,
              help="Give its points to everybody who has handed in. The default.")  # fmt: skip
@click.option("--leave-out", "leave_out", is_flag=True,
              help="Do not count the test: the others of its part share its points.")  # fmt: skip
@click.option("--weight", type=float, metavar="N",
              help="Count the test like one of N points among the others of its part.")  # fmt: skip
@click.option("--undo", is_flag=True, help="Count the test as it was written.")
@click.option("--reason", default="", metavar="TEXT", help="Why; students read it.")
@click.option("--preview", is_flag=True, help="Say whose marks would change, and write nothing.")
@_out_option
@_db_option
@course_option
def void(
    test: str,
    full: bool,
    leave_out: bool,
    weight: float | None,
    undo: bool,
    reason: str,
    preview: bool,
    out: Path | None,
    db_url: str | None,
    course_folder: Path | None,
) -> None:
    """Change how a hidden test that was wrong counts, for the whole class.

    EXERCISE/TEST is the test, such as compute_cost/test_shape; EXERCISE alone lists its tests, and
    without any name the command lists the tests that count differently. What an exercise is worth
    stays as it is. Nothing is judged again; later gradings count the test in the same way.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade.report.voided_tests import show_tests, show_voids
    from workbook.grade.submissions.voided import Void, VoidError, is_weight, named, read_voids

    out = out or course.root
    if sum((full, leave_out, undo, weight is not None)) > 1:
        raise Failure("give one of --full-marks, --leave-out, --weight and --undo")
    if weight is not None and not is_weight(weight):
        raise Failure("--weight takes a number from 0 to 1000")
    with as_failure(VoidError):
        voids = read_voids(course)
        if not test:
            show_voids(voids.values())
            return
        exercise, name = named(course, test)
    if not name:
        show_tests(out, exercise, voids)
        return
    if undo and (exercise.name, name) not in voids:
        raise Failure(f"{exercise.name}/{name} counts as it was written; there is nothing to undo")
    counted_as = 0.0 if leave_out else weight
    said = " ".join(reason.split())
    changed = Void(exercise.name, name, counted_as, said, date.today())
    _count_anew(course, changed, undo, preview, out, db_url)


def _count_anew(
    course: Course,
    changed: "Void",
    undo: bool,
    preview: bool,
    out: Path,
    db_url: str | None,
) -> None:
    """Record how a test counts, recount the class's results, and say whose marks changed."""
    from workbook.grade import command, voiding
    from workbook.grade.gradebook.gradebook import GradebookError
    from workbook.grade.preview import marks_in, moved_marks
    from workbook.grade.submissions.results import CannotWriteError, alone_in
    from workbook.grade.submissions.voided import FILE, VoidError

    url = command.gradebook_of(out, db_url)
    with as_failure(VoidError, GradebookError, CannotWriteError):
        if preview:
            after = _after(course, changed, undo)
            voiding.check_graded(out, url)
            graded, moved = voiding.preview(course, after, changed.exercise, out, url)
            _show(graded, "Marks that would change", moved)
            click.echo("\nThis was a preview: nothing was written.")
            return
        # What counts differently stands in the course, the marks in the folder of a grading.
        with alone_in(course.root, click.echo), alone_in(out, click.echo):
            after = _after(course, changed, undo)
            voiding.check_graded(out, url)
            before = marks_in(out, url)
            with voiding.recorded_in_course(course, after):
                graded = voiding.count_anew(course, after, changed.exercise, out, url, click.echo)
        moved = moved_marks(before, graded.marks)
    _show(graded, "Marks that changed", moved)
    how = "counts as it was written again" if undo else f"counts differently: {changed.how}"
    click.echo(f"\n{changed.name} {how}.")
    # Without an entry there is no such file.
    also = f"; and {course.root / FILE}" if after else ""
    click.echo(f"Written to {out}: the gradebook, marks.csv, report.html, results/, autograded/, "
               f"feedback/{also}")  # fmt: skip
    sys.exit(command.COULD_NOT_GRADE if graded.problems else 0)


def _after(course: Course, changed: "Void", undo: bool) -> "Voids":
    """Return how tests will count, from what the course's file says now."""
    from workbook.grade.submissions.voided import check_voided, read_voids

    key = changed.exercise, changed.test
    after = {name: one for name, one in read_voids(course).items() if name != key}
    after |= {} if undo else {key: changed}
    check_voided(course, after)
    return after


def _show(graded: "Graded", title: str, moved: list[str]) -> None:
    from rich.console import Console

    from workbook.grade.report.terminal import show_changes, show_list

    console = Console()
    show_list(f"{title} ({counted(len(moved), 'student')})", moved, console)
    if not moved:
        click.echo("No mark changes.")
    graded.moved = []
    show_changes(graded, console)


@click.command()
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_out_option
@_db_option
@course_option
def forget(
    student: str, yes: bool, out: Path | None, db_url: str | None, course_folder: Path | None
) -> None:
    """Remove STUDENT from everything that the course keeps. It cannot be undone.

    STUDENT is the identifier: the name of the folder in submitted/. What was handed in, results,
    pages, marks and the line of the roster go, in the gradebook's copies as well. Exports and
    the pages of `workbook similar` are removed as a whole, because they show others, too: make them
    again. The work that a group has handed in stays for the others.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from rich.console import Console

    from workbook.grade import command, forgetting
    from workbook.grade.gradebook.removal import RemovalError
    from workbook.grade.mentions import mentions
    from workbook.grade.report.terminal import show_list
    from workbook.grade.submissions.results import CannotWriteError, alone_in

    out = out or course.root
    url = command.gradebook_of(out, db_url)
    console = Console()
    with as_failure(RemovalError, CannotWriteError), alone_in(out, click.echo):
        traces = forgetting.traces_of(course, out, url, student)
        show_list(f"To be removed of {student}", traces.lines(), console)
        if not yes:
            click.confirm("\nRemove all of this? It cannot be brought back", abort=True)
        failed = forgetting.forget(course, out, url, traces)
    what = f"All else of {student}" if failed else student
    click.echo(f"\n{what} is removed, and marks.csv and report.html, if they were there, are made "
               "again.")  # fmt: skip
    if traces.mates:
        again = " ".join(f"--student {one}" for one in traces.mates)
        click.echo(f"Notes on the work of {listed(traces.mates)} may name {student} until it is "
                   f"judged again: run `workbook grade submitted {again} --force`.")  # fmt: skip
    show_list("Could not be removed", failed, console)
    left = map(str, mentions(course, out, traces.student))
    show_list("These files still have such a name in them: look at them", left, console)
    click.echo(
        "\nNot touched: nbgrader's exchange folder, the learning platform, what you have exported "
        "to other places or sent, backups, and the history of a version control."
    )
    sys.exit(command.COULD_NOT_GRADE if failed else 0)


COMMANDS = (void, forget)
