"""The imports of a notebook: what a learner may reasonably call, and nothing of what is to come."""

import ast

import nbformat
import numpy as np
import pytest

from tests.kernels import execute_file
from tests.lesson_checks import write_solved
from tests.published_styles import ANSWERS
from tests.reference import COURSE, sample
from workbook.build.lessons import read_lesson
from workbook.build.setup import completed
from workbook.course.exercises import EXERCISES, FUNCTIONS, NOTEBOOKS, before, find
from workbook.course.given.activations import relu_backward, sigmoid_backward
from workbook.grade.submissions.answers import filled_notebook, submit
from workbook.grade.submissions.jobs import Job
from workbook.learn.workspace.lab import check_notebook

HELPERS = {"relu", "sigmoid", "relu_backward", "sigmoid_backward"}

each_answer = pytest.mark.parametrize(
    ("name", "answer"), ANSWERS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(ANSWERS)]
)


def imported(exercise):
    """Return the names that a notebook's imports bring."""
    (cell,) = [c for c in read_lesson(COURSE.lesson(exercise)).cells if c.role == "setup"]
    return {alias.name for node in ast.parse(cell.source).body for alias in node.names}


@pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)
def test_all_earlier_exercises_are_at_hand_and_no_later_function(exercise):
    names = imported(exercise)
    earlier = before(exercise)
    assert {one.name for one in earlier if not one.is_lab} | set(exercise.uses) <= names
    assert names & set(FUNCTIONS) <= {name for one in earlier for name in one.functions}


@pytest.mark.parametrize(
    ("name", "helpers"),
    [
        ("initialize_parameters_deep", set()),
        ("linear_activation_forward", {"relu", "sigmoid"}),
        ("compute_cost", {"relu", "sigmoid"}),
        ("linear_activation_backward", HELPERS),
        ("update_parameters", HELPERS),
        ("generalise", HELPERS),
    ],
)
def test_a_helper_is_at_hand_from_the_step_on_that_needs_it(name, helpers):
    assert imported(find(name)) & HELPERS == helpers


def test_the_lessons_own_imports_stay_and_stand_in_order():
    source = (
        "import numpy as np\n\nfrom workbook.landscapes import ravine\n"
        "from workbook import check as look, hint\n\nx = 1"
    )
    assert completed(source, find("linear_forward")) == (
        "import numpy as np\n\nfrom workbook import check as look, hint, relu, sigmoid\n"
        "from workbook.earlier import initialize_parameters, initialize_parameters_deep\n"
        "from workbook.landscapes import ravine\n\nx = 1"
    )
    for left in ("%matplotlib inline\nfrom workbook import check", "import ("):
        assert completed(left, find("linear_forward")) == left


@each_answer
def test_an_answer_that_calls_what_is_at_hand_earns_full_marks(name, answer, judge):
    exercise = find(name)
    notebook = filled_notebook(COURSE, exercise, answer)
    data = nbformat.v4.writes(notebook).encode()
    result = judge.judge(Job("s", exercise, data))
    assert [v.message for v in result.tests if not v.passed] == []
    assert (result.points, result.notes) == (exercise.points, ())


@each_answer
def test_an_answer_that_calls_what_is_at_hand_passes_its_checks(name, answer, tmp_path):
    exercise = find(name)
    write_solved(COURSE, before(exercise), tmp_path)
    (card,) = check_notebook(write_answer(tmp_path, exercise, answer))
    assert not card.failed


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize(("name", "answer"), sample(ANSWERS, 5))
def test_it_passes_in_a_kernel_with_no_other_notebook_than_it_calls(name, answer, tmp_path):
    exercise = find(name)
    used = [one for one in EXERCISES if f"{one.name}(" in answer and one in before(exercise)]
    needed = dict.fromkeys(used) | {find(u): None for one in used for u in one.uses}
    write_solved(COURSE, needed, tmp_path)
    notebook = execute_file(write_answer(tmp_path, exercise, answer))
    settings = {one.metadata.get("nbgrader", {}).get("grade_id"): one for one in notebook.cells}
    for cell in ("setup", "check"):
        shown = settings[f"{name}-{cell}"].outputs
        assert "error" not in [output.output_type for output in shown]


def write_answer(folder, exercise, answer):
    """Write a learner's notebook with this answer, and return its path."""
    notebook = filled_notebook(COURSE, exercise, answer)
    return submit(folder, "", exercise, notebook)


@pytest.mark.parametrize("function", [sigmoid_backward, relu_backward])
def test_a_helper_takes_the_published_name_too(function):
    dA, Z = np.array([[1.0, -2.0]]), np.array([[0.5, -1.0]])
    expected = function(dA, Z)
    for found in (function(dA, cache=Z), function(dA=dA, cache=Z), function(dA=dA, Z=Z)):
        np.testing.assert_array_equal(found, expected)
    name = function.__name__
    with pytest.raises(TypeError, match=rf"{name}\(\) takes dA and Z, .*given both: give one"):
        function(dA, Z, cache=Z)
    with pytest.raises(TypeError, match=rf"{name}\(\) takes dA and Z, .*given neither"):
        function(dA)
