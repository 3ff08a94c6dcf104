"""Gathers the table of an export from the gradebook, the results and the roster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, Exercise, of_assignment
from workbook.course.folder import Course
from workbook.course.words import about, counted
from workbook.grade.export.bonus import bonus_settled
from workbook.grade.export.excused import read_excused
from workbook.grade.export.feedback_text import feedback_text
from workbook.grade.export.table import Column, ExportError, Mark, MarksRow, Options, Table
from workbook.grade.gradebook.class_list import students_entered
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.gradebook.recorded_marks import (
    AssignmentMark,
    Recorded,
    RecordedMark,
    recorded_marks,
)
from workbook.grade.roster.roster import Student, read_roster
from workbook.grade.submissions.plan import StudentMarks
from workbook.grade.submissions.results import Result, read_results


@dataclass
class _Class:
    """Everything that is known of a class."""

    recorded: Recorded
    results: Mapping[tuple[str, str], Result]
    marks: Mapping[str, StudentMarks]
    students: dict[str, Student]
    excused: set[tuple[str, str]]
    submitted: Path

    def held(self, student: str, exercise: Exercise) -> RecordedMark | None:
        """Return what the gradebook holds of an exercise."""
        return self.recorded.marks.get((student, exercise.notebook))

    def is_missing(self, student: str, exercise: Exercise) -> bool:
        """Tell whether a student has not handed in an exercise, and nobody has given a mark."""
        held, result = self.held(student, exercise), self.results.get((student, exercise.name))
        if held is None or held.is_by_hand:
            return held is None
        return result is not None and result.status == "missing"

    def has_files(self, student: str, assignment: str) -> bool:
        """Tell whether a student's folder has notebooks of an assignment, graded or not."""
        return any((self.submitted / student / assignment).glob("*.ipynb"))


def table_of(course: Course, out: Path, db_url: str, options: Options) -> Table:
    """Return what is to be exported.

    Parameters
    ----------
    course : Course
        The course.
    out : pathlib.Path
        The folder of the grading, with ``results/``.
    db_url : str
        SQLAlchemy address of the gradebook.
    options : Options
        What the instructor asks for.

    Raises
    ------
    ExportError
        If nothing of it is graded, or a table in the course cannot be read.
    RosterError
        If the roster cannot be read.
    """
    others = course.other_assignments()
    known = {*ASSIGNMENTS, *others, *(one.name for one in NOTEBOOKS)}
    _check_names(options, (*ASSIGNMENTS, *others), known)
    found = _class(course, out, db_url, known)
    if options.assignment in others:
        return bonus_settled(_table_of_other(found, options), options)
    graded = {one.assignment for one in found.recorded.marks.values() if one.points is not None}
    names = [name for name in ASSIGNMENTS if name in graded and options.assignment in ("", name)]
    if not names:
        what = options.assignment or "no assignment of the course"
        raise ExportError(
            f"{what} has {'no ' if options.assignment else ''}marks in the gradebook yet: "
            "run `workbook grade submitted`"
        )
    table = Table([], [])
    columns = list(_columns(names, options.by_exercise))
    table.columns = [_column(name, exercises, options) for name, exercises in columns]
    titles = [one.title for one in table.columns]
    if double := [one for one in titles if titles.count(one) > 1]:
        raise ExportError(
            f"two columns would have the title {double[0]!r}: --title tells them apart"
        )
    for student in sorted(found.students):
        marks = {
            name: _mark(found, student, name, exercises, options.with_feedback)
            for name, exercises in columns
        }
        total = found.marks[student].total if student in found.marks else 0.0
        table.rows.append(MarksRow(found.students[student], marks, total))
    _say_what_is_not_graded(table, "workbook grade submitted")
    if not options.assignment:
        table.notes += _left_to_nbgrader(found, others)
    return bonus_settled(table, options)


def _left_to_nbgrader(found: _Class, others: tuple[str, ...]) -> Iterator[str]:
    """Yield a note on each assignment with marks that nbgrader alone grades."""
    in_gradebook = {name for _, name in found.recorded.assignments}
    for name in others:
        if name in in_gradebook:
            yield (
                f"{name}, which nbgrader alone grades, is not in this table: export it with "
                f"--assignment {name}"
            )


def _check_names(options: Options, assignments: tuple[str, ...], known: set[str]) -> None:
    """Raise ExportError if the instructor asks for what the course does not have."""
    names = ", ".join(assignments)
    if options.assignment and options.assignment not in assignments:
        raise ExportError(f"unknown assignment {options.assignment!r}; the course has {names}")
    if unknown := [name for name in options.titles if name.partition(" bonus")[0] not in known]:
        raise ExportError(
            f"--title: there is no assignment or exercise {unknown[0]!r}; the assignments are "
            f"{names}"
        )


def _table_of_other(found: _Class, options: Options) -> Table:
    """Return the table of an assignment that is nbgrader's alone."""
    name = options.assignment
    if options.by_exercise or options.with_feedback:
        option = "--by exercise" if options.by_exercise else "--feedback"
        raise ExportError(
            f"{option} is for the course's own assignments: {name} is graded by nbgrader, and "
            "its mark is exported as a whole"
        )
    marks = {who: one for (who, which), one in found.recorded.assignments.items() if which == name}
    if not marks:
        raise ExportError(
            f"{name} has no marks in the gradebook yet: run `nbgrader autograde {name}`"
        )
    most = max(one.most for one in marks.values())
    table = Table([Column(name, most, options.titles.get(name, name))], [])
    for student in sorted(found.students):
        mark = _mark_of_other(found, student, name, marks.get(student))
        # A total of the course's own assignments does not belong beside it.
        total = mark.points if mark.status == "graded" else 0.0
        table.rows.append(MarksRow(found.students[student], {name: mark}, total))
    _say_what_is_not_graded(table, f"nbgrader autograde {name}")
    return table


def _mark_of_other(found: _Class, student: str, name: str, mark: AssignmentMark | None) -> Mark:
    if (student, name) in found.excused:
        return Mark("excused")
    if mark is None:
        return Mark("not graded" if found.has_files(student, name) else "not handed in")
    if mark.points_of_most is None or mark.waiting:
        return Mark("not graded")
    points, _ = mark.points_of_most
    return Mark("graded", points, mark.penalty, mark.seconds_late, mark.is_by_hand)


def _class(course: Course, out: Path, db_url: str, names: set[str]) -> _Class:
    recorded = recorded_marks(db_url)
    results = {(one.student, one.exercise): one for one in read_results(out / "results")}
    missing = [key for key, one in results.items() if one.status == "missing"]
    marks = class_marks(recorded, missing)
    students = {one: Student(one) for one in marks} | students_entered(db_url)
    for one in read_roster(course).students:
        students[one.id] = _completed(one, students.get(one.id, one))
    excused = read_excused(course, {*students}, names)
    return _Class(recorded, results, marks, students, excused, course.root / "submitted")


def _completed(student: Student, entered: Student) -> Student:
    """Return a student of the roster, with what only the gradebook says."""
    parts = ("first_name", "last_name", "email")
    more = {part: getattr(entered, part) for part in parts if not getattr(student, part)}
    # nbgrader's one identifier may be any platform's, where the roster says which it is.
    return replace(student, **more, ids=student.ids or entered.ids)


def _columns(
    assignments: Iterable[str], by_exercise: bool
) -> Iterator[tuple[str, tuple[Exercise, ...]]]:
    for assignment in assignments:
        exercises = tuple(of_assignment(assignment))
        if by_exercise:
            yield from ((one.name, (one,)) for one in exercises)
        else:
            yield assignment, exercises


def _column(name: str, exercises: tuple[Exercise, ...], options: Options) -> Column:
    # Points of labs are a bonus.
    most = float(sum(one.most for one in exercises if not one.is_lab))
    return Column(name, most, options.titles.get(name, name))


def _mark(
    found: _Class, student: str, name: str, exercises: tuple[Exercise, ...], with_feedback: bool
) -> Mark:
    excuses = {name, exercises[0].assignment}
    if any((student, one) in found.excused for one in excuses):
        return Mark("excused")
    if all(found.is_missing(student, one) for one in exercises):
        is_new = not any((student, one.name) in found.results for one in exercises)
        is_waiting = is_new and found.has_files(student, exercises[0].assignment)
        return Mark("not graded" if is_waiting else "not handed in")
    held = [found.held(student, one) for one in exercises]
    marks = found.marks.get(student)
    if marks is None or any(one is None or one.points is None for one in held):
        return Mark("not graded")
    if any(one.name in marks.waiting for one in exercises):
        # A person has still to mark an answer.
        return Mark("not graded")
    there = [one for one in held if one is not None]
    points = (
        max(0.0, marks.points[name] - marks.penalties.get(name, 0.0))
        if name in marks.points
        else marks.assignments[name]
    )
    said = feedback_text(student, exercises, found.results, there) if with_feedback else ""
    return Mark(
        "graded",
        points,
        sum(one.penalty for one in there),
        max(one.seconds_late for one in there),
        any(one.is_by_hand for one in there),
        said,
    )


def _say_what_is_not_graded(table: Table, command: str) -> None:
    """Name the students who have work without a mark, and count those without work."""
    absent: defaultdict[str, int] = defaultdict(int)
    for row in table.rows:
        of = [name for name, mark in row.marks.items() if mark.status == "not graded"]
        if of:
            said = about(of, "{names} {verb} not graded to the end")
            table.problems.append(
                f"{row.shown}: {said}: run `{command}`, and mark in the formgrader what waits for "
                "a person"
            )
        for name, mark in row.marks.items():
            absent[name] += mark.status == "not handed in"
    for name, count in absent.items():
        if count:
            table.notes.append(f"{name}: {counted(count, 'student')} handed in nothing")
