"""Put results into nbgrader's gradebook, with nbgrader's own converters and models."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateFeedback

from workbook.course import Course
from workbook.exercises import ASSIGNMENTS, of_assignment
from workbook.grade.judge import Job
from workbook.nbgrader_course import (
    NbgraderError,
    convert,
    course_config,
    generate_assignment,
    nbgrader_tools_on_path,
)


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
    with nbgrader_tools_on_path(), Gradebook(db_url) as gradebook:
        entered = _entered_cells(gradebook, assignment)
    if entered != _source_cells(course, assignment):
        generate_assignment(course, course.root / "source", db_url, assignment)


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
        notebook = nbformat.read(course.root / "source" / exercise.notebook_path, as_version=4)
        for cell in notebook.cells:
            metadata = cell.metadata.get("nbgrader")
            if metadata and metadata.locked:
                cells[exercise.notebook, metadata.grade_id] = metadata.checksum
    return cells


def write_gradebook(
    course: Course, jobs: Iterable[Job], results: Path, out: Path, feedback: bool
) -> list[str]:
    """Write ``gradebook.db``, ``autograded/`` and ``feedback/`` for these submissions.

    Parameters
    ----------
    course : Course
        The course.
    jobs : iterable of Job
        The submissions; all that a student submitted of an assignment come together.
    results : pathlib.Path
        Folder of their results.
    out : pathlib.Path
        Folder to write in.
    feedback : bool
        Whether to write ``feedback/``.

    Returns
    -------
    list of str
        What could not be written, for the instructor.
    """
    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        assignments = _stage(course, jobs, root)
        problems = []
        for assignment in assignments:
            db_url = f"sqlite:///{(out / 'gradebook.db').resolve()}"
            config = course_config(course, root, db_url, assignment)
            config.JudgeSubmission.results_directory = str(results.resolve())
            register(course, db_url, assignment)
            try:
                convert(Autograde, config)
                if feedback:
                    convert(GenerateFeedback, config)
            except NbgraderError as error:
                problems.append(f"{assignment} is not in the gradebook as it should be: {error}")
        for folder in ("autograded", "feedback"):
            _replace_submissions(root / folder, out / folder)
    return problems


def _stage(course: Course, jobs: Iterable[Job], root: Path) -> list[str]:
    """Lay out the submissions as nbgrader expects them, in a folder of our own."""
    (root / "source").symlink_to((course.root / "source").resolve())
    found = set()
    for job in jobs:
        if job.data is None:
            continue
        assignment = job.exercise.assignment
        folder = root / "submitted" / job.student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{job.exercise.notebook}.ipynb").write_bytes(job.data)
        found.add(assignment)
    return sorted(found)


def _replace_submissions(built: Path, out: Path) -> None:
    """Move ``<student>/<assignment>`` folders to the output folder, in place of older ones."""
    for folder in sorted(built.glob("*/*")):
        target = out / folder.relative_to(built)
        if target.exists():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder, target)
