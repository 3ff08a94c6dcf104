"""`from workbook.earlier import ...`: the learner's own function, from their own notebook.

And the reference's in its place, where one asks for it.
"""

import os

import numpy as np
import pytest

from workbook import catch_up, check
from workbook.course.exercises import EXERCISES, FUNCTIONS, find
from workbook.learn.check.card_views import card_text
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.reference import at_hand, stand_ins
from workbook.learn.workspace import notebooks
from workbook.learn.workspace.lab import check_notebook
from workbook.learn.workspace.notebooks import load_function
from workbook.learn.workspace.plain_nbgrader import mark

FORWARD = "def linear_forward(A, W, b):\n    return {}\n"
STUB = 'def linear_forward(A, W, b):\n    """Z."""\n    raise NotImplementedError()'


@pytest.fixture
def course(tmp_path, monkeypatch, write_notebook):
    """Write a notebook of the course; the current folder is another assignment's."""
    here = tmp_path / "3_backward_propagation"
    here.mkdir()
    monkeypatch.chdir(here)
    return lambda name, *cells: write_notebook(tmp_path / find(name).notebook_path, *cells)


def test_each_can_be_imported_by_name(course):
    for exercise in EXERCISES:
        course(exercise.name, f"def {exercise.name}():\n    return {exercise.number}")
    for exercise in EXERCISES:
        namespace = {}
        exec(f"from workbook.earlier import {exercise.name} as found", namespace)
        assert namespace["found"]() == exercise.number


def test_importing_again_reads_what_was_saved_since(course):
    path = course("linear_forward", FORWARD.format(1))
    from workbook.earlier import linear_forward

    assert linear_forward(0, 0, 0) == 1
    seen = path.stat()
    course("linear_forward", FORWARD.format(2))
    # Saved within one tick of the clock: the time of change alone would not tell.
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    from workbook.earlier import linear_forward

    assert linear_forward(0, 0, 0) == 2


def test_a_stub_fails_when_it_is_called_not_when_it_is_imported(course):
    course("linear_forward", "import numpy as np", STUB)
    from workbook.earlier import linear_forward

    assert linear_forward.__name__ == "linear_forward"
    assert linear_forward.__doc__ == "Z."
    message = (
        "linear_forward is not written yet: finish 03_linear_forward.ipynb, save it, "
        "and try this again"
    )
    with pytest.raises(NotImplementedError) as error:
        linear_forward(1, 2, 3)
    assert str(error.value) == message


def test_an_earlier_function_brings_its_own_earlier_functions(course, tmp_path, monkeypatch):
    course("linear_forward", FORWARD.format("W @ A + b, (A, W, b)"))
    path = course(
        "linear_activation_forward",
        "from workbook import relu\nfrom workbook.earlier import linear_forward",
        "def linear_activation_forward(A_prev, W, b, activation):\n"
        "    Z, cache = linear_forward(A_prev, W, b)\n"
        "    return relu(Z)[0]",
    )
    from workbook.earlier import linear_activation_forward

    one = np.ones((1, 1))
    assert linear_activation_forward(one, one, one, "relu") == 2
    monkeypatch.chdir("/")
    function = load_function(path, "linear_activation_forward")
    assert function(one, one, one, "relu") == 2


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, r"03_linear_forward\.ipynb, which is not in .*copy that notebook here"),
        ("import math", "does not define linear_forward: write it there"),
        ("def linear_forward(:\n    pass", "the cell that defines linear_forward is not valid"),
        (
            "from workbook.earlier import linear_forward",
            "imports from itself what it is there to define",
        ),
    ],
)
def test_what_cannot_be_had_says_why_when_it_is_called(course, cell, said):
    if cell is not None:
        course("linear_forward", cell)
    from workbook.earlier import linear_forward

    assert linear_forward.__name__ == "linear_forward"
    assert notebooks.saved_in(linear_forward) == "03_linear_forward.ipynb"
    with pytest.raises(NotImplementedError, match=said):
        linear_forward(1, 2, 3)
    assert notebooks.reading.get() == ()


def test_each_notebook_is_read_once_though_all_import_all_before(course, monkeypatch):
    read = []
    load = notebooks.load_function
    for number, exercise in enumerate(EXERCISES):
        names = [one.name for one in EXERCISES[:number]]
        course(
            exercise.name,
            *(f"from workbook.earlier import {name}" for name in names),
            f"def {exercise.name}():\n    {', '.join(names) or 0}\n    return {exercise.number}",
        )
    monkeypatch.setattr(
        notebooks, "load_function", lambda path, name: read.append(name) or load(path, name)
    )
    from workbook.earlier import update_parameters

    assert update_parameters() == EXERCISES[-1].number
    assert sorted(read) == sorted(exercise.name for exercise in EXERCISES)


def test_another_name_lists_what_there_is():
    from workbook import earlier

    with pytest.raises(AttributeError, match=r"no 'backprop'; it has .*update_parameters"):
        _ = earlier.backprop
    assert dir(earlier) == sorted(FUNCTIONS)


def test_a_star_replaces_nothing():
    namespace = {}
    exec("from workbook.earlier import *", namespace)
    assert set(namespace) == {"__builtins__"}


CACHED = "import functools\n\n@functools.cache\ndef linear_forward():\n    return 'own'\n"
IMPORT = "from workbook.earlier import linear_forward\n"


@pytest.mark.parametrize(
    ("saved", "cell", "points"),
    [
        ("def linear_forward():\n    return 'wrong'", IMPORT, 1),
        (CACHED, IMPORT, 1),
        (STUB, IMPORT, 1),
        ("", IMPORT, 1),
        ("", "", 1),
        ("", "def linear_forward():\n    return 'own'\n", 0),
        ("", CACHED, 0),
    ],
)
def test_a_plain_nbgrader_gives_right_ones_for_those_that_are_imported(course, saved, cell, points):
    course("linear_forward", saved)
    names = {"__name__": "__main__"}
    exec(f"{cell}\ndef answer():\n    return linear_forward()", names)
    before = names.get("linear_forward")

    def test_value(student, rng):
        """It is right"""
        assert student() == "right", "it is not"

    assert mark(names["answer"], [(test_value, 1)], {"linear_forward": lambda: "right"}) == points
    if before is not None:
        assert names["linear_forward"] is before


# Stand-ins


def test_a_stand_in_is_the_references_with_a_note(course, capsys):
    path = course("linear_forward", STUB)
    before = path.read_bytes()
    catch_up("linear_forward")
    assert "The reference stands in for linear_forward from now on." in capsys.readouterr().out
    from workbook.earlier import linear_forward

    assert capsys.readouterr().out == (
        "Note: linear_forward is the reference's, a stand-in for your own. It ends when\n"
        "your own passes its check in 03_linear_forward.ipynb.\n"
    )
    one = np.ones((1, 1))
    assert linear_forward(one, one, one)[0] == 2
    assert linear_forward.__doc__.startswith("Compute the linear part of one layer")
    assert notebooks.saved_in(linear_forward) == "03_linear_forward.ipynb"
    assert path.read_bytes() == before
    with pytest.raises(AskedWronglyError, match="is the reference's here, a stand-in for your own"):
        check(linear_forward)


def test_a_stand_in_calls_the_references_own_earlier_functions(course):
    course("linear_activation_forward", "def linear_activation_forward(*_):\n    return 1")
    course("linear_forward", FORWARD.format(1))
    catch_up("linear_activation_forward")
    from workbook.earlier import linear_activation_forward, linear_forward

    one = np.ones((1, 1))
    assert linear_activation_forward(one, one, one, "relu")[0] == 2
    # The other one is still the learner's.
    assert linear_forward(one, one, one) == 1


def test_a_notebook_that_is_read_uses_it_without_a_note(course, capsys):
    course("linear_forward", STUB)
    path = course(
        "linear_activation_forward",
        "from workbook.earlier import linear_forward",
        "def linear_activation_forward(A_prev, W, b, activation):\n"
        "    return linear_forward(A_prev, W, b)[0]",
    )
    catch_up("linear_forward")
    capsys.readouterr()
    one = np.ones((1, 1))
    assert load_function(path, "linear_activation_forward")(one, one, one, "relu") == 2
    assert capsys.readouterr().out == ""


def test_a_notebook_never_gets_a_stand_in_for_itself(course):
    path = course("linear_forward", "from workbook.earlier import linear_forward")
    catch_up("linear_forward")
    with pytest.raises(NotImplementedError, match="imports from itself"):
        load_function(path, "linear_forward")(1, 2, 3)


def test_it_ends_when_the_own_function_passes(course, capsys):
    course("linear_forward", FORWARD.format("W @ A"))
    catch_up("linear_forward")
    capsys.readouterr()
    path = course("linear_forward", FORWARD.format("W @ A + b, (A, W, b)"))
    (card,) = check_notebook(path)
    assert card.last == (
        "The stand-in has ended: the next notebooks use your own linear_forward, once it is saved."
    )
    assert card_text(card).splitlines()[-2:] == [
        "The stand-in has ended: the next notebooks use your own linear_forward, once it",
        "is saved.",
    ]
    (card,) = check_notebook(path)
    assert card.last == ""
    assert stand_ins.standing_in(path.parent) == ()


def test_it_is_nothing_where_the_reference_is_not_at_hand(course, monkeypatch, tmp_path):
    path = course("linear_forward", STUB)
    catch_up("linear_forward")
    assert stand_ins.standing_in(path.parent) == ("linear_forward",)
    monkeypatch.setattr(at_hand, "__file__", str(tmp_path / "lib" / "a" / "b" / "c.py"))
    assert stand_ins.standing_in(path.parent) == ()
    from workbook.earlier import linear_forward

    with pytest.raises(NotImplementedError, match="linear_forward is not written yet"):
        linear_forward(1, 2, 3)


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A folder as Colab has it: no notebook lies in it, not even the one that runs."""
    folder = tmp_path / "content"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def why_not():
    from workbook.earlier import linear_forward

    with pytest.raises(NotImplementedError) as caught:
        linear_forward(0, 0, 0)
    return str(caught.value)


def test_a_notebook_that_stands_alone_takes_what_is_uploaded(alone, write_notebook, monkeypatch):
    monkeypatch.setattr(at_hand, "courses_around", lambda folder: iter(()))
    said = why_not()
    assert "upload it, if you work in Colab, Kaggle or the like" in said
    # The wheel for classes has nothing that could stand in, and makes no file.
    assert "catch_up" not in said
    with pytest.raises(AskedWronglyError):
        catch_up("linear_forward")
    assert [*alone.iterdir()] == []
    name = f"{find('linear_forward').notebook}.ipynb"
    monkeypatch.setattr("workbook.earlier._UPLOADS", alone.parent / "input")
    write_notebook(alone.parent / "input" / "mine" / name, FORWARD.format(1))
    from workbook.earlier import linear_forward

    assert linear_forward(0, 0, 0) == 1
    write_notebook(alone / name, FORWARD.format(2))
    from workbook.earlier import linear_forward

    assert linear_forward(0, 0, 0) == 2


def test_a_notebook_that_stands_alone_has_the_reference_stand_in(alone, write_notebook, capsys):
    assert 'catch_up("linear_forward")' in why_not()
    catch_up("linear_forward")
    from workbook.earlier import linear_forward

    assert linear_forward(np.ones((2, 1)), np.ones((1, 2)), np.ones((1, 1)))[0] == 3
    # It goes on in the same place once a notebook is uploaded.
    write_notebook(alone / f"{find('linear_forward').notebook}.ipynb", STUB)
    assert stand_ins.standing_in(alone) == ("linear_forward",)
    catch_up("linear_forward", undo=True)
    assert stand_ins.standing_in(alone) == ()
