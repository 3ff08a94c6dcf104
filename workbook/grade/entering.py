"""Enters results into the gradebook; writes the notebooks and the pages that go with them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import NOTEBOOKS, Exercise, of_assignment
from workbook.grade.calls import Calls, timing
from workbook.grade.gradebook.marks import end_of, end_of_page
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.plan import Graded, KeptByHand, Moved, Plan, Rewritten
from workbook.grade.submissions.results import NOT_GRADED, Judged, Result, remove, write_text
from workbook.grade.submissions.submitted import Submitted
from workbook.grade.submissions.timestamps import read_timestamp
from workbook.grade.workers import tasks

if TYPE_CHECKING:
    from workbook.grade.gradebook.bulk_write import Entered
    from workbook.grade.gradebook.gradebook import GradebookWriter
    from workbook.grade.gradebook.recorded_marks import Recorded

# Submissions that go into the gradebook in one transaction.
_TRANSACTION = 200
# The first is small: the gradebook is made while the judges are busy.
_FIRST_TRANSACTION = 8
# What nbgrader's exchange has put beside a submission, each a line.
_FOR_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
_LONGEST_FOR_EXCHANGE = 1000


@dataclass
class Records:
    """The gradebook, and the files made from each submission after it is entered.

    Attributes
    ----------
    plan : Plan
        What is graded, and where it goes.
    graded : Graded
        Receives problems, and the time that this takes.
    calls : Calls
        Where pages are made and files are written.
    stack : contextlib.ExitStack
        Closes the gradebook at its end.
    say : callable
        Called with a sentence for the instructor.
    """

    plan: Plan
    graded: Graded
    calls: Calls
    stack: ExitStack
    say: Callable[[str], None]

    def __post_init__(self) -> None:
        # Its import of SQLAlchemy takes longer than a worker needs to start.
        from workbook.grade.gradebook.comments import Comments, CommentsError, read_comments
        from workbook.grade.gradebook.recorded_marks import recorded_marks

        self._before = recorded_marks(self.plan.db_url)
        self._recorded = self._before.marks
        try:
            self._comments = read_comments(self.plan.course)
        except CommentsError as error:
            self.graded.problems.append(f"no comments by mistake were entered: {error}")
            self._comments = Comments()
        #: The notebooks that were not handed in, by student and assignment.
        self._missing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.plan.found.submitted:
            if one.is_missing:
                self._missing[one.student, one.exercise.assignment].add(one.exercise.notebook)
        self._waiting: list[tuple[Submitted, Judged, frozenset[str]]] = []
        self._writer: GradebookWriter | None = None
        self.without_gradebook = False

    def hold(self, one: Submitted, result: Result) -> bool:
        """Tell whether the gradebook and the autograded notebook already agree with a result."""
        held = self._recorded.get((one.student, one.exercise.notebook))
        if one.is_missing:
            return held is None or held.automatic == 0
        timestamp = self._timestamp(one)
        return (
            held is not None
            and held.automatic_comments.items() >= self._comments.on(result).items()
            and held.automatic is not None
            # Hundredths, added up in another order.
            and isclose(held.automatic, result.points, abs_tol=1e-6)
            and held.timestamp == (timestamp or held.timestamp)
            and self.files(one.student, one.exercise)[0].exists()
        )

    @property
    def unchanged(self) -> "Recorded | None":
        """What the gradebook holds, if this run has not written it."""
        return None if self._writer else self._before

    def moved_penalties(self) -> Iterator[Moved]:
        """Yield the late penalties that this run has changed."""
        for exercise in NOTEBOOKS:
            for student, marks in self.graded.marks.items():
                held = self._recorded.get((student, exercise.notebook))
                after = marks.penalties.get(exercise.name, 0.0)
                if held is not None and held.points is not None and held.penalty != after:
                    yield Moved(student, exercise.name, held.penalty, after)

    def files(self, student: str, exercise: Exercise) -> tuple[Path, Path]:
        """Return the paths of a submission's autograded notebook and of its feedback."""
        return files_of(self.plan.out, student, exercise)

    def add(self, one: Submitted, judged: Judged, earlier: Result | None = None) -> None:
        """Enter a result, together with others, soon.

        Parameters
        ----------
        one : Submitted
            What was handed in.
        judged : Judged
            Its result.
        earlier : Result, optional
            The result of the last grading.
        """
        now = judged.result.written
        before = earlier.written if earlier else now
        changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
        self._waiting.append((one, judged, frozenset(changed)))

    def add_not_graded(self, one: Submitted) -> None:
        """Enter that a submission has no result: neither a new mark nor that of an earlier one."""
        nothing = Result(
            one.student, one.exercise.assignment, one.exercise.name, NOT_GRADED, 0.0, 0.0, ()
        )
        self.add(one, Judged(nothing, ""))

    def enter_if_many(self) -> None:
        """Enter the waiting results if there are enough for a transaction."""
        if len(self._waiting) >= (_TRANSACTION if self._writer else _FIRST_TRANSACTION):
            self.enter()

    def enter(self) -> None:
        """Enter the waiting results in the gradebook, and write their autograded notebooks."""
        waiting, self._waiting = self._waiting, []
        if not waiting or self.without_gradebook:
            return
        with timing(self.graded, "gradebook"):
            entered = self._write(waiting)
        if self.without_gradebook:
            return
        for one, judged, _ in waiting:
            held = entered.get((one.student, one.exercise.notebook))
            autograded, feedback = self.files(one.student, one.exercise)
            if held is None or not judged.notebook:
                remove(autograded, feedback)
                continue
            self.graded.kept += [
                KeptByHand(one.student, one.exercise.name, cell, *points)
                for cell, points in held.kept.items()
            ]
            self.graded.rewritten += [
                Rewritten(one.student, one.exercise.name, cell, mark)
                for cell, mark in held.rewritten.items()
            ]
            remove(feedback)
            # Not before: by this file the next run sees that the gradebook has been written.
            self._write_file(autograded, judged.notebook)

    def make_pages(self, settle: Callable[[], None]) -> None:
        """Have the students' pages made that are missing or show outdated marks.

        To be called when everything is entered: a page shows the mark of the whole assignment. In a
        run without feedback those that show other marks are removed.

        Parameters
        ----------
        settle : callable
            Called after each page that is begun, to wait for others.
        """
        from workbook.grade.gradebook.recorded_marks import recorded_marks

        pages = list(self._may_have_pages())
        if self.without_gradebook or not pages:
            return
        recorded = recorded_marks(self.plan.db_url).marks if self._writer else self._recorded
        for student, exercise in pages:
            autograded, feedback = self.files(student, exercise)
            held = recorded.get((student, exercise.notebook))
            if held is None or not autograded.exists():
                continue
            if end_of(feedback) == end_of_page(held.marks.digest):
                self._write_for_exchange(student, exercise, feedback)
                continue
            remove(feedback)
            if self.plan.feedback:
                self._write_for_exchange(student, exercise, feedback)
                then = self._page_made(student, exercise, feedback)
                notebook = autograded.read_text(encoding="utf-8")
                self.calls.work(then, tasks.feedback, notebook, held.marks)
                settle()

    def _may_have_pages(self) -> Iterator[tuple[str, Exercise]]:
        """Yield the students and exercises of pages that are asked for, or there, in this run.

        It may have changed those of the other notebooks of the same assignments.
        """
        submitted = [one for one in self.plan.found.submitted if not one.is_missing]
        asked = {(one.student, one.exercise.name) for one in submitted if self.plan.feedback}
        for student, assignment in dict.fromkeys(
            (one.student, one.exercise.assignment) for one in submitted
        ):
            for exercise in of_assignment(assignment):
                is_asked_for = (student, exercise.name) in asked
                if is_asked_for or self.files(student, exercise)[1].exists():
                    yield student, exercise

    def _page_made(
        self, student: str, exercise: Exercise, path: Path
    ) -> Callable[[Future[Any]], None]:
        def then(future: Future[Any]) -> None:
            try:
                page, seconds = future.result()
            except (Exception, GraderError) as error:
                said = f"{student}: no feedback on {exercise.name}: {error}"
                self.graded.problems.append(said)
            else:
                self.graded.seconds["pages"] += seconds
                self._write_file(path, page)

        return then

    def _write_for_exchange(self, student: str, exercise: Exercise, page: Path) -> None:
        """Put beside a page what `nbgrader release_feedback` reads there, and nbgrader copied."""
        handed_in = self.plan.course.root / "submitted" / student / exercise.assignment
        for name in _FOR_EXCHANGE:
            source, target = handed_in / name, page.parent / name
            # A link is a student's, not nbgrader's, and may lead to what is another student's.
            links = any(one.is_symlink() for one in (source, handed_in, handed_in.parent))
            if source.is_file() and not links:
                text = source.read_bytes()[:_LONGEST_FOR_EXCHANGE].decode("utf-8", "replace")
                if not target.is_file() or target.read_text(encoding="utf-8") != text:
                    write_text(target, text)

    def _write_file(self, path: Path, text: str) -> None:
        # A file that cannot be written ends the run: there is no use in judging the others.
        self.calls.write(lambda future: future.result(), write_text, path, text)

    def _write(
        self, waiting: list[tuple[Submitted, Judged, frozenset[str]]]
    ) -> "dict[tuple[str, str], Entered]":
        # Not before there is something to write: the import takes seconds.
        from workbook.grade.gradebook.gradebook import GradebookError, GradebookWriter

        if self._writer is None:
            writer = GradebookWriter(self.plan.course, self.plan.db_url, self.say)
            self._writer = self.stack.enter_context(writer)
        entries = []
        for one, judged, rewritten in waiting:
            missing = frozenset(self._missing[one.student, one.exercise.assignment])
            comments = self._comments.on(judged.result)
            timestamp = self._timestamp(one)
            entry = self._writer.entry(judged.result, timestamp, missing, comments, rewritten)
            entries.append(entry)
        try:
            return self._writer.write(entries)
        except GradebookError as error:
            # Each further try would wait as long again.
            self.without_gradebook = True
            self.graded.problems.append(f"{error}; until then there is no marks.csv")
            return {}

    def _timestamp(self, one: Submitted) -> datetime | None:
        if one.folder is None:
            return None
        timestamp, problem = read_timestamp(one.folder)
        said = f"{one.student}, {one.exercise.assignment}: {problem}"
        if problem and said not in self.graded.problems:
            self.graded.problems.append(said)
        return timestamp


def files_of(out: Path, student: str, exercise: Exercise) -> tuple[Path, Path]:
    """Return the paths of an autograded notebook and of its feedback in the folder of a grading."""
    # For every submission several times: a text is put together faster than a path.
    place = f"{student}/{exercise.notebook_path}"
    page = f"{place.removesuffix('.ipynb')}.html"
    return out / f"autograded/{place}", out / f"feedback/{page}"
