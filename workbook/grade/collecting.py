"""The command `workbook collect`: reports what is wrong, and judges which attempt is best."""

import os
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.course.failure import Failure, as_failure
from workbook.course.folder import Course
from workbook.grade.collect.attempts import HandedIn
from workbook.grade.collect.collect import CollectOptions, OpenFiles, collect
from workbook.grade.collect.listing import print_collected, write_list
from workbook.grade.collect.names import Names, safe_path
from workbook.grade.collect.platforms import CollectError, all_platforms
from workbook.grade.gradebook.deadlines import deadlines
from workbook.grade.roster.roster import RosterError
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.limits import Limits
from workbook.grade.submissions.plan import NotBuiltError, Plan
from workbook.grade.submissions.results import CannotWriteError


def collect_and_show(course: Course, source: Path, options: CollectOptions, db_url: str) -> None:
    """Collect what a platform sent, and print what was taken and left.

    Parameters
    ----------
    course : Course
        The course.
    source : pathlib.Path
        An archive, or a folder.
    options : CollectOptions
        What the instructor asks for.
    db_url : str
        SQLAlchemy address of the gradebook, which has the deadlines.
    """

    def points(files: OpenFiles, handed_in: list[HandedIn]) -> Mapping[int, float]:
        return _judged(course, files, handed_in)

    with as_failure(CollectError, RosterError, CannotWriteError, NotBuiltError):
        out = collect(course, source, options, deadlines(db_url).of, points)
        write_list(out)
        print_collected(out, course.root, all_platforms(course).timezone)


def _judged(course: Course, files: OpenFiles, handed_in: list[HandedIn]) -> dict[int, float]:
    """Return the points of notebooks, each judged beside the other files of its attempt."""
    attempts: dict[tuple[str, tuple[datetime, int]], str] = {}
    for one in handed_in:
        attempts.setdefault((one.student, one.order), f"attempt-{len(attempts)}")
    by_number: defaultdict[int, list[HandedIn]] = defaultdict(list)
    for one in handed_in:
        by_number[one.number].append(one)
    with TemporaryDirectory(prefix="workbook-attempts-") as folder:
        root, names = Path(folder), defaultdict[Path, Names](Names)
        for number, file in enumerate(files()):
            data = file.read()[0] if number in by_number else None
            for one in by_number.get(number, []):
                home = root / "submitted" / attempts[one.student, one.order] / one.assignment
                path = home / names[home].free(safe_path(one.path) or "_")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data or b"")
        points = _graded(course, root)
    return {
        one.number: points[attempts[one.student, one.order], one.exercise]
        for one in handed_in
        if (attempts[one.student, one.order], one.exercise) in points
    }


def _graded(course: Course, root: Path) -> dict[tuple[str, str], float]:
    """Return the points of all attempts, by the attempt and the exercise."""
    # What judges is imported for this alone.
    from workbook.grade import command
    from workbook.grade.class_run import grade

    found = find_submissions(root / "submitted")
    url = command.gradebook_of(root)
    plan = Plan(course, found, root, url, Limits(), command.layers(False), True, False)
    with command.judges(plan, len(os.sched_getaffinity(0))) as (executor, workers):
        graded = grade(plan, executor, workers)
    # What is no notebook of the course has no points, and keeps nobody from having them.
    if not_graded := graded.problems[len(found.problems) :]:
        raise Failure(f"the attempts could not be judged, nothing was taken: {not_graded[0]}")
    return {(line.student, line.exercise): line.points for line in graded.lines}
