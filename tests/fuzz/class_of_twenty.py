"""A class of twenty that is graded again and again while something goes wrong.

Judging gives what it gave once, undisturbed; all the rest is the program's.
"""

import contextlib
import io
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from tests.faults import killed
from tests.fuzz.disturbed import FaultyExecutor, HandIn, Key, Run, disturbed, hasty
from tests.gradebooks import address
from tests.layouts import notebook
from tests.submissions import COURSE, answer_text
from workbook.course.exercises import of_assignment
from workbook.grade.command import grade_and_show
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.plan import Plan
from workbook.grade.submissions.results import Judged

STUDENTS = [f"student {number:02}" for number in range(18)] + ["josé", "o'brien"]
EXERCISES = of_assignment("1_initialization")
# Answers to each exercise: two of as many points in other cells, among others, and no notebook.
KNOWN = [["", None, "biases_as_rows", "rand_for_randn", "weights_zero"],
         ["", None, "keys_from_W0", "last_layer_missing"]]  # fmt: skip
_MARKS = """
SELECT submitted_assignment.student_id, notebook.name, base_cell.name, grade.auto_score
FROM grade
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN base_cell ON base_cell.id = grade.cell_id
"""

# The marks of cells.
Cells = dict[str, float | None]


@dataclass(frozen=True)
class Known:
    """What comes of each answer when nothing goes wrong.

    Attributes
    ----------
    files : dict of str to list of (bytes or None)
        The answers to each exercise; None for no notebook.
    judged : dict of (str, str) to Judged
        What judging gives, by the exercise and the file's hash.
    cells : dict of (str, str) to Cells
        The marks after an undisturbed grading.
    """

    files: dict[str, list[bytes | None]]
    judged: dict[tuple[str, str], Judged]
    cells: dict[tuple[str, str], Cells]

    def __getitem__(self, key: tuple[str, str, str]) -> Judged:
        student, *which = key
        judged = self.judged[which[0], which[1]]
        return replace(judged, result=replace(judged.result, student=student))


@cache
def known() -> Known:
    """Return what is known of the answers: each is judged once, and a class of them graded."""
    files, judged = {}, {}
    with closing(Judge(COURSE, Limits())) as judge:
        for exercise, variants in zip(EXERCISES, KNOWN, strict=True):
            texts = [None if one is None else answer_text(exercise, one) for one in variants]
            whole = [notebook(exercise, text) for text in texts]
            files[exercise.name] = [*whole, b'{"cells": [', None]
            for data in files[exercise.name]:
                job = Job("", exercise, data)
                judged[exercise.name, job.sha256] = judge.grade(job)
    found = Known(files, judged, {})
    with tempfile.TemporaryDirectory() as top:
        group = Class(Path(top), found)
        for number in range(len(STUDENTS)):
            for place in range(len(EXERCISES)):
                group.hand_in(HandIn(number, place, number))
        status, said = group.run(Run())
        assert status == 0, said
        for key, cells in marks(group.database).items():
            found.cells[key[1], group.shas[key]] = cells
    return found


def marks(database: Path) -> dict[Key, Cells]:
    """Return the automatic marks in a gradebook: of each cell, by student and exercise."""
    if not database.exists():
        return {}
    names = {one.notebook: one.name for one in EXERCISES}
    found: dict[Key, Cells] = {}
    with closing(sqlite3.connect(database)) as db:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'submitted_notebook'").fetchone():
            for student, name, cell, score in db.execute(_MARKS):
                found.setdefault((student, names[name]), {})[cell] = score
    return found


@dataclass
class Class:
    """Twenty students, what they have handed in, and what the command has made of it.

    Attributes
    ----------
    folder : pathlib.Path
        Holds ``submitted`` and ``out``.
    known : Known
        What comes of each answer.
    shas : dict of Key to str
        The hash of what each has handed in now.
    since : dict of Key to set of str
        The hashes of what each has handed in since the gradebook was last known to be right.
    """

    folder: Path
    known: Known
    shas: dict[Key, str] = field(default_factory=dict)
    since: dict[Key, set[str]] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        """Where the command writes."""
        return self.folder / "out"

    @property
    def database(self) -> Path:
        """The gradebook."""
        return self.out / "gradebook.db"

    def hand_in(self, one: HandIn) -> None:
        """Hand in, or take away, a notebook."""
        student, exercise = STUDENTS[one.student], EXERCISES[one.exercise]
        files = self.known.files[exercise.name]
        data = files[one.answer % len(files)]
        path = self.folder / "submitted" / student / exercise.notebook_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
        key = student, exercise.name
        self.shas[key] = Job("", exercise, data).sha256
        self.since.setdefault(key, set()).add(self.shas[key])

    def run(self, run: Run) -> tuple[int | None, str]:
        """Run the command, in which something goes wrong; return its exit status, and its words."""
        if run.what == "killed":
            note = self.folder / "note"
            # Without pages, which its process would make in earnest.
            plan = self.plan(replace(run, feedback=False))
            is_killed = killed(plan, self.known, run.moment, note)
            return (None, "") if is_killed else (0, "")
        faults = {
            (STUDENTS[student], EXERCISES[exercise].name): (kind, times)
            for student, exercise, kind, times in run.judges
        }
        judges = contextlib.nullcontext((lambda: FaultyExecutor(self.known, faults), 1))
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said), hasty():
            try:
                with disturbed(self.out, run):
                    status = grade_and_show(self.plan(run), judges)
            except SystemExit as end:
                status = int(str(end.code))
        return status, said.getvalue()

    def plan(self, run: Run) -> Plan:
        found = find_submissions(self.folder / "submitted")
        db_url = f"{address(self.database)}?timeout=0.05"
        options = {"force": run.force, "feedback": run.feedback}
        return Plan(COURSE, found, self.out, db_url, Limits(), UNCONFINED, **options)
