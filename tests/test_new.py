"""`workbook new`: files to be filled in, and nothing where a name or a place cannot be used."""

import shutil

import pytest

from tests.command import workbook
from tests.reference import ROOT
from workbook.build.headers import gathered
from workbook.course.folder import Course


@pytest.fixture
def root(tmp_path):
    for name in ("assignments", "solutions", "grader_tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def new(root, *args):
    return workbook("new", *args, "--course", root)


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_an_exercise_gets_four_files_and_stands_where_it_was_asked_for(root):
    before = files(root)
    result = new(root, "exercise", "leaky_relu", "--after", "linear_activation_forward")
    assert result.exit_code == 0, result.output
    lesson = "assignments/2_forward_propagation/18_leaky_relu.md"
    assert files(root) - before == {
        lesson, "solutions/leaky_relu.py", "grader_tests/leaky_relu.py",
        "grader_tests/misconceptions/leaky_relu.py",
    }  # fmt: skip
    assert all(f"written: {path}" in result.output for path in files(root) - before)
    assert "FILL IN" in result.output
    assert all("FILL IN" in (root / path).read_text() for path in files(root) - before)
    names = [entry["name"] for entry in gathered(Course(root))["notebooks"]]
    assert names[3:6] == ["linear_activation_forward", "leaky_relu", "L_model_forward"]
    # The next one gets a number and a place of its own.
    assert new(root, "exercise", "other", "--after", "linear_activation_forward").exit_code == 0
    notebooks = gathered(Course(root))["notebooks"]
    assert [(one["number"], one["name"]) for one in notebooks[4:6]] == [
        (19, "other"), (18, "leaky_relu"),
    ]  # fmt: skip


@pytest.mark.slow
def test_what_is_written_is_refused_by_the_build_until_it_is_filled_in(root):
    shutil.copytree(ROOT / "visual_representation", root / "visual_representation")
    assert new(root, "exercise", "half", "--after", "update_parameters").exit_code == 0
    for path in ("assignments/4_parameter_update/18_half.md", "solutions/half.py",
                 "grader_tests/half.py", "grader_tests/misconceptions/half.py"):  # fmt: skip
        result = workbook("build", "half", "--course", root)
        assert result.exit_code == 2
        assert f"{root / path}:" in result.stderr
        assert "replace FILL IN" in result.stderr
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace("FILL IN", "done"), encoding="utf-8")


def test_an_exercise_may_begin_an_assignment(root):
    args = ("exercise", "half", "--after", "update_parameters", "--assignment", "4b_more")
    assert new(root, *args).exit_code == 0
    assert list(gathered(Course(root))["assignments"])[3:5] == ["4_parameter_update", "4b_more"]


def test_a_function_of_a_lab_gets_three_files_and_says_what_is_left(root):
    before = files(root)
    result = new(root, "function", "top_two", "--lab", "train_it")
    assert result.exit_code == 0, result.output
    assert files(root) - before == {
        "solutions/top_two.py", "grader_tests/top_two.py", "grader_tests/misconceptions/top_two.py",
    }  # fmt: skip
    assert "assignments/5_labs/11_train_it.md" in result.output
    assert ":solution: top_two" in result.output


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("exercise", "a-b", "--after", "compute_cost"), "cannot be the name of a Python function"),
        (("exercise", "class", "--after", "compute_cost"), "cannot be the name of a Python"),
        (("exercise", "support", "--after", "compute_cost"), "support already exists: "),
        (("exercise", "accuracy", "--after", "compute_cost"), "accuracy already exists: "),
        (("exercise", "train_it", "--after", "compute_cost"), "train_it already exists: "),
        (("exercise", "half", "--after", "nothing"), "names no exercise: 'nothing'. They are: "),
        (("exercise", "half", "--after", "train_it"), "--after names no exercise: 'train_it'"),
        (("exercise", "half", "--after", "linear_forward", "--assignment", "5_labs"),
         "belongs to 2_forward_propagation: lessons"),
        (("exercise", "half", "--after", "update_parameters", "--assignment", "../x"),
         "cannot be the name of a folder"),
        (("function", "half", "--lab", "nothing"), "names no lab: 'nothing'. They are: train_it"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_and_nothing_is_written(root, args, said):
    before = files(root)
    result = new(root, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(root) == before
