"""What `workbook grade` prints: one student's tests, or the table of a class."""

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from tests.marked import marks_of
from workbook.course.exercises import ASSIGNMENTS, EXERCISES, LABS, find
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.class_marks import automatic_marks
from workbook.grade.report.terminal import show_changes, show_class, show_student
from workbook.grade.submissions.plan import Graded, SummaryLine
from workbook.grade.submissions.results import Result

RIGHT = Verdict("test_dW", "dW is the product of dZ and the transposed A_prev", True, 2, 2)
WRONG = Verdict(
    "test_db",
    "db is the sum of dZ over the examples, divided by m, and stays a column like b",
    False,
    0,
    2.5,
    "db has shape (3,) and should have shape (3, 1); a [bold] word and more of them to wrap it",
    "Summing over an axis drops it. The answer must keep it, or b becomes a matrix in the update.",
)
LINES = re.compile(r"[\u2500-\u257f]")


def result(name, tests=(), status="graded", student="ada", notes=()):
    exercise = find(name)
    points = sum(test.points for test in tests)
    return Result(student, exercise.assignment, name, status, points, exercise.points, tests, notes)


def printed(show, *args, width=80, **options):
    out = io.StringIO()
    show(*args, Console(file=out, width=width, **options))
    return out.getvalue()


def one(*results, **options):
    return printed(show_student, results, marks_of(results), **options)


def test_each_test_with_its_points_and_what_is_wrong():
    text = one(result("linear_backward", (RIGHT, WRONG)))
    assert text.splitlines() == [
        "07_linear_backward.ipynb: 2 of 12 points",
        "  passed  2 of 2  dW is the product of dZ and the transposed A_prev",
        "  FAILED  0 of 2.5  db is the sum of dZ over the examples, divided by m, and",
        "                    stays a column like b",
        "                    - db has shape (3,) and should have shape (3, 1); a [bold]",
        "                      word and more of them to wrap it",
        "                    - Summing over an axis drops it. The answer must keep it, or",
        "                      b becomes a matrix in the update.",
        "",
        "Total: 2 of 12 points",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_and_need_neither_colour_nor_lines(width):
    text = one(result("linear_backward", (RIGHT, WRONG)), width=width)
    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert not LINES.search(text)
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_a_terminal_gets_colour_and_the_same_words():
    results = (result("linear_backward", (RIGHT, WRONG)),)
    text = one(*results, force_terminal=True, color_system="standard")
    assert "\x1b[1;31m  FAILED" in text
    assert re.sub(r"\x1b\[[\d;]*m", "", text) == one(*results)


def test_what_all_tests_say_is_said_once():
    stub = [Verdict(f"test_{n}", f"title {n}", False, 0, 4, "not written yet") for n in range(3)]
    text = one(result("linear_backward", tuple(stub)))
    assert "FAILED  0 of 12  all 3 hidden tests\n" in text
    assert text.count("not written yet") == 1
    assert "title" not in text


def test_what_some_tests_say_is_said_once():
    again = Verdict("test_again", "again", False, 0, 1, WRONG.message, WRONG.diagnosis)
    text = one(result("linear_backward", (WRONG, again, RIGHT)))
    assert "again\n                  - (the same reason as above)\n" in text
    assert text.count("Summing over an axis") == 1


def test_missing_notebooks_take_one_line():
    tests = (Verdict("test_1", "title", False, 0, 8, "no notebook was submitted"),)
    names = ("initialize_parameters", "initialize_parameters_deep")
    # As their files are sorted, not as in the course.
    missing = [result(name, tests, "missing") for name in reversed(names)]
    text = one(result("linear_backward", (RIGHT, WRONG)), *missing)
    assert text.splitlines()[-4:] == [
        "Not handed in, 0 points: 01_initialize_parameters.ipynb,",
        "  02_initialize_parameters_deep.ipynb",
        "",
        "Total: 2 of 28 points",
    ]


def test_a_status_and_a_note_are_shown_once():
    reason = "the file is not JSON"
    tests = tuple(Verdict(name, name, False, 0, 4, reason) for name in "ab")
    text = one(result("compute_cost", tests, "invalid", notes=(reason, "a cell was lost")))
    assert text.startswith("06_compute_cost.ipynb: 0 of 10 points (invalid)\n")
    assert text.count(reason) == 1
    assert "  note: a cell was lost\n" in text


def a_class():
    results = [
        result(e.name, (Verdict("t", "t", True, e.points - 0.5, e.points),), student=student)
        for student in ("josé maría de la encina y del monte verde", "emmy")
        for e in EXERCISES
    ]
    odd = result("compute_cost", (), "timeout", "zoe", ("a cell [took] more than 10 seconds",))
    lines = [
        SummaryLine(r.student, r.exercise, r.status, r.points, r.notes) for r in (*results, odd)
    ]
    marks = automatic_marks(lines)
    return Graded(lines, marks=marks, problems=["tom: unknown assignment"])


def test_the_table_of_a_class_fits_80_columns():
    text = printed(show_class, a_class())
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert not LINES.search(text)
    (emmy,) = [line for line in lines if line.startswith("emmy")]
    assert emmy.split()[1:] == [f"{e.points - 0.5:g}" for e in EXERCISES] + ["95"]
    (zoe,) = [line for line in lines if line.startswith("zoe")]
    assert zoe.split()[1:] == ["-"] * 5 + ["0*"] + ["-"] * 4 + ["0"]
    assert "see the notes" in lines[-4]
    # A long name goes on below, and nothing of it is lost.
    rows = [line[:20].strip() for line in lines]
    begin = next(n for n, row in enumerate(rows) if row.startswith("josé"))
    assert "encina" in " ".join(rows[begin : begin + 3])
    # Where the points leave no room for it, neither section nor name is squeezed in.
    graded = a_class()
    graded.marks = {
        name: replace(one, name="Emmy Noether", section="evening", is_by_hand=True, penalty=1.25)
        for name, one in graded.marks.items()
    }
    lines = printed(show_class, graded).splitlines()
    assert max(map(len, lines)) <= 80
    (emmy,) = [line for line in lines if line.startswith("emmy")]
    assert emmy.split()[1:-1] == [f"{e.points - 0.5:g}" for e in EXERCISES] + ["+0", "-1.25"]


def test_the_numbers_of_the_table_are_explained():
    text = printed(show_class, a_class())
    flat = " ".join(text.split())
    for exercise in EXERCISES:
        assert f"{exercise.number} {exercise.name}" in text
    # Nobody has handed in a lab.
    for assignment in list(ASSIGNMENTS)[:-1]:
        assert f"{assignment}: " in flat
    assert list(ASSIGNMENTS)[-1] not in flat


def test_a_lab_is_a_bonus():
    lab = LABS[0]
    tests = (Verdict("t", "t", True, 12, 20),)
    graded = a_class()
    graded.lines.append(SummaryLine("emmy", lab.name, "graded", 12, ()))
    graded.marks = automatic_marks(graded.lines)
    lines = printed(show_class, graded).splitlines()
    assert "+20" in lines[2].split()
    assert "/100" in lines[2]
    (emmy,) = [line for line in lines if line.startswith("emmy")]
    assert emmy.split()[-2:] == ["12", "107"]
    whole = (Verdict("t", "t", True, 10, 10),)
    text = one(result("compute_cost", whole), result(lab.name, tests))
    assert text.splitlines()[-1] == "Total: 10 of 10 points; bonus: 12 of 20 points"


def test_with_all_labs_each_table_names_the_students():
    graded = a_class()
    for lab in LABS:
        graded.lines.append(SummaryLine("emmy", lab.name, "graded", 12, ()))
    graded.lines.append(
        SummaryLine("zoe", LABS[0].name, "missing", 0, ("no notebook was submitted",))
    )
    graded.marks = automatic_marks(graded.lines)
    lines = printed(show_class, graded).splitlines()
    assert max(map(len, lines)) <= 80
    ten, labs = [line.split() for line in lines if line.startswith("emmy")]
    assert ten[1:] == [f"{e.points - 0.5:g}" for e in EXERCISES] + [f"{95 + 12 * len(LABS)}"]
    assert labs[1:] == ["12"] * len(LABS) + [f"{95 + 12 * len(LABS)}"]
    assert "Points in the labs" in lines
    # In a wide terminal it is one.
    lines = printed(show_class, graded, width=200).splitlines()
    (emmy,) = [line.split() for line in lines if line.startswith("emmy")]
    assert emmy[1:-1] == [*ten[1:-1], *labs[1:-1]]


def test_a_lab_that_nobody_has_handed_in_has_no_column():
    graded = a_class()
    graded.lines.append(SummaryLine("emmy", LABS[0].name, "graded", 12, ()))
    graded.lines += [
        SummaryLine("emmy", one.name, "missing", 0, ("not there",)) for one in LABS[1:]
    ]
    graded.marks = automatic_marks(graded.lines)
    text = printed(show_class, graded)
    assert f"+{LABS[0].most:g}" in text.splitlines()[2].split()
    assert f"+{LABS[1].most:g}" not in text.splitlines()[2].split()
    # A note that is the same for several exercises is there once.
    named = ", ".join(one.name for one in LABS[1:-1])
    assert f"- emmy, {named} and {LABS[-1].name} (missing): not there" in " ".join(text.split())


def test_notes_and_problems():
    assert printed(show_class, a_class()).splitlines()[-3:] == [
        "",
        "Notes",
        "- zoe, compute_cost (timeout): a cell [took] more than 10 seconds",
    ]
    # However many others there are, those that the table points to are not cut off.
    graded = a_class()
    whole = SummaryLine("ada", "linear_forward", "graded", 8, tuple(map(str, range(200))))
    graded.lines.insert(0, whole)
    graded.marks = automatic_marks(graded.lines)
    lines = printed(show_class, graded).splitlines()
    assert "- zoe, compute_cost (timeout): a cell [took] more than 10 seconds" in lines
    assert lines[-1] == "- and 101 more: see results/"
    assert printed(show_changes, a_class()).splitlines() == [
        "",
        "Not graded",
        "- tom: unknown assignment",
    ]
    assert printed(show_changes, Graded()) == ""
