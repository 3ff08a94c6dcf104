"""What the autograder does on Gradescope for one submission."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.course.words import listed
from workbook.grade import command
from workbook.grade.class_run import grade
from workbook.grade.gradescope.autograder_zip import COURSE
from workbook.grade.gradescope.protection import Protection, protect
from workbook.grade.gradescope.results_json import marked
from workbook.grade.gradescope.settings import FILE, Settings
from workbook.grade.submissions.faults import NotGradedError
from workbook.grade.submissions.find import find_student
from workbook.grade.submissions.limits import Limits
from workbook.grade.submissions.plan import Plan
from workbook.grade.submissions.results import Result, read_results
from workbook.grade.submissions.submitted import Found, Submitted

# For all notebooks of a submission together: Gradescope ends what takes longer than ten minutes.
_SECONDS = 360.0


@dataclass(frozen=True)
class Folder:
    """Gradescope's folder.

    Attributes
    ----------
    root : pathlib.Path
        Where it is: ``/autograder`` there.
    """

    root: Path

    @property
    def source(self) -> Path:
        """The folder in which the zip has been unpacked."""
        return self.root / "source"

    @property
    def results(self) -> Path:
        """The file that Gradescope reads."""
        return self.root / "results" / "results.json"

    @property
    def metadata(self) -> Path:
        """What Gradescope knows of the student, and of earlier submissions with their results."""
        return self.root / "submission_metadata.json"


def autograde(folder: Folder) -> dict[str, Any]:
    """Grade the submission in Gradescope's folder, and return the results.

    Raises
    ------
    NotGradedError, NotProtectedError, OSError
        If there can be no mark. Errors of the grader and of the course are passed on.
    """
    started = perf_counter()
    # The student's process reads matplotlib's list of fonts, as another user.
    os.environ["XDG_CACHE_HOME"] = str(folder.root / "cache")
    settings = Settings.from_json((folder.source / FILE).read_text(encoding="utf-8"))
    course = Course(folder.source / COURSE)
    protection = protect(folder.source, folder.results, (folder.metadata,))
    _tell_the_instructor(protection)
    found = find_student((folder.root / "submission").resolve(strict=True))
    wanted = _wanted(found, settings)
    said = list(_said(found, settings))
    with TemporaryDirectory(prefix="workbook-gradescope-") as made:
        out = Path(made)
        results = _graded(course, Found(wanted, found.problems), out, protection)
    functions = {
        (one.name, test.name): test.of for one in results for test in course.all_hidden_tests(one)
    }
    for exercise, result in results.items():
        print(f"{exercise.name}: {result.points:g} of {result.max_points:g} ({result.status})")
    return marked(results, functions, said, settings, protection, perf_counter() - started)


def _wanted(found: Found, settings: Settings) -> tuple[Submitted, ...]:
    """Return what is graded: each exercise, handed in or not, and the labs that were handed in."""
    there = {one.exercise: one for one in found.submitted if not one.is_missing}
    return tuple(
        there.get(one) or Submitted("submission", one, None, None)
        for one in settings.exercises
        if one in there or not one.is_lab
    )


def _said(found: Found, settings: Settings) -> Iterator[str]:
    """Yield sentences for the student on what was handed in."""
    there = [one for one in found.submitted if not one.is_missing]
    for one in there:
        if one.exercise not in settings.exercises:
            yield (
                f"{one.exercise.notebook}.ipynb is of {one.exercise.assignment}, another "
                "assignment; it was not graded here."
            )
    handed_in = {one.exercise for one in there}
    missing = [
        f"{one.notebook}.ipynb"
        for one in settings.exercises
        if one not in handed_in and not one.is_lab
    ]
    if missing:
        yield f"Not handed in: {listed(missing, len(missing))}."
    yield from (f"{one.removeprefix('submission: ')}." for one in (*found.problems, *found.notes))


def _graded(
    course: Course, found: Found, out: Path, protection: Protection
) -> dict[Exercise, Result]:
    """Return the results by exercise, in the order of the course; of all, or of none."""
    count = sum(not one.is_missing for one in found.submitted)
    seconds = min(Limits().notebook_seconds, _SECONDS / max(count, 1))
    limits = Limits(notebook_seconds=seconds)
    plan = Plan(
        course, found, out, command.gradebook_of(out), limits, protection.layers, True, False
    )
    with command.judges(plan, len(os.sched_getaffinity(0))) as (executor, workers):
        graded = grade(plan, executor, workers, say=lambda text: print(text, flush=True))
    by_name = {one.exercise: one for one in read_results(out / "results")}
    lost = [one.exercise.name for one in found.submitted if one.exercise.name not in by_name]
    if lost:
        why = "; ".join(one for one in graded.problems if one not in found.problems)
        raise NotGradedError(
            f"{listed(lost, len(lost))} could not be judged ({why or 'no reason'})"
        )
    return {one.exercise: by_name[one.exercise.name] for one in found.submitted}


def _tell_the_instructor(protection: Protection) -> None:
    print(protection.in_words)
    for line in protection.open_ends:
        print(f"Note: {line}.")
    print(f"Student code tried, and was stopped: {'; '.join(protection.stopped)}.", flush=True)
