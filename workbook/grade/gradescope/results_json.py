"""What Gradescope shows: the outcome of a submission as its ``results.json``."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from workbook.course.exercises import NOTEBOOKS, Exercise
from workbook.course.text import printable
from workbook.course.verdicts import WHERE, Verdict, without_repeats
from workbook.grade.gradescope.protection import Protection
from workbook.grade.gradescope.settings import Settings
from workbook.grade.submissions.results import Result

# What students see at any time.
_VISIBLE = "visible"


#: What a student is told who has no mark; why is for the instructor. `run_autograder` says it, too.
NO_MARK = (
    "Not graded, so there is no mark. This is not the submission's fault. Please tell your "
    "instructor: the output of the autograder, which only the instructor sees, says what is wrong."
)


def no_mark(seconds: float) -> dict[str, Any]:
    """Return the results of a submission that could not be graded: there is no score."""
    return {
        "output": NO_MARK,
        "visibility": _VISIBLE,
        "stdout_visibility": "hidden",
        "execution_time": round(seconds, 2),
    }


def marked(
    results: Mapping[Exercise, Result],
    functions: Mapping[tuple[str, str], str],
    said: Iterable[str],
    settings: Settings,
    protection: Protection,
    seconds: float,
) -> dict[str, Any]:
    """Return the results of a submission that was graded.

    Parameters
    ----------
    results : mapping of Exercise to Result
        The outcomes, in the order of the course.
    functions : mapping of (str, str) to str
        The function that each hidden test is of, by the names of its exercise and of the test.
    said : iterable of str
        Sentences for the student on what was found.
    settings : Settings
        Who sees it when.
    protection : Protection
        What kept student code from the tests.
    seconds : float
        How long it took.
    """
    tests = [
        entry
        for exercise, result in results.items()
        for entry in _tests(exercise, result, functions, settings.visibility)
    ]
    notes = [
        f"{exercise.name}: {note}."
        for exercise, result in results.items()
        # What is missing has been said.
        if result.status != "missing"
        for note in result.notes
    ]
    return {
        "score": sum(result.points for result in results.values()),
        "output": printable("\n".join([*said, *notes, protection.in_words])),
        "visibility": settings.visibility,
        "stdout_visibility": "hidden",
        "execution_time": round(seconds, 2),
        "tests": tests,
        "extra_data": {
            "layers": asdict(protection.layers),
            "statuses": {exercise.name: one.status for exercise, one in results.items()},
            "versions": next((one.versions for one in results.values()), {}),
        },
    }


def _tests(
    exercise: Exercise, result: Result, functions: Mapping[tuple[str, str], str], visibility: str
) -> Iterable[dict[str, Any]]:
    place = NOTEBOOKS.index(exercise) + 1
    for number, verdict in enumerate(without_repeats(result.tests), 1):
        function = functions.get((exercise.name, verdict.name), exercise.name)
        bonus = " (bonus)" if exercise.is_lab else ""
        yield {
            "name": f"{function}{bonus}: {verdict.title}",
            "number": f"{place}.{number}",
            "score": verdict.points,
            "max_score": verdict.max_points,
            "status": "passed" if verdict.passed else "failed",
            "output": _sentence(verdict),
            "visibility": visibility,
            "tags": [function, *(["bonus"] if exercise.is_lab else [])],
            "extra_data": {"test": verdict.name},
        }


def _sentence(verdict: Verdict) -> str:
    """Return what is wrong, and where if that is known."""
    if verdict.passed:
        return "Passed."
    where = verdict.diagnosis and f"{WHERE} {verdict.diagnosis}"
    return printable("\n".join(filter(None, (where, verdict.message)))) or "Failed."
