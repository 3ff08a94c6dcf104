"""The work of a worker on a submission: judge it, and show it with its marks.

Functions that any executor may call in any process: their arguments and what they return are plain
values. A worker keeps its judge, and with it the warm process, from one call to the next.
"""

import atexit
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.marks import Marks
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.jobs import Job, tests_sha256
from workbook.grade.submissions.limits import Layers, Limits
from workbook.grade.submissions.results import Judged, Result
from workbook.grade.workers.worker import note

if TYPE_CHECKING:
    from workbook.grade.judging.judge import Judge


@dataclass(frozen=True)
class Setting:
    """The common part of all jobs of a class.

    Attributes
    ----------
    root : pathlib.Path
        The course's folder.
    limits : Limits
        What one submission may use.
    layers : Layers or None
        What confines the students' processes; None for all that the worker's system offers.
    """

    root: Path
    limits: Limits
    layers: Layers | None


def start_judge(setting: Setting) -> None:
    """Start the judge of this process, so that the first submission need not wait for it."""
    _judge(setting).start()


def judge(setting: Setting, job: Job) -> Judged:
    """Return the result of a submission, and its autograded notebook.

    This function and the others raise GraderError where the machine and not the submission is why
    it cannot be done.
    """
    with _faults_by_type():
        return _judge(setting).grade(job)


def lost(setting: Setting, job: Job, earned: tuple[Verdict, ...]) -> Judged:
    """Return what a submission has earned before judges died of what it returned."""
    with _faults_by_type():
        return _judge(setting).lost(job, earned)


def show(setting: Setting, job: Job, result: Result) -> Judged:
    """Return an earlier result of the same submission, with its autograded notebook.

    Raises
    ------
    ValueError
        If the result is of another submission.
    """
    with _faults_by_type():
        return _judge(setting).show(job, result)


def feedback(notebook: str, marks: Marks) -> tuple[str, float]:
    """Return the page that a student gets back for an autograded notebook.

    Returns
    -------
    page : str
        HTML.
    seconds : float
        How long it took.
    """
    started = perf_counter()
    # A worker that makes no pages does without Jinja2.
    from workbook.grade.pages.student import page

    with _faults_by_type():
        return page(notebook, marks), perf_counter() - started


def preload(course: Course, exercises: Sequence[Exercise]) -> None:
    """Check and import the hidden tests of exercises, and read their notebooks.

    Raises
    ------
    NotBuiltError
        If the notebooks are older than the tests, or the tests cannot be imported.
    """
    # Imported late: the command, which has this done in another process, does without.
    import workbook.grade.judging.judge  # noqa: F401  before there are several judges
    from workbook.grade.judging.build_check import check_built
    from workbook.grade.judging.reference_calls import references
    from workbook.grade.submissions.notebooks import course_notebook

    check_built(course, exercises)
    for exercise in exercises:
        references(course, exercise)
        tests_sha256(course, exercise)
        course_notebook(course, "release", exercise)


@lru_cache(maxsize=1)
def _judge(setting: Setting) -> "Judge":
    """Return the judge of this process, for the latest setting."""
    # Imported late: a process that only asks for judging needs neither NumPy nor the hidden tests.
    from workbook.grade.judging.judge import Judge

    _OPEN.close()
    found = Judge(Course(setting.root), setting.limits, setting.layers, note)
    return _OPEN.enter_context(closing(found))


@contextmanager
def _faults_by_type() -> Iterator[None]:
    """Raise GraderError for what is wrong with this machine: its memory, its files."""
    try:
        yield
    except MemoryError as error:
        raise GraderError("the grader has run out of memory") from error
    except OSError as error:
        raise GraderError(f"the grader could not use a file ({error})") from error


# Holds the judge.
_OPEN = ExitStack()
atexit.register(_OPEN.close)
