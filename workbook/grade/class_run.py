"""Grades a class: has each submission judged and entered, then writes the tables."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from workbook.course.exercises import position
from workbook.grade.calls import Calls, timing
from workbook.grade.choosing import choose
from workbook.grade.entering import Records
from workbook.grade.report.spreadsheet import write_grades
from workbook.grade.report.tally import Tally
from workbook.grade.submissions.find import Submitted
from workbook.grade.submissions.plan import Graded, Line, Moved, NotBuiltError, Plan
from workbook.grade.submissions.results import (
    CannotWriteError,
    Judged,
    Result,
    prepare,
    read_results,
    remove,
    result_path,
    write_result,
)
from workbook.grade.workers import tasks

# Submissions that are under way at once, for each worker; it must not wait for the gradebook.
_AHEAD = 4


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
    graded = Graded(problems=list(plan.found.problems))
    with ExitStack() as stack:
        calls = Calls(executor, graded, stack)
        with timing(graded, "reading"):
            if plan.force or not any((plan.out / "results").glob("*/*.json")):
                # There is something to judge, whatever the gradebook says.
                calls.start_workers()
            records = Records(plan, graded, calls, stack, say)
        _ClassRun(plan, graded, calls, records, tick).grade(_AHEAD * workers)
    graded.lines.sort(key=lambda line: (line.student, position(line.exercise)))
    with timing(graded, "report"):
        _write_tables(plan, graded)
    graded.seconds["total"] = perf_counter() - started
    return graded


def _write_tables(plan: Plan, graded: Graded) -> None:
    """Write the tables of the whole class, also when a part of it was graded now."""
    from workbook.grade.report.page import write_report  # Jinja2 is needed for nothing else

    tally = Tally()
    results = tally.counting(read_results(plan.out / "results"))
    try:
        write_grades(plan.out / "grades.csv", results)
        write_report(plan.out / "report.html", tally, graded)
    except CannotWriteError as error:
        # Everything else is done, and may have problems of its own to tell of.
        graded.problems.append(str(error))


class _ClassRun:
    """Takes each submission through choosing, judging and entering."""

    def __init__(
        self,
        plan: Plan,
        graded: Graded,
        calls: Calls,
        records: Records,
        tick: Callable[[int, int], None],
    ) -> None:
        self._plan = plan
        self._graded = graded
        self._calls = calls
        self._records = records
        self._tick = tick
        self._results = plan.out / "results"
        self._setting = tasks.Setting(plan.course.root, plan.limits, plan.layers)
        self._outdated = False
        self._failed = 0

    def grade(self, most: int) -> None:
        """Grade everything, with at most so many submissions under way."""
        for one in self._plan.found.submitted:
            self._start(one)
            self._settle(most)
        self._settle(0)
        if not self._plan.feedback:
            # The workers end while the last marks are written.
            self._calls.finish_workers()
        self._records.enter()
        # The pages of the last ones.
        self._settle(0)

    def _settle(self, most: int) -> None:
        while self._calls.pending > most:
            self._calls.settle_some()
            self._records.enter_if_many()

    def _start(self, one: Submitted) -> None:
        """Have a submission judged, or only shown, or neither, as `choose` decides."""
        with timing(self._graded, "reading"):
            job, earlier, task = choose(self._plan, self._records, one)
        if earlier is None or task == "judge":
            then = self._then(one, lambda judged: self._write_result(one, judged, earlier))
            self._calls.work(then, tasks.judge, self._setting, job)
        elif task == "show":
            then = self._then(one, lambda judged: self._count_and_enter(one, judged))
            self._calls.work(then, tasks.show, self._setting, job, earlier)
        else:
            self._count(earlier)

    def _then(
        self, one: Submitted, go_on: Callable[[Judged], None]
    ) -> Callable[[Future[Judged]], None]:
        """Return a function for the outcome of a worker's call, which passes on a result."""

        def then(future: Future[Judged]) -> None:
            try:
                judged = future.result()
            except NotBuiltError as error:
                # By this course, nothing can be graded.
                kept = (
                    "What has been judged is kept" if self._graded.judged else "Nothing was graded"
                )
                raise NotBuiltError(f"{error}. {kept}") from error
            except Exception as error:
                self._remove_tables()
                self._note_failure(one, error)
            else:
                self._remove_tables()
                go_on(judged)

        return then

    def _remove_tables(self) -> None:
        """Remove the tables of an earlier run: if this one is stopped, they must not seem new."""
        if not self._outdated:
            self._outdated = True
            remove(self._plan.out / "grades.csv", self._plan.out / "report.html")

    def _write_result(self, one: Submitted, judged: Judged, earlier: Result | None) -> None:
        def then(future: Future[Any]) -> None:
            future.result()
            result = judged.result
            if earlier is not None and earlier.points != result.points:
                moved = Moved(result.student, result.exercise, earlier.points, result.points)
                self._graded.moved.append(moved)
            self._graded.judged += 1
            self._graded.seconds["judging"] += result.seconds
            self._count_and_enter(one, judged)

        # What an earlier grading made must not be taken for what belongs to this result.
        outdated = self._records.files(one)
        self._calls.write(then, write_result, self._results, judged.result, outdated)

    def _count_and_enter(self, one: Submitted, judged: Judged) -> None:
        self._count(judged.result)
        self._records.add(one, judged)

    def _note_failure(self, one: Submitted, error: Exception) -> None:
        """Note a submission without a result; no mark of an earlier grading survives."""
        name = one.exercise.name
        why = str(error) or type(error).__name__
        self._graded.problems.append(f"{one.student}: {name} could not be graded: {why}")
        remove(result_path(self._results, one.student, name))
        self._records.add_failed(one)
        self._failed += 1
        self._show_progress()

    def _count(self, result: Result) -> None:
        line = Line(
            result.student, result.exercise, result.status, result.points, tuple(result.notes)
        )
        self._graded.lines.append(line)
        self._show_progress()

    def _show_progress(self) -> None:
        self._tick(len(self._graded.lines) + self._failed, self._failed)
