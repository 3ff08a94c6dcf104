"""Tries out a change on a copy, and says whose marks would change."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.course.failure import Failure
from workbook.grade.gradebook.backup import copy_to
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.gradebook.database import file_of
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.roster.roster import display_name
from workbook.grade.submissions.plan import StudentMarks
from workbook.grade.submissions.results import read_results


@contextmanager
def copy_of_results(out: Path, db_url: str) -> Iterator[tuple[Path, str]]:
    """Yield a folder with a copy of the results, and the address of a copy of the gradebook.

    Parameters
    ----------
    out : pathlib.Path
        The folder of a grading.
    db_url : str
        SQLAlchemy address of its gradebook.

    Raises
    ------
    Failure
        If the gradebook is in a database server, which is not copied.
    """
    gradebook = file_of(db_url)
    if gradebook is None:
        raise Failure("--preview works on a copy of the gradebook, and cannot copy one on a server")
    with TemporaryDirectory(prefix="workbook-preview-") as folder:
        copy = Path(folder)
        if (out / "results").is_dir():
            shutil.copytree(out / "results", copy / "results")
        if gradebook.is_file():
            copy_to(db_url, copy / "gradebook.db")
        yield copy, f"sqlite:///{copy / 'gradebook.db'}"


def seem_entered(out: Path, copy: Path) -> None:
    """Give a copy empty autograded notebooks, so that a run does not enter those results again.

    Parameters
    ----------
    out : pathlib.Path
        The folder of a grading.
    copy : pathlib.Path
        The folder of its copy.
    """
    for path in (out / "autograded").glob("*/*/*.ipynb"):
        target = copy / path.relative_to(out)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()


def marks_in(out: Path, db_url: str) -> dict[str, StudentMarks]:
    """Return the final marks as they are now.

    Parameters
    ----------
    out : pathlib.Path
        The folder of a grading.
    db_url : str
        SQLAlchemy address of its gradebook.
    """
    results = read_results(out / "results")
    missing = [(one.student, one.exercise) for one in results if one.status == "missing"]
    return class_marks(recorded_marks(db_url), missing)


def moved_marks(before: dict[str, StudentMarks], after: dict[str, StudentMarks]) -> list[str]:
    """Say whose final marks differ, and by how much.

    Parameters
    ----------
    before, after : dict of str to StudentMarks
        The marks as they are, and as they would be.
    """
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
