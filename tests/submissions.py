"""Submissions for the tests: right answers, untouched notebooks and known mistakes."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.grade.submissions import answers

COURSE = Course(ROOT)


def hand_in(
    folder: Path, student: str, exercise: Exercise, variant: str | None = "", before: str = ""
) -> Path:
    """Submit a notebook to nbgrader's ``submitted`` folder, and return its path.

    Parameters
    ----------
    folder, student, exercise
        Where, by whom, and what for.
    variant : str or None, optional
        The name of a known mistake. "" is the right answer, None the released notebook as it is.
    before : str, optional
        Text that comes before the answer in its cell.
    """
    answer = None
    if variant is not None:
        answer = before + answer_text(exercise, variant)
    notebook = answers.filled_notebook(COURSE, exercise, answer)
    return answers.submit(folder, student, exercise, notebook)


def reference_answers(course: Course, exercise: Exercise) -> dict[str, str]:
    """Return the reference solutions of all functions of an exercise, by name."""
    return {name: answers.reference_answer(course, name) for name in exercise.functions}


def graded_cells(notebook: Any) -> list[Any]:
    """Return the cells of a notebook that hold hidden tests or checks."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def to_bytes(notebook: Any) -> bytes:
    """Return a notebook as a file's content."""
    return json.dumps(notebook).encode()


def answer_text(exercise: Exercise, variant: str = "") -> str:
    """Return the right answer to an exercise, or that with a known mistake."""
    if variant:
        return answers.catalogue_answer(COURSE, exercise.name, variant)
    return answers.reference_answer(COURSE, exercise.name)


def written(out: Path) -> dict[tuple[str, str], int]:
    """Return when each result was written, by student and exercise: a later one is another."""
    files = (out / "results").glob("*/*.json")
    return {(file.parent.name, file.stem): file.stat().st_mtime_ns for file in files}
