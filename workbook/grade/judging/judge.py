"""Judges a submission: from the bytes of a notebook to a result."""

import json
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from workbook.course.folder import Course
from workbook.course.hidden_tests import HiddenTest, run
from workbook.course.verdicts import Verdict, earned
from workbook.diagnosis.python_errors import meaning_in
from workbook.grade.judging.attempt import Attempt, StudentFunction
from workbook.grade.judging.autograded import autograded, lesson_address
from workbook.grade.judging.notebook_run import NotebookRun
from workbook.grade.judging.outcome import Outcome, nothing, outcome_cut_off, versions_that_decide
from workbook.grade.judging.places import (
    CodeCell,
    cells_to_run,
    draws,
    last_cells,
    names_of_experiments,
)
from workbook.grade.judging.progress import Note, Progress
from workbook.grade.judging.reference_calls import references
from workbook.grade.judging.session import Session
from workbook.grade.judging.time_limit import OutOfTimeError, time_waited, until
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.sandbox.fork_server import ForkServerError
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.decode import InvalidSubmissionError
from workbook.grade.submissions.identify import is_answer
from workbook.grade.submissions.jobs import Job, tests_sha256
from workbook.grade.submissions.limits import Layers, Limits
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.recounting import recounted
from workbook.grade.submissions.results import Judged, Result
from workbook.grade.submissions.seeds import Seeds, course_secret, seeds_of
from workbook.grade.submissions.submission import (
    Submission,
    blank_submission,
    read_submission,
)
from workbook.grade.submissions.voided import read_voids
from workbook.grade.submissions.written import hashes

# After the time for a notebook, what its functions have returned may be looked at for so long.
_GRACE_SECONDS = 5.0

_TOO_LARGE = "what your functions returned is too large for the memory of the grader"
_TOO_SLOW = "what your functions returned takes too long to be looked at"


class Judge:
    """Judges submissions one after the other, each in a fresh fork of one warm process.

    Parameters
    ----------
    course : Course
        Where the hidden tests and the reference are.
    limits : Limits
        What one submission may use.
    layers : Layers, optional
        What confines the student's process; all that this system offers if not given.
    note : callable, optional
        Called with the verdicts so far when the student's process sends more than any right answer
        holds, for this process may die of it, and after each further verdict; and with None when
        the tests are over.

    Raises
    ------
    NotConfinedError
        If no layers are given, and the system offers no confinement.
    """

    def __init__(
        self,
        course: Course,
        limits: Limits | None = None,
        layers: Layers | None = None,
        note: Note = lambda earned: None,
    ) -> None:
        self._course = course
        self._limits = limits or Limits()
        self._layers = detect_layers() if layers is None else layers
        self._note = note
        # One that has imported IPython and matplotlib, and one that has not, for most notebooks.
        self._warm: dict[bool, WarmProcess] = {}

    def start(self) -> None:
        """Start the process that most notebooks will run in, before there is one to judge."""
        self._warm_process(with_ipython=False)

    def judge(self, job: Job) -> Result:
        """Return the result of a submission; whatever it contains, there is one."""
        return self._judge(job, self._read(job))

    def grade(self, job: Job) -> Judged:
        """Return the result of a submission, and its notebook with the outcome in it."""
        read = self._read(job)
        return self._graded(job, read, self._judge(job, read))

    def show(self, job: Job, result: Result) -> Judged:
        """Return an earlier result of the same submission, with its notebook."""
        return self._graded(job, self._read(job), result)

    def _read(self, job: Job) -> Submission | str:
        """Return what a job's file holds, or why there is no notebook in it."""
        if job.data is None:
            return job.problem or "no notebook was submitted"
        try:
            return read_submission(job.data, course_notebook(self._course, "source", job.exercise))
        except InvalidSubmissionError as error:
            return str(error)

    def _graded(self, job: Job, read: Submission | str, result: Result) -> Judged:
        if job.is_missing:
            return Judged(result, "")
        if isinstance(read, str):
            source = course_notebook(self._course, "source", job.exercise)
            notebook = blank_submission(source, read)
        else:
            notebook = read.notebook
        release = course_notebook(self._course, "release", job.exercise)
        lesson = lesson_address(self._course, job.exercise)
        shown = autograded(notebook, release, result, lesson)
        # nbformat's own writer breaks each text into lines and indents them, in Python, which took
        # a fifth of all the judge's time.
        return Judged(result, json.dumps(shown, ensure_ascii=False, sort_keys=True) + "\n")

    def lost(self, job: Job, earned: tuple[Verdict, ...]) -> Judged:
        """Return the result of a submission of which judges have died, and its notebook.

        Parameters
        ----------
        job : Job
            The submission.
        earned : tuple of Verdict
            The verdicts before that.
        """
        read = self._read(job)
        return self._graded(job, read, self._judge(job, read, earned))

    def _judge(
        self, job: Job, read: Submission | str, before: tuple[Verdict, ...] | None = None
    ) -> Result:
        started = time.perf_counter()
        tests = self._course.all_hidden_tests(job.exercise)
        cells, answered, untouched, written = self._cells(job, read)
        code: list[str | bytes] = [job.beside.digest(), *(cell.source for cell in cells)]
        secret = job.secret or course_secret(self._course)
        seeds = seeds_of(secret, job.exercise, code, job.seed)
        if before is not None:
            outcome = outcome_cut_off("out_of_memory", _TOO_LARGE, tests, before)
        elif isinstance(read, str):
            outcome = nothing("missing" if job.is_missing else "invalid", read, tests)
        else:
            outcome = self._outcome(job, read, cells, tests, seeds)
        outcome = replace(outcome, notes=(*job.notes, *outcome.notes))
        result = Result(
            student=job.student,
            assignment=job.exercise.assignment,
            exercise=job.exercise.name,
            points=earned(outcome.tests),
            max_points=float(sum(test.points for test in tests)),
            **vars(outcome),
            answered=answered,
            untouched=untouched,
            written=written,
            submission_sha256=job.sha256,
            tests_sha256=tests_sha256(self._course, job.exercise),
            seed=seeds.tests,
            seconds=round(time.perf_counter() - started, 4),
            versions=versions_that_decide(),
        )
        return recounted(self._course, read_voids(self._course), result)

    def close(self) -> None:
        """End the warm processes."""
        while self._warm:
            self._warm.popitem()[1].close()

    def _cells(
        self, job: Job, read: Submission | str
    ) -> tuple[list[CodeCell], bool | None, tuple[str, ...], dict[str, str]]:
        """Return the cells to run, whether any function was written, and the untouched answers.

        The last part is what `Result.written` holds.
        """
        if isinstance(read, str):
            return [], None, (), {}
        source, release = (
            course_notebook(self._course, folder, job.exercise) for folder in ("source", "release")
        )
        # The texts of the answers' cells as they were released, now or earlier.
        stubs = [cell.source for cell in release.cells if is_answer(cell)]
        stubs += read.stubs
        untouched = [name for name, text in read.answers.items() if text in stubs]
        answered = len(untouched) < len(read.answers) if read.answers else None
        cells = cells_to_run(read.notebook, source, stubs, read.numbers)
        written = hashes(read.written, release, read.stubs)
        untouched += [name for name in job.exercise.manual if name not in written]
        return cells, answered, tuple(untouched), written

    def _outcome(
        self,
        job: Job,
        submission: Submission,
        cells: list[CodeCell],
        tests: tuple[HiddenTest, ...],
        seeds: Seeds,
    ) -> Outcome:
        source = course_notebook(self._course, "source", job.exercise)
        where = last_cells(submission.notebook, source, job.exercise, tests)
        last, progress = max(where.values()), Progress(self._note)
        start = partial(self._start, job, seeds.student, progress.large)
        deadline = time.monotonic() + self._limits.notebook_seconds
        with_ipython = draws((cell for cell in cells if cell.number < last), source)
        run = NotebookRun(start, self._limits.cell_seconds, deadline, with_ipython)
        # Few notebooks use one that is not defined, and to find them takes longer than a judgement.
        names = partial(names_of_experiments, source)
        attempt = Attempt(run, self._course.reference, job.exercise, cells, where, progress, names)
        # The right functions that the judge serves draw from it, if no seed comes with the call.
        np.random.seed(seeds.served)
        found: dict[str, list[Verdict]] = {}
        waited = time_waited()

        def end() -> float:
            return run.end() + waited() + _GRACE_SECONDS

        try:
            # What NumPy warns of in a student's numbers is not for who grades.
            with warnings.catch_warnings(action="ignore"):
                for name in attempt.in_order():
                    with progress.function(), until(end):
                        found[name] = _verdicts(tests, name, attempt, seeds.tests, progress)
        except OutOfTimeError:
            return outcome_cut_off("timeout", _TOO_SLOW, tests, tuple(progress.verdicts))
        finally:
            run.close()
            if run.crashed and run.with_ipython in self._warm:
                # It may have been a fault of the warm process; no other submission shall bear it.
                self._warm[run.with_ipython].discard()
        verdicts = tuple(verdict for name in job.exercise.functions for verdict in found[name])
        # Without the cells, and without a function elsewhere, there was nothing to judge.
        lost = not submission.answers and attempt.undefined == set(job.exercise.functions)
        status = "invalid" if lost else attempt.status
        limits = {name: self._limits.named(name) for name in sorted(run.limits)}
        notes = _with_limits((*submission.notes, *job.beside.notes, *run.notes), limits.values())
        return Outcome(status, verdicts, notes, limits)

    def _start(
        self, job: Job, seed: int, large: Callable[[], None], with_ipython: bool, seconds: float
    ) -> Session:
        try:
            return self._session(job, seed, large, with_ipython, seconds)
        except ForkServerError:
            # An earlier submission has ended the warm process, or it is stuck.
            self._end(with_ipython)
            return self._session(job, seed, large, with_ipython, seconds)

    def _session(
        self, job: Job, seed: int, large: Callable[[], None], with_ipython: bool, seconds: float
    ) -> Session:
        warm, earlier = self._warm_process(with_ipython), references(self._course, job.exercise)
        session = Session(warm, self._limits, earlier, time.monotonic() + seconds, seed, large)
        if job.beside.files:
            session.put_files(job.beside.files)
        return session

    def _warm_process(self, with_ipython: bool) -> WarmProcess:
        """Return a warm process that no submission has harmed, a new one if need be."""
        warm = self._warm.get(with_ipython)
        if warm is None or not warm.alive or self._layers.fresh_process:
            self._end(with_ipython)
            warm = self._warm[with_ipython] = WarmProcess(self._limits, self._layers, with_ipython)
        return warm

    def _end(self, with_ipython: bool) -> None:
        if with_ipython in self._warm:
            self._warm.pop(with_ipython).close()


def _with_limits(notes: tuple[str, ...], limits: Iterable[str]) -> tuple[str, ...]:
    """Return notes with the limits that none of them names, as a call that took too long does."""
    unsaid = [words for words in limits if not any(words in note for note in notes)]
    return (*notes, *(f"a limit was reached: {words}" for words in unsaid))


def _verdicts(
    tests: tuple[HiddenTest, ...], name: str, attempt: Attempt, seed: int, progress: Progress
) -> list[Verdict]:
    """Run the hidden tests of one function; add a diagnosis to those that fail."""
    own = (test for test in tests if test.of == name)
    verdicts = run(own, StudentFunction(attempt, name), seed, progress.tell)
    # What still arrives is an answer of this function.
    attempt.run.settle()
    # What is larger than any right answer is not looked at again.
    if all(verdict.passed for verdict in verdicts) or progress.is_large:
        return verdicts
    said = attempt.diagnosis(name)
    return [
        v if v.passed else replace(v, diagnosis=said or meaning_in(v.message)) for v in verdicts
    ]
