"""A grading that writes nothing: whose marks would move."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from workbook.course.failure import Failure
from workbook.grade.gradebook.backup import copy_to
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.roster.roster import display_name
from workbook.grade.submissions.plan import Plan, StudentMarks


@contextmanager
def copied(plan: Plan) -> Iterator[Plan]:
    """Yield the same plan, to be carried out on a copy of the gradebook and the results.

    Parameters
    ----------
    plan : Plan
        What would be graded.

    Raises
    ------
    Failure
        If the gradebook is in a database server, which is not copied.
    """
    if not plan.db_url.startswith("sqlite"):
        raise Failure("--preview works on a copy of the gradebook, and copies none of a server's")
    with TemporaryDirectory(prefix="workbook-preview-") as folder:
        out = Path(folder)
        if (plan.out / "results").is_dir():
            shutil.copytree(plan.out / "results", out / "results")
        if Path(make_url(plan.db_url).database or "").is_file():
            copy_to(plan.db_url, out / "gradebook.db")
        url = f"sqlite:///{out / 'gradebook.db'}"
        yield replace(plan, out=out, db_url=url, feedback=False)


def moves(plan: Plan, after: dict[str, StudentMarks]) -> list[str]:
    """Say whose final marks differ from those in the gradebook, and by how much.

    Parameters
    ----------
    plan : Plan
        The plan whose gradebook has the marks as they are.
    after : dict of str to StudentMarks
        The marks that a grading would give.
    """
    before = class_marks(recorded_marks(plan.db_url), ())
    said = []
    for student, marks in after.items():
        old = before.get(student)
        if old is None:
            if any(marks.points.values()):
                said.append(f"{display_name(student, marks.name)}: new, {marks.total:g}")
            continue
        changes = [
            f"{name} {_points(old.points.get(name))} -> {_points(marks.points.get(name))}"
            for name in dict.fromkeys([*old.points, *marks.points])
            if old.points.get(name) != marks.points.get(name)
        ]
        if old.penalty != marks.penalty:
            changes.append(f"late penalty {old.penalty:g} -> {marks.penalty:g}")
        if changes:
            who = display_name(student, marks.name)
            said.append(f"{who}: {old.total:g} -> {marks.total:g} ({', '.join(changes)})")
    return said


def _points(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
