"""The command `workbook grade`: chooses the judges, runs them, shows the marks."""

import gc
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from workbook.course.failure import Failure, as_failure, missing_extra
from workbook.course.folder import Course
from workbook.course.words import counted
from workbook.grade.class_run import grade
from workbook.grade.cluster.local_cluster import LOCAL, start_preloading
from workbook.grade.report import terminal
from workbook.grade.report.progress_bar import progress_bar, time_spent
from workbook.grade.report.tables import ANONYMOUS, write_anonymous, write_tables
from workbook.grade.roster.roster import Roster
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers, weaknesses
from workbook.grade.submissions.limits import Layers
from workbook.grade.submissions.plan import Graded, NotBuiltError, Plan
from workbook.grade.submissions.results import CannotWriteError, alone_in, read_results
from workbook.grade.submissions.seeds import SecretError
from workbook.grade.workers.executor import LocalExecutor
from workbook.grade.workers.tasks import preload

COULD_NOT_GRADE = 3

#: Its value, while it is open: a function that makes the executor of the judges, and their number.
Judges = AbstractContextManager[tuple[Callable[[], Executor], int]]


def layers(unconfined: bool) -> Layers:
    """Return the layers that will confine student code, and print what they leave open.

    Parameters
    ----------
    unconfined : bool
        Whether it may be nothing.

    Raises
    ------
    Failure
        If the system offers nothing, and that is not allowed.
    """
    try:
        found = detect_layers(unconfined)
    except NotConfinedError as error:
        raise Failure(str(error)) from error
    for line in weaknesses(found):
        click.echo(f"Note: {line}.", err=True)
    return found


def gradebook_of(folder: Path, db_url: str | None = None) -> str:
    """Return the address of the gradebook: the one that ``--db`` names, else the folder's own.

    It fails now, not after hours of judging, if the named one cannot be reached.
    """
    if not db_url:
        return f"sqlite:///{(folder / 'gradebook.db').resolve()}"
    from workbook.grade.gradebook.database import UnreachableError, reach

    try:
        reach(db_url)
    except UnreachableError as error:
        raise Failure(f"--db: {error}") from error
    return db_url


def existing_gradebook(folder: Path, db_url: str | None, option: str) -> str:
    """Return the address of a gradebook that must be there; `option` names the folder."""
    if not db_url and not (folder / "gradebook.db").is_file():
        raise Failure(
            f"there is no gradebook.db in {folder}: name the folder of a grading with {option}, "
            "or the gradebook with --db"
        )
    return gradebook_of(folder, db_url)


def enter_roster(db_url: str, roster: Roster) -> tuple[int, list[str]]:
    """Enter a roster in a gradebook; see `enter_students`."""
    from workbook.grade.gradebook.gradebook import GradebookError
    from workbook.grade.gradebook.students import enter_students

    with as_failure(GradebookError):
        return enter_students(db_url, roster)


@contextmanager
def judges(
    plan: Plan, jobs: int, cluster: str | None = None, unconfined: bool = False
) -> Iterator[tuple[Callable[[], Executor], int]]:
    """Yield a function that makes the executor of the judges, and the number of judges.

    Parameters
    ----------
    plan : Plan
        What they are to judge.
    jobs : int
        How many there are on this machine.
    cluster : str, optional
        Address of the Dask scheduler whose workers judge instead.
    unconfined : bool, optional
        Whether these may run students' code without confinement.

    Raises
    ------
    Failure
        If there is no such cluster, or it cannot judge.
    """
    processes = min(jobs, len(plan.found.submitted))
    exercises = tuple({one.exercise.name: one.exercise for one in plan.found.submitted}.values())
    if not cluster:
        preloading = partial(preload, plan.course, exercises)
        memory = plan.limits.judge_memory_bytes
        yield partial(LocalExecutor, processes, preloading, memory), processes
        return
    if cluster == LOCAL:
        try:
            start_preloading()
        except OSError as error:
            # Its socket lies in the temporary folder.
            raise Failure(
                f"--cluster local cannot be started: {error}. If a path is too long, set TMPDIR to "
                "a folder with a shorter one"
            ) from error
    try:
        from workbook.grade.cluster.client import ClusterError
        from workbook.grade.cluster.cluster import ClusterExecutor, ClusterLostError
    except ImportError as error:
        raise missing_extra(error, "cluster") from error
    try:
        with ClusterExecutor(
            cluster,
            plan.course,
            exercises=exercises,
            limits=plan.limits,
            unconfined=unconfined,
            processes=processes,
            say=_say,
        ) as executor:
            yield lambda: executor, executor.workers
    except ClusterError as error:
        raise Failure(str(error)) from error
    except ClusterLostError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(COULD_NOT_GRADE)


def _say(text: str) -> None:
    """Print a sentence on standard error, above the progress bar: click.echo would cut it."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Print one sentence and exit if a run is stopped or cannot write its files."""
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
    except NotBuiltError as error:
        raise Failure(str(error)) from error
    except (CannotWriteError, SecretError) as error:
        _say(f"Error: {error}. Fix that, and {again}.")
        sys.exit(COULD_NOT_GRADE)
    finally:
        signal.signal(signal.SIGTERM, before)


class _TerminatedError(KeyboardInterrupt):
    """A signal asked the process to end; it is handled as Ctrl+C is."""


def _terminate(*args: object) -> None:
    raise _TerminatedError


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other commands from writing into a folder, from before the work to grade is found.

    A student who is forgotten meanwhile would come back with a mark of 0.
    """
    with _one_sentence(), alone_in(out, _say):
        yield


def grade_and_show(plan: Plan, judges: Judges) -> int:
    """Grade, show the marks, and return the exit status."""
    bar = progress_bar(len(plan.found.submitted))
    with _one_sentence(), judges as (executor, workers), bar as tick:
        graded = grade(plan, executor, workers, _say, tick)
    console = Console()
    students = {line.student for line in graded.lines}
    absent = graded.marks.keys() - students if plan.found.is_class else ()
    if len(students) > 1 or absent:
        terminal.show_class(graded, console, absent)
    else:
        judged = {(line.student, line.exercise) for line in graded.lines}
        results = read_results(plan.out / "results")
        shown = [one for one in results if (one.student, one.exercise) in judged]
        terminal.show_student(shown, graded.marks, console)
    terminal.show_changes(graded, console)
    terminal.show_left_alone(plan.found.notes, console)
    click.echo(f"\n{time_spent(graded)}")
    written = [*graded.tables, "results/", "autograded/", *(["feedback/"] if plan.feedback else [])]
    click.echo(f"Written to {plan.out}: {', '.join(written)}")
    from workbook.grade.gradebook.database import place

    click.echo(f"The gradebook: {place(plan.db_url)}")
    # As it ends, Python would look for garbage in all that has been imported: half a second.
    gc.freeze()
    return COULD_NOT_GRADE if graded.problems else 0


def show_preview(plan: Plan, jobs: int, cluster: str | None, unconfined: bool) -> int:
    """Grade a copy, show whose final marks would change, and return the exit status."""
    # It imports SQLAlchemy, which the command does while its judges start.
    from workbook.grade.preview import copy_of_results, marks_in, moved_marks, seem_entered

    bar = progress_bar(len(plan.found.submitted))
    with copy_of_results(plan.out, plan.db_url) as (out, url):
        seem_entered(plan.out, out)
        copy = replace(plan, out=out, db_url=url, feedback=False)
        chosen = judges(copy, jobs, cluster, unconfined)
        with _one_sentence(), chosen as (executor, workers), bar as tick:
            graded = grade(copy, executor, workers, _say, tick)
    moved = moved_marks(marks_in(plan.out, plan.db_url), graded.marks)
    terminal.show_list("Marks that would change", moved, Console())
    if not moved:
        click.echo("No mark would change.")
    terminal.show_list("Not graded", graded.problems, Console())
    click.echo("\nThis was a preview: nothing was written.")
    return COULD_NOT_GRADE if graded.problems else 0


def report(course: Course, out: Path, db_url: str, anonymous: bool) -> None:
    """Write the tables of a class from its gradebook, or the report without names; say so."""
    if anonymous:
        with as_failure(CannotWriteError, SecretError), alone_in(out, _say):
            students = write_anonymous(course, out, db_url)
        click.echo(f"Written to {out}: {ANONYMOUS} ({counted(students, 'student')}, no names)")
        return
    graded = Graded()
    with as_failure(CannotWriteError), alone_in(out, _say):
        write_tables(course, out, db_url, graded)
    if graded.problems:
        raise Failure(graded.problems[0])
    click.echo(
        f"Written to {out}: marks.csv, report.html ({counted(len(graded.marks), 'student')})"
    )
