"""A lab whose answers are classes, graded: by our command, by nbgrader's, by a plain nbgrader."""

import contextlib
import io
import json
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.lesson_checks import write_solved
from workbook.course.exercises import NOTEBOOKS, find
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answers,
    submit,
)
from workbook.learn.workspace.progress import standings

pytestmark = pytest.mark.slow

LAB = find("meet_the_frameworks")


@pytest.fixture(scope="module")
def small_class(course, tmp_path_factory):
    """Ada has all right; Bob has a mistake in one class and has not touched the other."""
    folder = tmp_path_factory.mktemp("classes") / "submitted"
    wrong = {"Value": catalogue_answer(course, "Value", "ZeroedFirst")}
    for student, answers in (("ada", reference_answers(course, LAB)), ("bob", wrong)):
        submit(folder, student, LAB, filled_notebook(course, LAB, answers))
    return folder


def test_classes_are_marked_as_functions_are(out, course):
    ada, bob = (
        json.loads((out / "results" / student / f"{LAB.name}.json").read_text(encoding="utf-8"))
        for student in ("ada", "bob")
    )
    assert (ada["status"], ada["points"], ada["untouched"]) == ("graded", LAB.points, [])
    assert (bob["status"], bob["untouched"]) == ("graded", ["NeuralNetwork"])
    failed = {test["name"]: test for test in bob["tests"] if not test["passed"]}
    one = failed.pop("test_value_gradients_add_up")
    assert one["diagnosis"].startswith("`backward` first sets every gradient to zero")
    assert one["message"].startswith("after `c = a * b; d = c ** 2; c.backward(); d.backward()`")
    assert failed.keys() == {test.name for test in course.hidden_tests("NeuralNetwork")}
    assert failed["test_network_forward"]["message"] == (
        "your class is not written yet: it raises NotImplementedError in "
        "`net = NeuralNetwork([4, 1], 0.5)`"
    )


def test_nbgrader_gives_the_same_marks(out, small_class, copy_course, nbgrader_command):
    root = copy_course(small_class.parent / "course")
    shutil.copytree(small_class, root / "submitted")
    command = nbgrader_command(root, "autograde", "5_labs")
    assert command.returncode == 0, command.stderr
    given = marks(root / "gradebook.db")
    assert given == marks(out / "gradebook.db")
    of_ada = sum(mark for (student, _), mark in given.items() if student == "ada" and mark)
    assert of_ada == LAB.points


def marks(database):
    with Gradebook(f"sqlite:///{database}") as gradebook:
        return {
            (submission.student.id, grade.name): grade.score
            for submission in gradebook.assignment_submissions("5_labs")
            for notebook in submission.notebooks
            if notebook.name == LAB.notebook
            for grade in notebook.grades
        }


# Without our configuration, nbgrader runs the hidden tests in the student's kernel.


def shown_by_plain_nbgrader(course, answers):
    """Run the source notebook's graded cells beside these answers; return what they print."""
    path = course.root / "source" / LAB.notebook_path
    space = {"__name__": "__main__"}
    output = io.StringIO()
    # Nothing of the student's is right in what they have imported: the tests bring right ones.
    for name in LAB.uses:
        space[name] = None
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            exec(answers[cell.metadata.nbgrader.grade_id], space)
        elif "workbook" in cell.metadata:
            with contextlib.redirect_stdout(output):
                exec(cell.source, space)
    return output.getvalue()


def test_a_plain_nbgrader_marks_classes_too(course):
    right = reference_answers(course, LAB)
    said = shown_by_plain_nbgrader(course, right)
    tests = course.all_hidden_tests(LAB)
    assert all(test.title in said for test in tests)
    assert said.count("passed") == len(tests)
    wrong = {**right, "NeuralNetwork": catalogue_answer(course, "NeuralNetwork", "NeverZeroed")}
    said = shown_by_plain_nbgrader(course, wrong)
    assert said.count("passed") == len(tests) - 2


# The learner's own view


def test_progress_and_the_solution_know_classes(course, tmp_path, capsys, monkeypatch):
    from workbook import hint, solution

    write_solved(course, NOTEBOOKS, tmp_path)
    assert {one.exercise.name: one.state for one in standings(tmp_path)}[LAB.name] == "passing"
    monkeypatch.chdir(tmp_path)
    solution("Value")
    hint("NeuralNetwork")
    said = capsys.readouterr().out
    assert "Your Value passes its visible checks. This is one way to write it:" in said
    assert "def __rtruediv__" in said
    assert "Hint 1 of 3, NeuralNetwork" in said
