"""The final marks of a class: the gradebook's, and 0 for what was not handed in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbook.course.exercises import NOTEBOOKS
from workbook.grade.gradebook.recorded_marks import Recorded, RecordedMark
from workbook.grade.roster.roster import Student
from workbook.grade.submissions.plan import StudentMarks, SummaryLine

_NOBODY: Mapping[str, Student] = MappingProxyType({})


def class_marks(
    recorded: Recorded,
    missing: Iterable[tuple[str, str]],
    roster: Mapping[str, Student] = _NOBODY,
) -> dict[str, StudentMarks]:
    """Return the final marks of every student, in the order of their identifiers.

    Parameters
    ----------
    recorded : Recorded
        What the gradebook holds.
    missing : iterable of (str, str)
        Students and exercises that were not handed in: a gradebook has no row for somebody who
        has handed in nothing.
    roster : mapping of str to Student, optional
        Who is in the class, with sections and groups.
    """
    names = {exercise.notebook: exercise.name for exercise in NOTEBOOKS}
    held: defaultdict[str, dict[str, RecordedMark]] = defaultdict(dict)
    for (student, notebook), mark in recorded.marks.items():
        if notebook in names and mark.points is not None:
            held[student][names[notebook]] = mark
    absent: defaultdict[str, set[str]] = defaultdict(set)
    for student, exercise in missing:
        absent[student].add(exercise)
    students = sorted({*recorded.students, *held, *absent})
    marks = {
        one: _marks(one, recorded.students.get(one, ""), held[one], absent[one]) for one in students
    }
    known = {one: roster.get(one, Student(one)) for one in marks}
    return {
        name: replace(marks[name], section=one.section, group=one.group)
        for name, one in known.items()
    }


def automatic_marks(lines: Iterable[SummaryLine]) -> dict[str, StudentMarks]:
    """Return the marks that the hidden tests alone give, for when no gradebook can be written."""
    points: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in lines:
        points[line.student][line.exercise] = line.points
    return {
        student: StudentMarks(student, "", theirs, total, False, 0.0, 0.0, total)
        for student, theirs in points.items()
        for total in (sum(theirs.values()),)
    }


def _marks(
    student: str, name: str, held: dict[str, RecordedMark], absent: set[str]
) -> StudentMarks:
    earned = dict.fromkeys(absent, 0.0) | {one: mark.points or 0.0 for one, mark in held.items()}
    # In the order of the course, in which a preview lists them.
    points = {one.name: earned[one.name] for one in NOTEBOOKS if one.name in earned}
    net: defaultdict[str, float] = defaultdict(float)
    for mark in held.values():
        net[mark.assignment] += (mark.points or 0.0) - mark.penalty
    # As nbgrader counts: an assignment is never worth less than nothing.
    assignments = {name: max(0.0, points) for name, points in net.items()}
    return StudentMarks(
        student,
        name,
        points,
        sum(mark.automatic or 0.0 for mark in held.values()),
        any(mark.is_by_hand for mark in held.values()),
        max((mark.seconds_late for mark in held.values()), default=0.0),
        sum(mark.penalty for mark in held.values()),
        sum(assignments.values()),
        assignments=assignments,
        penalties={one: mark.penalty for one, mark in held.items() if mark.penalty},
        waiting={name: mark.marks.waiting for name, mark in held.items() if mark.marks.waiting},
    )
