"""The page that a student gets back for one notebook: one file of HTML, made from a template.

It is made of what ``nbgrader generate_feedback`` has, too: the autograded notebook, in whose
metadata `workbook.grade.judging.autograded` has put the result, and the marks in the gradebook.
"""

import re
import unicodedata
from functools import cache
from typing import Any

import nbformat
from jinja2 import Template

from workbook.course.exercises import ASSIGNMENTS, Exercise, find
from workbook.course.words import counted
from workbook.grade.gradebook.marks import Marks, end_of_page
from workbook.grade.pages.environment import environment
from workbook.grade.pages.functions import function_shown
from workbook.grade.pages.handed_in import Rendering
from workbook.grade.pages.written import Written, written_answers

_STATUSES = {
    "invalid": "What you handed in could not be graded as the notebook of this exercise.",
    "crashed": "Your notebook ended the process in which it ran. What was earned before counts.",
    "timeout": "Your notebook has reached a limit of time. What was earned before counts.",
    "out_of_memory": "Your notebook needed too much memory. What was earned before counts.",
}


class NotRecordedError(Exception):
    """A notebook holds no result; the text says what to do."""


def page(notebook: str, marks: Marks) -> str:
    """Return the page of an autograded notebook.

    Parameters
    ----------
    notebook : str
        Text of the notebook.
    marks : Marks
        Its marks.

    Raises
    ------
    NotRecordedError
        If the notebook was autograded by an older version of the course.
    """
    return page_of(nbformat.v4.reads(notebook), marks)


def page_of(notebook: Any, marks: Marks) -> str:
    """Return the page of an autograded notebook that has been read; see `page`."""
    record = notebook.metadata.get("workbook", {}).get("graded")
    exercise = record and find(record["exercise"])
    if not exercise:
        raise NotRecordedError(
            "its notebook was autograded by an older version of the course: autograde it again, "
            "with --force"
        )
    rendering = Rendering()
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    functions = [
        function_shown(function, record, marks, rendering.code(answers[function.name]))
        if answers.get(function.name)
        else function_shown(function, record, marks, None)
        for function in exercise.written
    ]
    written = list(written_answers(exercise, notebook, record, marks, rendering))
    html = _template().render(
        written=written,
        exercise=exercise,
        assignment=ASSIGNMENTS.get(exercise.assignment, exercise.assignment),
        marks=marks,
        mark=_mark(exercise, record, marks, written),
        functions=functions,
        failed=sum(not test["passed"] for test in record["tests"]),
        tests=len(record["tests"]),
        section_address=lambda title: _section_address(record.get("lesson", ""), title),
        status=_STATUSES.get(record["status"], ""),
        notes=_notes(record),
        pieces=list(rendering.pieces(notebook)),
    )
    return f"{html}{end_of_page(marks.digest)}"


@cache
def _template() -> Template:
    return environment("workbook.grade.pages").get_template("student.html")


def _mark(exercise: Exercise, record: Any, marks: Marks, written: list[Written]) -> dict[str, Any]:
    """Return the parts that make up the mark; a missing part is 0 or ""."""
    automatic = marks.automatic
    by_person = sum(one.mark.points - one.mark.extra for one in written)
    return {
        "points": max(0.0, marks.points - marks.penalty),
        "most": sum(test["max_points"] for test in record["tests"]) + sum(exercise.manual.values()),
        "waiting": marks.waiting,
        "automatic": automatic,
        "written": by_person,
        "by_hand": marks.points - marks.extra - automatic - by_person,
        "is_changed": any(
            one.by_hand is not None for one in marks.cells.values() if not one.is_manual
        ),
        "extra": marks.extra,
        "penalty": marks.penalty,
        "late": _duration(marks.seconds_late) if marks.seconds_late else "",
        "kind": "bonus point" if exercise.is_lab else "point",
    }


def _section_address(lesson: str, title: str) -> str:
    """Return where a section of a lesson is on the course's site; "" if it is not there."""
    if not lesson.startswith(("https://", "http://")):
        return ""
    # As docutils makes the name of a section.
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return f"{lesson}#{re.sub('[^a-z0-9]+', '-', plain).strip('-')}"


def _duration(seconds: float) -> str:
    """Return a time in words, rounded up: "3 hours"."""
    for unit, size, most in (("minute", 60, 90), ("hour", 3600, 48), ("day", 86400, 0)):
        number = max(1, -int(-seconds // size))
        if number <= most or not most:
            return counted(number, unit)
    raise AssertionError


def _notes(record: Any) -> list[str]:
    """Return what grading has to say about the notebook, each thing once."""
    lost = any(not test["passed"] for test in record["tests"])
    # Lines that did nothing, or were passed over: they may be the reason for points that are lost.
    notes = [note for note in record["notes"] if lost or not note.startswith("cell ")]
    limits = [f"limit reached: {one}" for one in record["limits"]
              if not any(one in note for note in notes)]  # fmt: skip
    said = {test["message"] for test in record["tests"]}
    return [f"{one[0].upper()}{one[1:]}" for one in dict.fromkeys([*limits, *notes])
            if one and one not in said]  # fmt: skip
