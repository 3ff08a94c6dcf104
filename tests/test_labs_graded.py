"""Labs in grading: several functions in one notebook, each judged on its own, for a bonus."""

import ast
import csv
import json
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.gradebooks import assert_same_tables, tables
from tests.reference import before_a_release
from tests.submissions import reference_answers
from workbook.course.exercises import (
    EXERCISES,
    NOTEBOOKS,
    Exercise,
    Function,
    find,
    find_page,
    of_assignment,
)
from workbook.course.folder import Course
from workbook.grade.judging.attempt import Attempt
from workbook.grade.judging.progress import Progress
from workbook.grade.submissions import jobs
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)
from workbook.grade.submissions.jobs import Job

pytestmark = pytest.mark.slow

LAB = find("train_it")
CLASSES = find("meet_the_frameworks")
FIRST = EXERCISES[0]
PAGE = find_page("the_story_so_far")


@pytest.fixture(scope="module")
def small_class(course, tmp_path_factory):
    """Ada has all right; Bob has one function untouched and a mistake in another.

    It is the same in the lab of classes, where Bob has not touched the second one.

    Ada hands in the page that comes with the labs, too.
    """
    folder = tmp_path_factory.mktemp("labs") / "submitted"
    right = reference_answers(course, LAB)
    wrong = right | {"accuracy": catalogue_answer(course, "accuracy", "share_of_wrong_ones")}
    del wrong["normalize"]
    right_classes = reference_answers(course, CLASSES)
    wrong_classes = {"Value": catalogue_answer(course, "Value", "ZeroedFirst")}
    for student, answers, classes in (("ada", right, right_classes), ("bob", wrong, wrong_classes)):
        submit(folder, student, LAB, filled_notebook(course, LAB, answers))
        submit(folder, student, CLASSES, filled_notebook(course, CLASSES, classes))
        first = filled_notebook(course, FIRST, reference_answer(course, FIRST.name))
        submit(folder, student, FIRST, first)
    shutil.copy(course.root / "release" / PAGE.notebook_path, folder / "ada" / PAGE.notebook_path)
    return folder


def result_of(out, student, lab=LAB):
    path = out / "results" / student / f"{lab.name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    "lab", [one for one in NOTEBOOKS if one not in EXERCISES], ids=lambda lab: lab.name
)
def test_right_answers_to_each_lab_have_all_marks(lab, course, judge):
    notebook = filled_notebook(course, lab, reference_answers(course, lab))
    result = judge.judge(Job("ada", lab, nbformat.writes(notebook).encode()))
    assert (result.status, result.points, result.notes) == ("graded", lab.points, ())


def test_each_function_is_marked_and_named_on_its_own(out, course):
    ada, bob = result_of(out, "ada"), result_of(out, "bob")
    assert (ada["status"], ada["points"], ada["max_points"]) == ("graded", 20, 20)
    assert (ada["answered"], ada["untouched"]) == (True, [])
    assert (bob["status"], bob["answered"], bob["untouched"]) == ("graded", True, ["normalize"])
    of = {test.name: test.of for test in course.all_hidden_tests(LAB)}
    failed = [test for test in bob["tests"] if not test["passed"]]
    assert {of[test["name"]] for test in failed} == {"normalize", "accuracy"}
    for test in failed:
        if of[test["name"]] == "normalize":
            assert "not written yet" in test["message"]
        else:
            assert test["diagnosis"].startswith("This is the share of the wrong ones")
    assert bob["points"] == 20 - sum(test["max_points"] for test in failed)


def test_classes_are_marked_as_functions_are(out, course):
    ada, bob = (result_of(out, student, CLASSES) for student in ("ada", "bob"))
    assert (ada["status"], ada["points"], ada["untouched"]) == ("graded", CLASSES.points, [])
    assert (bob["status"], bob["untouched"]) == ("graded", ["NeuralNetwork"])
    failed = {test["name"]: test for test in bob["tests"] if not test["passed"]}
    one = failed.pop("test_value_gradients_add_up")
    assert one["diagnosis"].startswith("Nothing adds up from one call of `backward`")
    assert one["message"].startswith("after `c = a + b; d = c + c; c.backward(); d.backward()`")
    assert failed.keys() == {test.name for test in course.hidden_tests("NeuralNetwork")}
    assert failed["test_network_forward"]["message"] == (
        "your class is not written yet: it raises NotImplementedError in "
        "`net = NeuralNetwork([4, 1], 0.5)`"
    )


def test_the_points_are_a_bonus(out):
    bonus = LAB.points + CLASSES.points
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert (rows["ada"]["train_it"], rows["ada"]["total"]) == ("20", str(8 + bonus))
    bob = sum(result_of(out, "bob", lab)["points"] for lab in (LAB, CLASSES))
    assert float(rows["bob"]["total"]) == 8 + bob
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "Out of 16 points" in report
    assert "The points of labs come on top, as a bonus" in report
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as gradebook:
        lab = gradebook.find_assignment("5_labs")
        assert lab.max_score == 0
        assert gradebook.find_submission("5_labs", "ada").score == bonus
        assert gradebook.find_submission("5_labs", "bob").score == bob
        # What nbgrader divides a student's score by is the ten exercises' alone.
        ada = gradebook.find_student("ada")
        assert (ada.score, ada.max_score) == (8 + bonus, 16)


@pytest.fixture(scope="module")
def root(small_class, copy_course, nbgrader_command):
    """A course whose submissions nbgrader's own commands have generated and graded."""
    root = copy_course(small_class.parent / "course")
    shutil.copytree(small_class, root / "submitted")
    shutil.rmtree(root / "release" / "5_labs")
    for command in (("generate_assignment", "5_labs"), ("autograde", "5_labs"),
                    ("autograde", FIRST.assignment)):  # fmt: skip
        done = nbgrader_command(root, *command)
        assert done.returncode == 0, done.stderr
    return root


@before_a_release
def test_nbgrader_gives_the_same_marks_and_comments(out, root):
    assert marks(root / "gradebook.db") == marks(out / "gradebook.db")
    assert comments(root / "gradebook.db") == comments(out / "gradebook.db")
    assert comments(out / "gradebook.db")["bob", "normalize"] == "No response."
    assert comments(out / "gradebook.db")["bob", "predict"] is None
    notebook = nbformat.read(root / "autograded" / "ada" / LAB.notebook_path, as_version=4)
    graded = [c for c in notebook.cells if c.metadata.get("workbook", {}).get("tests")]
    assert sum(float(cell.outputs[-1].data["text/plain"]) for cell in graded) == 20


@pytest.mark.in_turns(3, "both ways")
def test_the_page_is_handed_out_and_earns_nothing_both_ways(out, root, course):
    # A learner gets the page from nbgrader as it is committed, and may hand it in or not.
    path = root / "release" / PAGE.notebook_path
    assert path.read_bytes() == (course.root / "release" / PAGE.notebook_path).read_bytes()
    ours, theirs = tables(out / "gradebook.db"), tables(root / "gradebook.db")
    assert_same_tables(ours, theirs)
    about = {table: [key for key in rows if PAGE.notebook in key] for table, rows in ours.items()}
    assert {table: len(keys) for table, keys in about.items() if keys} == {
        "notebook": 1,
        "submitted_notebook": 2,
    }
    for folder in (out, root):
        assert not list(folder.glob(f"*graded/*/{PAGE.notebook_path}"))
    assert PAGE.name not in (out / "marks.csv").read_text(encoding="utf-8")
    assert PAGE.name not in (out / "report.html").read_text(encoding="utf-8")
    results = {path.stem for path in (out / "results" / "ada").iterdir()}
    assert results == {
        one.name for name in ("5_labs", FIRST.assignment) for one in of_assignment(name)
    }


def of_the_labs(database, cells, value):
    """Return a value of all grades, or of all comments, by student and cell."""
    with Gradebook(f"sqlite:///{database}") as gradebook:
        return {
            (submission.student.id, cell.name): getattr(cell, value)
            for submission in gradebook.assignment_submissions("5_labs")
            for notebook in submission.notebooks
            for cell in getattr(notebook, cells)
        }


def marks(database):
    return of_the_labs(database, "grades", "score")


def comments(database):
    return of_the_labs(database, "comments", "auto_comment")


def test_feedback_shows_what_each_function_earned(out):
    page = (out / "feedback" / "bob" / LAB.notebook_path).with_suffix(".html")
    text = page.read_text(encoding="utf-8")
    assert "This is the share of the wrong ones" in text
    assert "passed" in text


# One function without the others


def judged(judge, notebook):
    return judge.judge(Job("ada", LAB, nbformat.writes(notebook).encode(), 0))


def test_a_cell_that_fails_costs_only_its_own_function(judge, course):
    notebook = filled_notebook(course, LAB, reference_answers(course, LAB))
    solution_cell(notebook, "predict").source = "def predict(X, parameters:\n    return X"
    result = judged(judge, notebook)
    failed = {test.of for test, v in zip(course.all_hidden_tests(LAB), result.tests, strict=True)
              if not v.passed}  # fmt: skip
    assert (result.status, failed) == ("graded", {"predict"})
    assert result.points == 17


def test_a_function_that_is_not_there_costs_only_itself(judge, course):
    notebook = filled_notebook(course, LAB, reference_answers(course, LAB))
    notebook.cells.remove(solution_cell(notebook, "accuracy"))
    result = judged(judge, notebook)
    assert (result.status, result.points) == ("graded", 17)
    assert "the cell 'accuracy' was missing" in result.notes
    assert {v.message for v in result.tests if not v.passed} == {
        "the notebook does not define accuracy"
    }


def test_without_any_function_there_is_nothing_to_judge(judge, course):
    notebook = filled_notebook(course, LAB, None)
    for name in LAB.functions:
        notebook.cells.remove(solution_cell(notebook, name))
    result = judged(judge, notebook)
    assert (result.status, result.points, result.answered) == ("invalid", 0, None)


def test_a_function_gets_right_ones_of_its_own_lab():
    """What it calls of the same notebook is served, and nothing but that."""
    own = (Function("one", ("a",)), Function("two", ("b",), ("one", "linear_forward")))
    lab = Exercise(99, "made_up", "5_labs", 2, own)
    attempt = Attempt(None, lambda name: name.upper(), lab, [], {}, Progress(lambda verdicts: None))
    assert attempt.beside("two") == {"one": "ONE"}
    assert attempt.beside("one") == {}


def test_the_hash_knows_all_that_decides_a_mark(copy_course, tmp_path):
    course = Course(copy_course(tmp_path / "course"))
    before = {one: jobs.tests_sha256(course, one) for one in (FIRST, LAB)}
    path = course.tests("accuracy")
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    after = {one: jobs.tests_sha256(course, one) for one in (FIRST, LAB)}
    assert after[FIRST] == before[FIRST]
    assert after[LAB] != before[LAB]


def imported_by(course, files):
    """Return the course's files that these import, and those that they import, and so on."""
    found, waiting = set(), set(files)
    while waiting:
        tree = ast.parse(waiting.pop().read_text(encoding="utf-8"))
        modules = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
        new = {
            course.root.joinpath(*module.split(".")).with_suffix(".py")
            for module in modules
            if module.startswith(("grader_tests.", "solutions."))
        } - found
        found |= new
        waiting |= new
    return found


@pytest.mark.parametrize("exercise", [FIRST, LAB], ids=lambda exercise: exercise.name)
def test_the_hash_changes_with_each_file_that_the_tests_import(exercise, copy_course, tmp_path):
    course = Course(copy_course(tmp_path / "course"))
    shared = course.tests("shared_by_some_tests")
    shared.write_text("LIMIT = 1\n", encoding="utf-8")
    with course.tests(exercise.functions[0]).open("a", encoding="utf-8") as tests:
        tests.write("\nfrom grader_tests.shared_by_some_tests import LIMIT\n")
    files = imported_by(course, map(course.tests, exercise.functions))
    assert shared in files
    assert course.solution(exercise.functions[0]) in files
    for file in sorted(files):
        before = jobs.tests_sha256(course, exercise)
        file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        assert jobs.tests_sha256(course, exercise) != before, file
