"""The class of `workbook demo`: right and wrong answers to be graded."""

from pathlib import Path

from workbook.course.exercises import EXERCISES
from workbook.course.folder import Course
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    submit,
)

#: The students. The lessons' headers name their wrong answers; their other answers are right.
STUDENTS = ("ada", "emmy", "josé maría")


def write_class(course: Course, submitted: Path) -> None:
    """Write the submissions of a small class, and one file that is not a notebook."""
    for student in STUDENTS:
        for exercise in EXERCISES:
            answer: str | None = reference_answer(course, exercise.name)
            if student in exercise.demo:
                variant = exercise.demo[student]
                answer = variant and catalogue_answer(course, exercise.name, variant)
            submit(submitted, student, exercise, filled_notebook(course, exercise, answer))
    broken = submitted / "zoe" / EXERCISES[0].notebook_path
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text('{"cells": [', encoding="utf-8")


def example_feedback(folder: Path) -> Path:
    """Return the feedback on a wrong answer of this class, in the folder where it was graded."""
    wrong = [one for one in EXERCISES if STUDENTS[1] in one.demo] or EXERCISES
    chosen = max(wrong, key=lambda one: one.points)
    path = folder / "feedback" / STUDENTS[1] / chosen.notebook_path
    return path.with_suffix(".html")
