"""Judge one submission: a pure job, from the bytes of a notebook to a result."""

import hashlib
import platform
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from workbook.cases import load
from workbook.course import Course
from workbook.diagnosis import diagnose, observe
from workbook.exercises import EXERCISES, Exercise
from workbook.grade.confinement import Layers, offered
from workbook.grade.limits import Limits
from workbook.grade.results import Result
from workbook.grade.session import Session, SessionEndedError, WarmProcess, raised
from workbook.grade.submission import InvalidSubmissionError, read_submission
from workbook.hidden_tests import AnswerError, HiddenTest, run
from workbook.verdicts import Verdict, earned


@dataclass(frozen=True)
class Job:
    """One submission to judge.

    Attributes
    ----------
    student : str
        Whose it is.
    exercise : Exercise
        What it is about.
    data : bytes or None
        The submitted file; None if there is none.
    seed : int or None
        Seed of the tests' inputs; fresh if None.
    """

    student: str
    exercise: Exercise
    data: bytes | None
    seed: int | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of the submitted file, "" if there is none."""
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()


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

    Raises
    ------
    NotConfinedError
        If no layers are given, and the system offers no confinement.
    """

    def __init__(
        self, course: Course, limits: Limits | None = None, layers: Layers | None = None
    ) -> None:
        self._course = course
        self._limits = limits or Limits()
        self._layers = offered() if layers is None else layers
        self._warm: WarmProcess | None = None

    def judge(self, job: Job) -> Result:
        """Return the result of a submission; whatever it contains, there is one."""
        started = time.perf_counter()
        seed = secrets.randbits(32) if job.seed is None else job.seed
        tests = self._course.hidden_tests(job.exercise.name)
        outcome = self._outcome(job, tests, seed)
        return Result(
            student=job.student,
            assignment=job.exercise.assignment,
            exercise=job.exercise.name,
            status=outcome.status,
            points=earned(outcome.tests),
            max_points=float(sum(test.points for test in tests)),
            tests=outcome.tests,
            notes=outcome.notes,
            limits=outcome.limits,
            submission_sha256=job.sha256,
            tests_sha256=tests_sha256(self._course, job.exercise),
            seed=seed,
            seconds=round(time.perf_counter() - started, 4),
            versions=_versions(),
        )

    def close(self) -> None:
        """End the warm process."""
        if self._warm is not None:
            self._warm.close()
            self._warm = None

    def _outcome(self, job: Job, tests: tuple[HiddenTest, ...], seed: int) -> "_Outcome":
        if job.data is None:
            return _nothing("missing", "no notebook was submitted", tests)
        source = source_notebook(self._course, job.exercise)
        try:
            submission = read_submission(job.data, source)
        except InvalidSubmissionError as error:
            return _nothing("invalid", str(error), tests)
        cells = cells_to_run(submission.notebook, source)
        # Before the clock runs: a new one takes a second.
        warm = self._ready()
        deadline = time.monotonic() + self._limits.notebook_seconds
        attempt = _Attempt(self._start, job.exercise, cells, deadline)
        try:
            verdicts = _named(tuple(run(tests, attempt.call, seed)), attempt)
        finally:
            attempt.close()
            if attempt.status == "crashed":
                # It may have been a fault of the warm process; no other submission shall bear it.
                warm.discard()
        notes = (*submission.notes, *attempt.notes)
        # Without the cell, and without the function elsewhere, there was nothing to judge.
        lost = not submission.has_solution and attempt.undefined
        status = "invalid" if lost else attempt.status
        limits = {name: self._limits.named(name) for name in sorted(attempt.limits)}
        reached = [f"a limit was reached: {words}" for words in limits.values()]
        return _Outcome(status, verdicts, (*notes, *reached), limits)

    def _start(self, exercise: Exercise, deadline: float) -> Session:
        earlier = {
            one.name: self._course.reference(one.name)
            for one in EXERCISES
            if one.number < exercise.number
        }
        try:
            return Session(self._ready(), self._limits, earlier, deadline)
        except (OSError, RuntimeError):
            # An earlier submission has ended the warm process, or it is stuck.
            self.close()
            return Session(self._ready(), self._limits, earlier, deadline)

    def _ready(self) -> WarmProcess:
        """Return a warm process that no submission has harmed."""
        if self._warm is None or not self._warm.alive or self._layers.fresh_process:
            self.close()
            self._warm = WarmProcess(self._limits, self._layers)
        return self._warm


@dataclass(frozen=True)
class _Outcome:
    status: str
    tests: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    limits: dict[str, str] = field(default_factory=dict)


def _nothing(status: str, reason: str, tests: tuple[HiddenTest, ...]) -> _Outcome:
    """Return the outcome of a submission that holds no answer."""
    verdicts = tuple(Verdict(t.name, t.title, False, 0.0, t.points, reason) for t in tests)
    return _Outcome(status, verdicts, (reason,))


def _named(verdicts: tuple[Verdict, ...], attempt: "_Attempt") -> tuple[Verdict, ...]:
    """Return the verdicts, those that failed with what the answer looks like."""
    if all(verdict.passed for verdict in verdicts):
        return verdicts
    diagnosis = attempt.diagnosis()
    return tuple(v if v.passed else replace(v, diagnosis=diagnosis) for v in verdicts)


class _Attempt:
    """The student's function, in a session that is started again after a test has ended it."""

    def __init__(
        self,
        start: Callable[[Exercise, float], Session],
        exercise: Exercise,
        cells: list[tuple[int, str]],
        deadline: float,
    ) -> None:
        self._start = start
        self._exercise = exercise
        self._cells = cells
        self._deadline = deadline
        self._session: Session | None = None
        self._first_error = ""
        self._hopeless: AnswerError | None = None
        self.undefined = False
        self.status = "graded"
        self.notes: list[str] = []
        self.limits: set[str] = set()

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function; raise AnswerError with a message for the student."""
        if self._hopeless is not None:
            raise self._hopeless
        try:
            return self._ready().call(self._exercise.name, args, kwargs)
        except SessionEndedError as ended:
            self.status = ended.status
            if str(ended) not in self.notes:
                self.notes.append(str(ended))
            raise
        finally:
            self._note_limits()

    def diagnosis(self) -> str | None:
        """Return what the answer to the public cases looks like, if it is a known mistake."""
        session, name = self._session, self._exercise.name
        if session is None or session.ended is not None or self._hopeless is not None:
            return None

        def answer(*args: Any) -> Any:
            return session.call(name, args, {})

        return diagnose(name, observe(answer, load(name).cases))

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()

    def _ready(self) -> Session:
        """Return a session in which the notebook has been run and defines the function."""
        if self._session is not None and self._session.ended is None:
            return self._session
        if time.monotonic() >= self._deadline:
            self._hopeless = AnswerError("earlier tests have used up the time for this notebook")
            raise self._hopeless
        self._session = self._start(self._exercise, self._deadline)
        try:
            self._run_cells(self._session)
            defined = self._session.defines(self._exercise.name)
        except SessionEndedError as ended:
            # It would end again: no test can be run.
            self._hopeless = AnswerError(f"your notebook could not be run: {ended}")
            raise
        if not defined:
            self.undefined = True
            text = self._first_error or f"the notebook does not define {self._exercise.name}"
            self._hopeless = AnswerError(text)
            raise self._hopeless
        return self._session

    def _run_cells(self, session: Session) -> None:
        for number, source in self._cells:
            reply = session.run_cell(number, source)
            error = reply["error"]
            if error and not self._first_error:
                self._first_error = f"cell {number} of the notebook failed: {_cell_error(error)}"
                self.notes.append(f"cell {number} failed: {_cell_error(error)}")

    def _note_limits(self) -> None:
        self.limits |= self._session.reached if self._session is not None else set()
        if "memory_bytes" in self.limits and self.status == "graded":
            self.status = "out_of_memory"


def _cell_error(error: Any) -> str:
    return raised(error).removeprefix("your function raised ")


def source_notebook(course: Course, exercise: Exercise) -> Any:
    """Return the course's source notebook of an exercise."""
    path = course.root / "source" / exercise.notebook_path
    return _read_source(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read_source(path: Any, _changed: int) -> Any:
    return nbformat.read(path, as_version=4)


def cells_to_run(notebook: Any, source: Any) -> list[tuple[int, str]]:
    """Return the code that can define the answer: no graded cell, no unchanged experiment.

    Each cell comes with its number among all cells of the notebook, from 1.
    """
    experiments = {cell.source for cell in source.cells if cell.metadata.get("tags")}
    return [
        (number, cell.source)
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code"
        and not cell.metadata.get("nbgrader", {}).get("grade")
        and cell.source not in experiments
        and cell.source.strip()
    ]


def tests_sha256(course: Course, exercise: Exercise) -> str:
    """Return a hash of all that decides a mark: the tests, what they use, the program."""
    files = [course.tests(exercise.name), course.root / "grader_tests" / "support.py"]
    files += [course.solution(one.name) for one in EXERCISES]
    return _hash_of(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=64)
def _hash_of(files: tuple[tuple[Path, int], ...]) -> str:
    digest = hashlib.sha256(version("backprop-workbook").encode())
    for file, _ in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "workbook": version("backprop-workbook"),
    }
