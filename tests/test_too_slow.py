"""Checks take seconds of computing: a busy machine does not make a right answer fail."""

import os
import subprocess
import sys

import numpy as np
import pytest

from workbook.course.exercises import find
from workbook.learn.workspace import check_process, standings
from workbook.learn.workspace.check_process import Checker

NAME = "linear_forward"
RIGHT = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"


@pytest.fixture
def notebook(tmp_path, write_notebook):
    return lambda *cells: write_notebook(tmp_path / find(NAME).notebook_path, *cells)


def checked(path, seconds):
    with Checker(seconds) as checker:
        (found,) = checker.check(path, NAME)
    return found


@pytest.fixture
def busy():
    """Keep the machine busy with more processes than it has processors."""
    command = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(command) for _ in range(4 * (os.cpu_count() or 1))]
    yield
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_busy_machine_takes_longer_and_accuses_nobody(busy, notebook, monkeypatch):
    monkeypatch.setattr(standings, "_SECONDS", 1.0)
    work = "    end = time.process_time() + 0.03\n    while time.process_time() < end: pass\n"
    path = notebook("import time", RIGHT.replace("\n", f"\n{work}"))
    found = {one.exercise.name: one for one in standings.standings(path.parents[1])}
    assert found[NAME].state == "passing"


def test_waiting_is_no_computing(notebook):
    path = notebook("import time", RIGHT.replace("\n", "\n    time.sleep(0.2)\n"))
    assert checked(path, 0.5).passed


@pytest.mark.slow
def test_a_slow_start_counts_for_nobody(notebook, monkeypatch):
    monkeypatch.setattr(check_process, "_START_SECONDS", 0.0)
    found = checked(notebook(RIGHT), 1.0)
    assert (found.kind, found.passed) == ("too slow", False)
    assert "there was no answer within 0 seconds" in found.problem
    assert "loop" not in found.problem


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (["def linear_forward(A, W, b):\n    while True: pass"], "line 2 of code cell 1"),
        (["x = 1", "def helper():\n    for _ in iter(int, 1): pass",
          "def linear_forward(A, W, b):\n    return helper()"], "line 2 of code cell 2"),
        (["k = [0]", "while True: k[0] += 1", "def linear_forward(A, W, b):\n    return k"],
         "line 1 of code cell 2: `while True: k[0] += 1`"),
    ],
)  # fmt: skip
def test_where_it_was_stopped_is_said(cells, place, notebook):
    found = checked(notebook(*cells), 0.3)
    assert found.kind == "too slow"
    assert place in found.problem
    assert found.problem == found.text


@pytest.mark.slow
def test_it_is_tried_once_more(notebook, tmp_path):
    mark = tmp_path / "tried"
    first = f"\n    while not os.path.exists({str(mark)!r}):\n        os.mkdir({str(mark)!r})"
    slow = f"{first}\n        while True: pass"
    path = notebook("import os", RIGHT.replace("\n", f"{slow}\n"))
    assert checked(path, 0.5).passed


def test_what_ends_python_is_no_slowness(notebook):
    found = checked(notebook("import os\ndef linear_forward(A, W, b):\n    os._exit(0)"), 1.0)
    assert found.kind == "ended"


def test_one_process_checks_all_that_end(notebook, monkeypatch):
    started = []
    start = check_process._Child.__init__
    monkeypatch.setattr(
        check_process._Child, "__init__", lambda self: (started.append(self), start(self))[1]
    )
    path = notebook(RIGHT)
    with Checker(1.0) as checker:
        assert not started
        for _ in range(3):
            assert checker.check(path, NAME)[0].passed
    assert len(started) == 1


def test_files_beside_the_notebook_are_at_hand_when_it_is_called(notebook):
    body = (
        "    from helpers import times\n    return times(W, A) + np.load('zero.npy') + b, (A, W, b)"
    )
    path = notebook("import numpy as np", f"def linear_forward(A, W, b):\n{body}")
    (path.parent / "helpers.py").write_text("def times(W, A):\n    return W @ A")
    np.save(path.parent / "zero.npy", np.zeros(1))
    found = checked(path, 5.0)
    assert found.passed, found.text
    assert sorted(one.name for one in path.parent.iterdir()) == [
        path.name, "helpers.py", "zero.npy"
    ]  # fmt: skip


def test_settings_of_one_notebook_do_not_reach_the_next(notebook, tmp_path, write_notebook):
    strict = (
        "import sys, warnings\nimport numpy as np",
        "np.seterr(all='raise')\nwarnings.simplefilter('error')\nsys.setrecursionlimit(60)",
    )
    first = notebook(*strict, RIGHT)
    loose = "    np.log(np.zeros(1))\n    warnings.warn('x')\n"
    second = write_notebook(
        tmp_path / "other" / f"03_{NAME}.ipynb", strict[0], RIGHT.replace("\n", f"\n{loose}")
    )
    with Checker(5.0) as checker:
        assert checker.check(first, NAME)
        (found,) = checker.check(second, NAME)
    assert found.passed, found.text
