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

from tests.processes import runs
from workbook.course.exercises import find
from workbook.learn.workspace.watch import notebooks

pytestmark = pytest.mark.slow

NAME = "linear_backward"
NOTEBOOK = find(NAME).notebook_path
RIGHT = (
    "def linear_backward(dZ, cache):\n"
    "    A_prev, W, b = cache\n"
    "    m = A_prev.shape[1]\n"
    "    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(1, keepdims=True) / m"
)
WRONG = RIGHT.replace("keepdims=True", "keepdims=False")
LOOP = "def linear_backward(dZ, cache):\n    while True:\n        pass"
COMMAND = [sys.executable, "-m", "workbook.cli", "check", "--watch"]
PASS = "Visible checks pass; hidden tests run"
# Long enough for a machine that is busy: a test that waits for this long has failed.
PATIENCE = 30


class Watcher:
    """A real `workbook check --watch`, and what it has said so far."""

    def __init__(self, *paths, cwd):
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, paths)],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
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


def children(process):
    """Return the processes that a process has started."""
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
        return [int(pid) for pid in file.read().split()]


def test_each_save_is_checked(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, WRONG)
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


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import os\ndef linear_backward(dZ, cache):\n    os._exit(0)", "your code ends Python"),
        ("def linear_backward(dZ, cache):\n    raise KeyboardInterrupt", "your code ends Python"),
        ("def linear_backward(dZ, cache):\n    return input()", "EOFError"),
        ("import sys\ndef linear_backward(dZ, cache):\n    sys.exit(3)", "SystemExit"),
    ],
)
def test_code_that_ends_python_does_not_stop_it(tmp_path, watch, write_notebook, cell, words):
    path = write_notebook(tmp_path / NOTEBOOK, WRONG)
    watcher = watch()
    write_notebook(path, cell)
    watcher.until(words)
    write_notebook(path, RIGHT)
    watcher.until(PASS)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_loop_that_never_ends_is_ended_by_the_next_save(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, WRONG)
    watcher = watch()
    write_notebook(path, LOOP)
    time.sleep(1)
    (looping,) = children(watcher.process)
    write_notebook(path, RIGHT)
    said = watcher.until(PASS)
    assert "never ends" not in said
    assert looping not in children(watcher.process)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_ctrl_c_ends_a_check_that_hangs_and_leaves_no_process(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, WRONG)
    watcher = watch()
    write_notebook(path, LOOP)
    time.sleep(1)
    started = children(watcher.process)
    assert started
    assert watcher.interrupt() == 0
    assert not [pid for pid in started if os.path.exists(f"/proc/{pid}")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_check_does_not_outlive_a_watcher_that_is_killed(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, WRONG)
    watcher = watch()
    write_notebook(path, LOOP)
    time.sleep(1)
    (looping,) = children(watcher.process)
    watcher.process.kill()
    end = time.monotonic() + PATIENCE
    while runs(looping) and time.monotonic() < end:
        time.sleep(0.05)
    assert not runs(looping)


def test_a_named_notebook_is_checked_at_once(tmp_path, watch, write_notebook):
    path = write_notebook(tmp_path / NOTEBOOK, RIGHT)
    write_notebook(tmp_path / "other.ipynb", WRONG)
    watcher = watch(path)
    watcher.until(PASS)


def run(*args, cwd):
    command = [sys.executable, "-m", "workbook.cli", "check", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=PATIENCE)


def test_nothing_to_watch_is_wrong_usage(tmp_path, write_notebook):
    done = run("--watch", cwd=tmp_path)
    assert done.returncode == 2
    assert "workbook check --watch notebooks" in done.stderr
    done = run("--watch", "gone.ipynb", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no notebook or folder gone.ipynb" in done.stderr
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    assert "--watch" in done.stderr


def test_which_notebooks_are_watched(tmp_path, write_notebook):
    for name in ("a.ipynb", NOTEBOOK, "x/y/deep.ipynb", ".hidden/b.ipynb", "x/.~c.ipynb", "d.py"):
        write_notebook(tmp_path / name)
    write_notebook(tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb")
    found = [path.relative_to(tmp_path).as_posix() for path in notebooks([tmp_path])]
    assert found == [NOTEBOOK, "a.ipynb"]
    named = tmp_path / "x" / "y" / "deep.ipynb"
    assert list(notebooks([named])) == [named]
