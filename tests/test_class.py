"""`workbook grade` on a class whose marks are known."""

import csv
import html
import json
import re
import shutil
from dataclasses import fields
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook, MissingEntry

from tests.class_of_twelve import EXPECTED
from tests.conftest import run_module
from tests.gradebooks import address
from tests.machine import without_notes
from tests.submissions import written
from workbook.course.exercises import ASSIGNMENTS, EXERCISES, LABS, NOTEBOOKS, find
from workbook.course.verdicts import Verdict
from workbook.grade.submissions.results import Result

pytestmark = pytest.mark.slow


# The empty columns of the labs in marks.csv.
NO_LABS = "," * len(LABS)


def read_results(out: Path) -> dict[tuple[str, str], dict]:
    """Return every result file, by student and exercise, as its path names them."""
    return {
        (path.parent.name, path.stem): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((out / "results").glob("*/*.json"))
    }


def score(gradebook: Gradebook, student: str, exercise: str) -> float | None:
    """Return the points of one notebook in a gradebook; None if it is not there."""
    one = find(exercise)
    try:
        submission = gradebook.find_submission_notebook(one.notebook, one.assignment, student)
    except MissingEntry:
        return None
    return sum(grade.auto_score for grade in submission.grades)


def text_of(page: Path) -> str:
    """Return the words of an HTML page, without its layout."""
    tags_out = re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8"))
    return words(html.unescape(tags_out))


def words(text: str) -> str:
    """Return a text as one line: where a terminal breaks its lines is no matter here."""
    return " ".join(text.split())


def test_command_shows_the_class(graded):
    _, command = graded
    for student, points in EXPECTED.items():
        (row,) = [line for line in command.stdout.splitlines() if line.startswith(f"{student} ")]
        assert row.split()[-1] == str(sum(value or 0 for value in points.values()))
    line = r"cell \d+, line 2, `def linear_forward\(A, W, b\)`, failed: SyntaxError: expected ':'"
    note = rf"li wei, linear_forward \(graded\): {line}"
    assert re.search(note, words(command.stdout))
    # What there is to say is said once, in the notes; on a slow machine, also how far it is.
    assert all(line.startswith("Graded ") for line in without_notes(command.stderr))


def test_results_hold_the_expected_points(graded):
    out, _ = graded
    results = read_results(out)
    got = {
        student: {name: results.get((student, name), {}).get("points") for name in points}
        for student, points in EXPECTED.items()
    }
    assert got == EXPECTED


def test_results_say_what_the_contract_promises(graded, course):
    out, _ = graded
    for (student, exercise), result in read_results(out).items():
        assert result.keys() == {field.name for field in fields(Result)}
        assert (result["student"], result["exercise"]) == (student, exercise)
        assert result["assignment"] == find(exercise).assignment
        keys = {field.name for field in fields(Verdict)}
        assert all(test.keys() == keys for test in result["tests"])
        names = [test.name for test in course.hidden_tests(exercise)]
        assert [test["name"] for test in result["tests"]] == names
        assert result["points"] == sum(test["points"] for test in result["tests"])
        assert result["max_points"] == find(exercise).points
        is_missing = (student, exercise) == ("hypatia", "linear_activation_backward")
        assert result["status"] == ("missing" if is_missing else "graded")
        # Who has failed a test is told why.
        assert all(test["passed"] != bool(test["message"]) for test in result["tests"])


def test_grades_csv(graded):
    out, _ = graded
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["student", *(exercise.name for exercise in NOTEBOOKS), "total"]
    # Nobody of this class has handed in a lab.
    assert {row.pop(lab.name) for row in rows for lab in LABS} == {""}
    got = {row.pop("student"): (int(row.pop("total")), row) for row in rows}
    assert got == {
        student: (
            sum(value or 0 for value in points.values()),
            {name: "" if value is None else str(value) for name, value in points.items()},
        )
        for student, points in EXPECTED.items()
    }


def test_gradebook_holds_the_expected_points(graded):
    out, _ = graded
    with Gradebook(address(out / "gradebook.db")) as gradebook:
        got = {
            student: {exercise: score(gradebook, student, exercise) for exercise in points}
            for student, points in EXPECTED.items()
        }
        names = {assignment.name for assignment in gradebook.assignments}
        assert names == set(list(ASSIGNMENTS)[:4])
        assert sum(assignment.max_score for assignment in gradebook.assignments) == 100
    assert got == EXPECTED


def test_autograded_notebooks_are_those_that_were_submitted(graded, submitted):
    out, _ = graded
    files = {path.relative_to(submitted) for path in submitted.rglob("*.ipynb")}
    assert {p.relative_to(out / "autograded") for p in (out / "autograded").rglob("*")} >= files
    path = out / "autograded" / "søren" / find("linear_backward").notebook_path
    answers = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    assert sum("def linear_backward" in answer for answer in answers) == 2


@pytest.fixture(scope="module")
def small_class(submitted, workbook_grade, tmp_path_factory):
    """Two students with one assignment each, graded with feedback: ``submitted`` and ``out``."""
    folder = tmp_path_factory.mktemp("small")
    for part in ("emmy noether/4_parameter_update", "li wei/1_initialization"):
        shutil.copytree(submitted / part, folder / "submitted" / part)
    command = workbook_grade(folder / "submitted", folder / "out")
    assert command.exit_code == 0, command.output
    return folder


@pytest.fixture
def again(small_class, tmp_path):
    """The small class in a folder of the test's own."""
    shutil.copytree(small_class, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_feedback_shows_titles_and_messages_and_no_hidden_test(small_class):
    results = read_results(small_class / "out")
    assert len(results) == 3
    for (student, exercise), result in results.items():
        place = Path(student, find(exercise).notebook_path)
        text = text_of(small_class / "out" / "feedback" / place.with_suffix(".html"))
        notebook = (small_class / "out" / "autograded" / place).read_text(encoding="utf-8")
        assert "def hidden_tests" not in notebook
        for test in result["tests"]:
            assert test["title"] in text
            assert words(test["message"]) in text
        assert f"{result['points']:g} of {result['max_points']:g} points for this" in text
        for secret in ("HIDDEN TESTS", "def hidden_tests", "assert_same", "reference(", "rng"):
            assert secret not in text


# One student's tests are shown one by one, with the reason for each failure.
ONE_BY_ONE = ["6 of 8 points", "FAILED 0 of 2 Each bias vector is a column of zeros"]


@pytest.mark.parametrize(
    ("who", "options", "judged", "shown"),
    [
        ("", [], [], []),
        ("li wei", ["--force"], [one.name for one in EXERCISES[:2]], ONE_BY_ONE),
    ],
    ids=["unchanged", "forced, one student"],
)
def test_what_has_not_changed_is_judged_again_only_by_force(
    who, options, judged, shown, again, workbook_grade
):
    before, table = written(again / "out"), table_of(again)
    command = workbook_grade(again / "submitted" / who, again / "out", "--no-feedback", *options)
    assert command.exit_code == 0, command.output
    assert all(text in words(command.stdout) for text in shown)
    changed = dict(written(again / "out").items() - before.items())
    assert sorted(changed) == [(who, name) for name in judged]
    assert table_of(again) == table


def table_of(folder: Path) -> str:
    return (folder / "out" / "marks.csv").read_text(encoding="utf-8")


def scores_in(folder: Path) -> list[float | None]:
    """Return what the gradebook of the small class holds of its three notebooks."""
    with Gradebook(address(folder / "out" / "gradebook.db")) as gradebook:
        return [
            score(gradebook, "li wei", "initialize_parameters"),
            score(gradebook, "li wei", "initialize_parameters_deep"),
            score(gradebook, "emmy noether", "update_parameters"),
        ]


def test_notebook_taken_away_leaves_no_mark(again, workbook_grade):
    for path in (again / "submitted" / "li wei").rglob("*.ipynb"):
        path.unlink()
    command = workbook_grade(again / "submitted", again / "out", "--no-feedback")
    assert command.exit_code == 0, command.output
    assert f"li wei,0,0,,,,,,,,{NO_LABS},0" in table_of(again)
    assert scores_in(again) == [0, 0, 3]
    assert not list((again / "out" / "autograded" / "li wei").rglob("*.ipynb"))
    assert not list((again / "out" / "feedback" / "li wei").rglob("*.html"))


def test_one_notebook(small_class, workbook_grade, tmp_path):
    notebook = find("initialize_parameters_deep").notebook_path
    command = workbook_grade(
        small_class / "submitted" / "li wei" / notebook, tmp_path, "--no-feedback"
    )
    assert command.exit_code == 0, command.output
    ((key, result),) = read_results(tmp_path).items()
    assert key == ("li wei", "initialize_parameters_deep")
    assert result["points"] == 4
    with Gradebook(address(tmp_path / "gradebook.db")) as gradebook:
        assert score(gradebook, *key) == 4


def test_what_cannot_be_graded_is_reported_and_the_rest_is_graded(again, workbook_grade):
    stranger = again / "submitted" / "li wei" / "6_extra" / "1_extra.ipynb"
    stranger.parent.mkdir()
    stranger.write_text("{}", encoding="utf-8")
    notebook = again / "submitted" / "emmy noether" / find("update_parameters").notebook_path
    notebook.rename(notebook.with_name("10_update_parameters (1).ipynb"))
    command = workbook_grade(again / "submitted", again / "out", "--no-feedback", "--force")
    assert command.exit_code == 3
    shown = words(command.stdout)
    assert "li wei: unknown assignment '6_extra'" in shown
    assert "was found as 4_parameter_update/10_update_parameters (1).ipynb" in shown
    assert scores_in(again) == [6, 4, 3]


STALE = (
    "source/ is older than the hidden tests of 01_initialize_parameters; run `workbook build`, and "
    "grade again. Nothing was graded"
)
BROKEN = (
    "the hidden tests of initialize_parameters cannot be read: {} (initialize_parameters.py, line "
    "LAST). Fix that, and grade again. Nothing was graded"
)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('@pytest.mark.points(1)\ndef test_one_more(student, rng):\n    """More."""\n', STALE),
        (")", BROKEN.format("SyntaxError: unmatched ')'")),
        ("1 / 0", BROKEN.format("ZeroDivisionError: division by zero")),
    ],
)
def test_tests_that_are_not_built_or_broken_grade_nobody(added, said, again, copy_course, tmp_path):
    root = copy_course(tmp_path / "course")
    tests = root / "grader_tests" / "initialize_parameters.py"
    tests.write_text(f"{tests.read_text('utf-8')}\n\n{added}", encoding="utf-8")
    said = said.replace("LAST", str(len(tests.read_text("utf-8").splitlines())))
    before = {path: path.read_bytes() for path in (again / "out").rglob("*") if path.is_file()}
    arguments = [again / "submitted", "--out", again / "out", "--course", root]
    # In a process of its own: this one keeps the modules of the course that is whole.
    command = run_module("workbook.cli", "grade", *arguments)
    assert command.returncode == 2
    assert without_notes(command.stderr) == [f"Error: {said}"]
    after = {path: path.read_bytes() for path in (again / "out").rglob("*") if path.is_file()}
    assert before == after


@pytest.mark.parametrize(
    ("submissions", "options", "message"),
    [
        ("stranger.ipynb", [], "stranger.ipynb is not a notebook of this course"),
        ("empty", ["--exercise", "linear"], "unknown exercise 'linear'"),
    ],
)
def test_wrong_usage(submissions, options, message, workbook_grade, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "stranger.ipynb").write_text("{}", encoding="utf-8")
    command = workbook_grade(tmp_path / submissions, tmp_path / "out", *options)
    assert command.exit_code == 2
    assert message in command.stderr
    assert not (tmp_path / "out").exists()
