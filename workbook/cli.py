"""The command `workbook`."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from workbook.course.data_folder import COURSE_FILE, data_folder
from workbook.course.exercises import NOTEBOOKS, describe, find, use_course
from workbook.course.failure import Failure, missing_extra
from workbook.course.folder import Course, CourseError, find_course
from workbook.grade.submissions.limits import LimitError, Limits, limits_from

if TYPE_CHECKING:
    from workbook.grade.submissions.find import Found

_NEEDED_TO_GRADE = ("nbformat", "sqlalchemy", "nbgrader")

_FOLDER = click.Path(path_type=Path, file_okay=False)
_course_option = click.option(
    "--course", "course_folder", type=_FOLDER, help="The course's folder. Default: found upward."
)


def _cores() -> int:
    """Return how many cores this process may use; in a container that is not all of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _default_limits() -> str:
    return ", ".join(f"{name}={value}" for name, value in asdict(Limits()).items())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backprop-workbook")
def main() -> None:
    """Build a deep neural network from scratch: lessons, checks and grading."""
    # In the folder of a course all commands are about this course; elsewhere about the package's.
    with contextlib.suppress(CourseError, Failure):
        _use(find_course())


@main.command()
@click.argument("folder", type=_FOLDER, default=Path("notebooks"))
@click.option("--no-browser", is_flag=True, help="Copy the notebooks; do not open JupyterLab.")
def lab(folder: Path, no_browser: bool) -> None:
    """Copy the notebooks to FOLDER, once, and open them in JupyterLab.

    A notebook that is already there is your work: it is never replaced.
    """
    from workbook.learn.workspace.lab import LabError, copy_notebooks, open_lab

    try:
        copied = copy_notebooks(folder)
        click.echo(f"{len(copied)} notebooks copied to {folder}; yours are as they were.")
        if not no_browser:
            sys.exit(open_lab(folder))
    except LabError as error:
        raise Failure(str(error)) from error


@main.command()
@click.argument("notebooks", nargs=-1, type=click.Path(path_type=Path))
@click.option("--watch", "watching", is_flag=True, help="Check a notebook each time it is saved.")
def check(notebooks: tuple[Path, ...], watching: bool) -> None:
    """Run the visible checks on NOTEBOOKS. Exit status 1 if a check fails.

    With --watch, NOTEBOOKS may be folders as well (default: the current one); Ctrl+C ends it.
    """
    if watching:
        _watch(notebooks or (Path(),))
        return
    if not notebooks:
        raise click.UsageError("name a notebook, or --watch a folder")
    from workbook.learn.check.card import card_text
    from workbook.learn.workspace.lab import check_notebook
    from workbook.learn.workspace.notebooks import NotebookError

    failed = False
    for path in notebooks:
        try:
            cards = check_notebook(path)
        except (NotebookError, TypeError, ValueError) as error:
            raise Failure(str(error)) from error
        for card in cards:
            click.echo(card_text(card))
            failed = failed or bool(card.failed)
    sys.exit(1 if failed else 0)


def _watch(paths: tuple[Path, ...]) -> None:
    from workbook.learn.workspace.watch import notebooks, watch

    for path in paths:
        if not path.exists():
            raise Failure(f"there is no notebook or folder {path}")
    if not list(notebooks(paths)):
        raise Failure(
            f"there are no notebooks in {paths[0].resolve()}; name your folder, such as "
            "`workbook check --watch notebooks`"
        )
    try:
        watch(paths, click.echo)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True), default=Path())
def progress(folder: Path) -> None:
    """Show the exercises, the labs and where you stand, from the notebooks in FOLDER."""
    from workbook.learn.workspace.progress import print_progress, standings

    print_progress(standings(folder))


class _ManyLayers(click.Command):
    """A command whose option --layers takes all the numbers that follow it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join the numbers to one word, since an option takes a fixed number of words."""
        from workbook.learn.flow.layers import joined

        return super().parse_args(ctx, joined(args))


@main.command(cls=_ManyLayers)
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--layers", metavar="N0 N1 ... 1",
              help="Units of every layer, the inputs first. Default: 2 4 3 1.")  # fmt: skip
@click.option("--steps", default=1, show_default=True, help="How many training steps.")
@click.option("--seed", default=1, show_default=True, help="For the data and the first weights.")
@click.option("--learning-rate", default=1.0, show_default=True, help="Length of a step.")
@click.option("--reference", is_flag=True, help="The reference's functions, not your own.")
def flow(folder: Path, layers: str | None, **asked: Any) -> None:
    """Show a training step with real numbers, from your own functions in FOLDER.

    Every call with its inputs, outputs and cache; the cost; each gradient beside its finite
    differences; the parameters before and after. Exit status 1 if a function fails or a gradient
    is not right.
    """
    from workbook.learn.flow.flow import flow_in
    from workbook.learn.flow.text import print_flow

    try:
        found = flow_in(folder, layers, **asked)
    except ValueError as error:
        raise Failure(str(error)) from error
    print_flow(found)
    sys.exit(1 if found.advice or found.problem else 0)


@main.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if stale.")
@_course_option
def build(names: tuple[str, ...], only_check: bool, course_folder: Path | None) -> None:
    """Build source/, release/ and the data of the visible checks from the plain text.

    NAME is an exercise, a lab or a page, to build only that. What has not changed since the last
    build is not built again.
    """
    course = _course(course_folder, built=False)
    with _author_errors():
        from workbook.build.build import build as build_all
        from workbook.build.build import stale_files

        changed = stale_files(course, names) if only_check else build_all(course, names)
    for path in changed:
        click.echo(f"{'stale' if only_check else 'written'}: {path}")
    if only_check and changed:
        click.echo("Run `workbook build` and commit what it writes.", err=True)
        sys.exit(1)
    if not changed:
        click.echo("Everything is up to date.")


@main.group()
def new() -> None:
    """Write the files of a new exercise, or of a new function of a lab, to be filled in."""


@new.command()
@click.argument("name")
@click.option("--after", required=True, metavar="OTHER", help="The exercise before it.")
@click.option("--assignment", help="nbgrader assignment. Default: that of OTHER.")
@_course_option
def exercise(name: str, after: str, assignment: str | None, course_folder: Path | None) -> None:
    """Write the four files of an exercise: lesson, solution, hidden tests, misconceptions."""
    course = _course(course_folder, built=False)
    with _author_errors():
        from workbook.build.new import new_exercise

        files = new_exercise(course, name, after, assignment)
    _written(course, files)


@new.command()
@click.argument("name")
@click.option("--lab", required=True, help="The lab in which it is written.")
@_course_option
def function(name: str, lab: str, course_folder: Path | None) -> None:
    """Write three files of a function of a lab, and say what its lesson needs."""
    course = _course(course_folder, built=False)
    with _author_errors():
        from workbook.build.new import new_function

        files, left = new_function(course, name, lab)
    _written(course, files)
    click.echo(left)


def _written(course: Course, files: list[Path]) -> None:
    for path in files:
        click.echo(f"written: {path.relative_to(course.root)}")
    click.echo("Next: replace each FILL IN, then run `workbook build` and the tests.")


@contextlib.contextmanager
def _author_errors() -> Iterator[None]:
    """Turn an error in what an author has written into the command's own."""
    try:
        from workbook.build.lessons import BuildError
    except ImportError as error:
        raise missing_extra(error) from error
    try:
        yield
    except ImportError as error:
        raise missing_extra(error) from error
    except (BuildError, CourseError) as error:
        raise Failure(str(error)) from error


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path), default=Path("submitted"))
@click.option("--out", type=_FOLDER, help="Where to write. Default: the course's folder for its "
              "own submitted/, else ./graded.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=_cores(), show_default=True,
              help="Judges that work side by side.")  # fmt: skip
@click.option("--exercise", "name", metavar="NAME", help="Grade this exercise or lab only.")
@click.option("--force", is_flag=True, help="Grade again what has not changed.")
@click.option("--db", "db_url", metavar="URL",
              help="The gradebook, such as postgresql+psycopg://user@host/name. "
              "Default: gradebook.db in the folder of --out.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS",
              help="Judge on a Dask cluster: its scheduler's address, such as tcp://host:8786, or "
              "local for one of this machine's own with --jobs workers.")  # fmt: skip
@click.option("--no-feedback", is_flag=True, help="Do not write feedback/.")
@click.option("--limit", "settings", metavar="NAME=VALUE", multiple=True,
              help="A limit of one submission, such as call_seconds=5 or memory_bytes=2G. "
              f"May be given again. Default: {_default_limits()}.")  # fmt: skip
@click.option("--unconfined", is_flag=True,
              help="Run student code with your own rights, if nothing else is there.")  # fmt: skip
@_course_option
def grade(
    submissions: Path,
    out: Path | None,
    jobs: int,
    name: str | None,
    force: bool,
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
    course = _course(course_folder)
    found = _found(submissions, name)
    from workbook.grade.command import (
        check_gradebook,
        grade_and_show,
        gradebook_of,
        judges,
        layers,
    )
    from workbook.grade.submissions.plan import Plan

    own = submissions.resolve() == course.root / "submitted"
    out = out or (course.root if own else Path("graded"))
    limits = _limits(settings)
    # A worker of a cluster finds out what its own machine offers.
    confined_by = None if cluster else layers(unconfined)
    if db_url:
        check_gradebook(db_url)
    db_url = db_url or gradebook_of(out)
    plan = Plan(course, found, out, db_url, limits, confined_by, force, not no_feedback)
    sys.exit(grade_and_show(plan, judges(plan, jobs, cluster, unconfined)))


@main.command()
@click.argument("folder", type=_FOLDER, default=Path("demo"))
@_course_option
def demo(folder: Path, course_folder: Path | None) -> None:
    """Grade a small class from end to end, in FOLDER."""
    course = _course(course_folder)
    _check_can_grade()
    from workbook.grade.command import grade_and_show, gradebook_of, judges, layers
    from workbook.grade.submissions.demo import worth_a_look, write_class
    from workbook.grade.submissions.plan import Plan

    write_class(course, folder / "submitted")
    click.echo(f"A class has handed in its notebooks: {folder / 'submitted'}")
    # The class's answers are the course's own: they may run without confinement.
    confined_by = layers(unconfined=True)
    found = _found(folder / "submitted", None)
    plan = Plan(course, found, folder, gradebook_of(folder), Limits(), confined_by)
    status = grade_and_show(plan, judges(plan, _cores()))
    click.echo("\nWhere to look next:")
    click.echo(f"  {worth_a_look(folder)}: what a student gets back (open it in a browser)")
    click.echo(f"  {folder / 'report.html'}: what the class did, and what it misunderstands")
    click.echo(f"  {folder / 'grades.csv'}: the grades")
    click.echo(f"  {folder / 'results'}: every test's outcome, as JSON")
    click.echo("  workbook lab: the notebooks, as a student sees them")
    sys.exit(status)


@main.command()
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if stale.")
@_course_option
def figures(folder: Path | None, only_check: bool, course_folder: Path | None) -> None:
    """Draw the course's pictures into FOLDER. Default: its own visual_representation/."""
    from workbook.figures.diagrams.write import left_out, stale, write

    if folder is None:
        course = _course(course_folder, built=False)
        folder = course.root / "visual_representation"
        # The build needs the pictures of a new exercise, and they need its header.
        if find_spec("yaml") is not None:
            with _author_errors():
                from workbook.build.headers import gathered

                describe(gathered(course))
    try:
        changed = stale(folder) if only_check else write(folder)
    except OSError as error:
        raise Failure(f"the pictures cannot be written: {error}") from error
    for path in changed:
        click.echo(f"{'stale' if only_check else 'written'}: {path}")
    for sentence in left_out(folder):
        click.echo(f"Note: {sentence}", err=True)
    if only_check and changed:
        click.echo("Run `workbook figures` and commit what it writes.", err=True)
        sys.exit(1)
    if not changed:
        click.echo("Everything is up to date.")


@main.command()
def doctor() -> None:
    """Try out what this machine offers: versions, the confinement of student code, a browser.

    Exit status 1 if student code could not be confined.
    """
    _check_can_grade()
    from workbook.grade.judging.doctor import examine, print_findings

    findings = examine()
    print_findings(findings, Console())
    sys.exit(0 if findings.layers.confine else 1)


def _course(folder: Path | None, built: bool = True) -> Course:
    """Return a course, whose data is used from now on where it has been built."""
    try:
        course = find_course(folder)
    except CourseError as error:
        raise Failure(str(error)) from error
    if built:
        _use(course)
    return course


def _use(course: Course) -> None:
    try:
        use_course(course.root)
    except (OSError, ValueError, LookupError, TypeError) as error:
        said = f"{data_folder() / COURSE_FILE} cannot be read: {type(error).__name__}: {error}"
        raise Failure(f"{said}. Run `workbook build`, which writes it anew.") from error


def _check_can_grade() -> None:
    """Stop, before anything is written, where grading cannot work."""
    if not sys.platform.startswith("linux"):
        raise Failure(
            "grading untrusted work needs Linux; here, use a Linux container or WSL. "
            "Lessons and visible checks work everywhere."
        )
    # Not imported here: that takes half a second, and can be done while the judges start.
    missing = [name for name in _NEEDED_TO_GRADE if find_spec(name) is None]
    if missing:
        raise missing_extra(ModuleNotFoundError(f"No module named {missing[0]!r}"))


def _found(submissions: Path, name: str | None) -> "Found":
    _check_can_grade()
    from workbook.grade.submissions.find import find_submissions

    exercise = find(name) if name else None
    if name and exercise is None:
        names = ", ".join(one.name for one in NOTEBOOKS)
        raise Failure(f"unknown exercise {name!r}; the exercises are: {names}")
    try:
        found = find_submissions(submissions, exercise)
    except FileNotFoundError as error:
        raise Failure(str(error)) from error
    if not found.submitted:
        layout = "<student>/<assignment>/<notebook>.ipynb"
        raise Failure(
            "\n".join([f"nothing to grade in {submissions}; expected {layout}", *found.problems])
        )
    return found


def _limits(settings: tuple[str, ...]) -> Limits:
    """Return the limits that were asked for."""
    try:
        return limits_from((name, value) for name, _, value in (s.partition("=") for s in settings))
    except LimitError as error:
        raise Failure(str(error)) from error


if __name__ == "__main__":
    main()
