"""Recounts the results of a class after a hidden test has turned out to be wrong."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat

from workbook.course.exercises import find, of_assignment
from workbook.course.failure import Failure
from workbook.course.folder import Course
from workbook.grade.entering import files_of
from workbook.grade.gradebook.comments import Comments, CommentsError, read_comments
from workbook.grade.gradebook.database import file_of
from workbook.grade.gradebook.gradebook import GradebookError, GradebookWriter
from workbook.grade.gradebook.marks import end_of, end_of_page
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.judging.autograded import show_again
from workbook.grade.pages.student import NotRecordedError, page
from workbook.grade.preview import copy_of_results, marks_in, moved_marks
from workbook.grade.report.tables import write_tables
from workbook.grade.submissions.plan import Graded, KeptByHand, Moved
from workbook.grade.submissions.recounting import recounted
from workbook.grade.submissions.results import Result, read_results, write_result, write_text
from workbook.grade.submissions.voided import FILE, Voids, write_voids


def count_anew(
    course: Course,
    voids: Voids,
    exercise: str,
    out: Path,
    db_url: str,
    say: Callable[[str], None] = lambda text: None,
) -> Graded:
    """Recount the results of an exercise, and write everything that shows its marks.

    Parameters
    ----------
    course : Course
        The course.
    voids : mapping of (str, str) to Void
        The tests that count differently.
    exercise : str
        The exercise.
    out : pathlib.Path
        The folder of a grading.
    db_url : str
        SQLAlchemy address of its gradebook.
    say : callable, optional
        Called with a sentence for the instructor.

    Raises
    ------
    GradebookError
        If the gradebook cannot be written; nothing has changed then.
    CannotWriteError
        If a file cannot be written. The gradebook has the new marks then.
    """
    graded, changed = Graded(), []
    for before in read_results(out / "results"):
        if before.exercise == exercise:
            after = recounted(course, voids, before)
            if after != before:
                changed.append(after)
            if after.points != before.points:
                moved = Moved(before.student, exercise, before.points, after.points)
                graded.moved.append(moved)
    _enter(course, db_url, changed, graded, say)
    for result in changed:
        write_result(out / "results", result)
        _show(out, result)
    _make_pages(out, db_url, changed, graded)
    write_tables(course, out, db_url, graded)
    return graded


def preview(
    course: Course, voids: Voids, exercise: str, out: Path, db_url: str
) -> tuple[Graded, list[str]]:
    """Recount on a copy; return the outcome, and whose final marks would change."""
    with copy_of_results(out, db_url) as (copy, url):
        graded = count_anew(course, voids, exercise, copy, url)
    return graded, moved_marks(marks_in(out, db_url), graded.marks)


@contextmanager
def recorded_in_course(course: Course, voids: Voids) -> Iterator[None]:
    """Record how tests count; if what follows does not reach the gradebook, take that back."""
    path = course.root / FILE
    before = path.read_bytes() if path.exists() else None
    write_voids(course, voids)
    try:
        yield
    except GradebookError:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        raise


def _enter(
    course: Course,
    db_url: str,
    changed: Iterable[Result],
    graded: Graded,
    say: Callable[[str], None],
) -> None:
    handed_in = [result for result in changed if result.status != "missing"]
    if not handed_in:
        return
    try:
        comments = read_comments(course)
    except CommentsError as error:
        say(str(error))
        comments = Comments()
    with GradebookWriter(course, db_url, say) as writer:
        entries = [
            writer.entry(result, None, frozenset(), comments.on(result)) for result in handed_in
        ]
        entered = writer.write(entries)
    for result in handed_in:
        exercise = find(result.exercise)
        held = exercise and entered.get((result.student, exercise.notebook))
        graded.kept += [
            KeptByHand(result.student, result.exercise, cell, *points)
            for cell, points in (held.kept.items() if held else ())
        ]


def _show(out: Path, result: Result) -> None:
    """Show a result in its autograded notebook, and remove the page that shows another one."""
    exercise = find(result.exercise)
    if exercise is None:
        return
    autograded, feedback = files_of(out, result.student, exercise)
    with suppress(FileNotFoundError):
        notebook = nbformat.v4.reads(autograded.read_text(encoding="utf-8"))
        if notebook.metadata.get("workbook", {}).get("graded"):
            show_again(notebook, result)
            text = json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"
            # An empty page is made anew; one that was not wanted is not there, and stays so.
            write_text(autograded, text)
            if feedback.exists():
                write_text(feedback, "")


def _make_pages(out: Path, db_url: str, changed: Iterable[Result], graded: Graded) -> None:
    """Write the outdated pages again: every page of an assignment shows the assignment's mark."""
    recorded = recorded_marks(db_url).marks
    for student, assignment in dict.fromkeys((one.student, one.assignment) for one in changed):
        for exercise in of_assignment(assignment):
            autograded, feedback = files_of(out, student, exercise)
            held = recorded.get((student, exercise.notebook))
            if held is None or not feedback.exists() or not autograded.exists():
                continue
            if end_of(feedback) == end_of_page(held.marks.digest):
                continue
            try:
                made = page(autograded.read_text(encoding="utf-8"), held.marks)
            except NotRecordedError as error:
                graded.problems.append(f"{student}: no feedback on {exercise.name}: {error}")
            else:
                write_text(feedback, made)


def check_graded(out: Path, db_url: str) -> None:
    """Fail if there is nothing to recount."""
    missing = [path for path in (out / "results", file_of(db_url)) if path and not path.exists()]
    if missing:
        raise Failure(
            f"there is no {missing[0]}: grade the class first, or name the folder of a grading "
            "with --out, and a gradebook elsewhere with --db"
        )
