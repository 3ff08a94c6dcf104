"""The wheel alone, installed somewhere else, gives a learner everything, and no answer."""

import email
import filecmp
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT, run_module, run_python
from tests.submissions import answer_text, hand_in
from workbook.course.exercises import EXERCISES, FUNCTIONS, NOTEBOOKS, PAGES

pytestmark = pytest.mark.slow

# What only instructors install: a learner's commands must not need it.
GRADING = ("nbgrader", "jupytext", "sqlalchemy", "alembic")


def pip(*arguments):
    # What is needed is here already: the network is not used.
    done = run_module("pip", "--disable-pip-version-check", "--quiet", *arguments)
    assert done.returncode == 0, done.stderr


def wheel_of(source, folder):
    """Build the wheel from a folder, and return its path."""
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source))
    (path,) = folder.glob("*.whl")
    return path


def held(wheel):
    """Return the files of a wheel, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout."""
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def files(wheel):
    """The files of the wheel, by name."""
    return held(wheel)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The folder of the source distribution, built from the checkout and unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    done = run_module("build", "--sdist", "--no-isolation", "--outdir", folder, ROOT)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    return folder / path.name.removesuffix(".tar.gz")


def listed():
    """Return the files of the checkout that are the project's, by name."""
    git = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if git.returncode != 0:
        pytest.skip("there is no repository to say which files are the project's")
    return {name for name in git.stdout.split("\0") if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder in which pip has installed the wheel."""
    folder = tmp_path_factory.mktemp("installed") / "site"
    pip("install", "--no-index", "--no-deps", "--target", str(folder), str(wheel))
    return folder


@pytest.fixture
def python(installed, tmp_path):
    """Run Python code far from the checkout, with the installed package and without nbgrader."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    blocked = "".join(f"sys.modules[{name!r}] = None\n" for name in GRADING)

    def run(code):
        own = {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
        return run_python("-P", "-c", f"import sys\n{blocked}{code}", cwd=elsewhere, **own)

    run.folder = elsewhere
    return run


@pytest.fixture
def workbook(python):
    """Run the command `workbook` of the installed package."""

    def run(*arguments):
        words = ["workbook", *map(str, arguments)]
        return python(f"sys.argv = {words!r}\nfrom workbook.cli import main\nmain()")

    run.folder = python.folder
    return run


def test_the_wheel_holds_the_package_and_nothing_else(files):
    tops = {name.split("/")[0] for name in files}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"workbook"}
    assert len(tops) == 2
    released = {name for name in files if name.startswith("workbook/learn/released/")}
    assert released == {f"workbook/learn/released/{e.notebook_path}" for e in NOTEBOOKS + PAGES}
    for name in FUNCTIONS:
        data = f"workbook/course/data/{name}.json"
        assert files[data] == (ROOT / data).read_bytes()
    for exercise in NOTEBOOKS + PAGES:
        notebook = f"workbook/learn/released/{exercise.notebook_path}"
        assert files[notebook] == (ROOT / "release" / exercise.notebook_path).read_bytes()
    # Every other file is the checkout's: none is left out, none is added.
    others = {n for n in files if n.startswith("workbook/")} - released
    tracked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "workbook").rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }
    assert others == tracked
    assert all(files[name] == (ROOT / name).read_bytes() for name in others)


# Code, what pages are made of, the checks' data, the data sets with their licences, and how
# learning platforms name files.
KINDS = {".py", ".json", ".toml", ".txt", ".html", ".css", ".md", ".ipynb"}


def test_the_wheel_holds_nothing_of_another_kind(files):
    own = {Path(name).suffix for name in files if name.startswith("workbook/")}
    assert own <= KINDS
    meta = {Path(name).name for name in files if not name.startswith("workbook/")}
    assert meta == {"METADATA", "WHEEL", "RECORD", "LICENSE", "entry_points.txt"}


def test_the_source_distribution_holds_the_project_and_nothing_else(unpacked):
    files = (path for path in unpacked.rglob("*") if path.is_file())
    assert {path.relative_to(unpacked).as_posix() for path in files} == {*listed(), "PKG-INFO"}
    assert all((unpacked / name).read_bytes() == (ROOT / name).read_bytes() for name in listed())


def test_what_else_lies_in_a_checkout_is_not_distributed():
    # Of the folders and files at the top, those that are named, and those that Hatch always takes.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    always = {"pyproject.toml", "README.md", "LICENSE", ".gitignore"}
    assert {name.split("/")[0] for name in listed()} == {*named, *always}


def test_the_source_distribution_makes_the_same_wheel(unpacked, files, tmp_path):
    again = held(wheel_of(unpacked, tmp_path))
    assert again.keys() == files.keys()
    assert all(again[name] == data for name, data in files.items() if "RECORD" not in name)


def test_the_wheel_says_what_a_learner_needs(files):
    (name,) = [name for name in files if name.endswith(".dist-info/METADATA")]
    metadata = email.message_from_bytes(files[name])
    assert metadata["Name"] == "backprop-workbook"
    needed = metadata.get_all("Requires-Dist")
    for package in GRADING[:3]:
        assert not [n for n in needed if n.startswith(package) and "extra ==" not in n]
    (entry,) = [name for name in files if name.endswith(".dist-info/entry_points.txt")]
    assert b"workbook = workbook.cli:main" in files[entry]


def test_the_installed_package_is_the_wheels(python, installed):
    done = python(
        "import workbook, importlib.metadata as m\n"
        "print(workbook.__file__, m.distribution('backprop-workbook').locate_file(''), sep='\\n')"
    )
    assert (done.returncode, done.stderr) == (0, "")
    module, distribution = map(Path, done.stdout.split())
    assert module.is_relative_to(installed)
    assert distribution == installed
    assert (installed / "bin" / "workbook").is_file()


def test_lab_check_and_progress_work(workbook):
    done = workbook("lab", "--no-browser", "mine")
    assert done.returncode == 0, done.stderr
    mine = workbook.folder / "mine"
    for exercise in EXERCISES:
        assert filecmp.cmp(
            mine / exercise.notebook_path, ROOT / "release" / exercise.notebook_path, shallow=False
        )
    done = workbook("check", mine / EXERCISES[0].notebook_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "not written yet" in done.stdout
    done = workbook("progress", "mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 10" in done.stdout


def test_solved_notebooks_pass(workbook, tmp_path):
    paths = [hand_in(tmp_path, "ada", exercise) for exercise in EXERCISES]
    done = workbook("check", *paths)
    assert (done.returncode, done.stderr) == (0, "")
    done = workbook("progress", tmp_path / "ada")
    assert "10 of 10" in done.stdout


def test_a_notebook_imports_what_it_needs(python, tmp_path):
    exercise = EXERCISES[3]
    hand_in(python.folder, "", EXERCISES[2])
    released = nbformat.read(ROOT / "release" / exercise.notebook_path, as_version=4)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in released.cells]
    setup = released.cells[names.index(f"{exercise.name}-setup")].source
    code = f"{setup}\n{answer_text(exercise)}\ncheck({exercise.name})\n"
    done = python(f"import os\nos.environ['MPLBACKEND'] = 'Agg'\n{code}")
    assert done.returncode == 0, done.stderr
    assert "FAIL" not in done.stdout
    assert exercise.name in done.stdout


def test_the_course_cannot_be_imported(python):
    for package in ("solutions", "grader_tests"):
        done = python(f"import workbook\nsys.path = [p for p in sys.path if p != {str(ROOT)!r}]\n"
                      f"import {package}.linear_forward")  # fmt: skip
        assert f"No module named '{package}'" in done.stderr
