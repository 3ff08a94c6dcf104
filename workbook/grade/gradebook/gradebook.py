"""Results in nbgrader's gradebook, written many at a time."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from typing import Any

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy.exc import DBAPIError

from workbook.course.exercises import NOTEBOOKS, position
from workbook.course.folder import Course
from workbook.course.nbgrader_course import NbgraderError, course_config, generate_assignment
from workbook.grade.gradebook.assignments import enter
from workbook.grade.gradebook.backup import keep_copy
from workbook.grade.gradebook.bulk_write import AssignmentRows, EarnedMarks, Entered
from workbook.grade.gradebook.database import file_of, place
from workbook.grade.gradebook.tables import create_tables, is_outdated
from workbook.grade.judging.autograded import points_of
from workbook.grade.submissions.identify import grade_id
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import NOT_GRADED, Result

# How long to wait for a program that holds the gradebook, and how often to look again.
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.5


class GradebookError(Exception):
    """The gradebook cannot be written; the text says why, and what to do."""


class GradebookWriter(AbstractContextManager["GradebookWriter"]):
    """Writes marks into a gradebook; marks and comments given by hand stay.

    Before it changes a gradebook in SQLite, it keeps a copy: see `keep_copy`.

    Parameters
    ----------
    course : Course
        The course.
    db_url : str
        SQLAlchemy address of the gradebook.
    say : callable, optional
        Called with a sentence when another program holds the gradebook.
    patience : float, optional
        How many seconds to wait for a program that holds the gradebook.
    """

    def __init__(
        self,
        course: Course,
        db_url: str,
        say: Callable[[str], None] = lambda text: None,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        self._course = course
        self._db_url = db_url
        self._say = say
        self._patience = patience
        self._gradebook: Any = None
        self._entered: set[str] = set()
        self._is_copied = False

    def __exit__(self, *exception: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._gradebook is not None:
            self._gradebook.close()
            self._gradebook = None

    def entry(
        self,
        result: Result,
        timestamp: datetime | None,
        missing: frozenset[str],
        comments: Mapping[str, str | None],
        rewritten: frozenset[str] = frozenset(),
    ) -> EarnedMarks:
        """Return the entry of a result; see `EarnedMarks`."""
        exercise = NOTEBOOKS[position(result.exercise)]
        source = course_notebook(self._course, "source", exercise)
        points = {
            name: None if name in result.written else points_of(cell, result)
            for cell in source.cells
            if (name := grade_id(cell)) and cell.metadata.nbgrader.grade
        }
        keys = (result.student, result.assignment, exercise.notebook)
        is_graded = result.status != NOT_GRADED
        return EarnedMarks(*keys, points, comments, timestamp, missing, rewritten, is_graded)

    def write(self, entries: Sequence[EarnedMarks]) -> dict[tuple[str, str], Entered]:
        """Write entries, all or none; return what was entered, by student and notebook.

        Raises
        ------
        GradebookError
            If the gradebook cannot be written; it then holds none of these entries.
        """
        end = time.monotonic() + self._patience
        told = False
        while True:
            try:
                return self._write(entries)
            except (OSError, DBAPIError, InvalidEntry, NbgraderError) as error:
                self._close()
                reason = _reason(error)
                if "locked" not in reason or time.monotonic() > end:
                    raise GradebookError(self._advice(reason)) from error
            if not told:
                self._say("Waiting: another program holds the gradebook.")
                told = True
            time.sleep(_PAUSE_SECONDS)

    def _check_schema(self) -> None:
        """Refuse a gradebook of an older nbgrader, before anything is written into it."""
        if is_outdated(self._db_url):
            # Another address may hold a password.
            url = self._db_url if file_of(self._db_url) else "ADDRESS"
            raise GradebookError(
                f"the gradebook ({place(self._db_url)}) was made by an older version of "
                f"nbgrader: run `nbgrader db upgrade --db {url}`, and this command again: "
                "what has been judged is kept"
            )

    def _advice(self, reason: str) -> str:
        where = place(self._db_url)
        again = "and run the command again: what has been judged is kept"
        if "locked" in reason:
            return f"another program holds the gradebook ({where}): close it, {again}"
        return f"the gradebook ({where}) cannot be written ({reason}): fix that, {again}"

    def _write(self, entries: Sequence[EarnedMarks]) -> dict[tuple[str, str], Entered]:
        if self._gradebook is None:
            if not self._is_copied:
                keep_copy(self._db_url)
                self._is_copied = True
            create_tables(self._db_url)
            self._check_schema()
            self._gradebook = Gradebook(self._db_url)
        names = {entry.assignment for entry in entries}
        new = names - self._entered
        changed = [name for name in new if not enter(self._gradebook.db, self._course, name)]
        if changed:
            # nbgrader opens a session of its own, which would wait for this one.
            self._gradebook.db.commit()
            self._close()
            for name in changed:
                generate_assignment(self._course, self._course.root / "source", name, self._db_url)
            self._gradebook = Gradebook(self._db_url)
        db = self._gradebook.db
        entered: dict[tuple[str, str], Entered] = {}
        for name in sorted(names):
            rows = AssignmentRows(db, name, self._penalty)
            entered |= rows.write([entry for entry in entries if entry.assignment == name])
        db.commit()
        self._entered |= names
        return entered

    def _penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """Return the points that the course's own rule deducts from late work."""
        taken: float | None = self._rule.late_submission_penalty(student, score, seconds_late)
        return taken

    @cached_property
    def _rule(self) -> Any:
        # Imported only for late work: it imports nbconvert.
        from nbgrader.preprocessors import AssignLatePenalties

        config = course_config(self._course, self._course.root, self._db_url, "")
        penalties = AssignLatePenalties(config=config)
        penalties.init_plugin()
        return penalties.plugin_inst


def _reason(error: BaseException) -> str:
    """Return in one line the reason for an error of nbgrader or of the database."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, DBAPIError):
            return " ".join(str(link.orig).split())
        link = link.__cause__ or link.__context__
    # nbgrader has logged the exception, with where it came from.
    said = str(error).strip().splitlines() or [type(error).__name__]
    return next((line for line in said if re.match(r"[\w.]*(Error|Entry): ", line)), said[-1])
