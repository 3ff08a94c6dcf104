"""`from workbook.earlier import ...`: the learner's own function, from their own notebook."""

import os

import numpy as np
import pytest

from workbook.course.exercises import EXERCISES, FUNCTIONS, find
from workbook.learn.workspace import notebooks
from workbook.learn.workspace.notebooks import load_function

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
        "and run this cell again"
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


def test_a_notebook_that_is_not_there_says_what_to_do(course):
    with pytest.raises(ImportError, match=r"03_linear_forward\.ipynb, which is not in .*copy that"):
        from workbook.earlier import linear_forward  # noqa: F401


def test_a_notebook_without_the_function_says_what_to_do(course):
    course("linear_forward", "import math")
    with pytest.raises(ImportError, match="does not define linear_forward: write it there"):
        from workbook.earlier import linear_forward  # noqa: F401


def test_a_notebook_that_imports_itself_says_so(course):
    course("linear_forward", "from workbook.earlier import linear_forward\nlinear_forward(1, 2, 3)")
    with pytest.raises(ImportError, match="linear_forward"):
        from workbook.earlier import linear_forward
    course(
        "linear_forward",
        "from workbook.earlier import linear_forward",
        FORWARD.format("linear_forward(A, W, b)"),
    )
    with pytest.raises(ImportError, match="from itself"):
        from workbook.earlier import linear_forward  # noqa: F401
    assert notebooks.reading.get() == ()


def test_another_name_lists_what_there_is():
    from workbook import earlier

    with pytest.raises(AttributeError, match=r"no 'backprop'; it has .*update_parameters"):
        _ = earlier.backprop
    assert dir(earlier) == sorted(FUNCTIONS)


def test_a_star_replaces_nothing():
    namespace = {}
    exec("from workbook.earlier import *", namespace)
    assert set(namespace) == {"__builtins__"}
