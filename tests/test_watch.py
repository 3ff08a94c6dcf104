"""`workbook check --watch`: a notebook is checked each time it is saved."""

import os
import re
import signal
import subprocess
import sys
import time
from queue import Empty, SimpleQueue
from threading import Thread

import pytest

from tests.conftest import run_module
from tests.processes import CTRL_C, descendants, runs, until
from workbook.course.exercises import find
from workbook.learn.workspace.watch import notebooks_in

pytestmark = pytest.mark.slow
reads_proc = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

NAME = "linear_backward"
NOTEBOOK = find(NAME).notebook_path
RIGHT = (
    "def linear_backward(dZ, cache):\n"
    "    A_prev, W, b = cache\n"
    "    m = A_prev.shape[1]\n"
    "    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(1, keepdims=True) / m"
)
WRONG = RIGHT.replace("keepdims=True", "keepdims=False")
LOOP = "def linear_backward(dZ, cache):\n    open({!r}, 'w').close()\n    while True: pass"
COMMAND = [sys.executable, "-m", "workbook.cli", "check", "--watch"]
PASS = "Visible checks pass."
# Long enough for a machine that is busy: a test that waits for this long has failed.
PATIENCE = 120


class Watcher:
    """A real `workbook check --watch`, and what it has said so far."""

    def __init__(self, *paths, cwd):
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, paths)],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            **CTRL_C,
        )
        self._lines = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def until(self, words):
        """Return what is said up to and with the line that holds these words."""
        said, end = "", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=0.1)
            except Empty:
                continue
            assert line is not None, f"it ended, after: {said}"
            said += line
            if words in line:
                return said
        raise AssertionError(f"{words!r} was not said: {said}")

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watch(tmp_path):
    started = []

    def watch(*paths):
        watcher = Watcher(*paths, cwd=tmp_path)
        started.append(watcher)
        watcher.until("Watching")
        return watcher

    yield watch
    for watcher in started:
        watcher.process.kill()
        watcher.process.wait()
        watcher.process.stdout.close()


@pytest.fixture
def path(tmp_path, write_notebook):
    """A notebook whose function is wrong."""
    return write_notebook(tmp_path / NOTEBOOK, WRONG)


@pytest.fixture
def looping(path, tmp_path, watch, write_notebook):
    """A watcher whose check never ends, and the process of that check."""
    watcher = watch()
    begun = tmp_path / "begun"
    write_notebook(path, LOOP.format(str(begun)))
    until(begun.exists)
    (process,) = descendants(watcher.process.pid)
    return watcher, process


def test_each_save_is_checked(tmp_path, path, watch, write_notebook):
    watcher = watch()
    write_notebook(path, RIGHT)
    said = watcher.until(PASS)
    assert NOTEBOOK in said
    write_notebook(path, WRONG)
    said = watcher.until("linear_backward: ")
    passed, total = re.search(r"linear_backward: (\d+) of (\d+) visible checks", said).groups()
    assert int(passed) < int(total)
    # As JupyterLab saves: another file takes the notebook's name.
    write_notebook(tmp_path / "new", RIGHT).replace(path)
    watcher.until(PASS)
    assert watcher.interrupt() == 0


def test_broken_deleted_and_renamed_files_do_not_stop_it(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, RIGHT)
    watcher = watch(tmp_path)
    path.write_text('{"cells": [')
    watcher.until("is not a Jupyter notebook")
    path.write_text("")
    watcher.until("is an empty file")
    write_notebook(path, "def linear_backward(dZ, cache:\n    return 1")
    watcher.until("is not valid Python")
    path.unlink()
    path.mkdir()
    time.sleep(0.5)
    path.rmdir()
    write_notebook(path, RIGHT)
    watcher.until(PASS)
    path.rename(path.with_name("mine.ipynb"))
    said = watcher.until(PASS)
    assert "mine.ipynb" in said
    write_notebook(tmp_path / "scratch.ipynb", "x = 1")
    watcher.until("scratch.ipynb defines none of the ten functions")
    assert watcher.process.poll() is None


def test_a_new_folder_is_seen(tmp_path, watch, write_notebook):
    write_notebook(tmp_path / "a" / "mine.ipynb", WRONG)
    watcher = watch()
    write_notebook(tmp_path / NOTEBOOK, RIGHT)
    watcher.until(PASS)


def test_code_that_ends_python_does_not_stop_it(path, watch, write_notebook):
    watcher = watch()
    for cell, words in (
        ("import os\ndef linear_backward(dZ, cache):\n    os._exit(0)", "your code ends Python"),
        ("def linear_backward(dZ, cache):\n    raise KeyboardInterrupt", "your code ends Python"),
        ("def linear_backward(dZ, cache):\n    return input()", "EOFError"),
        ("import sys\ndef linear_backward(dZ, cache):\n    sys.exit(3)", "SystemExit"),
    ):
        write_notebook(path, cell)
        watcher.until(words)
        write_notebook(path, RIGHT)
        watcher.until(PASS)


@reads_proc
def test_a_loop_that_never_ends_is_ended_by_the_next_save(looping, path, write_notebook):
    watcher, process = looping
    write_notebook(path, RIGHT)
    said = watcher.until(PASS)
    assert "never ends" not in said
    assert process not in descendants(watcher.process.pid)


@reads_proc
def test_ctrl_c_ends_a_check_that_hangs_and_leaves_no_process(looping):
    watcher, process = looping
    assert watcher.interrupt() == 0
    assert not os.path.exists(f"/proc/{process}")


@reads_proc
def test_a_check_does_not_outlive_a_watcher_that_is_killed(looping):
    watcher, process = looping
    watcher.process.kill()
    until(lambda: not runs(process))


def test_a_named_notebook_is_checked_at_once(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, RIGHT)
    write_notebook(tmp_path / "other.ipynb", WRONG)
    watcher = watch(path)
    watcher.until(PASS)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--watch",), "workbook check --watch notebooks"),
        (("--watch", "gone.ipynb"), "there is no notebook or folder gone.ipynb"),
        ((), "--watch"),
    ],
)
def test_nothing_to_watch_is_wrong_usage(tmp_path, args, said):
    done = run_module("workbook.cli", "check", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


def test_which_notebooks_are_watched(tmp_path, write_notebook):
    for name in ("a.ipynb", NOTEBOOK, "x/y/deep.ipynb", ".hidden/b.ipynb", "x/.~c.ipynb", "d.py"):
        write_notebook(tmp_path / name)
    write_notebook(tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb")
    found = [path.relative_to(tmp_path).as_posix() for path in notebooks_in([tmp_path])]
    assert found == [NOTEBOOK, "a.ipynb"]
    named = tmp_path / "x" / "y" / "deep.ipynb"
    assert list(notebooks_in([named])) == [named]
