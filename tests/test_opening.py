"""`workbook lab`: what it prints, and how it starts JupyterLab."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from types import SimpleNamespace

import pytest

from tests.command import workbook
from tests.processes import CTRL_C, until
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES
from workbook.course.leftovers import COURSE_PAGE
from workbook.learn.finding import start_page
from workbook.learn.workspace import course_page, opening
from workbook.learn.workspace.opening import lab_command, lay_out, open_lab
from workbook.learn.workspace.own_files import LabError

pytestmark = pytest.mark.usefixtures("kept_checks")

FIRST, LAST = EXERCISES[0], EXERCISES[-1]
PASSING = (
    "def update_parameters(params, grads, learning_rate):\n"
    "    return {k: v - learning_rate * grads['d' + k] for k, v in params.items()}"
)


@pytest.fixture
def started(monkeypatch):
    """The commands by which JupyterLab would have been started."""
    seen = []

    class Process:
        def __init__(self, command, **options):
            seen.append((command, options))
            self.interrupted = False

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            if not self.interrupted:
                self.interrupted = True
                raise KeyboardInterrupt
            return 7

    monkeypatch.setattr(opening, "subprocess", SimpleNamespace(Popen=Process))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return seen


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return workbook


def test_jupyterlab_is_waited_for_when_ctrl_c_is_for_it(tmp_path, started):
    assert open_lab(tmp_path, FIRST.notebook_path, ["--port=8899"]) == 7
    ((command, options),) = started
    assert command[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert f"--LabApp.default_url=/lab/tree/{FIRST.notebook_path}" in command
    assert command[-1] == "--port=8899"
    assert options["cwd"] == tmp_path


def test_an_option_of_the_users_takes_the_place_of_ours(tmp_path, started):
    theirs = ["--LabApp.default_url=/lab", "--ServerApp.root_dir=/tmp"]
    open_lab(tmp_path, FIRST.notebook_path, theirs)
    command = started[0][0]
    assert [one for one in command if "default_url" in one or "root_dir" in one] == theirs


def test_without_jupyterlab_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda name: None)
    with pytest.raises(LabError, match="pip install jupyterlab"):
        open_lab(tmp_path)


def test_the_page_is_opened_once_and_a_layout_of_the_learners_is_left_alone(tmp_path):
    lay_out(tmp_path)
    assert not list(tmp_path.iterdir())
    (tmp_path / COURSE_PAGE).write_text("# Your course\n")
    lay_out(tmp_path)
    (file,) = tmp_path.rglob("*.jupyterlab-workspace")
    assert COURSE_PAGE in json.dumps(json.loads(file.read_text()))
    file.write_text("{}")
    lay_out(tmp_path)
    assert file.read_text() == "{}"
    assert f"--LabApp.workspaces_dir={file.parent}" in lab_command(tmp_path)


@pytest.mark.slow
def test_a_new_learner_gets_the_notebooks_and_the_first_one(run, tmp_path, started):
    result = run("lab", "--port", "8899", "--no-browser", "--", "--ip=127.0.0.1", "--nothing")
    assert result.exit_code == 7
    lines = result.stdout.splitlines()
    first = next((one.notebook_path for one in PAGES if one.assignment == FIRST.assignment),
                 FIRST.notebook_path)  # fmt: skip
    assert lines == [
        f"{len(NOTEBOOKS + PAGES)} notebooks copied to notebooks.",
        f"JupyterLab starts with {first}; {COURSE_PAGE} shows where you are.",
    ]
    command = started[0][0]
    assert command[-4:] == ["--port=8899", "--no-browser", "--ip=127.0.0.1", "--nothing"]
    assert f"--LabApp.default_url=/lab/tree/{first}" in command
    assert (tmp_path / "notebooks" / COURSE_PAGE).is_file()


@pytest.mark.slow
def test_who_comes_back_gets_the_next_one(run, tmp_path, started, write_notebook, monkeypatch):
    run("lab", "--copy-only")
    write_notebook(tmp_path / "notebooks" / LAST.notebook_path, PASSING)
    # From inside of the folder, too: none is made in it.
    monkeypatch.chdir(tmp_path / "notebooks" / LAST.assignment)
    result = run("lab")
    first, *_, last = result.stdout.splitlines()
    assert first == f"Your notebooks are in {tmp_path / 'notebooks'}; none was missing."
    assert last.startswith(f"JupyterLab starts with {FIRST.notebook_path};")
    assert not (tmp_path / "notebooks" / "notebooks").exists()


@pytest.mark.slow
def test_one_notebook_that_was_missing_is_named(run, tmp_path, started):
    run("lab", "--copy-only", "mine")
    (tmp_path / "mine" / LAST.notebook_path).unlink()
    assert run("lab", "mine").stdout.startswith(f"1 notebook copied to mine: {LAST.notebook_path}.")


@pytest.mark.slow
def test_a_page_that_cannot_be_written_stops_nobody(run, tmp_path, started, monkeypatch):
    run("lab", "--copy-only", "mine")
    (tmp_path / "mine" / COURSE_PAGE).unlink()

    def refuse(*_, **__):
        raise LabError("it cannot be written")

    monkeypatch.setattr(course_page, "write_file", refuse)
    monkeypatch.setattr(opening, "write_file", refuse)
    first = start_page() or FIRST
    assert run("lab", "mine").stdout.endswith(f"JupyterLab starts with {first.notebook_path}.\n")
    assert started


@pytest.mark.slow
def test_the_released_notebooks_of_a_course_are_nobodys(run, tmp_path, started, monkeypatch):
    release = tmp_path / "course" / "release"
    run("lab", "--copy-only", release)
    (release.parent / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(release)
    assert "Usage:" in run().stderr
    for name in ("notebooks", "mine"):
        home = release.parent / name
        run("lab", "--copy-only", home)
        monkeypatch.chdir(home if name == "mine" else home.parent)
        assert f"Your course is in {home}:" in run().stdout


@pytest.mark.slow
def test_it_does_not_say_what_an_option_of_the_users_undoes(run, started):
    assert "starts with" not in run("lab", "--", "--LabApp.default_url=/lab").stdout


@pytest.mark.slow
def test_copy_only_starts_nothing(run, started):
    result = run("lab", "--copy-only", "mine")
    assert result.exit_code == 0
    assert "`workbook lab` without --copy-only opens it" in result.stdout
    assert not started


def test_a_folder_that_is_a_file_is_refused(run, tmp_path, started):
    (tmp_path / "mine").write_text("")
    result = run("lab", "mine")
    assert result.exit_code == 2
    assert "'mine' is a file" in result.stderr
    assert not started


def test_of_two_copies_side_by_side_one_has_to_be_named(run, tmp_path, write_notebook, started):
    for name in ("my first", "second"):
        write_notebook(tmp_path / name / LAST.notebook_path, PASSING)
    for command in ((), ("lab",), ("progress",), ("save",), ("start-again", "1")):
        result = run(*command)
        assert result.exit_code == 2, command
        said = " ".join(result.stderr.split())
        assert "there are 2 folders with notebooks here: my first and second" in said
        assert "`workbook lab 'my first'`" in said
    assert not started
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_dir()) == ["my first", "second"]


@pytest.mark.slow
def test_alone_it_says_where_you_are(run, tmp_path, write_notebook, monkeypatch):
    nothing = run()
    assert nothing.exit_code == 0
    assert nothing.stdout.startswith("There are no notebooks here yet: `workbook lab` makes them")
    run("lab", "--copy-only")
    write_notebook(tmp_path / "notebooks" / LAST.notebook_path, PASSING)
    said = run()
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    count = len(EXERCISES)
    home = tmp_path / "notebooks"
    assert lines[0] == f"Your course is in {home}: 1 of {count} functions pass."
    assert lines[1].startswith(f"Next: 1 {FIRST.name}")
    assert lines[2] == f"`workbook lab` opens {FIRST.notebook_path} in JupyterLab."
    assert lines[3] == "`workbook --help` lists the commands."
    for inside in (home, home / LAST.assignment):
        monkeypatch.chdir(inside)
        assert run().stdout == said.stdout


@pytest.mark.slow
def test_alone_it_names_a_lab_when_the_ten_pass(solved, monkeypatch, tmp_path, run):
    monkeypatch.chdir(solved)
    assert "10 of 10 functions pass." in run().stdout
    assert "All labs pass, too" in run().stdout


def answering(said):
    """Return the path that JupyterLab says it has opened, once it answers there."""
    url = re.search(r"(http://localhost:\d+)(\S*)\n", said)
    if url is None or "is running at" not in said:
        return ""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{url[1]}/api"):
        return url[2]
    return ""


@pytest.mark.slow
def test_a_module_of_the_learners_does_not_stop_jupyterlab(tmp_path):
    (tmp_path / "random.py").write_text("raise SystemExit('this is no library')\n")
    command = [*lab_command(tmp_path), "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends signals as a terminal does")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_end_of_the_command_end_jupyterlab(tmp_path, end):
    words = ["lab", "--no-browser", "--", "--allow-root", "--ServerApp.port=0"]
    log = tmp_path / "log"
    keyboard, terminal = os.openpty()
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbook.cli", *words], cwd=tmp_path, stdin=terminal,
            stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **CTRL_C,
        )  # fmt: skip
    try:
        # Before it answers, it has not said yet what Ctrl+C is to do.
        path = until(lambda: answering(log.read_text()), process)
        assert path.startswith(f"/lab/tree/{FIRST.assignment}/0")
        if end == signal.SIGINT:
            # A terminal sends it to both processes, and JupyterLab asks whether it is to end.
            os.killpg(process.pid, end)
            os.write(keyboard, b"y\n")
        else:
            os.kill(process.pid, end)
        assert process.wait(timeout=60) == 0, log.read_text()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(keyboard)
        os.close(terminal)
