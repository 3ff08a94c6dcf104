"""Put results into nbgrader's gradebook, with nbgrader's own converters and models."""

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateFeedback

from workbook.course import Course
from workbook.exercises import ASSIGNMENTS, Exercise, of_assignment
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
    course: Course, jobs: Sequence[Job], results: Path, out: Path, feedback: bool
) -> list[str]:
    """Write ``gradebook.db``, ``autograded/`` and ``feedback/`` for these submissions.

    Parameters
    ----------
    course : Course
        The course.
    jobs : sequence of Job
        The submissions: of a single exercise, or all that a student submitted of an assignment.
        What is not among them stays as it is in the gradebook.
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
        _stage(course, jobs, root)
        db_url = f"sqlite:///{(out / 'gradebook.db').resolve()}"
        exercises = {job.exercise for job in jobs}
        problems = []
        for assignment in sorted({job.exercise.assignment for job in jobs if job.data is not None}):
            config = course_config(course, root, db_url, assignment)
            # The hook looks for the command that nbgrader was started with; there is none.
            del config.Autograde["pre_convert_hook"]
            config.JudgeSubmission.results_directory = str(results.resolve())
            # The submissions have been judged; nothing of them runs here.
            config.SubmissionExporter.unconfined = True
            if len(exercises) == 1:
                config.CourseDirectory.notebook_id = next(iter(exercises)).notebook
            register(course, db_url, assignment)
            try:
                convert(Autograde, config)
                if feedback:
                    convert(GenerateFeedback, config)
            except NbgraderError as error:
                problems.append(f"{assignment} is not in the gradebook as it should be: {error}")
        _void_missing(db_url, [job for job in jobs if job.data is None])
        for folder, suffix in (("autograded", ".ipynb"), ("feedback", ".html")):
            for job in jobs:
                _path(out / folder, job.student, job.exercise, suffix).unlink(missing_ok=True)
            _move_files(root / folder, out / folder)
    return problems


def _path(folder: Path, student: str, exercise: Exercise, suffix: str) -> Path:
    return folder / student / Path(exercise.notebook_path).with_suffix(suffix)


def _stage(course: Course, jobs: Sequence[Job], root: Path) -> None:
    """Lay out the submissions as nbgrader expects them, in a folder of our own."""
    (root / "source").symlink_to((course.root / "source").resolve())
    submitted = root / "submitted"
    for job in jobs:
        if job.data is not None:
            path = _path(submitted, job.student, job.exercise, ".ipynb")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(job.data)
    there = {(job.student, job.exercise) for job in jobs}
    for student, assignment in {(job.student, job.exercise.assignment) for job in jobs}:
        for exercise in of_assignment(assignment):
            path = _path(submitted, student, exercise, ".ipynb")
            if (student, exercise) not in there and path.parent.exists():
                # nbgrader gives no points for a notebook that is not there; this one is not asked
                # about, and keeps what it has.
                path.touch()


def _void_missing(db_url: str, jobs: Sequence[Job]) -> None:
    """Let no mark of an earlier grading survive for a notebook that is no longer there.

    nbgrader does so where another notebook of the same assignment is there.
    """
    with nbgrader_tools_on_path(), Gradebook(db_url) as gradebook:
        for job in jobs:
            names = (job.exercise.notebook, job.exercise.assignment, job.student)
            with contextlib.suppress(MissingEntry):
                for grade in gradebook.find_submission_notebook(*names).grades:
                    grade.auto_score, grade.needs_manual_grade = 0.0, False
        gradebook.db.commit()


def _move_files(built: Path, out: Path) -> None:
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        target = out / path.relative_to(built)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
