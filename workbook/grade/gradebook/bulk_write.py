"""The submissions of one assignment in nbgrader's gradebook, read and written many at a time.

What is written is what ``nbgrader autograde`` writes cell by cell, through the same models: see
``SaveAutoGrades``, ``AssignLatePenalties`` and ``Autograde.init_assignment`` there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import selectinload


@dataclass(frozen=True)
class EarnedMarks:
    """The marks that one submission earned, to be written.

    Attributes
    ----------
    student, assignment, notebook : str
        Names of the three.
    points : mapping of str to (float or None)
        Points that each graded cell earned; None where a person has to say it.
    comments : mapping of str to (str or None)
        The automatic comments on cells for an answer; of the others they stay as they are.
    timestamp : datetime or None
        The time at which the assignment was handed in, in UTC.
    missing : frozenset of str
        Notebooks of the assignment that were not handed in; this one may be among them.
    rewritten : frozenset of str
        Names of the cells that a person marks and whose text differs from that graded last.
    is_graded : bool
        Whether there is a mark; if not, none of an earlier grading stays.
    """

    student: str
    assignment: str
    notebook: str
    points: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    timestamp: datetime | None
    missing: frozenset[str] = frozenset()
    rewritten: frozenset[str] = frozenset()
    is_graded: bool = True


@dataclass(frozen=True)
class Entered:
    """What was entered of one notebook.

    Attributes
    ----------
    penalty : float
        Points deducted because the work was late.
    kept : mapping of str to (float, float, float)
        The cells whose mark was given by hand and stays, although the hidden tests now give
        others than before: the points before, now, and by hand.
    rewritten : mapping of str to float
        The cells whose text has changed since a person marked it, with that mark, which stays.
    """

    penalty: float
    kept: Mapping[str, tuple[float, float, float]]
    rewritten: Mapping[str, float]


#: From a student, a score and the seconds late: the points to deduct, or None.
Penalty = Callable[[str, float, float], float | None]


@dataclass(frozen=True)
class _Cells:
    """Names of a notebook's cells by id: of the graded ones, and of those with a comment."""

    notebook_id: str
    grades: dict[str, str]
    comments: dict[str, str]


class AssignmentRows:
    """The submissions of an assignment.

    Parameters
    ----------
    db : sqlalchemy.orm.scoped_session
        A session of the gradebook; its owner commits.
    name : str
        The assignment.
    penalty : callable
        The course's rule for late work.
    """

    def __init__(self, db: Any, name: str, penalty: Penalty) -> None:
        self._db = db
        self._penalty = penalty
        held = select(api.Assignment).where(api.Assignment.name == name)
        self._assignment = db.scalars(held).one()
        self._notebooks: dict[str, _Cells] = {}
        table, graded, solution = api.Notebook, api.GradeCell, api.SolutionCell
        notebooks = select(table.name, table.id).where(table.assignment_id == self._assignment.id)
        for notebook, id in db.execute(notebooks):
            grades = select(graded.id, graded.name).filter_by(notebook_id=id)
            comments = select(solution.id, solution.name).filter_by(notebook_id=id)
            self._notebooks[notebook] = _Cells(
                id,
                dict(db.execute(grades).all()),
                dict(db.execute(comments).all()),
            )

    def write(self, entries: list[EarnedMarks]) -> dict[tuple[str, str], Entered]:
        """Write entries; return what was entered of those with a mark, by student and notebook."""
        submissions = self._submissions(entries)
        entries = [entry for entry in entries if entry.student in submissions]
        moved = set()
        for entry in entries:
            submission = submissions[entry.student]
            if entry.timestamp not in (None, submission.timestamp):
                submission.timestamp = entry.timestamp
                moved.add(entry.student)
        entered = {}
        for entry in entries:
            submission = submissions[entry.student]
            for name in entry.missing:
                self._void(submission, name)
            if not entry.is_graded:
                unmark(self._notebook(submission, entry.notebook))
            elif entry.notebook not in entry.missing:
                entered[entry.student, entry.notebook] = self._mark(submission, entry)
        for student in moved:
            for name in self._notebooks:
                # The new time is that of all notebooks, including those graded before.
                if (student, name) not in entered:
                    self._penalise_again(submissions[student], name)
        return entered

    def _submissions(self, entries: list[EarnedMarks]) -> dict[str, Any]:
        """Return the students' submissions; add those that are new, with all their cells."""
        students = {entry.student for entry in entries}
        table, notebook = api.SubmittedAssignment, api.SubmittedNotebook
        cells = selectinload(notebook.grades), selectinload(notebook.comments)
        query = (
            select(table)
            .where(table.assignment_id == self._assignment.id, table.student_id.in_(students))
            .options(selectinload(table.notebooks).options(*cells))
        )
        found = {one.student_id: one for one in self._db.scalars(query)}
        known = set(self._db.scalars(select(api.Student.id).where(api.Student.id.in_(students))))
        for entry in entries:
            # A student who has never handed in anything is not entered.
            if entry.student not in found and entry.notebook not in entry.missing:
                found[entry.student] = table(
                    student_id=entry.student, assignment=self._assignment, timestamp=entry.timestamp
                )
        self._db.add_all(api.Student(id=name) for name in sorted(found.keys() - known))
        self._db.add_all(found.values())
        for submission in found.values():
            held = {notebook.notebook_id for notebook in submission.notebooks}
            new = [cells for cells in self._notebooks.values() if cells.notebook_id not in held]
            submission.notebooks += map(_new_notebook, new)
        return found

    def _void(self, submission: Any, name: str) -> None:
        """Give no points for a notebook that was not handed in."""
        for grade in self._notebook(submission, name).grades:
            grade.auto_score, grade.needs_manual_grade = 0.0, False

    def _notebook(self, submission: Any, name: str) -> Any:
        id = self._notebooks[name].notebook_id
        return next(one for one in submission.notebooks if one.notebook_id == id)

    def _mark(self, submission: Any, entry: EarnedMarks) -> Entered:
        """Set the points that were earned, and the automatic comments."""
        cells = self._notebooks[entry.notebook]
        notebook = self._notebook(submission, entry.notebook)
        kept, rewritten = {}, {}
        grades = {grade.cell_id: grade for grade in notebook.grades}
        for id, name in cells.grades.items():
            grade = grades[id]
            before, now = grade.auto_score, entry.points.get(name, 0.0)
            if grade.manual_score is not None:
                by_hand = float(grade.manual_score)
                if name in entry.rewritten:
                    rewritten[name] = by_hand
                elif before is not None and now is not None and now not in (before, by_hand):
                    kept[name] = (float(before), now, by_hand)
            grade.auto_score = now
            # As nbgrader has it: what was marked by hand is to be looked at again.
            grade.needs_manual_grade = grade.manual_score is not None or now is None
        for comment in notebook.comments:
            name = cells.comments[comment.cell_id]
            if name in entry.comments:
                comment.auto_comment = entry.comments[name]
        self._penalise(submission, notebook)
        return Entered(notebook.late_submission_penalty or 0.0, kept, rewritten)

    def _penalise_again(self, submission: Any, name: str) -> None:
        """Set the penalty of a notebook whose points stay, if it has points or a penalty."""
        notebook = self._notebook(submission, name)
        if any(map(_score, notebook.grades)) or notebook.late_submission_penalty is not None:
            self._penalise(submission, notebook)

    def _penalise(self, submission: Any, notebook: Any) -> None:
        """Set the points that are deducted from a notebook's score."""
        total = sum(map(_score, notebook.grades))
        late = float(submission.total_seconds_late)
        taken = self._penalty(submission.student_id, total, late) if late > 0 else None
        notebook.late_submission_penalty = taken if taken is None else min(max(taken, 0.0), total)


def unmark(notebook: Any) -> None:
    """Take back the marks of a notebook that was not graded, as if it had just been handed in."""
    for grade in notebook.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    notebook.late_submission_penalty = None


def unmark_assignment(db_url: str, assignment: str, student: str) -> None:
    """Take back a student's marks in an assignment, where there are any."""
    with api.Gradebook(db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except api.MissingEntry:
            return
        for notebook in submission.notebooks:
            unmark(notebook)
        gradebook.db.commit()


def _new_notebook(cells: _Cells) -> Any:
    """Return a submitted notebook with its cells, as nbgrader enters it."""
    return api.SubmittedNotebook(
        notebook_id=cells.notebook_id,
        grades=[api.Grade(cell_id=id, needs_manual_grade=True) for id in cells.grades],
        comments=[api.Comment(cell_id=id) for id in cells.comments],
    )


def _score(grade: Any) -> float:
    """Return the points of a cell; those given by hand take precedence."""
    score = (grade.auto_score or 0.0) if grade.manual_score is None else grade.manual_score
    return float(score + (grade.extra_credit or 0.0))
