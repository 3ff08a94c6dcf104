"""`workbook grade`: submissions in, results, gradebook, feedback and grades out."""

import gc
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import position
from workbook.grade.report import Tally, write_report
from workbook.grade.report.spreadsheet import write_grades
from workbook.grade.submissions.find import Found, Submitted
from workbook.grade.submissions.jobs import tests_sha256
from workbook.grade.submissions.plan import Graded, Line, Moved, NotBuiltError, Plan
from workbook.grade.submissions.results import (
    CannotWriteError,
    Judged,
    Result,
    prepare,
    read_result,
    read_results,
    remove,
    result_path,
    write_result,
    write_text,
)
from workbook.grade.submissions.timestamps import read_timestamp
from workbook.grade.workers import tasks

if TYPE_CHECKING:
    from workbook.grade.gradebook.gradebook import GradebookWriter
    from workbook.grade.gradebook.marks import Marks
    from workbook.grade.gradebook.recorded_marks import Standing

# Submissions that are on their way at once, for each worker; it must not wait for the gradebook.
_AHEAD = 4
_DISK_THREADS = 8
# Submissions that go into the gradebook in one transaction.
_TRANSACTION = 200


def grade(
    plan: Plan,
    executor: Callable[[], Executor],
    workers: int,
    say: Callable[[str], None] = lambda text: None,
    tick: Callable[[int, int], None] = lambda done, failed: None,
) -> Graded:
    """Grade submissions and write everything that the instructor gets.

    Parameters
    ----------
    plan : Plan
        What to grade, and how.
    executor : callable
        Makes the executor that the submissions are judged in; not called if there is nothing to do.
    workers : int
        How many submissions it judges at once.
    say : callable, optional
        Called with a sentence for the instructor.
    tick : callable, optional
        Called with the number of submissions that are done, and of those among them that failed.
    """
    started = perf_counter()
    prepare(plan.out)
    with ExitStack() as stack:
        run = _Run(plan, executor, workers, say, tick, stack)
        run.all()
    run.graded.lines.sort(key=lambda line: (line.student, position(line.exercise)))
    with _timing(run.graded, "report"):
        # Of the whole class, also when a part of it was graded now.
        tally = Tally()
        results = tally.counting(read_results(plan.out / "results"))
        try:
            write_grades(plan.out / "grades.csv", results)
            write_report(plan.out / "report.html", tally, run.graded)
        except CannotWriteError as error:
            # Everything else is done, and may have problems of its own to tell of.
            run.graded.problems.append(str(error))
    run.graded.seconds["total"] = perf_counter() - started
    return run.graded


@contextmanager
def _timing(graded: Graded, part: str) -> Iterator[None]:
    """Add the time that something takes to a part of the whole."""
    started = perf_counter()
    yield
    graded.seconds[part] += perf_counter() - started


def _import_gradebook() -> None:
    # Nothing of it is garbage; to look for some would take a tenth of the time.
    gc.disable()
    try:
        # If it cannot be imported, whoever needs it says so.
        with suppress(ImportError):
            import workbook.grade.gradebook.gradebook  # noqa: F401
    finally:
        gc.enable()


class _Run:
    """One run of the command: what waits, what is under way, what is done."""

    def __init__(
        self,
        plan: Plan,
        executor: Callable[[], Executor],
        workers: int,
        say: Callable[[str], None],
        tick: Callable[[int, int], None],
        stack: ExitStack,
    ) -> None:
        self._plan = plan
        self._make_executor = executor
        self._ahead = _AHEAD * workers
        self._say = say
        self._tick = tick
        self._stack = stack
        self._results = plan.out / "results"
        self._missing = _missing(plan.found)
        self._under_way: dict[Future[Any], Callable[[Future[Any]], None]] = {}
        self._to_enter: list[tuple[Submitted, Judged]] = []
        self._executor: Executor | None = None
        self._outdated = False
        # Many files at once reach the disk in hardly more time than one.
        self._disk = stack.enter_context(ThreadPoolExecutor(_DISK_THREADS))
        self._writer: GradebookWriter | None = None
        self._without_gradebook = False
        self._could_not = 0
        self.graded = Graded(problems=list(plan.found.problems))
        with _timing(self.graded, "reading"):
            if plan.force or not any(self._results.glob("*/*.json")):
                # There is something to judge, whatever the gradebook says.
                self._started()
            self._standings = _standings(plan.db_url)

    def all(self) -> None:
        """Grade everything."""
        for one in self._plan.found.submitted:
            self._start(one)
            self._settle(self._ahead)
        self._settle(0)
        if self._executor is not None and not self._plan.feedback:
            # Its processes end while the last marks are written.
            self._executor.shutdown(wait=False)
        self._enter()
        # The pages of the last ones.
        self._settle(0)

    def _settle(self, most: int) -> None:
        """Take what is done, until no more than so many are under way."""
        while len(self._under_way) > most:
            with _timing(self.graded, "waiting"):
                done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            for future in done:
                self._under_way.pop(future)(future)
            if len(self._to_enter) >= _TRANSACTION:
                self._enter()

    def _setting(self) -> tasks.Setting:
        plan = self._plan
        return tasks.Setting(plan.course.root, plan.limits, plan.layers)

    def _submit(
        self, then: Callable[[Future[Any]], None], function: Callable[..., Any], *args: Any
    ) -> None:
        self._under_way[self._started().submit(function, *args)] = then

    def _started(self) -> Executor:
        """Return the executor, now that there is something to do."""
        if self._executor is None:
            self._executor = self._stack.enter_context(self._make_executor())
            # What writes the marks takes seconds to import: meanwhile, the judges begin.
            threading.Thread(target=_import_gradebook, daemon=True).start()
        return self._executor

    def _start(self, one: Submitted) -> None:
        """Judge a submission, unless nothing has changed since it was judged."""
        with _timing(self.graded, "reading"):
            job = one.job()
            earlier = read_result(self._results, one.student, one.exercise.name)
            unchanged = (
                not self._plan.force
                and earlier is not None
                and earlier.submission_sha256 == job.sha256
                and (earlier.status == "missing") == job.is_missing
                and earlier.tests_sha256 == tests_sha256(self._plan.course, one.exercise)
            )
            entered = unchanged and earlier is not None and self._is_entered(one, earlier)
        if not unchanged or earlier is None:
            then = self._judged(one, earlier)
            self._submit(then, tasks.judge, self._setting(), job)
        elif entered:
            self._count(earlier)
        else:
            self._submit(self._shown(one), tasks.show, self._setting(), job, earlier)

    def _outcome(self, one: Submitted, future: Future[Any]) -> Judged | None:
        """Return what a judge has found, or None where it could not judge."""
        try:
            judged: Judged | None = future.result()
        except NotBuiltError as error:
            # By this course, nothing can be graded.
            kept = "What has been judged is kept" if self.graded.judged else "Nothing was graded"
            raise NotBuiltError(f"{error}. {kept}") from error
        except Exception as error:
            self._failed(one, error)
            judged = None
        if not self._outdated:
            self._outdated = True
            # They tell of the marks before. If this run is stopped, nobody shall take them for new.
            remove(self._plan.out / "grades.csv", self._plan.out / "report.html")
        return judged

    def _judged(self, one: Submitted, earlier: Result | None) -> Callable[[Future[Any]], None]:
        def then(future: Future[Any]) -> None:
            judged = self._outcome(one, future)
            if judged is None:
                return
            # What an earlier grading made must not be taken for what belongs to this result.
            outdated = self._files(one)
            writing = self._disk.submit(write_result, self._results, judged.result, outdated)
            self._under_way[writing] = self._kept(one, judged, earlier)

        return then

    def _kept(
        self, one: Submitted, judged: "Judged", earlier: Result | None
    ) -> Callable[[Future[Any]], None]:
        def then(future: Future[Any]) -> None:
            future.result()
            result = judged.result
            if earlier is not None and earlier.points != result.points:
                moved = Moved(result.student, result.exercise, earlier.points, result.points)
                self.graded.moved.append(moved)
            self.graded.judged += 1
            self.graded.seconds["judging"] += result.seconds
            self._count(result)
            self._to_enter.append((one, judged))

        return then

    def _shown(self, one: Submitted) -> Callable[[Future[Any]], None]:
        def then(future: Future[Any]) -> None:
            judged = self._outcome(one, future)
            if judged is None:
                return
            self._count(judged.result)
            self._to_enter.append((one, judged))

        return then

    def _failed(self, one: Submitted, error: Exception) -> None:
        """Note a submission without a result; no mark of an earlier grading survives."""
        name = one.exercise.name
        why = str(error) or type(error).__name__
        self.graded.problems.append(f"{one.student}: {name} could not be graded: {why}")
        remove(result_path(self._results, one.student, name))
        self._missing[one.student, one.exercise.assignment].add(one.exercise.notebook)
        nothing = Result(one.student, one.exercise.assignment, name, "missing", 0.0, 0.0, ())
        self._to_enter.append((one, Judged(nothing, "")))
        self._could_not += 1
        self._tell()

    def _count(self, result: Result) -> None:
        line = Line(
            result.student, result.exercise, result.status, result.points, tuple(result.notes)
        )
        self.graded.lines.append(line)
        self._tell()

    def _tell(self) -> None:
        self._tick(len(self.graded.lines) + self._could_not, self._could_not)

    def _is_entered(self, one: Submitted, result: Result) -> bool:
        """Tell whether the gradebook and the files already say what a result says."""
        from workbook.grade.gradebook.recorded_marks import Standing

        held = self._standings.get((one.student, one.exercise.notebook))
        if one.is_missing:
            return held is None or held.points == 0
        timestamp = self._timestamp(one)
        now = Standing(result.points, timestamp or (held.timestamp if held else None))
        files = [self._path("autograded", one)]
        files += [self._path("feedback", one)] if self._plan.feedback else []
        return held == now and all(file.exists() for file in files)

    def _timestamp(self, one: Submitted) -> datetime | None:
        if one.folder is None:
            return None
        timestamp, problem = read_timestamp(one.folder)
        said = f"{one.student}, {one.exercise.assignment}: {problem}"
        if problem and said not in self.graded.problems:
            self.graded.problems.append(said)
        return timestamp

    def _path(self, folder: str, one: Submitted) -> Path:
        suffix = ".html" if folder == "feedback" else ".ipynb"
        place = self._plan.out / folder / one.student / one.exercise.notebook_path
        return place.with_suffix(suffix)

    def _files(self, one: Submitted) -> list[Path]:
        """Return what is made of a submission once it is in the gradebook."""
        return [self._path(folder, one) for folder in ("autograded", "feedback")]

    def _enter(self) -> None:
        """Put what is waiting into the gradebook, and have the students' pages made."""
        waiting, self._to_enter = self._to_enter, []
        if not waiting:
            return
        with _timing(self.graded, "gradebook"):
            marks = self._write(waiting)
        if self._without_gradebook:
            return
        for one, judged in waiting:
            held = marks.get((one.student, one.exercise.notebook))
            if held is None or not judged.notebook:
                remove(*self._files(one))
                continue
            remove(self._path("feedback", one))
            # Not before: by this file the next run sees that the gradebook has been written.
            self._write_file("autograded", one, judged.notebook)
            if self._plan.feedback:
                then = self._page(one)
                self._submit(then, tasks.feedback, one.exercise.notebook, judged.notebook, held)

    def _page(self, one: Submitted) -> Callable[[Future[Any]], None]:
        def then(future: Future[Any]) -> None:
            try:
                page, seconds = future.result()
            except Exception as error:
                said = f"{one.student}: no feedback on {one.exercise.name}: {error}"
                self.graded.problems.append(said)
            else:
                self.graded.seconds["pages"] += seconds
                self._write_file("feedback", one, page)

        return then

    def _write_file(self, folder: str, one: Submitted, text: str) -> None:
        writing = self._disk.submit(write_text, self._path(folder, one), text)
        # A file that cannot be written ends the run: there is no use in judging the others.
        self._under_way[writing] = lambda future: future.result()

    def _write(self, waiting: "list[tuple[Submitted, Judged]]") -> "dict[tuple[str, str], Marks]":
        if self._without_gradebook:
            return {}
        # Not before there is something to write: the import takes seconds.
        from workbook.grade.gradebook.gradebook import GradebookError, GradebookWriter

        if self._writer is None:
            writer = GradebookWriter(self._plan.course, self._plan.db_url, self._say)
            self._writer = self._stack.enter_context(writer)
        entries = [self._writer.entry(j.result, *self._facts(one)) for one, j in waiting]
        try:
            return self._writer.write(entries)
        except GradebookError as error:
            # Each further try would wait as long again.
            self._without_gradebook = True
            self.graded.problems.append(str(error))
            return {}

    def _facts(self, one: Submitted) -> tuple[datetime | None, frozenset[str]]:
        missing = self._missing[one.student, one.exercise.assignment]
        return self._timestamp(one), frozenset(missing)


def _standings(db_url: str) -> "dict[tuple[str, str], Standing]":
    # Its import of SQLAlchemy takes longer than a worker needs to start.
    from workbook.grade.gradebook.recorded_marks import standings

    return standings(db_url)


def _missing(found: Found) -> defaultdict[tuple[str, str], set[str]]:
    """Return the notebooks that were not handed in, by student and assignment."""
    missing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in found.submitted:
        if one.is_missing:
            missing[one.student, one.exercise.assignment].add(one.exercise.notebook)
    return missing
