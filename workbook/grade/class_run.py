"""Grades a class: has each submission judged and entered, then writes the tables."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter
from typing import Any

from workbook.course.exercises import Exercise, position
from workbook.grade.calls import Calls, timing
from workbook.grade.entering import Records
from workbook.grade.report.tables import write_tables
from workbook.grade.submissions import results
from workbook.grade.submissions.built import check_built
from workbook.grade.submissions.faults import GraderError, JudgeLostError
from workbook.grade.submissions.jobs import Job, tests_sha256
from workbook.grade.submissions.plan import Graded, Moved, NotBuiltError, Plan, SummaryLine
from workbook.grade.submissions.recounting import recounted
from workbook.grade.submissions.results import Judged, Result
from workbook.grade.submissions.seeds import course_secret
from workbook.grade.submissions.submitted import Submitted
from workbook.grade.submissions.voided import Voids, read_voids
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
    check_built(plan.course, (one.exercise.assignment for one in plan.found.submitted))
    with results.prepared(plan.out, say):
        return _grade(plan, executor, workers, say, tick)


def _grade(
    plan: Plan,
    executor: Callable[[], Executor],
    workers: int,
    say: Callable[[str], None],
    tick: Callable[[int, int], None],
) -> Graded:
    started = perf_counter()
    graded = Graded(problems=list(plan.found.problems))
    with ExitStack() as stack:
        calls = Calls(executor, graded, stack)
        with timing(graded, "reading"):
            if plan.force or not any((plan.out / "results").glob("*/*.json")):
                # There is something to judge, whatever the gradebook says.
                calls.start_workers()
            records = Records(plan, graded, calls, stack, say)
        voids = read_voids(plan.course)
        _ClassRun(plan, graded, calls, records, tick, voids).grade(_AHEAD * workers)
        is_entered = not records.without_gradebook
    graded.lines.sort(key=lambda line: (line.student, position(line.exercise)))
    with timing(graded, "report"):
        held = records.unchanged
        write_tables(plan.course, plan.out, plan.db_url, graded, is_entered, held)
        graded.penalties += records.moved_penalties() if is_entered else ()
    graded.seconds["total"] = perf_counter() - started
    return graded


@dataclass
class _ClassRun:
    """Takes each submission through judging and entering.

    Attributes
    ----------
    voids : mapping of (str, str) to Void
        The hidden tests that count differently.
    outdated : bool
        Whether the tables of an earlier run have been removed.
    failed : int
        How many submissions have no result.
    tests : dict of Exercise to str
        Hashes of the tests, read once in a run: there may be thousands of submissions.
    """

    plan: Plan
    graded: Graded
    calls: Calls
    records: Records
    tick: Callable[[int, int], None]
    voids: Voids
    outdated: bool = False
    failed: int = 0
    tests: dict[Exercise, str] = field(default_factory=dict)

    def grade(self, most: int) -> None:
        """Grade everything, with at most this many submissions in progress."""
        for one in self.plan.found.submitted:
            self._start(one)
            self._settle(most)
        self._settle(0)
        if not self.plan.feedback:
            # The workers end while the last marks are written.
            self.calls.finish_workers()
        self.records.enter()
        self._settle(0)
        self.records.make_pages(lambda: self._settle(most))
        self._settle(0)

    def _settle(self, most: int) -> None:
        while self.calls.pending > most:
            self.calls.settle_one()
            self.records.enter_if_many()

    def _start(self, one: Submitted) -> None:
        """Have a submission judged, or its earlier result shown, unless that is entered already."""
        plan = self.plan
        setting = tasks.Setting(plan.course.root, plan.limits, plan.layers)
        with timing(self.graded, "reading"):
            # A worker on another machine has the course, but not its secret.
            job = replace(one.job(), secret=self._secret)
            earlier = results.read_result(plan.out / "results", one.student, one.exercise.name)
            kept = None
            if earlier is not None and self._still_holds(earlier, job):
                kept = recounted(plan.course, self.voids, earlier)
            entered = kept is not None and kept == earlier and self.records.hold(one, kept)
        if kept is None:
            self._judge(one, setting, job, earlier)
        elif entered:
            self._count(kept)
        elif kept == earlier:
            then = self._then(one, lambda judged: self._count_and_enter(one, judged))
            self.calls.work(then, tasks.show_earlier, setting, job, kept)
        else:
            # Its tests give other points than before.
            then = self._then(one, lambda judged: self._write_result(one, judged, earlier, False))
            self.calls.work(then, tasks.show_earlier, setting, job, kept)

    def _judge(
        self, one: Submitted, setting: tasks.Setting, job: Job, earlier: Result | None
    ) -> None:
        """Have a submission judged, and what it has earned entered if judges have died of it."""
        write = self._then(one, lambda judged: self._write_result(one, judged, earlier))

        def then(future: Future[Judged]) -> None:
            error = future.exception()
            if isinstance(error, JudgeLostError) and error.earned is not None:
                self.calls.work(write, tasks.lost, setting, job, error.earned)
            else:
                write(future)

        self.calls.work(then, tasks.judge, setting, job)

    def _then(
        self, one: Submitted, go_on: Callable[[Judged], None]
    ) -> Callable[[Future[Judged]], None]:
        """Return a function that takes the outcome of a worker's call and passes on its result."""

        def then(future: Future[Judged]) -> None:
            try:
                judged = future.result()
            except NotBuiltError as error:
                # By this course, nothing can be graded.
                kept = (
                    "What has been judged is kept" if self.graded.judged else "Nothing was graded"
                )
                raise NotBuiltError(f"{error}. {kept}") from error
            except (Exception, GraderError) as error:
                self._remove_tables()
                self._note_failure(one, error)
            else:
                self._remove_tables()
                go_on(judged)

        return then

    def _remove_tables(self) -> None:
        """Remove an earlier run's tables, so that they do not seem new if this one is stopped."""
        if not self.outdated:
            self.outdated = True
            results.remove(self.plan.out / "marks.csv", self.plan.out / "report.html")

    def _write_result(
        self, one: Submitted, judged: Judged, earlier: Result | None, is_judged: bool = True
    ) -> None:
        def then(future: Future[Any]) -> None:
            future.result()
            result = judged.result
            if earlier is not None and earlier.points != result.points:
                moved = Moved(result.student, result.exercise, earlier.points, result.points)
                self.graded.moved.append(moved)
            if is_judged:
                self.graded.judged += 1
                self.graded.seconds["judging"] += result.seconds
            self._count_and_enter(one, judged, earlier)

        # What an earlier grading made must not be taken for what belongs to this result.
        outdated = self.records.files(one.student, one.exercise)
        folder = self.plan.out / "results"
        self.calls.write(then, results.write_result, folder, judged.result, outdated)

    def _count_and_enter(
        self, one: Submitted, judged: Judged, earlier: Result | None = None
    ) -> None:
        self._count(judged.result)
        self.records.add(one, judged, earlier)

    def _note_failure(self, one: Submitted, error: BaseException) -> None:
        """Note a submission without a result; no mark of an earlier grading survives."""
        name = one.exercise.name
        why = str(error) or type(error).__name__
        again = "it has no mark; run the command again to grade it"
        self.graded.problems.append(f"{one.student}: {name} was not graded: {why}; {again}")
        results.remove(results.result_path(self.plan.out / "results", one.student, name))
        self.records.add_not_graded(one)
        self.failed += 1
        self._show_progress()

    def _count(self, result: Result) -> None:
        line = SummaryLine(
            result.student, result.exercise, result.status, result.points, tuple(result.notes)
        )
        self.graded.lines.append(line)
        self._show_progress()

    def _show_progress(self) -> None:
        self.tick(len(self.graded.lines) + self.failed, self.failed)

    def _still_holds(self, earlier: Result, job: Job) -> bool:
        """Tell whether an earlier result is of the same file and of the same tests."""
        if job.exercise not in self.tests:
            self.tests[job.exercise] = tests_sha256(self.plan.course, job.exercise)
        return (
            not self.plan.force
            and earlier.submission_sha256 == job.sha256
            and (earlier.status == "missing") == job.is_missing
            and earlier.notes[: len(job.notes)] == job.notes
            and earlier.tests_sha256 == self.tests[job.exercise]
        )

    @cached_property
    def _secret(self) -> bytes:
        return course_secret(self.plan.course)
