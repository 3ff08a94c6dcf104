"""The command `workbook`."""

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from workbook.course import Course, CourseError, find_course
from workbook.exercises import EXERCISES, find
from workbook.grade.limits import LimitError, Limits, limits_from
from workbook.learn.card import as_text
from workbook.learn.lab import LabError, check_notebook, copy_notebooks, open_lab
from workbook.learn.notebooks import NotebookError
from workbook.learn.progress import render, standings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from workbook.grade.confinement import Layers
    from workbook.grade.find import Found
    from workbook.grade.grade import Plan

    #: While it is open: what makes the executor for the judges, and how many work side by side.
    Judges = AbstractContextManager[tuple[Callable[[], Executor], int]]

WRONG_USAGE = 2
COULD_NOT_GRADE = 3

_FOLDER = click.Path(path_type=Path, file_okay=False)
_course_option = click.option(
    "--course", "course_folder", type=_FOLDER, help="The course's folder. Default: found upward."
)


def _default_limits() -> str:
    return ", ".join(f"{name}={value}" for name, value in asdict(Limits()).items())


class _Failure(click.ClickException):
    """A message for the user, and exit status 2."""

    exit_code = WRONG_USAGE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backprop-workbook")
def main() -> None:
    """Build a deep neural network from scratch: lessons, checks and grading."""


@main.command()
@click.argument("folder", type=_FOLDER, default=Path("notebooks"))
@click.option("--no-browser", is_flag=True, help="Copy the notebooks; do not open JupyterLab.")
def lab(folder: Path, no_browser: bool) -> None:
    """Copy the notebooks to FOLDER, once, and open them in JupyterLab.

    A notebook that is already there is your work: it is never replaced.
    """
    try:
        copied = copy_notebooks(folder)
        click.echo(f"{len(copied)} notebooks copied to {folder}; yours are as they were.")
        if not no_browser:
            sys.exit(open_lab(folder))
    except LabError as error:
        raise _Failure(str(error)) from error


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
    failed = False
    for path in notebooks:
        try:
            cards = check_notebook(path)
        except (NotebookError, TypeError, ValueError) as error:
            raise _Failure(str(error)) from error
        for card in cards:
            click.echo(as_text(card))
            failed = failed or bool(card.failed)
    sys.exit(1 if failed else 0)


def _watch(paths: tuple[Path, ...]) -> None:
    from workbook.learn.watch import notebooks, watch

    for path in paths:
        if not path.exists():
            raise _Failure(f"there is no notebook or folder {path}")
    if not list(notebooks(paths)):
        raise _Failure(
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
    """Show the ten exercises and where you stand, from the notebooks in FOLDER."""
    render(standings(folder))


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if stale.")
@_course_option
def build(only_check: bool, course_folder: Path | None) -> None:
    """Build source/, release/ and the data of the visible checks from the plain text."""
    course = _course(course_folder)
    try:
        from workbook.build.build import build as build_all
        from workbook.build.build import stale_files
        from workbook.build.lessons import BuildError
    except ImportError as error:
        raise _missing_extra(error) from error
    try:
        changed = stale_files(course) if only_check else build_all(course)
    except (BuildError, CourseError) as error:
        raise _Failure(str(error)) from error
    for path in changed:
        click.echo(f"{'stale' if only_check else 'written'}: {path}")
    if only_check and changed:
        click.echo("Run `workbook build` and commit what it writes.", err=True)
        sys.exit(1)
    if not changed:
        click.echo("Everything is up to date.")


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path), default=Path("submitted"))
@click.option("--out", type=_FOLDER, help="Where to write. Default: the course's folder for its "
              "own submitted/, else ./graded.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True,
              help="Judges that work side by side.")  # fmt: skip
@click.option("--exercise", "name", metavar="NAME", help="Grade this exercise only.")
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
    from workbook.grade.grade import Plan

    own = submissions.resolve() == course.root / "submitted"
    out = out or (course.root if own else Path("graded"))
    limits = _limits(settings)
    # A worker of a cluster finds out what its own machine offers.
    layers = None if cluster else _layers(unconfined)
    if db_url:
        _check_gradebook(db_url)
    db_url = db_url or _db_url(out)
    plan = Plan(course, found, out, db_url, limits, layers, force, not no_feedback)
    sys.exit(_grade(plan, _judges(plan, jobs, cluster, unconfined)))


@main.command()
@click.argument("folder", type=_FOLDER, default=Path("demo"))
@_course_option
def demo(folder: Path, course_folder: Path | None) -> None:
    """Grade a small class from end to end, in FOLDER."""
    course = _course(course_folder)
    _check_can_grade()
    from workbook.grade.demo import write_class
    from workbook.grade.grade import Plan

    write_class(course, folder / "submitted")
    click.echo(f"A class has handed in its notebooks: {folder / 'submitted'}")
    # The class's answers are the course's own: they may run without confinement.
    layers = _layers(unconfined=True)
    found = _found(folder / "submitted", None)
    plan = Plan(course, found, folder, _db_url(folder), Limits(), layers)
    status = _grade(plan, _judges(plan, os.cpu_count() or 1))
    feedback = folder / "feedback" / "emmy" / f"{EXERCISES[6].notebook_path[:-6]}.html"
    click.echo("\nWhere to look next:")
    click.echo(f"  {feedback}: what a student gets back (open it in a browser)")
    click.echo(f"  {folder / 'report.html'}: what the class did, and what it misunderstands")
    click.echo(f"  {folder / 'grades.csv'}: the grades")
    click.echo(f"  {folder / 'results'}: every test's outcome, as JSON")
    click.echo("  workbook lab: the notebooks, as a student sees them")
    sys.exit(status)


@main.command()
def doctor() -> None:
    """Try out what this machine offers: versions, the confinement of student code, a browser.

    Exit status 1 if student code could not be confined.
    """
    _check_can_grade()
    from workbook.grade.doctor import examine
    from workbook.grade.doctor import render as render_findings

    findings = examine()
    render_findings(findings, Console())
    sys.exit(0 if findings.confined else 1)


def _course(folder: Path | None) -> Course:
    try:
        return find_course(folder)
    except CourseError as error:
        raise _Failure(str(error)) from error


def _missing_extra(error: ImportError, extra: str = "grade") -> _Failure:
    what = "a learner's installation" if extra == "grade" else "is installed here"
    return _Failure(
        f'this needs more than {what} ({error}); run `pip install "backprop-workbook[{extra}]"`'
    )


def _check_can_grade() -> None:
    """Stop, before anything is written, where grading cannot work."""
    if not sys.platform.startswith("linux"):
        raise _Failure(
            "grading untrusted work needs Linux; here, use a Linux container or WSL. "
            "Lessons and visible checks work everywhere."
        )
    try:
        import workbook.grade.grade  # noqa: F401
    except ImportError as error:
        raise _missing_extra(error) from error


def _found(submissions: Path, name: str | None) -> "Found":
    _check_can_grade()
    from workbook.grade.find import find_submissions

    exercise = find(name) if name else None
    if name and exercise is None:
        names = ", ".join(one.name for one in EXERCISES)
        raise _Failure(f"unknown exercise {name!r}; the exercises are: {names}")
    try:
        found = find_submissions(submissions, exercise)
    except FileNotFoundError as error:
        raise _Failure(str(error)) from error
    if not found.submitted:
        layout = "<student>/<assignment>/<notebook>.ipynb"
        raise _Failure(
            "\n".join([f"nothing to grade in {submissions}; expected {layout}", *found.problems])
        )
    return found


def _limits(settings: tuple[str, ...]) -> Limits:
    """Return the limits that were asked for."""
    try:
        return limits_from((name, value) for name, _, value in (s.partition("=") for s in settings))
    except LimitError as error:
        raise _Failure(str(error)) from error


def _layers(unconfined: bool) -> "Layers":
    """Return what will confine student code, and say what it leaves open."""
    from workbook.grade.confinement import NotConfinedError, chosen, weaker

    try:
        layers = chosen(unconfined)
    except NotConfinedError as error:
        raise _Failure(str(error)) from error
    for line in weaker(layers):
        click.echo(f"Note: {line}.", err=True)
    return layers


def _db_url(out: Path) -> str:
    return f"sqlite:///{(out / 'gradebook.db').resolve()}"


def _check_gradebook(db_url: str) -> None:
    """Stop, before hours of work, where marks would have no place to go."""
    from workbook.grade.database import UnreachableError, reach

    try:
        reach(db_url)
    except UnreachableError as error:
        raise _Failure(f"--db: {error}") from error


@contextmanager
def _judges(
    plan: "Plan", jobs: int, cluster: str | None = None, unconfined: bool = False
) -> "Iterator[tuple[Callable[[], Executor], int]]":
    """Give what makes the executor for the judges, and how many work side by side."""
    processes = min(jobs, len(plan.found.submitted))
    if not cluster:
        from workbook.grade.workers import LocalExecutor

        yield partial(LocalExecutor, processes), processes
        return
    try:
        from workbook.grade.cluster import ClusterExecutor, ClusterLostError
        from workbook.grade.connection import ClusterError

        executor = ClusterExecutor(cluster, plan.course, unconfined, processes, _say)
    except ImportError as error:
        raise _missing_extra(error, "cluster") from error
    except ClusterError as error:
        raise _Failure(str(error)) from error
    try:
        with executor:
            yield lambda: executor, executor.workers
    except ClusterLostError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(COULD_NOT_GRADE)


def _say(text: str) -> None:
    """Print a sentence on standard error, above the progress bar: click.echo would cut it."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _one_sentence() -> "Iterator[None]":
    """End with a sentence where a run is stopped, or cannot write its files."""
    from workbook.grade.results import CannotWriteError

    again = "run the command again: what has been judged is kept"
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except _TerminatedError:
        _say(f"\nTerminated. To go on, {again}.")
        sys.exit(128 + signal.SIGTERM)
    except KeyboardInterrupt:
        _say(f"\nInterrupted. To go on, {again}.")
        sys.exit(128 + signal.SIGINT)
    except CannotWriteError as error:
        _say(f"Error: {error}. Put that right, and {again}.")
        sys.exit(COULD_NOT_GRADE)
    finally:
        signal.signal(signal.SIGTERM, before)


class _TerminatedError(KeyboardInterrupt):
    """The process was asked to end, by a signal; what Ctrl+C does is right then, too."""


def _terminate(*args: object) -> None:
    raise _TerminatedError


def _grade(plan: "Plan", judges: "Judges") -> int:
    """Grade, show the marks, and return the exit status."""
    from workbook.grade.database import place
    from workbook.grade.grade import grade as grade_all
    from workbook.grade.progress_bar import progress_bar, what_it_took
    from workbook.grade.results import read_results
    from workbook.grade.show import show_class, show_moved, show_notes, show_problems, show_student
    from workbook.grade.workers import one_thread_each

    bar = progress_bar(len(plan.found.submitted))
    with _one_sentence(), one_thread_each(), judges as (executor, workers), bar as tick:
        graded = grade_all(plan, executor, workers, _say, tick)
    console = Console()
    students = {line.student for line in graded.lines}
    if len(students) > 1:
        show_class(graded, console)
        show_notes(graded, console)
    else:
        judged = {(line.student, line.exercise) for line in graded.lines}
        results = read_results(plan.out / "results")
        show_student([r for r in results if (r.student, r.exercise) in judged], console)
    show_moved(graded, console)
    show_problems(graded, console)
    click.echo(f"\n{what_it_took(graded)}")
    click.echo(f"Written to {plan.out}: grades.csv, report.html, results/, autograded/"
               f"{', feedback/' if plan.feedback else ''}")  # fmt: skip
    click.echo(f"The gradebook: {place(plan.db_url)}")
    return COULD_NOT_GRADE if graded.problems else 0


if __name__ == "__main__":
    main()
