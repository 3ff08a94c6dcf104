"""Honest notebooks keep their marks, whatever their authors play with beside the answers.

Each function is judged where its tests stand, and what fails, takes long or ends the process is
passed over.
"""

import copy
import json
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.judged_in_place import (
    CASES,
    HERE,
    WRONG,
    Honest,
    answer_cell,
    code,
    notebook_of,
    with_cell,
)
from tests.reference import by_commit, by_turns, sample
from workbook.course.exercises import find
from workbook.grade.judging.autograded import show_outcomes
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import submit
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import Limits
from workbook.grade.submissions.notebooks import course_notebook

pytestmark = pytest.mark.slow

LIMITS = {"cell_seconds": 1.0, "notebook_seconds": 20.0}
TRIED = {name: CASES[name] for name in by_turns(by_commit(CASES, 4), 3)}
STUDENTS = {name: f"s{number:03}" for number, name in enumerate(TRIED)}
# nbgrader, which judges by the same program, is given some of them.
GIVEN_TO_NBGRADER = sample(TRIED, 7)


@pytest.fixture(scope="module")
def judge(course):
    judge = Judge(course, Limits(**LIMITS))
    yield judge
    judge.close()


@pytest.fixture
def judged(judge, course):
    """A function that judges an honest notebook, changed once more."""

    def run(change, exercise="linear_forward"):
        notebook = notebook_of(course, Honest(change, exercise=exercise))
        return judge.judge(Job("ada", find(exercise), nbformat.writes(notebook).encode(), 0))

    return run


# --- A sample of them, both ways ------------------------------------------------------------


@pytest.fixture(scope="module")
def submitted(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("honest") / "submitted"
    for name, case in TRIED.items():
        submit(folder, STUDENTS[name], find(case.exercise), notebook_of(course, case))
    return folder


@pytest.fixture(scope="module")
def results(submitted, workbook_grade):
    """What `workbook grade` made of each."""
    out = submitted.parent / "out"
    limits = [part for name, value in LIMITS.items() for part in ("--limit", f"{name}={value}")]
    done = workbook_grade(submitted, out, "--no-feedback", *limits)
    assert done.exit_code == 0, done.output
    paths = {
        name: out / "results" / STUDENTS[name] / f"{case.exercise}.json"
        for name, case in TRIED.items()
    }
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}


@pytest.fixture(scope="module")
def marks(submitted, copy_course, nbgrader_command):
    """What `nbgrader autograde` gave to some."""
    root = copy_course(submitted.parent / "course")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.JudgeSubmission.limits = {LIMITS!r}\n")
    for name in GIVEN_TO_NBGRADER:
        shutil.copytree(submitted / STUDENTS[name], root / "submitted" / STUDENTS[name])
    exercises = {name: find(CASES[name].exercise) for name in GIVEN_TO_NBGRADER}
    for assignment in {one.assignment for one in exercises.values()}:
        done = nbgrader_command(root, "autograde", assignment)
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            name: gradebook.find_submission_notebook(
                one.notebook, one.assignment, STUDENTS[name]
            ).score
            for name, one in exercises.items()
        }


@pytest.mark.parametrize("name", TRIED)
def test_an_honest_notebook_keeps_its_marks(name, results):
    case, result = TRIED[name], results[name]
    assert not [(test["title"], test["message"]) for test in result["tests"] if not test["passed"]]
    assert (result["status"], result["points"]) == ("graded", find(case.exercise).points)
    assert any(case.note in note for note in result["notes"]) or not case.note, result["notes"]
    assert case.note or not result["notes"]


@pytest.mark.in_turns(3, "both ways")
@pytest.mark.parametrize("name", GIVEN_TO_NBGRADER)
def test_nbgrader_gives_the_same_marks(name, results, marks):
    assert marks[name] == results[name]["points"]


# --- What is said of it ---------------------------------------------------------------------------


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("import torch as t", f"{HERE}, line 1, `import torch as t`, failed: ModuleNotFoundError: "
                              "No module named 'torch'. It was passed over"),
        ("a = no; b = no", f"{HERE}, line 1, `a = no; b = no`, failed: NameError: name 'no' is not "
                           "defined. It was passed over"),
        ("%no_such", f"{HERE}, line 1, `%no_such`, failed: UsageError: Line magic function "
                     "`%no_such` not found. It was passed over"),
        ("\nfor i in (1, 0):\n    1 / i", f"{HERE}, line 3, `1 / i`, failed: ZeroDivisionError: "
                                         "division by zero. It was passed over"),
        ("while True:\n    pass", f"{HERE}, line 1, `while True:`, did not finish in time. The "
                                  "limit is 1 second for one cell. It was passed over"),
        ("import os\nos.abort()", f"{HERE}, line 2, `os.abort()`, ended the process (SIGABRT). It "
                                  "was passed over"),
    ],
    ids=["a package", "two in a line", "a magic", "a loop", "without end", "the end"],
)  # fmt: skip
def test_the_note_names_the_line_and_why(lines, said, judged):
    result = judged(with_cell(lines, "above"))
    assert (result.status, result.points, result.notes) == ("graded", 8, (said,))


def test_what_uses_a_line_that_failed_says_so(judged):
    def change(notebook, course):
        with_cell("import torch as t", "above")(notebook, course)
        cell = answer_cell(notebook)
        cell.source = cell.source.replace("return", "t.zeros(3)\n    return")

    result = judged(change)
    assert (result.status, result.points) == ("graded", 0)
    assert result.tests[0].message.endswith(
        f"It is not defined because {HERE}, line 1, `import torch as t`, failed: "
        "ModuleNotFoundError: No module named 'torch'"
    )


@pytest.mark.parametrize(("lines", "is_said"), [("x = !ls\nb = x[0]", True), ("!ls", False)])
def test_the_feedback_names_such_lines_if_points_are_lost(lines, is_said, judged, course):
    def change(notebook, course):
        with_cell(lines, "above")(notebook, course)
        if is_said:
            cell = answer_cell(notebook)
            cell.source = cell.source.replace("return", "b = b + len(x[0])\n    return")

    result = judged(change)
    assert (result.points < result.max_points) is is_said
    notebook = copy.deepcopy(course_notebook(course, "source", find("linear_forward")))
    show_outcomes(notebook, result)
    said = "".join(o.get("text", "") for c in notebook.cells for o in c.get("outputs", ()))
    assert (f"Note: {HERE}: line 1 (" in said) is is_said
    assert ("It was passed over.\n" in said) is is_said


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("lines", "status", "message"),
    [
        ("def linear_forward(A, W, b)\n    return 1", "graded", "line 1, `def linear_forward(A, W, "
                                                                "b)`, failed: SyntaxError"),
        ("linear_forward = 1 / 0", "graded", "line 1, `linear_forward = 1 / 0`, failed: ZeroDiv"),
        ("while True: linear_forward = 1", "timeout", "did not finish in time"),
        ("import os; os._exit(1); linear_forward = 1", "crashed", "ended the process"),
    ],
    ids=["no Python", "fails", "without end", "the end"],
)  # fmt: skip
def test_a_function_that_is_missing_says_why(lines, status, message, judged):
    result = judged(lambda notebook, course: answer_cell(notebook).__setattr__("source", lines))
    assert (result.status, result.points) == (status, 0)
    assert all(test.message.startswith(f"the notebook does not define linear_forward: {HERE}, ")
               and message in test.message for test in result.tests)  # fmt: skip


def test_no_more_lines_are_named_than_a_reader_can_take(judged):
    result = judged(with_cell("\n".join(f"a{number}" for number in range(50)), "over"))
    again = judged(with_cell("\n".join(f"a{number}" for number in range(10)), "over"))
    assert (result.points, again.points) == (8, 8)
    assert (len(result.notes), len(again.notes)) == (20, 10)


# --- Where a function is judged -------------------------------------------------------------------


def test_what_stands_above_the_tests_counts(judged):
    """As in Restart & Run All: what a cell makes of the answer before its tests, it is then."""
    result = judged(with_cell(WRONG, "under"))
    assert (result.status, result.points) == ("graded", 0)


def test_an_answer_that_a_later_cell_imports_again_is_the_one_above(judged):
    """As where two notebooks have become one, and their cells have lost what they were."""

    def change(notebook, course):
        for cell in notebook.cells:
            cell.metadata.clear()
        notebook.cells.append(code("from workbook.earlier import linear_forward"))

    result = judged(change)
    assert result.points == result.max_points


def test_the_stub_is_judged_as_what_it_is(judged, course):
    from tests.judged_in_place import stub

    def untouched(notebook, course):
        answer_cell(notebook).source = stub(course, "linear_forward")
        notebook.cells.append(code("linear_forward(1, 2, 3)"))

    result = judged(untouched)
    assert (result.status, result.points, result.answered) == ("graded", 0, False)
    assert "not written yet" in result.tests[0].message


def test_a_test_that_ends_the_session_costs_itself_after_a_second_run_too(judged):
    """The cells are run again without what has been passed over, and what was slow."""

    def change(notebook, course):
        cell = answer_cell(notebook)
        body = "if A.shape[1] == 1:\n        import ctypes; ctypes.string_at(0)\n    return"
        slow = "import time\ntime.sleep(60)\ntime.sleep(50)\n"
        cell.source = slow + cell.source.replace("return", body)

    result = judged(change)
    assert (result.status, result.points) == ("crashed", 6)
    assert len([note for note in result.notes if "passed over" in note]) == 2


def test_there_is_one_second_run_and_what_was_judged_stays_judged(judged):
    """No signal gets through to a loop in C, so that the second one ends the second run."""

    def change(notebook, course):
        for name in ("sigmoid_derivative", "relu_derivative"):
            answer_cell(notebook, name).source += "\nsum(range(10**13))\n"

    result = judged(change, "initialise_it")
    assert result.status == "timeout"
    # The first one has been judged, and the second one not.
    assert [test.passed for test in result.tests[:6]] == [True] * 3 + [False] * 3
    assert "could not be run" in result.tests[3].message
