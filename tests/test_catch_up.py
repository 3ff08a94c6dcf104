"""`workbook catch-up`, and `catch_up` in a notebook: what they say, begin and end."""

import pytest

from tests.command import workbook
from workbook import catch_up
from workbook.course.exercises import find
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.reference import at_hand, record, stand_ins

STUB = "def {}(*args):\n    raise NotImplementedError()"
COST = (
    "import numpy as np\n"
    "def compute_cost(AL, Y):\n"
    "    return float(-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))"
)


@pytest.fixture
def folder(tmp_path, monkeypatch, write_notebook):
    """The learner's folder, the current one, with three notebooks."""
    for name in ("linear_forward", "compute_cost"):
        write_notebook(tmp_path / find(name).notebook_path, STUB.format(name))
    lab = find("train_it")
    write_notebook(tmp_path / lab.notebook_path, *map(STUB.format, lab.functions))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return workbook("catch-up", *words)


@pytest.mark.parametrize("which", ["3", "linear_forward"])
def test_by_number_or_name(folder, which):
    before = (folder / find("linear_forward").notebook_path).read_bytes()
    done = run(which)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "The reference stands in for linear_forward from now on. Run the first cell of\n"
        "your next notebook again: it imports the reference's.\n\n"
        "Your notebook 03_linear_forward.ipynb stays as it is, and progress does not\n"
        "count it. A stand-in ends when your own passes its check. To end it before:\n\n"
        'workbook catch-up 3 --undo, or in a notebook catch_up("linear_forward",\n'
        "undo=True)\n"
    )
    assert stand_ins.standing_in(folder) == ("linear_forward",)
    assert (folder / find("linear_forward").notebook_path).read_bytes() == before
    assert run(which).stdout == done.stdout
    assert run("--undo", which).stdout == (
        "The stand-in for linear_forward has ended: workbook.earlier brings your own\nagain.\n"
    )
    assert run("--undo", which).stdout == "Nothing stands in for linear_forward.\n"


def test_a_lab_as_a_whole(folder, monkeypatch):
    functions = find("train_it").functions
    done = run(11, folder)
    assert stand_ins.standing_in(folder) == functions
    assert "workbook catch-up 11 --undo, or in a notebook catch_up(11, undo=True)" in done.stdout
    monkeypatch.chdir(folder / "5_labs")
    assert run("predict", "--undo").exit_code == 0
    assert stand_ins.standing_in(folder) == tuple(one for one in functions if one != "predict")
    assert run("train_it", "--undo").stdout.startswith(
        "The stand-ins for normalize, L_layer_model, acc"
    )
    assert stand_ins.standing_in(folder) == ()


def test_what_passes_needs_none(folder, write_notebook):
    write_notebook(folder / find("compute_cost").notebook_path, COST)
    assert run(6).stdout == "Your own compute_cost passes its check: nothing needs to stand in.\n"
    assert not (folder / record.FILE).exists()


def test_a_missing_notebook_can_be_caught_up_with(folder):
    assert run("linear_backward").exit_code == 0
    assert stand_ins.standing_in(folder) == ("linear_backward",)


@pytest.mark.parametrize("which", ["99", "0", "-1", "nothing", "the_story_so_far", "²", ""])
def test_what_is_no_notebook_is_refused(folder, which):
    done = run("--", which)
    assert done.exit_code == 2
    assert "is not a notebook in which you write something: name one by its number (1, 2" in (
        done.stderr
    )


def test_elsewhere_it_says_where_to_go(folder, tmp_path_factory):
    done = run(3, tmp_path_factory.mktemp("elsewhere"))
    assert done.exit_code == 2
    assert "go to the folder that `workbook lab` made" in done.stderr


def test_a_wheel_for_classes_says_why_not(folder, monkeypatch):
    monkeypatch.setattr(at_hand, "__file__", str(folder / "lib" / "a" / "b" / "c.py"))
    done = run(3)
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: nothing can stand in for linear_forward here. Solutions come with the whole course "
        "(a checkout of its repository), and with the wheel that `workbook wheel --self-study` "
        "makes of it. What is installed here is the wheel for classes: it has none.\n"
    )
    assert not (folder / record.FILE).exists()


def test_where_nothing_can_be_written_it_says_so(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError("no")

    monkeypatch.setattr(record, "write_whole", refuse)
    assert f"{record.FILE} in {folder}. That cannot be written to, or" in run(3).stderr


def test_nothing_is_kept_among_the_notebooks_that_are_handed_out(tmp_path, write_notebook):
    (tmp_path / "nbgrader_config.py").write_text("")
    home = tmp_path / "release"
    write_notebook(home / find("compute_cost").notebook_path, STUB.format("compute_cost"))
    assert run(6, home).exit_code == 2
    assert not (home / record.FILE).exists()


def test_in_a_notebook(folder, capsys):
    catch_up(6)
    assert capsys.readouterr().out.startswith("The reference stands in for compute_cost from now")
    catch_up("linear_forward")
    catch_up(6, undo=True)
    assert stand_ins.standing_in(folder) == ("linear_forward",)
    for wrong in (None, 3.5, "lines", 99):
        with pytest.raises(AskedWronglyError):
            catch_up(wrong)


def test_in_the_folder_that_holds_the_notebooks(tmp_path, monkeypatch, write_notebook):
    home = tmp_path / "notebooks"
    write_notebook(home / find("linear_forward").notebook_path, STUB.format("linear_forward"))
    monkeypatch.chdir(home.parent)
    assert run(3).exit_code == 0
    assert stand_ins.standing_in(home) == ("linear_forward",)
