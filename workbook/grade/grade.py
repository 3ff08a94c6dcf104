"""`workbook grade`: submissions in, results, gradebook, feedback and grades out."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.course import Course
from workbook.exercises import EXERCISES
from workbook.grade.confinement import Layers, offered
from workbook.grade.find import Found
from workbook.grade.gradebook import write_gradebook
from workbook.grade.judge import Job, tests_sha256
from workbook.grade.limits import Limits
from workbook.grade.pool import judge_all
from workbook.grade.results import (
    Result,
    read_result,
    read_results,
    result_path,
    write_result,
)


@dataclass(frozen=True)
class Graded:
    """What grading produced.

    Attributes
    ----------
    results : tuple of Result
        One for each submission that could be graded.
    problems : tuple of str
        What could not be graded, and why.
    """

    results: tuple[Result, ...]
    problems: tuple[str, ...]


def grade(
    course: Course,
    found: Found,
    out: Path,
    jobs: int = 1,
    force: bool = False,
    feedback: bool = True,
    layers: Layers | None = None,
    limits: Limits | None = None,
) -> Graded:
    """Grade submissions and write everything that the instructor gets.

    Parameters
    ----------
    course : Course
        The course.
    found : Found
        The submissions.
    out : pathlib.Path
        Folder that receives ``results/``, ``gradebook.db``, ``autograded/``, ``feedback/`` and
        ``grades.csv``.
    jobs : int
        Number of judges that work side by side.
    force : bool
        Whether to grade again what has not changed since the last time.
    feedback : bool
        Whether to write ``feedback/``.
    layers : Layers, optional
        What confines the students' processes; all that this system offers if not given.
    limits : Limits, optional
        What one submission may use.

    Raises
    ------
    NotConfinedError
        If no layers are given, and the system offers no confinement; nothing is written then.
    """
    layers = layers or offered()
    folder = out / "results"
    folder.mkdir(parents=True, exist_ok=True)
    results = {} if force else dict(_unchanged(course, found, folder))
    problems = list(found.problems)
    waiting = [job for job in found.jobs if job not in results]
    for job, outcome in judge_all(course, waiting, jobs, layers, limits or Limits()):
        if isinstance(outcome, Result):
            write_result(folder, outcome)
            results[job] = outcome
        else:
            problems.append(f"{job.student}: {job.exercise.name} could not be graded: {outcome}")
            result_path(folder, job.student, job.exercise.name).unlink(missing_ok=True)
    # What could not be graded counts as missing, so that no mark of an earlier grading survives.
    counted = [job if job in results else replace(job, data=None) for job in found.jobs]
    problems += write_gradebook(course, counted, folder, out, feedback)
    write_grades(out / "grades.csv", read_results(folder))
    return Graded(tuple(results[job] for job in found.jobs if job in results), tuple(problems))


def _unchanged(course: Course, found: Found, folder: Path) -> Iterator[tuple[Job, Result]]:
    """Yield the jobs whose submission and tests are those of an earlier result."""
    for job in found.jobs:
        earlier = read_result(folder, job.student, job.exercise.name)
        if (
            earlier is not None
            and earlier.submission_sha256 == job.sha256
            and earlier.tests_sha256 == tests_sha256(course, job.exercise)
        ):
            yield job, earlier


def write_grades(path: Path, results: list[Result]) -> None:
    """Write a table of points: a row a student, a column an exercise, a total.

    An exercise of an assignment that was not handed in is left empty.
    """
    points = {(result.student, result.exercise): result.points for result in results}
    names = [exercise.name for exercise in EXERCISES]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student", *names, "total"])
        for student in sorted({result.student for result in results}):
            row = [points.get((student, name)) for name in names]
            cells = ["" if value is None else f"{value:g}" for value in row]
            writer.writerow([student, *cells, f"{sum(value or 0.0 for value in row):g}"])
