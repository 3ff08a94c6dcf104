"""`workbook demo`: a small class, made of right and wrong answers, to be graded."""

from pathlib import Path

from workbook.course.exercises import EXERCISES
from workbook.course.folder import Course
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    submit,
)

#: What each student got wrong: an exercise, and the wrong answer's name in the misconceptions
#: file, or None where the stub is untouched. Everything else is right.
CLASS: dict[str, dict[str, str | None]] = {
    "ada": {},
    "emmy": {
        "initialize_parameters": "no_factor",
        "linear_backward": "db_without_keepdims",
        "update_parameters": "plus_for_minus",
    },
    "josé maría": {
        "compute_cost": "not_divided_by_m",
        "linear_backward": "dW_without_1_over_m",
        "L_model_backward": "dA_keys_shifted",
        "update_parameters": None,
    },
}


def write_class(course: Course, submitted: Path) -> None:
    """Write the submissions of a small class, and one file that is no notebook."""
    for student, mistakes in CLASS.items():
        for exercise in EXERCISES:
            answer: str | None = reference_answer(course, exercise.name)
            if exercise.name in mistakes:
                variant = mistakes[exercise.name]
                answer = variant and catalogue_answer(course, exercise.name, variant)
            submit(submitted, student, exercise, filled_notebook(course, exercise, answer))
    broken = submitted / "zoe" / EXERCISES[0].notebook_path
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text('{"cells": [', encoding="utf-8")
