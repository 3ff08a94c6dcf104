"""The autograded notebook: what the student submitted, with the outcome of the hidden tests."""

from dataclasses import asdict
from functools import cache
from typing import Any

from nbformat import NotebookNode

from workbook.course.addresses import addresses
from workbook.course.exercises import Exercise
from workbook.course.folder import Course, CourseError
from workbook.course.text import one_line, printable
from workbook.course.verdicts import verdict_text, without_repeats
from workbook.grade.submissions.identify import (
    is_manual,
    parts_by_function,
    tests_in,
)
from workbook.grade.submissions.results import Result


def autograded(submission: Any, release: Any, result: Result, lesson: str = "") -> Any:
    """Return a submission with the points in its graded cells, and no hidden test in it.

    Parameters
    ----------
    submission : NotebookNode
        The notebook as `workbook.grade.submissions.submission` returns it; changed in place.
    release : NotebookNode
        The released notebook of the same exercise.
    result : Result
        What judging it found.
    lesson : str, optional
        Where the lesson is on the web, if it is.
    """
    released = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in release.cells
        if cell.metadata.get("nbgrader")
    }
    show_outcomes(submission, result)
    submission.metadata["workbook"] = {
        **submission.metadata.get("workbook", {}),
        "graded": {**_record(submission, release, result), "lesson": lesson},
    }
    for cell in submission.cells:
        settings = cell.metadata.get("nbgrader")
        if settings and settings.locked:
            # Feedback is made from this notebook; it shows what was tested, not how.
            cell.source = released[settings.grade_id].source
        elif settings:
            if is_manual(cell) and settings.grade_id not in result.written:
                # nbgrader gives no points, and says "No response.", by the text.
                cell.source = released[settings.grade_id].source
            # As in the gradebook: the stub's checksum, by which nbgrader sees what is unanswered.
            settings.checksum = released[settings.grade_id].metadata.nbgrader.checksum
    return submission


def lesson_address(course: Course, exercise: Exercise) -> str:
    """Return where a lesson is on the course's site; "" if the settings name no site."""
    site = _site(course)
    return f"{site}/book/{exercise.notebook_path.removesuffix('.ipynb')}.html" if site else ""


@cache
def _site(course: Course) -> str | None:
    try:
        return addresses(course).address
    except CourseError:
        # Whoever builds the site is told; no grading stops for a link.
        return None


def show_again(notebook: Any, result: Result) -> None:
    """Write a result that now counts differently into its autograded notebook, in place."""
    notebook.metadata["workbook"]["graded"] |= _counting(result)
    for cell in notebook.cells:
        if tests_in(cell):
            before = cell.outputs
            _show_outcome(cell, result)
            # What was noted on the whole notebook stands above the first outcome.
            cell.outputs[:0] = before[: -len(cell.outputs)]


def _counting(result: Result) -> dict[str, Any]:
    """Return what a page shows of the tests: outcomes, and which of them count differently."""
    return {
        "tests": [asdict(verdict) for verdict in result.tests],
        "voided": {name: one["how"] for name, one in result.voided.items() if one["how"]},
    }


def _record(submission: Any, release: Any, result: Result) -> dict[str, Any]:
    """Return what the student's page shows of a result, as plain data for the notebook's metadata.

    It stands in the autograded notebook, since that is all that ``nbgrader generate_feedback`` has.
    """
    return {
        "exercise": result.exercise,
        "status": result.status,
        "limits": list(result.limits.values()),
        "notes": list(result.notes),
        "untouched": list(result.untouched),
        "written": list(result.written),
        **_counting(result),
        "functions": list(parts_by_function(release)),
    }


def show_outcomes(notebook: Any, result: Result) -> None:
    """Write the outcome of each hidden test into the graded cell that holds it."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and not is_manual(cell):
            _show_outcome(cell, result)
    lines = [f"Limit reached: {words}.\n" for words in result.limits.values()]
    if result.points < result.max_points:
        # Lines that did nothing, or were passed over: they may be the reason.
        lines += [f"Note: {one_line(note)}.\n" for note in result.notes if note.startswith("cell ")]
    tested = [c for c in notebook.cells if tests_in(c)]
    if lines and tested:
        tested[0].outputs.insert(0, _printed("".join(lines)))


def _show_outcome(cell: Any, result: Result) -> None:
    """Set a graded cell's outputs: the outcome of its tests, and the points for nbgrader to read.

    nbgrader takes the points from an output that is one plain number, and gives full marks for
    what it cannot read as one. Nothing is written to stderr, which would cost all points.
    """
    names = tests_in(cell)
    if not names and float(cell.metadata.nbgrader["points"]) == 0:
        # The visible checks, worth nothing: the student's own card, which is not run again.
        if cell.outputs:
            cell.outputs.insert(0, _printed("As it was when you handed it in:\n"))
        return
    verdicts = [verdict for verdict in result.tests if verdict.name in names]
    if float(cell.metadata.nbgrader["points"]) == 0:
        # A lab's: worth nothing in the gradebook, so that it is a bonus. nbgrader refuses an output
        # above the points that stand here.
        cell.metadata.nbgrader["points"] = sum(verdict.max_points for verdict in verdicts)
    cell.outputs = []
    # Without an output of ours, nbgrader would give full marks.
    if names:
        text = "".join(f"{verdict_text(verdict)}\n" for verdict in without_repeats(verdicts))
        counts = (f"{one.title}: {result.voided[one.name]['how']}\n" for one in verdicts
                  if result.voided.get(one.name, {}).get("how"))  # fmt: skip
        text += "".join(counts)
        cell.outputs.append(_printed(text))
        data = NotebookNode({"text/plain": repr(points_of(cell, result))})
        shown = {"output_type": "execute_result", "metadata": NotebookNode(), "data": data}
        cell.outputs.append(NotebookNode(**shown, execution_count=None))


def points_of(cell: Any, result: Result) -> float:
    """Return what the hidden tests of a graded cell have earned."""
    names = tests_in(cell)
    points = sum(verdict.points for verdict in result.tests if verdict.name in names)
    # Hundredths may add up to a little more than the cell's points, which nbgrader refuses.
    return round(float(points), 6)


def _printed(text: str) -> Any:
    # Messages quote what the student's code has said.
    return NotebookNode(output_type="stream", name="stdout", text=printable(text))
