"""What the tests of the program share."""

import tests.one_thread  # noqa: F401  before NumPy is imported

# isort: split
import contextlib
import inspect
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import workbook.course.nbgrader_imports  # noqa: F401  before any test imports nbgrader
from tests import kept
from tests.command import in_course
from tests.forked import CAN, run_forked
from tests.reference import NONE_WAITS, WHOLE, by_commit, by_turns, turn, waiting
from workbook.course.data_folder import data_folder
from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, use_course
from workbook.course.folder import CONFIG_FILE, Course
from workbook.learn.workspace import check_process, known_results

ROOT = Path(__file__).resolve().parents[1]

# Otherwise each process of each run compiles all tests anew, which takes it seconds.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples in every run, and no failure because the machine was busy.
settings.register_profile(
    "ours", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ours")
# Otherwise numbers and texts of the modules that happen to be imported are among the examples;
# older versions do not look for them.
with contextlib.suppress(ImportError):
    from hypothesis.internal.conjecture import providers

    providers._get_local_constants = lambda: providers._local_constants

# An exercise that a test adds to a copy of the course; its hidden tests are no tests of ours.
collect_ignore = ["eleventh"]

# Grading is for Linux: elsewhere, the tests are those of what a learner uses.
FOR_LINUX = re.compile(
    r"^ *(from|import) (nbgrader|tests\.(attacks|submissions)|workbook\.(build|grade))\b",
    re.MULTILINE,
)


# All tests of such a file are slow.
ALL_SLOW = re.compile(r"^pytestmark = (\[\s*)?pytest\.mark\.slow\b", re.MULTILINE)


def pytest_ignore_collect(collection_path, config):
    """Leave out, on other systems than Linux, the files that import the grader or the build.

    And those of which no test would be run: to import them takes seconds.
    """
    left_out = [FOR_LINUX] if sys.platform != "linux" else []
    if config.option.markexpr == "not slow":
        left_out.append(ALL_SLOW)
    if left_out and collection_path.suffix == ".py":
        text = collection_path.read_text(encoding="utf-8")
        return True if any(one.search(text) for one in left_out) else None
    return None


# What makes a folder a course; the program itself is installed.
COURSE = ("assignments", "solutions", "grader_tests", "source", "release", "nbgrader_config.py")


@pytest.fixture(scope="session")
def _ours():
    """The notebooks and the data's folder of this checkout, as they were read last."""
    use_course(ROOT)
    return [*NOTEBOOKS], data_folder()


@pytest.fixture(autouse=True)
def _course_of_this_checkout(_ours):
    """Use this checkout's course again, whichever one a test has chosen."""
    yield
    notebooks, folder = _ours
    # To read it takes longer than many a test.
    if data_folder() != folder or [*map(id, NOTEBOOKS)] != [*map(id, notebooks)]:
        use_course(ROOT)
        notebooks[:] = NOTEBOOKS


@pytest.fixture(autouse=True)
def _same_draws(request):
    """Let a test draw the same numbers in every run, wherever it stands and whatever ran before."""
    seed = zlib.crc32(request.node.nodeid.encode())
    random.seed(seed)
    np.random.seed(seed)


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch, tmp_path_factory):
    """Keep outcomes of checks away from the user's own folder, and from one test to the next."""
    monkeypatch.setattr(known_results, "_users_folder", lambda: tmp_path_factory.mktemp("known"))


def pytest_collection_modifyitems(config, items):
    """Begin with the files that have slow tests, so that no process ends long after the others.

    Leave the long ways through a browser to a run of their own, and in a run of whole folders what
    waits for its turn to another commit.
    """
    if not (WHOLE or "browser" in config.option.markexpr):
        reason = "a long way through a browser: pytest -m browser, or WORKBOOK_TESTS=all pytest"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))
    if folders(config) and not NONE_WAITS:
        left_out = waiting(items, turn())
        config.hook.pytest_deselected(items=left_out)
        wait = {item.nodeid for item in left_out}
        items[:] = [item for item in items if item.nodeid not in wait]
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def folders(config):
    """Return the folders that were asked for, and no single files or tests."""
    return [one for one in config.args if Path(one).is_dir()]


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config):
    """Run the tests of single files in this process: several would take longer to start."""
    if not folders(config):
        return 0
    # What is slow often waits: for a limit, for a process that starts, or for the disk.
    waits = "not slow" not in config.option.markexpr
    return len(os.sched_getaffinity(0)) + waits if hasattr(os, "sched_getaffinity") else None


@pytest.fixture(scope="session")
def course():
    """The course of this checkout. Only read it: nbgrader works in a copy."""
    return Course(ROOT)


def copy_of_course(target: Path, names: tuple[str, ...] = COURSE) -> Path:
    """Copy the course, as a fresh checkout has it, and return the folder."""
    target.mkdir(parents=True)
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, target / name)
    return target


def copy_hashes(target: Path) -> None:
    """Let a copy know which notebooks are up to date, if this checkout knows it: they need not be
    built again.
    """
    from workbook.build.changes import CACHE

    if (ROOT / CACHE).is_file():
        (target / CACHE).parent.mkdir()
        shutil.copy(ROOT / CACHE, target / CACHE)


@pytest.fixture
def root(tmp_path):
    """A course of which only the settings are needed."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / CONFIG_FILE).write_text("c = get_config()\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def copy_course():
    """A function that copies the course to a new folder."""
    return copy_of_course


def run_module(module: str, *args, cwd: Path | None = None, **env: str):
    """Run a command of this Python, as its user would from a shell."""
    if module in ("nbgrader", "workbook.cli"):
        return run_quickly(module, *args, cwd=cwd, **env)
    return run_python("-m", module, *args, cwd=cwd, **env)


def run_quickly(what: str | Path, *args, cwd: Path | None = None, **env: str):
    """Run a module or a file in a process that has imported NumPy, matplotlib and nbgrader."""
    if CAN:
        return run_forked(*map(str, (what, *args)), cwd=cwd, env=environment(**env))
    return run_python(*(("-m", what) if isinstance(what, str) else [what]), *args, cwd=cwd, **env)


def environment(**env: str) -> dict[str, str]:
    """Return the environment variables of a command, with these."""
    # nbgrader starts the program alembic by its name: it is found where an environment is active.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1", "PATH": path, **env}


def run_python(*args, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess:
    """Run this Python with these arguments, in a folder, and with these environment variables."""
    return subprocess.run(
        [sys.executable, *map(str, args)],
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def nbgrader_command():
    """The command ``nbgrader``, in a course's folder."""

    def run(root: Path, *args) -> subprocess.CompletedProcess:
        return run_nbgrader(*args, cwd=root)

    return run


def run_nbgrader(*args, cwd: Path, **env: str) -> subprocess.CompletedProcess:
    """Run an nbgrader command."""
    return run_module("nbgrader", *args, cwd=cwd, **env)


@pytest.fixture(scope="session")
def _judges():
    with kept.judges() as judges:
        yield judges


@pytest.fixture(scope="module")
def kept_judges(_judges):
    """The same judges for all commands in this process; no hidden test may change meanwhile."""
    from workbook.grade import command

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "LocalExecutor", _judges)
        yield


@pytest.fixture(scope="session")
def workbook_grade(course, _judges):
    """``workbook grade`` on submissions, into a folder; in this process, which saves seconds."""
    from workbook.grade import command

    def run(submissions: Path, out: Path, *options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(command, "LocalExecutor", _judges)
            return in_course(course.root, "grade", submissions, "--out", out, *options)

    return run


@pytest.fixture(scope="module")
def out(small_class, workbook_grade):
    """Where ``workbook grade`` put what it made of the submissions ``small_class`` of a module."""
    out = small_class.parent / "out"
    result = workbook_grade(small_class, out)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def judge(course):
    """One judge, and so one warm process, for the submissions of many tests."""
    from workbook.grade.judging.judge import Judge

    judge = Judge(course)
    yield judge
    judge.close()


@pytest.fixture(scope="session")
def _children():
    with kept.children() as children:
        yield children


@pytest.fixture(scope="module")
def kept_checks(_children):
    """Check notebooks in one process for all commands, as one command does for all notebooks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_process, "_Child", _children)
        yield


@pytest.fixture(scope="session")
def made_once(request, tmp_path_factory):
    """A function that makes something costly once for all processes of a run.

    The first test that asks for it makes it, in a folder that all processes share; the others wait.
    """
    # Grading is for Linux; the learner's tests, which share nothing, run elsewhere, too.
    import fcntl

    top = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        top = top.parent

    def made(name, make):
        answer = top / f"{name}.pickle"
        with (top / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not answer.exists():
                answer.write_bytes(pickle.dumps(make(top / name)))
        return pickle.loads(answer.read_bytes())

    return made


@pytest.fixture(scope="session")
def submitted(course, made_once):
    """The submissions of the class of twelve."""
    from tests.class_of_twelve import write_class

    def write(folder):
        write_class(course, folder / "submitted")
        return folder / "submitted"

    return made_once("class", write)


@pytest.fixture(scope="session")
def graded(submitted, course, made_once):
    """The class of twelve after ``workbook grade``: the folder, and what the command said."""

    def grade(out):
        options = ("--course", course.root, "--out", out, "--no-feedback")
        return out, run_module("workbook.cli", "grade", submitted, *options)

    return checked(*made_once("graded", grade))


def checked(folder, done):
    """Return a folder and the commands that made it, or the only one, if they succeeded."""
    for command in done if isinstance(done, list) else [done]:
        assert command.returncode == 0, command.stderr
    return folder, done


@pytest.fixture(scope="session")
def autograded(submitted, made_once):
    """A fresh copy of the course after ``nbgrader autograde``, its first commands, on the class."""

    def grade(folder):
        root = copy_of_course(folder)
        shutil.copytree(submitted, root / "submitted")
        # Nobody of the twelve has handed in a lab, and nbgrader stops where nothing is.
        given = [path.name for path in sorted((root / "submitted" / "chen").iterdir())]
        return root, [run_nbgrader("autograde", one, cwd=root) for one in given]

    return checked(*made_once("autograded", grade))


@pytest.fixture(scope="session")
def generated(made_once):
    """A fresh copy of the course after ``nbgrader generate_assignment``, and of what."""

    def generate(folder):
        root = copy_of_course(folder)
        command = "generate_assignment"
        return root, [run_nbgrader(command, one, cwd=root) for one in names]

    # To start nbgrader takes seconds.
    names = by_turns(by_commit(ASSIGNMENTS, 2), 3)
    return checked(*made_once("generated", generate))[0], names


@pytest.fixture(scope="session")
def solved(course, tmp_path_factory):
    """The folder of a learner who has solved everything. Only read it."""
    from tests.lesson_checks import write_solved

    folder = tmp_path_factory.mktemp("solved")
    write_solved(course, NOTEBOOKS, folder)
    return folder


@pytest.fixture(scope="session")
def executed(solved, made_once):
    """A function that runs a solved notebook, once in all."""
    from tests.kernels import execute_file

    def run(exercise):
        path = solved / exercise.notebook_path
        return made_once(f"executed {exercise.name}", lambda folder: execute_file(path))

    return run


@pytest.fixture
def pictures(tmp_path):
    """Where the screenshots go; WORKBOOK_SCREENSHOTS names a folder that keeps them."""
    folder = Path(os.environ.get("WORKBOOK_SCREENSHOTS", tmp_path / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def write_notebook():
    """Write a notebook of code cells; a cell may be text, or a function for its source."""
    import nbformat

    def write(path: Path, *cells) -> Path:
        texts = [cell if isinstance(cell, str) else inspect.getsource(cell) for cell in cells]
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# A lesson")]
            + [nbformat.v4.new_code_cell(text) for text in texts]
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return write
