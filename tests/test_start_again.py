"""A notebook begun anew: a fresh copy in its place, the learner's own kept."""

import pytest

from tests.command import workbook
from workbook import start_again
from workbook.course.exercises import EXERCISES, LABS, PAGES, find
from workbook.course.work_files import OLDER
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.workspace.lab import copy_notebooks, released_file
from workbook.learn.workspace.own_files import LabError
from workbook.learn.workspace.start_again import renewed

STEP = find("linear_forward")


@pytest.fixture
def home(tmp_path, write_notebook):
    """The folder of a learner who has written in one notebook."""
    copy_notebooks(tmp_path / "notebooks")
    write_notebook(tmp_path / "notebooks" / STEP.notebook_path, "mine = 1")
    return tmp_path / "notebooks"


@pytest.mark.parametrize(
    "asked",
    ["3", "03", "linear_forward", "03_linear_forward", "03_linear_forward.ipynb",
     "2_forward_propagation/03_linear_forward.ipynb"],
)  # fmt: skip
def test_it_is_found_by_what_a_learner_may_call_it(asked, home):
    here = home / STEP.assignment if asked == "03_linear_forward.ipynb" else home
    mine = (home / STEP.notebook_path).read_bytes()
    said = renewed(asked, here)
    assert (home / STEP.notebook_path).read_bytes() == released_file(STEP)
    assert (home / OLDER / STEP.notebook_path).read_bytes() == mine
    assert f"Your own copy is in {OLDER}" in said
    assert "Reload Notebook from Disk" in said


def test_every_older_copy_is_kept(home):
    path = home / STEP.notebook_path
    for text in ("one", "two", "three"):
        path.write_text(text)
        renewed("3", home)
    kept = sorted((home / OLDER / STEP.assignment).iterdir())
    assert sorted(one.read_text() for one in kept) == ["one", "three", "two"]


def test_one_that_is_fresh_stays_and_one_that_is_gone_comes_back(home):
    (home / STEP.notebook_path).unlink()
    assert "was not there" in renewed("3", home)
    assert (home / STEP.notebook_path).read_bytes() == released_file(STEP)
    assert "there is nothing to start again" in renewed("3", home)
    assert not (home / OLDER).exists()


def test_a_function_of_a_lab_and_a_page_name_their_notebooks(home):
    first = next(page for page in PAGES if page.notebook.startswith("00_"))
    found = {LABS[0].functions[-1]: LABS[0], PAGES[-1].name: PAGES[-1], "0": first}
    for asked, notebook in found.items():
        (home / notebook.notebook_path).write_text("mine")
        renewed(asked, home)
        assert (home / OLDER / notebook.notebook_path).read_text() == "mine"


@pytest.mark.parametrize("asked", ["99", "linear", "notes.ipynb", ""])
def test_what_is_no_notebook_of_the_course_is_refused(asked, home):
    with pytest.raises(LabError, match=r"is not a notebook of the course; these are: 01_"):
        renewed(asked, home)


def test_one_that_cannot_be_read_is_left_alone(home):
    (home / STEP.notebook_path).unlink()
    (home / STEP.notebook_path).mkdir()
    with pytest.raises(LabError, match="cannot be read"):
        renewed("3", home)


def test_the_command_and_the_function(home, monkeypatch, capsys):
    monkeypatch.chdir(home.parent)
    for asked in ("3", f"notebooks/{STEP.notebook_path}"):
        (home / STEP.notebook_path).write_text("mine")
        done = workbook("start-again", asked)
        assert done.exit_code == 0, done.output
        assert "again as it comes with the course" in done.stdout
    refused = workbook("start-again", "nothing")
    assert refused.exit_code == 2
    assert EXERCISES[-1].notebook in refused.stderr
    monkeypatch.chdir(home / EXERCISES[0].assignment)
    (home / STEP.notebook_path).write_text("mine")
    start_again("linear_forward")
    assert (home / STEP.notebook_path).read_bytes() == released_file(STEP)
    assert "Your own copy is in" in capsys.readouterr().out
    with pytest.raises(AskedWronglyError, match="is not a notebook"):
        start_again("nothing")
