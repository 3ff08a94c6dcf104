"""A hidden test that was wrong counts differently: everywhere the same, as long as it is said."""

import csv
import json
import re
import shutil
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from tests.command import in_course
from tests.gradebooks import address
from tests.submissions import COURSE, hand_in
from tests.test_one_student import contents
from workbook.course.exercises import find, of_assignment
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.backup import FOLDER
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.submissions import results
from workbook.grade.submissions.recounting import recounted
from workbook.grade.submissions.results import Result
from workbook.grade.submissions.voided import (
    FILE,
    Void,
    VoidError,
    cells,
    check_voided,
    read_voids,
    write_voids,
)

EXERCISE, NEXT = find("linear_backward"), find("linear_activation_backward")
# Two tests of one graded cell, worth 2 points each of its 5.
TEST, BESIDE = "test_db", "test_dW"
NAME = f"{EXERCISE.name}/{TEST}"


def result_of(failed, status="graded"):
    """Return a result in which these tests of the exercise fail."""
    tests = tuple(
        Verdict(test.name, test.title, test.name not in failed,
                0.0 if test.name in failed else test.points, test.points)
        for test in COURSE.all_hidden_tests(EXERCISE)
    )  # fmt: skip
    points = float(sum(test.points for test in tests))
    return Result("ada", EXERCISE.assignment, EXERCISE.name, status, points, 12.0, tests)


def voided(*tests):
    return {(one.exercise, one.test): one for one in tests}


def points(result, name):
    (found,) = [test for test in result.tests if test.name == name]
    return found.points, found.max_points


@pytest.mark.parametrize("weight", [None, 0.0, 0.7, 3.0, 1000.0])
@pytest.mark.parametrize("failed", [(), (TEST,), (BESIDE,), (TEST, BESIDE)])
def test_what_a_test_is_worth_changes_and_what_the_exercise_is_worth_does_not(weight, failed):
    before = result_of(failed)
    after = recounted(COURSE, voided(Void(EXERCISE.name, TEST, weight)), before)
    (cell,) = [one for one in cells(COURSE, EXERCISE) if TEST in one]
    most = {name: sum(points(one, name)[1] for name in cell)
            for name, one in (("before", before), ("after", after))}  # fmt: skip
    assert round(most["after"], 9) == most["before"] == 5
    assert after.points == pytest.approx(sum(test.points for test in after.tests))
    outside = [test for test in before.tests if test.name not in cell]
    assert [test for test in after.tests if test.name not in cell] == outside
    if weight is None:
        assert points(after, TEST) == (2.0, 2.0)
    elif weight == 0:
        assert points(after, TEST) == (0.0, 0.0)
        assert points(after, BESIDE) == (0.0 if BESIDE in failed else 3.33, 3.33)
    # What was judged is kept, from which it can be counted in any way.
    assert after.voided[TEST]["points"] == (0.0 if TEST in failed else 2.0)
    assert [test.passed for test in after.tests] == [test.passed for test in before.tests]
    assert recounted(COURSE, {}, after) == before
    other = voided(Void(EXERCISE.name, BESIDE))
    assert recounted(COURSE, other, after) == recounted(COURSE, other, before)


def test_what_was_not_handed_in_gets_nothing():
    missing = replace(result_of([one.name for one in COURSE.all_hidden_tests(EXERCISE)], "missing"))
    assert recounted(COURSE, voided(Void(EXERCISE.name, TEST)), missing).points == 0


@pytest.fixture(scope="module")
def course(copy_course, kept_judges, tmp_path_factory):
    """A course with three students, graded once; one of them has a mark by hand."""
    root = copy_course(tmp_path_factory.mktemp("void") / "course")
    for student, variant in (
        ("ada", ""),
        ("tor", "db_without_keepdims"),
        ("uma", "db_without_keepdims"),
    ):
        for exercise in (EXERCISE, NEXT):
            hand_in(root / "submitted", student, exercise, variant if exercise is EXERCISE else "")
    assert run(root, "grade", root / "submitted").exit_code == 0
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        notebook = gradebook.find_submission_notebook(EXERCISE.notebook, EXERCISE.assignment, "uma")
        grade = next(one for one in notebook.grades if one.name == "linear_backward-parameters")
        grade.manual_score = 1.5
        gradebook.db.commit()
    assert run(root, "grade", root / "submitted").exit_code == 0
    return root


def run(root, command, *options):
    out = ("--out", root) if command == "void" else ()
    return in_course(root, command, *options, *out)


def in_gradebook(root):
    """Return the points of the exercise, by student."""
    marks = recorded_marks(address(root / "gradebook.db")).marks
    return {student: mark.points for (student, name), mark in marks.items()
            if name == EXERCISE.notebook}  # fmt: skip


def in_results(root):
    files = (root / "results").glob(f"*/{EXERCISE.name}.json")
    return {file.parent.name: json.loads(file.read_text(encoding="utf-8")) for file in files}


def in_table(root):
    with (root / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row[EXERCISE.name]) for row in csv.DictReader(file)}


def page(root, student):
    path = (root / "feedback" / student / EXERCISE.notebook_path).with_suffix(".html")
    return path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_wrong_is_said_and_changes_nothing(course):
    before = contents(course)
    for options, said in (
        (["linear_backwards/test_db"], "did you mean linear_backward?"),
        ([f"{EXERCISE.name}/test_bd"], "did you mean test_db?"),
        ([NAME, "--undo"], "there is nothing to undo"),
        ([NAME, "--weight", "nan"], "a number from 0 to 1000"),
        ([NAME, "--weight", "1", "--leave-out"], "give one of"),
    ):
        done = run(course, "void", *options)
        assert done.exit_code == 2, done.output
        assert said in done.output
    assert contents(course) == before
    listed = run(course, "void", EXERCISE.name)
    assert f"{EXERCISE.name}/{TEST}" in listed.output
    for text, said in (
        ("[linear_backward.test_db]\ncount = \n", "Correct that line"),
        ("[linear_backward.test_bd]\ncount = 1\n", "did you mean test_db?"),
        ('[linear_backward.test_db]\ncount = "all"\n', 'count should be "full marks"'),
        ("linear_backward = 1\n", "should begin a line"),
    ):
        (course / FILE).write_text(text, encoding="utf-8")
        for command in (("void",), ("grade", course / "submitted")):
            done = run(course, *command)
            assert done.exit_code == 2, done.output
            assert said in done.output
    (course / FILE).unlink()


@pytest.mark.slow
def test_what_is_recorded_while_the_command_waits_stays(course, tmp_path, monkeypatch):
    copy = shutil.copytree(course, tmp_path / "course")
    other = voided(Void(EXERCISE.name, BESIDE))
    monkeypatch.setattr(results, "_wait_for", lambda *args: write_voids(Course(copy), other))
    done = run(copy, "void", NAME)
    assert done.exit_code == 0, done.output
    assert set(read_voids(Course(copy))) == {(EXERCISE.name, TEST), *other}


@pytest.mark.slow
def test_two_commands_for_two_gradings_of_a_course_record_both(course, tmp_path, monkeypatch):
    copy = shutil.copytree(course, tmp_path / "course")
    out = tmp_path / "elsewhere"
    out.mkdir()
    for name in ("results", "gradebook.db"):
        (copy / name).rename(out / name)
    waited_for, other = [], voided(Void(EXERCISE.name, BESIDE))

    def wait_for(handle, folder, say):
        waited_for.append(folder)
        if folder == copy:
            # The command for the other grading ends.
            write_voids(Course(copy), other)

    monkeypatch.setattr(results, "_wait_for", wait_for)
    done = in_course(copy, "void", NAME, "--out", out)
    assert done.exit_code == 0, done.output
    assert waited_for == [copy, out]
    assert set(read_voids(Course(copy))) == {(EXERCISE.name, TEST), *other}


@pytest.mark.slow
def test_it_counts_otherwise_everywhere_until_it_is_undone(course, nbgrader_command):
    before, kept = in_gradebook(course), contents(course)
    # Of the five points of that part, dW gives two.
    assert before["ada"] == 12
    looked = run(course, "void", NAME, "--preview")
    assert looked.exit_code == 0, looked.output
    assert contents(course) == kept
    moved = f"tor: {before['tor'] + 10:g} -> {before['tor'] + 12:g}"
    assert moved in looked.output
    assert "ada" not in looked.output
    tests = run(course, "void", EXERCISE.name).output
    assert re.search(rf"^- {NAME} \(2 points, failed by [12]\): db is the sum", tests, re.MULTILINE)
    done = run(course, "void", NAME, "--reason", "the lesson says `(n,)`")
    assert done.exit_code == 0, done.output
    assert moved in done.output
    (copy,) = (course / FOLDER).iterdir()
    assert recorded_marks(address(copy)).marks["tor", EXERCISE.notebook].points == before["tor"]

    # The mark by hand stays, and the command names it.
    after = {**before, "tor": before["tor"] + 2}
    assert "uma, linear_backward, linear_backward-parameters" in done.output
    assert_counted(course, after)
    shown = (course / "report.html").read_text(encoding="utf-8")
    assert "Tests that count differently" in shown
    assert "⊘ void" in shown
    for student in ("ada", "tor"):
        assert "the lesson says <code>(n,)</code>" in page(course, student)
    assert f"{after['tor']:g} <small>of 12" in page(course, "tor")
    most = sum(one.points for one in of_assignment(EXERCISE.assignment))
    assert f"{after['tor'] + 10:g} <small>of {most}" in page(course, "tor")
    listed = run(course, "void").output
    assert NAME in listed
    assert "everybody who has handed in gets the points" in listed

    # Judged again, by this program and by nbgrader itself, it counts in the same way.
    again = run(course, "grade", course / "submitted", "--force", "--student", "tor")
    assert "voided: db is the sum" in again.output
    assert_counted(course, after)
    autograde = nbgrader_command(course, "autograde", EXERCISE.assignment, "--force")
    assert autograde.returncode == 0, autograde.stderr
    assert run(course, "report").exit_code == 0
    assert_counted(course, after)

    # The file can be changed by hand; then nothing is judged.
    text = (course / FILE).read_text(encoding="utf-8")
    (course / FILE).write_text(text.replace('count = "full', 'count = "left out" # "'),
                               encoding="utf-8")  # fmt: skip
    regraded = run(course, "grade", course / "submitted")
    assert "0 judged, " in regraded.output, regraded.output
    assert in_gradebook(course)["tor"] == before["tor"] + 1.33
    undone = run(course, "void", NAME, "--undo")
    assert undone.exit_code == 0
    assert undone.output.endswith("autograded/, feedback/\n")
    assert not (course / FILE).exists()
    assert_counted(course, before)
    assert "Changed later" not in page(course, "tor")
    assert not any(one["voided"] for one in in_results(course).values())


def assert_counted(root, expected):
    """Fail unless gradebook, table and results agree; results have the automatic points."""
    assert in_gradebook(root) == pytest.approx(expected)
    assert in_table(root) == pytest.approx(expected)
    automatic = {student: one["points"] for student, one in in_results(root).items()}
    assert automatic["tor"] == expected["tor"]
    assert automatic["uma"] == automatic["tor"]


def test_a_part_of_which_nothing_would_count_is_refused():
    (cell,) = [one for one in cells(COURSE, EXERCISE) if TEST in one]
    with pytest.raises(VoidError, match="no test of its part"):
        check_voided(COURSE, voided(*(Void(EXERCISE.name, one, 0.0) for one in cell)))
    check_voided(COURSE, voided(*(Void(EXERCISE.name, one, 0.0) for one in cell[1:])))
