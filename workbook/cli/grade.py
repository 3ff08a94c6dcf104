"""The grader's commands: grade, report, demo, doctor."""

import os
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import click

from workbook.cli.course_option import FOLDER, chosen, course_option, use
from workbook.course.data_folder import OWN_DATA, SOLUTIONS_FILE
from workbook.course.exercises import NOTEBOOKS, Exercise, find
from workbook.course.failure import Failure, as_failure, check_installed
from workbook.course.words import did_you_mean
from workbook.grade.submissions.limits import LimitError, Limits, limits_from

_NEEDED_TO_GRADE = ("nbformat", "sqlalchemy", "nbgrader")
_DEFAULT_LIMITS = ", ".join(f"{name}={value}" for name, value in asdict(Limits()).items())


def _cores() -> int:
    """Return the number of cores that this process may use; a container may not use all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path), default=Path("submitted"))
@click.option("--out", type=FOLDER, help="Where to write. Default: the course's folder for its "
              "own submitted/, else ./graded.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=_cores(), show_default=True,
              help="Judges that work side by side.")  # fmt: skip
@click.option("--exercise", "name", metavar="NAME", help="Grade this exercise or lab only.")
@click.option("--student", "students", metavar="NAME", multiple=True,
              help="Grade this student of the class only. May be given again.")  # fmt: skip
@click.option("--force", is_flag=True, help="Grade again what has not changed.")
@click.option("--preview", is_flag=True, help="Say whose marks would change, and write nothing.")
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook, such as postgresql+psycopg://user@host/name. "
              "Default: gradebook.db in the folder of --out.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS",
              help="Judge on a Dask cluster: its scheduler's address, such as tcp://host:8786, or "
              "local for one of this machine's own with --jobs workers.")  # fmt: skip
@click.option("--no-feedback", is_flag=True, help="Do not write feedback/.")
@click.option("--limit", "settings", metavar="NAME=VALUE", multiple=True,
              help="A limit of one submission, such as call_seconds=5 or memory_bytes=2G. "
              f"May be given again. Default: {_DEFAULT_LIMITS}.")  # fmt: skip
@click.option("--unconfined", is_flag=True,
              help="Run student code with your own rights, if nothing else is there.")  # fmt: skip
@course_option
def grade(
    submissions: Path,
    out: Path | None,
    jobs: int,
    name: str | None,
    students: tuple[str, ...],
    force: bool,
    preview: bool,
    db_url: str | None,
    cluster: str | None,
    no_feedback: bool,
    settings: tuple[str, ...],
    unconfined: bool,
    course_folder: Path | None,
) -> None:
    """Grade SUBMISSIONS: a class (<student>/<assignment>/*.ipynb), a student, or a notebook.

    Exit status: 0 graded, whatever the marks; 2 wrong usage, or nothing to grade; 3 some could
    not be graded.
    """
    course = use(chosen(course_folder))
    exercise = chosen_exercise(name)
    check_can_grade()
    from workbook.grade import command
    from workbook.grade.finding import found_in
    from workbook.grade.submissions.plan import Plan
    from workbook.grade.submissions.voided import VoidError, read_voids

    with as_failure(VoidError):
        read_voids(course)
    handed_in = course.root / "submitted"
    own = handed_in in (submissions.resolve(), submissions.resolve().parent)
    out = out or (course.root if own else Path("graded"))
    with as_failure(LimitError):
        limits = limits_from((key, value) for key, _, value in (s.partition("=") for s in settings))
    db_url = command.gradebook_of(out, db_url)
    # A preview writes nothing that another command could be at.
    with nullcontext() if preview else command.alone(out):
        found = found_in(course, submissions, db_url, exercise, students)
        # A worker of a cluster finds out what its own machine offers.
        confined_by = None if cluster else command.layers(unconfined)
        plan = Plan(course, found, out, db_url, limits, confined_by, force, not no_feedback)
        if preview:
            sys.exit(command.show_preview(plan, jobs, cluster, unconfined))
        judges = command.judges(plan, jobs, cluster, unconfined)
        sys.exit(command.grade_and_show(plan, judges))


@click.command()
@click.option("--out", type=FOLDER,
              help="The folder of an earlier grading. Default: the course's.")  # fmt: skip
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook. Default: gradebook.db in the folder of --out.")  # fmt: skip
@click.option("--anonymous", is_flag=True,
              help="Write report-anonymous.html: numbers for names, no links.")  # fmt: skip
@course_option
def report(
    out: Path | None, db_url: str | None, anonymous: bool, course_folder: Path | None
) -> None:
    """Write marks.csv and report.html again, from the gradebook and the results.

    Nothing is graded: after changes in the formgrader, or after `nbgrader autograde`.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade import command

    out = out or course.root
    db_url = command.existing_gradebook(out, db_url, "--out")
    command.report(course, out, db_url, anonymous)


@click.command()
@click.argument("folder", type=FOLDER, default=Path("demo"))
@course_option
def demo(folder: Path, course_folder: Path | None) -> None:
    """Grade a small class from end to end, in FOLDER."""
    course = use(chosen(course_folder))
    check_can_grade()
    from workbook.grade import command
    from workbook.grade.submissions.demo import example_feedback, write_class
    from workbook.grade.submissions.find import find_submissions
    from workbook.grade.submissions.plan import Plan

    write_class(course, folder / "submitted")
    click.echo(f"A class has handed in its notebooks: {folder / 'submitted'}")
    # The class's answers are the course's own: they may run without confinement.
    confined_by = command.layers(unconfined=True)
    found = find_submissions(folder / "submitted")
    plan = Plan(course, found, folder, command.gradebook_of(folder), Limits(), confined_by)
    status = command.grade_and_show(plan, command.judges(plan, _cores()))
    click.echo(f"""
Where to look next:
  {example_feedback(folder)}: what a student gets back (open it in a browser)
  {folder / "report.html"}: what the class did, and what it misunderstands
  {folder / "marks.csv"}: the marks
  {folder / "results"}: every test's outcome, as JSON
  workbook lab: the notebooks, as a student sees them""")
    sys.exit(status)


@click.command()
def doctor() -> None:
    """Try out what this machine offers: versions, the confinement of student code, a browser.

    Exit status 1 if student code could not be confined.
    """
    check_can_grade()
    from rich.console import Console

    from workbook.grade.judging.doctor import examine_machine, print_findings
    from workbook.grade.submissions.faults import GraderError

    try:
        findings = examine_machine()
    except GraderError as error:
        raise Failure(f"student code could not be tried out: {error}") from error
    print_findings(findings, Console())
    sys.exit(0 if findings.layers.confine else 1)


def check_can_grade() -> None:
    """Fail, before anything is written, where grading cannot work."""
    if not sys.platform.startswith("linux"):
        raise Failure(
            "grading untrusted work needs Linux; here, use a Linux container or WSL. "
            "Lessons and visible checks work everywhere."
        )
    if (OWN_DATA / SOLUTIONS_FILE).is_file():
        raise Failure(
            "the self-study wheel is installed here, and student code could read the solutions in "
            'it. Install the course itself: run `pip install -e ".[grade]"` in its folder.'
        )
    check_installed(_NEEDED_TO_GRADE)


def chosen_exercise(name: str | None) -> Exercise | None:
    """Return the exercise of a name, None for all of them, or fail with the names there are."""
    exercise = find(name) if name else None
    if name and exercise is None:
        names = [one.name for one in NOTEBOOKS]
        every = f"; the exercises are: {', '.join(names)}"
        raise Failure(f"unknown exercise {name!r}{did_you_mean(name, names, every)}")
    return exercise


COMMANDS = (grade, report, demo, doctor)
