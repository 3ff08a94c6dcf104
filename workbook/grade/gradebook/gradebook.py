"""Put results into nbgrader's gradebook, many at a time, with nbgrader's own models."""

import re
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import DBAPIError

from workbook.course.exercises import ASSIGNMENTS, find, of_assignment
from workbook.course.folder import Course
from workbook.course.nbgrader_course import (
    NbgraderError,
    course_config,
    generate_assignment,
    nbgrader_tools_on_path,
)
from workbook.grade.gradebook.bulk_write import AssignmentRows, Entry, by_assignment
from workbook.grade.gradebook.database import place
from workbook.grade.gradebook.marks import Marks
from workbook.grade.gradebook.nbgrader_models import Gradebook, InvalidEntry, MissingEntry, Student
from workbook.grade.judging.autograded import points_of
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result

# How long to wait for a program that holds the gradebook, and how often to look again.
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.5


class GradebookError(Exception):
    """The gradebook cannot be written; the text says why, and what to do."""


def register(course: Course, db_url: str, assignment: str) -> None:
    """Enter an assignment in a gradebook, unless it is there as it is in ``source/``.

    Parameters
    ----------
    course : Course
        Whose assignment it is; other names are left alone.
    db_url : str
        SQLAlchemy address of the gradebook.
    assignment : str
        Name of the assignment.
    """
    if assignment not in ASSIGNMENTS:
        return
    _create(db_url)
    with _opened(db_url) as gradebook:
        is_entered = _is_entered(gradebook, course, assignment)
    if not is_entered:
        generate_assignment(course, course.root / "source", db_url, assignment)


def _opened(db_url: str) -> Any:
    with nbgrader_tools_on_path():
        return Gradebook(db_url)


def _is_entered(gradebook: Any, course: Course, assignment: str) -> bool:
    """Tell whether an assignment is in a gradebook as it is in ``source/``."""
    return _entered_cells(gradebook, assignment) == _source_cells(course, assignment)


def _entered_cells(gradebook: Any, assignment: str) -> dict[tuple[str, str], str]:
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {
        (notebook.name, cell.name): cell.checksum
        for notebook in notebooks
        for cell in notebook.source_cells
        if cell.locked
    }


def _source_cells(course: Course, assignment: str) -> dict[tuple[str, str], str]:
    cells = {}
    for exercise in of_assignment(assignment):
        notebook = course_notebook(course, "source", exercise)
        for cell in notebook.cells:
            metadata = cell.metadata.get("nbgrader")
            if metadata and metadata.locked:
                cells[exercise.notebook, metadata.grade_id] = metadata.checksum
    return cells


class GradebookWriter:
    """The one who writes marks into a gradebook.

    Marks and comments that a person has given stay.

    Parameters
    ----------
    course : Course
        The course.
    db_url : str
        SQLAlchemy address of the gradebook.
    say : callable, optional
        Called with a sentence when it has to wait.
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
        self._assignments: dict[str, AssignmentRows] = {}
        self._penalties: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._gradebook is not None:
            self._gradebook.close()
            self._gradebook = None

    def entry(self, result: Result, timestamp: datetime | None, missing: frozenset[str]) -> Entry:
        """Return what the gradebook is to hold of a result."""
        exercise = find(result.exercise)
        if exercise is None:
            raise GradebookError(f"no exercise is called {result.exercise}")
        source = course_notebook(self._course, "source", exercise)
        points = {
            cell.metadata.nbgrader.grade_id: points_of(cell, result)
            for cell in source.cells
            if cell.metadata.get("nbgrader", {}).get("grade")
        }
        keys = (result.student, result.assignment, exercise.notebook)
        return Entry(*keys, points, result.answered, timestamp, missing, result.untouched)

    def write(self, entries: Sequence[Entry]) -> dict[tuple[str, str], Marks]:
        """Write entries, all or none; return what is held then, by student and notebook.

        Raises
        ------
        GradebookError
            If the gradebook cannot be written; nothing of these entries has been then.
        """
        end = time.monotonic() + self._patience
        told = False
        while True:
            try:
                return self._write(entries)
            except (DBAPIError, InvalidEntry, NbgraderError) as error:
                self._close()
                reason = _reason(error)
                if "locked" not in reason or time.monotonic() > end:
                    raise GradebookError(self._advice(reason)) from error
            if not told:
                self._say("Waiting: another program holds the gradebook.")
                told = True
            time.sleep(_PAUSE_SECONDS)

    def _advice(self, reason: str) -> str:
        where = place(self._db_url)
        again = "and run the command again: what has been judged is kept"
        if "locked" in reason:
            return f"another program holds the gradebook ({where}): close it, {again}"
        return f"the gradebook ({where}) cannot be written ({reason}): put that right, {again}"

    def _write(self, entries: Sequence[Entry]) -> dict[tuple[str, str], Marks]:
        if self._gradebook is None:
            _create(self._db_url)
            _check_schema(self._db_url)
            self._gradebook = _opened(self._db_url)
        grouped = by_assignment(entries)
        new = grouped.keys() - self._assignments.keys()
        if not all(_is_entered(self._gradebook, self._course, name) for name in new):
            # It writes for itself, and would wait for whoever has read here.
            self._close()
            for name in new:
                register(self._course, self._db_url, name)
            self._gradebook = _opened(self._db_url)
        db = self._gradebook.db
        marks: dict[tuple[str, str], Marks] = {}
        for name, group in grouped.items():
            if name not in self._assignments:
                self._assignments[name] = AssignmentRows(db, name)
            marks |= self._assignments[name].write(db, group, self._penalty)
        db.commit()
        return marks

    def _penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """Return what the course's own rule takes away from late work."""
        if self._penalties is None:
            # Not before there is late work: with it, nbconvert is imported.
            from nbgrader.preprocessors import AssignLatePenalties

            config = course_config(self._course, self._course.root, self._db_url, "")
            self._penalties = AssignLatePenalties(config=config)
            self._penalties.init_plugin()
        rule = self._penalties.plugin_inst
        taken: float | None = rule.late_submission_penalty(student, score, seconds_late)
        return taken


def _create(db_url: str) -> None:
    """Make a gradebook that is a file, unless it is there: whole, or not at all."""
    url = make_url(db_url)
    if url.get_backend_name() != "sqlite" or not url.database or Path(url.database).exists():
        return
    part = Path(f"{url.database}.part")
    _remove_database(part)
    try:
        # nbgrader enters its version last: a gradebook half made would be one without.
        with nbgrader_tools_on_path(), Gradebook(f"sqlite:///{part}"):
            pass
        part.replace(url.database)
    finally:
        _remove_database(part)


def _remove_database(path: Path) -> None:
    for file in (path, Path(f"{path}-journal")):
        file.unlink(missing_ok=True)


def _check_schema(db_url: str) -> None:
    """Refuse a gradebook of an older nbgrader, before anything is written into it."""
    engine = create_engine(db_url)
    try:
        there = inspect(engine)
        for table in Student.metadata.sorted_tables:
            if there.has_table(table.name):
                columns = {column["name"] for column in there.get_columns(table.name)}
                if not columns >= set(table.columns.keys()):
                    is_file = engine.url.get_backend_name() == "sqlite"
                    # Another address may hold a password.
                    url = db_url if is_file else "ADDRESS"
                    raise GradebookError(
                        f"the gradebook ({place(db_url)}) was made by an older version of "
                        f"nbgrader: run `nbgrader db upgrade --db {url}`, and this command again: "
                        "what has been judged is kept"
                    )
    finally:
        engine.dispose()


def _reason(error: BaseException) -> str:
    """Return in one line why nbgrader or the database could not do something."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, DBAPIError):
            return " ".join(str(link.orig).split())
        link = link.__cause__ or link.__context__
    # nbgrader has logged the exception, with where it came from.
    said = str(error).strip().splitlines() or [type(error).__name__]
    return next((line for line in said if re.match(r"[\w.]*(Error|Entry): ", line)), said[-1])
