"""What the tests of the program share."""

import importlib.util
import inspect
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from workbook.cli import main
from workbook.course.exercises import ASSIGNMENTS, use_course
from workbook.course.folder import Course

ROOT = Path(__file__).resolve().parents[1]

# An exercise that a test adds to a copy of the course; its hidden tests are no tests of ours.
collect_ignore = ["eleventh"]

# What makes a folder a course; the program itself is installed.
COURSE = ("assignments", "solutions", "grader_tests", "source", "release", "nbgrader_config.py")


@pytest.fixture(autouse=True)
def _course_of_this_checkout():
    """Use this checkout's course again, whichever one a test has chosen."""
    yield
    use_course(ROOT)


@pytest.fixture(scope="session")
def course():
    """The course of this checkout. Only read it: nbgrader works in a copy."""
    return Course(ROOT)


def copy_of_course(target: Path) -> Path:
    """Copy the course, as a fresh checkout has it, and return the folder."""
    target.mkdir(parents=True)
    for name in COURSE:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture(scope="session")
def copy_course():
    """A function that copies the course to a new folder."""
    return copy_of_course


def run_module(module: str, *args, cwd: Path | None = None) -> subprocess.CompletedProcess:
    """Run a command of this Python, as its user would from a shell."""
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, args)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def nbgrader_command():
    """The command ``nbgrader``, in a course's folder."""

    def run(root: Path, *args) -> subprocess.CompletedProcess:
        return run_module("nbgrader", *args, cwd=root)

    return run


@pytest.fixture(scope="session")
def workbook_grade(course):
    """``workbook grade`` on submissions, into a folder; in this process, which saves seconds."""

    def run(submissions: Path, out: Path, *options):
        paths = [str(submissions), "--course", str(course.root), "--out", str(out)]
        runner = CliRunner(env={"COLUMNS": "200"})
        return runner.invoke(main, ["grade", *paths, *options], catch_exceptions=False)

    return run


@pytest.fixture(scope="module")
def out(small_class, workbook_grade):
    """Where ``workbook grade`` put what it made of the submissions ``small_class`` of a module."""
    out = small_class.parent / "out"
    result = workbook_grade(small_class, out)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def twelve():
    """The module of the class of twelve: its students and the marks that they deserve."""
    spec = importlib.util.spec_from_file_location(
        "class_of_twelve", Path(__file__).with_name("class_of_twelve.py")
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def submitted(twelve, course, tmp_path_factory):
    """The submissions of the class of twelve."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    twelve.write_class(course, folder)
    return folder


@pytest.fixture(scope="session")
def in_background(request, submitted, course, tmp_path_factory):
    """Slow commands, which run side by side while other tests run: the class in both gradings."""
    out = tmp_path_factory.mktemp("graded")
    options = ("--course", course.root, "--out", out, "--no-feedback")
    fresh = copy_of_course(tmp_path_factory.mktemp("nbgrader") / "course")
    shutil.copytree(submitted, fresh / "submitted")

    def by_workbook():
        return out, run_module("workbook.cli", "grade", submitted, *options)

    def by_nbgrader():
        # Nobody of the twelve has handed in a lab, and nbgrader stops where nothing is.
        given = [path.name for path in sorted((fresh / "submitted" / "chen").iterdir())]
        return fresh, [run_module("nbgrader", "autograde", one, cwd=fresh) for one in given]

    def generating():
        root = copy_of_course(tmp_path_factory.mktemp("generated") / "course")
        command = "generate_assignment"
        return root, [run_module("nbgrader", command, one, cwd=root) for one in ASSIGNMENTS]

    wanted = {name for item in request.session.items for name in item.fixturenames}
    ways = {"graded": by_workbook, "autograded": by_nbgrader, "generated": generating}
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {name: pool.submit(way) for name, way in ways.items() if name in wanted}


@pytest.fixture(scope="session")
def graded(in_background):
    """The class of twelve after ``workbook grade``: the folder, and what the command said."""
    out, command = in_background["graded"].result()
    assert command.returncode == 0, command.stderr
    return out, command


@pytest.fixture(scope="session")
def autograded(in_background):
    """A fresh copy of the course after ``nbgrader autograde``, its first commands, on the class."""
    root, commands = in_background["autograded"].result()
    for command in commands:
        assert command.returncode == 0, command.stderr
    return root, commands


@pytest.fixture(scope="session")
def generated(in_background):
    """A fresh copy of the course after ``nbgrader generate_assignment`` of every assignment."""
    root, commands = in_background["generated"].result()
    for command in commands:
        assert command.returncode == 0, command.stderr
    return root


@pytest.fixture
def write_notebook():
    """Write a notebook of code cells; a cell may be text, or a function for its source."""

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
