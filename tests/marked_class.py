"""A class in a gradebook, with marks of every kind, made without grading."""

from dataclasses import replace
from datetime import datetime, timedelta

from nbgrader.api import Gradebook

from tests.gradebooks import address
from workbook.course.exercises import find, of_assignment
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.bulk_write import AssignmentRows, EarnedMarks
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result, write_result

ONE, TWO = "1_initialization", "4_parameter_update"
LAB = "train_it"
FIRST, SECOND = of_assignment(ONE)

ROSTER = '''id,name,email,section,canvas,sis_login_id,moodle,idnumber,brightspace,blackboard
ada,Ada Lovelace,ada@example.org,A,101,ada1,7,00123,B-1,ada
ben,"Müller; ""Ben""",ben@example.org,A,102,ben1,8,00124,B-2,ben
cleo,Cleo Ng,cleo@example.org,B,103,cleo1,9,00125,B-3,cleo
dora,Dora Öz,dora@example.org,B,104,dora1,10,00126,B-4,dora
eve,Eve Quist,eve@example.org,B,105,eve1,11,00127,B-5,eve
'''
# Ada has everything; Ben is late; a person has given Cleo more than there is; Dora has handed in
# nothing; Eve has done a lab, and of the first assignment a half.
POINTS = {
    ("ada", FIRST.name): 8.0, ("ada", SECOND.name): 8.0, ("ada", "update_parameters"): 8.0,
    ("ben", FIRST.name): 6.5, ("ben", SECOND.name): 7.25,
    ("cleo", FIRST.name): 8.0, ("cleo", SECOND.name): 8.0,
    ("eve", FIRST.name): 4.0, ("eve", LAB): 12.5,
}  # fmt: skip
DUE = datetime(2026, 3, 1, 12)
SAID = "W1 is not drawn from a normal distribution.\nIt is <constant>."


def penalty(student: str, score: float, seconds: float) -> float:
    return 1.0 + 1 / 3


def write(root) -> str:
    """Write the gradebook and the results of a class into a course; return its address."""
    course, url = Course(root), address(root / "gradebook.db")
    for name in {find(exercise).assignment for _, exercise in POINTS}:
        register(course, url, name)
        with Gradebook(url) as gradebook:
            gradebook.update_or_create_assignment(name, duedate=DUE)
            entries = [_entry(course, *key, name) for key in POINTS if _of(key) == name]
            given = [replace(one, missing=_missing(one, entries)) for one in entries]
            AssignmentRows(gradebook.db, name, penalty).write(given)
            gradebook.db.commit()
    for (student, name), points in POINTS.items():
        write_result(root / "results", _result(student, find(name), points))
    missing = Result("eve", ONE, SECOND.name, "missing", 0.0, SECOND.points, ())
    write_result(root / "results", missing)
    with Gradebook(url) as gradebook:
        notebook = gradebook.find_submission_notebook(FIRST.notebook, ONE, "cleo")
        notebook.grades[0].extra_credit = 1.5
        notebook.comments[0].manual_comment = "Very well: 2 < 3 & true."
        gradebook.db.commit()
    return url


def _of(key):
    return find(key[1]).assignment


def _missing(entry, entries):
    there = {one.notebook for one in entries if one.student == entry.student}
    return frozenset(one.notebook for one in of_assignment(entry.assignment)) - there


def _entry(course, student, name, assignment):
    exercise = find(name)
    cells = course_notebook(course, "source", exercise).cells
    named = [one.metadata.nbgrader for one in cells if "nbgrader" in one.metadata]
    graded = [one for one in named if one.grade]
    points = {one.grade_id: 0.0 for one in graded} | {graded[0].grade_id: POINTS[student, name]}
    late = timedelta(hours=25 if student == "ben" else -1)
    # As it stands in a comments.csv that nobody has edited.
    said = SAID if POINTS[student, name] < exercise.points else None
    comments = {one.grade_id: said for one in named if one.solution}
    return EarnedMarks(student, assignment, exercise.notebook, points, comments, DUE + late)


def _result(student, exercise, points):
    tests = (Verdict("test_a", "The shapes are right.", True, points, points, ""),)
    if points < exercise.points:
        lost = exercise.points - points
        tests += (Verdict("test_b", "The weights are random.", False, 0.0, lost, "no", SAID),)
    return Result(
        student, exercise.assignment, exercise.name, "graded", points, exercise.points, tests
    )
