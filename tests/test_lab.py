"""The learner's folder: copied once, checked from outside."""

import pytest

from workbook.course import data_folder
from workbook.course.exercises import EXERCISES, count_in_words, find_function
from workbook.learn.workspace import lab
from workbook.learn.workspace.lab import LabError, check_notebook, copy_notebooks
from workbook.learn.workspace.notebooks import NotebookError

BACKWARD = (
    "def linear_backward(dZ, cache):\n"
    "    A_prev, W, b = cache\n"
    "    m = A_prev.shape[1]\n"
    "    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(1, keepdims=True) / m"
)


@pytest.fixture
def release(tmp_path, monkeypatch, write_notebook):
    """A release of ten notebooks, and one that Jupyter keeps for itself."""
    folder = tmp_path / "release"
    for exercise in EXERCISES:
        write_notebook(folder / exercise.notebook_path, f"# {exercise.name}")
    write_notebook(folder / ".ipynb_checkpoints/01-checkpoint.ipynb", "old")
    monkeypatch.setattr(lab, "released_folder", lambda: folder)
    return folder


def test_the_ten_are_copied(tmp_path, release):
    copied = copy_notebooks(tmp_path / "new" / "work")
    names = [path.relative_to(tmp_path / "new" / "work").as_posix() for path in copied]
    assert names == sorted(exercise.notebook_path for exercise in EXERCISES)
    assert copied[0].read_bytes() == (release / EXERCISES[0].notebook_path).read_bytes()
    assert not list((tmp_path / "new").rglob("*.partial"))


def test_the_learners_work_is_never_touched(tmp_path, release):
    target = tmp_path / "work"
    copy_notebooks(target)
    mine = target / EXERCISES[2].notebook_path
    mine.write_text("my work")
    before = mine.stat().st_mtime_ns
    (target / EXERCISES[3].notebook_path).unlink()
    assert copy_notebooks(target) == [target / EXERCISES[3].notebook_path]
    assert mine.read_text() == "my work"
    assert mine.stat().st_mtime_ns == before
    assert copy_notebooks(target) == []


def test_a_target_that_is_a_file_is_refused(tmp_path, release):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="cannot be written"):
        copy_notebooks(tmp_path / "file")


def test_notebooks_are_found_in_a_wheel_and_in_a_checkout(tmp_path, monkeypatch, write_notebook):
    module = tmp_path / "workbook" / "learn" / "workspace" / "lab.py"
    monkeypatch.setattr(lab, "__file__", str(module))
    monkeypatch.setenv(data_folder.VARIABLE, str(tmp_path / data_folder.PLACE))
    with pytest.raises(LabError, match="workbook build"):
        lab.released_folder()
    for folder in (tmp_path / "release", module.parents[1] / "released"):
        write_notebook(folder / EXERCISES[0].notebook_path)
        assert lab.released_folder() == folder.resolve()


def test_a_notebook_is_checked_by_its_name(tmp_path, write_notebook):
    path = write_notebook(
        tmp_path / "07_linear_backward.ipynb", BACKWARD, "def compute_cost(): ..."
    )
    (card,) = check_notebook(path)
    assert card.function == find_function("linear_backward")
    assert not card.failed


def test_a_renamed_notebook_is_checked_by_what_it_defines(tmp_path, write_notebook):
    other = "def update_parameters(params, grads, learning_rate):\n    return params"
    cards = check_notebook(write_notebook(tmp_path / "mine.ipynb", other, BACKWARD))
    assert [(card.function.name, bool(card.failed)) for card in cards] == [
        ("linear_backward", False),
        ("update_parameters", True),
    ]


def test_a_notebook_without_any_of_the_functions_is_refused(tmp_path, write_notebook):
    path = write_notebook(tmp_path / "mine.ipynb", "x = 1")
    with pytest.raises(NotebookError, match=rf"mine\.ipynb defines none of the {count_in_words()}"):
        check_notebook(path)
