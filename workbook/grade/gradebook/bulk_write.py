"""The rows of one assignment in nbgrader's gradebook, read and written many at a time.

What is written is what ``nbgrader autograde`` writes cell by cell, through the same models: see
``SaveAutoGrades``, ``AssignLatePenalties`` and ``Autograde.init_assignment`` there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import insert, select, update

from workbook.grade.gradebook.marks import Marks

#: What nbgrader says of a stub that nobody has touched.
NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Entry:
    """What the gradebook is to hold of one submission.

    Attributes
    ----------
    student, assignment, notebook : str
        What was handed in.
    points : mapping of str to float
        What each graded cell earned.
    answered : bool or None
        Whether a cell for an answer was changed; None if there is none of them.
    timestamp : datetime or None
        When the assignment was handed in, in UTC.
    missing : frozenset of str
        Notebooks of the assignment that were not handed in; this one may be among them.
    untouched : tuple of str
        Names of the cells for an answer that are as they were released.
    """

    student: str
    assignment: str
    notebook: str
    points: Mapping[str, float]
    answered: bool | None
    timestamp: datetime | None
    missing: frozenset[str] = frozenset()
    untouched: tuple[str, ...] = ()


#: Points to take away from a score, of work that is so many seconds late; None for nothing.
Penalty = Callable[[str, float, float], float | None]


@dataclass
class _Cells:
    """The cells of a notebook that have a grade or a comment: their ids, names and points."""

    id: str
    grades: dict[str, tuple[str, float]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Submission:
    """What a student handed in: how many seconds late, and whether that has just changed."""

    student: str
    id: str
    late: float
    moved: bool


class AssignmentRows:
    """An assignment that a gradebook knows.

    Parameters
    ----------
    db : sqlalchemy.orm.scoped_session
        A session of the gradebook.
    name : str
        The assignment.
    """

    def __init__(self, db: Any, name: str) -> None:
        query = select(Assignment.id, Assignment.duedate).where(Assignment.name == name)
        self._id, self._duedate = db.execute(query).one()
        notebooks = select(Notebook.id, Notebook.name).where(Notebook.assignment_id == self._id)
        self._notebooks = {name: _Cells(id) for id, name in db.execute(notebooks)}
        for cells in self._notebooks.values():
            graded = select(GradeCell.id, GradeCell.name, GradeCell.max_score)
            for id, cell, most in db.execute(graded.where(GradeCell.notebook_id == cells.id)):
                cells.grades[id] = (cell, most)
            solution = select(SolutionCell.id, SolutionCell.name)
            for id, cell in db.execute(solution.where(SolutionCell.notebook_id == cells.id)):
                cells.comments[id] = cell

    def write(
        self, db: Any, entries: list[Entry], penalty: Penalty
    ) -> dict[tuple[str, str], Marks]:
        """Write entries; return what the gradebook then holds, by student and notebook."""
        self._add_students(db, entries)
        submissions = self._submissions(db, entries)
        rows = _Rows(db, [one.id for one in submissions.values()], penalty)
        self._add_notebooks(db, rows, [one.id for one in submissions.values()])
        marks = {}
        for entry in entries:
            if entry.student not in submissions:
                continue
            submission = submissions[entry.student]
            for name in entry.missing:
                rows.void(submission.id, self._notebooks[name])
            if entry.notebook not in entry.missing:
                cells = self._notebooks[entry.notebook]
                marks[entry.student, entry.notebook] = rows.mark(submission, cells, entry)
        for submission in submissions.values():
            for name, cells in self._notebooks.items():
                # The time of handing in is that of all notebooks, also of those graded before.
                if submission.moved and (submission.student, name) not in marks:
                    rows.penalise(submission, cells)
        rows.save(db)
        return marks

    def _add_students(self, db: Any, entries: list[Entry]) -> None:
        """Enter students who have handed in something and are not known yet."""
        names = {entry.student for entry in entries if entry.notebook not in entry.missing}
        known = set(db.scalars(select(Student.id).where(Student.id.in_(names))))
        _insert(db, Student, [{"id": name} for name in sorted(names - known)])

    def _submissions(self, db: Any, entries: list[Entry]) -> dict[str, "_Submission"]:
        """Return the students' submissions; enter those that are new."""
        table = SubmittedAssignment
        students = {entry.student for entry in entries}
        query = select(table.student_id, table.id, table.timestamp, table.extension).where(
            table.assignment_id == self._id, table.student_id.in_(students)
        )
        found = {student: (id, at, more) for student, id, at, more in db.execute(query)}
        new, changed = [], {}
        for entry in entries:
            if entry.student not in found:
                if entry.notebook in entry.missing:
                    # Nothing was handed in, and nothing ever has been.
                    continue
                found[entry.student] = (new_uuid(), entry.timestamp, None)
                id, at, _ = found[entry.student]
                keys = {"student_id": entry.student, "assignment_id": self._id}
                new.append({"id": id, "timestamp": at, **keys})
            id, at, more = found[entry.student]
            if entry.timestamp not in (None, at):
                found[entry.student] = (id, entry.timestamp, more)
                changed[entry.student] = {"id": id, "timestamp": entry.timestamp}
        _insert(db, table, new)
        _update(db, table, list(changed.values()))
        return {
            student: _Submission(student, id, self._late(at, more), student in changed)
            for student, (id, at, more) in found.items()
        }

    def _late(self, at: datetime | None, extension: timedelta | None) -> float:
        """Return how many seconds after the due date something was handed in."""
        if at is None or self._duedate is None:
            return 0.0
        due = self._duedate + (extension or timedelta())
        return max(0.0, float((at - due).total_seconds()))

    def _add_notebooks(self, db: Any, rows: "_Rows", submissions: list[str]) -> None:
        """Enter the notebooks of new submissions, with their cells, as nbgrader does."""
        for submission in submissions:
            for cells in self._notebooks.values():
                if (submission, cells.id) not in rows.notebooks:
                    rows.add(submission, cells)


def _insert(db: Any, table: Any, values: list[dict[str, Any]]) -> None:
    if values:
        db.execute(insert(table), values)


def _update(db: Any, table: Any, values: list[dict[str, Any]]) -> None:
    if values:
        db.execute(update(table), values)


class _Rows:
    """The notebooks, grades and comments of some submissions, and what is to change in them."""

    def __init__(self, db: Any, submissions: list[str], penalty: Penalty) -> None:
        self._penalty = penalty
        table = SubmittedNotebook
        query = select(*table.__table__.columns).where(table.assignment_id.in_(submissions))
        found = [dict(row) for row in db.execute(query).mappings()]
        #: Rows of the notebooks, by submission and notebook of the assignment.
        self.notebooks = {(row["assignment_id"], row["notebook_id"]): row for row in found}
        self._grades = self._read(db, Grade)
        self._comments = self._read(db, Comment)
        self._new: dict[Any, list[dict[str, Any]]] = {}
        self._changed: dict[tuple[Any, str], dict[str, Any]] = {}

    def _read(self, db: Any, table: Any) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the rows of a table by notebook and cell."""
        ids = [row["id"] for row in self.notebooks.values()]
        query = select(*table.__table__.columns).where(table.notebook_id.in_(ids))
        found = [dict(row) for row in db.execute(query).mappings()]
        return {(row["notebook_id"], row["cell_id"]): row for row in found}

    def add(self, submission: str, cells: _Cells) -> None:
        """Enter a notebook with its cells."""
        row = new_uuid()
        values = {"id": row, "assignment_id": submission, "notebook_id": cells.id}
        notebook = {**values, "flagged": False, "late_submission_penalty": None}
        self.notebooks[submission, cells.id] = notebook
        self._new.setdefault(SubmittedNotebook, []).append(notebook)
        empty: dict[str, Any] = {"auto_score": None, "manual_score": None, "extra_credit": None}
        for cell in cells.grades:
            keys = {"id": new_uuid(), "notebook_id": row, "cell_id": cell}
            grade = {**keys, **empty, "needs_manual_grade": True}
            self._grades[row, cell] = grade
            self._new.setdefault(Grade, []).append(grade)
        for cell in cells.comments:
            keys = {"id": new_uuid(), "notebook_id": row, "cell_id": cell}
            comment = {**keys, "auto_comment": None, "manual_comment": None}
            self._comments[row, cell] = comment
            self._new.setdefault(Comment, []).append(comment)

    def _set(self, table: Any, row: dict[str, Any], **values: Any) -> None:
        """Change a row; one that is new is changed before it is entered."""
        if any(row[key] != value for key, value in values.items()):
            self._changed.setdefault((table, row["id"]), {"id": row["id"]}).update(values)
            row.update(values)

    def void(self, submission: str, cells: _Cells) -> None:
        """Give no points for a notebook that was not handed in."""
        row = self.notebooks[submission, cells.id]["id"]
        for cell in cells.grades:
            self._set(Grade, self._grades[row, cell], auto_score=0.0, needs_manual_grade=False)

    def mark(self, submission: _Submission, cells: _Cells, entry: Entry) -> Marks:
        """Set what was earned; return what the gradebook holds then."""
        row = self.notebooks[submission.id, cells.id]["id"]
        comments = {}
        for cell, (name, _) in cells.grades.items():
            grade = self._grades[row, cell]
            by_hand = grade["manual_score"] is not None
            auto = float(entry.points.get(name, 0.0))
            self._set(Grade, grade, auto_score=auto, needs_manual_grade=by_hand)
        for cell, name in cells.comments.items():
            comment = self._comments[row, cell]
            if entry.answered is not None:
                said = NO_RESPONSE if name in entry.untouched else None
                self._set(Comment, comment, auto_comment=said)
            manual = comment["manual_comment"]
            comments[name] = comment["auto_comment"] if manual is None else manual
        taken = self._take(submission, cells)
        return Marks(self._scores(row, cells), comments, taken or 0.0)

    def penalise(self, submission: _Submission, cells: _Cells) -> None:
        """Set the penalty of a notebook whose marks stay; one that has none stays as it is."""
        notebook = self.notebooks[submission.id, cells.id]
        earned = any(score for score, _ in self._scores(notebook["id"], cells).values())
        if earned or notebook["late_submission_penalty"] is not None:
            self._take(submission, cells)

    def _scores(self, row: str, cells: _Cells) -> dict[str, tuple[float, float]]:
        """Return what each graded cell of a notebook earned, by hand or not, and could have."""
        scores = {}
        for cell, (name, most) in cells.grades.items():
            grade = self._grades[row, cell]
            manual = grade["manual_score"]
            score = (grade["auto_score"] or 0.0) if manual is None else manual
            scores[name] = (score + (grade["extra_credit"] or 0.0), most)
        return scores

    def _take(self, submission: _Submission, cells: _Cells) -> float | None:
        """Set and return what is taken away from a notebook's score."""
        notebook = self.notebooks[submission.id, cells.id]
        total = sum(score for score, _ in self._scores(notebook["id"], cells).values())
        late = submission.late
        taken = self._penalty(submission.student, total, late) if late > 0 else None
        taken = taken if taken is None else min(max(taken, 0.0), total)
        self._set(SubmittedNotebook, notebook, late_submission_penalty=taken)
        return taken

    def save(self, db: Any) -> None:
        """Enter what is new, and change what has changed."""
        for table in (SubmittedNotebook, Grade, Comment):
            new = self._new.get(table, [])
            _insert(db, table, new)
            entered = {row["id"] for row in new}
            kind = [(key, values) for key, values in self._changed.items() if key[0] is table]
            by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for (_, id), values in kind:
                if id not in entered:
                    by_columns.setdefault(tuple(values), []).append(values)
            for group in by_columns.values():
                _update(db, table, group)


def by_assignment(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return entries by the assignment that they belong to."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.assignment, []).append(entry)
    return found
