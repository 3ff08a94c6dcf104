"""The wheel alone, installed somewhere else, gives a learner everything, and no answer.

The self-study wheel gives the solutions as well.
"""

import base64
import email
import filecmp
import json
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
import zlib
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT, run_module, run_python
from tests.reference import before_a_release
from tests.submissions import COURSE, answer_text, hand_in
from workbook.course.exercises import EXERCISES, FUNCTIONS, NOTEBOOKS, PAGES
from workbook.grade.submissions.answers import filled_notebook, submit

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


@pytest.fixture(scope="module")
def self_study(tmp_path_factory):
    """The self-study wheel, and what the command that built it said."""
    folder = tmp_path_factory.mktemp("self_study")
    done = run_module("workbook.cli", "wheel", folder, "--self-study", "--course", ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = folder.glob("*.whl")
    return path, done.stdout


@pytest.fixture
def python(installed, tmp_path):
    """Run Python code far from the checkout, with the installed package and without nbgrader."""
    return python_with(installed, tmp_path / "elsewhere")


def python_with(installed, elsewhere):
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
    return command_of(python)


def command_of(python):
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


# Code, what pages are made of, the checks' data, the recorded trainings, the data sets with their
# licences, how learning platforms name files, and what Gradescope starts.
KINDS = {
    "", ".sh",
    ".py", ".json", ".npz", ".toml", ".txt", ".html", ".css", ".js", ".svg", ".woff2", ".md",
    ".ipynb",
}  # fmt: skip


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


@before_a_release
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
    done = workbook("lab", "--copy-only", "mine")
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


def test_without_solutions_a_recorded_step_is_shown(workbook):
    for words in (["flow"], ["flow", "--recorded"]):
        done = workbook(*words)
        assert (done.returncode, done.stderr) == (0, "")
        assert "these numbers were recorded" in done.stdout


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


# The two wheels


def test_the_wheel_says_that_it_has_no_solutions(workbook, python):
    done = workbook("--version")
    assert done.stdout.splitlines() == [
        "workbook, version 0.1.0",
        "This is the wheel for classes, which has neither solutions nor hidden tests.",
    ]
    done = python("from workbook import solution\nsolution('linear_forward')")
    assert "What is installed here is the wheel for classes: it has none." in done.stdout


def test_the_command_builds_the_wheel_of_pip(files, tmp_path):
    done = run_module("workbook.cli", "wheel", "--course", ROOT, cwd=tmp_path)
    assert done.stdout.endswith(
        "It is the wheel for classes: neither solutions nor hidden tests are in it.\n"
    )
    (path,) = (tmp_path / "dist").glob("*.whl")
    again = held(path)
    assert again.keys() == files.keys()
    assert all(again[name] == data for name, data in files.items() if "RECORD" not in name)


def test_a_folder_that_is_no_checkout_has_no_wheel(copy_course, tmp_path):
    done = run_module("workbook.cli", "wheel", "--course", copy_course(tmp_path / "course"))
    assert done.returncode == 2
    assert "there is no pyproject.toml; a wheel is built from a checkout" in done.stderr


def test_the_self_study_wheel_has_the_solutions_besides(self_study, files):
    path, said = self_study
    assert path.name.startswith("backprop_workbook-0.1.0+selfstudy-")
    assert "It is the self-study wheel: the solutions are in it" in said
    own = {name: data for name, data in held(path).items() if ".dist-info/" not in name}
    packed = own.pop("workbook/course/data/solutions.txt")
    assert own == {name: data for name, data in files.items() if ".dist-info/" not in name}
    # Nobody comes across an answer by opening a file.
    assert b"return" not in packed
    assert json.loads(zlib.decompress(base64.b85decode(packed))) == {
        name: (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8") for name in FUNCTIONS
    }
    (name,) = [name for name in held(path) if name.endswith(".dist-info/METADATA")]
    metadata = email.message_from_bytes(held(path)[name])
    assert metadata["Version"] == "0.1.0+selfstudy"
    assert metadata["Summary"].endswith("; self-study, with the solutions")


@pytest.fixture(scope="module")
def for_self_study(self_study, tmp_path_factory):
    """The folder in which pip has installed the self-study wheel."""
    folder = tmp_path_factory.mktemp("for_self_study") / "site"
    pip("install", "--no-index", "--no-deps", "--target", str(folder), str(self_study[0]))
    return folder


def test_a_learner_alone_goes_on_with_it(for_self_study, tmp_path):
    python = python_with(for_self_study, tmp_path / "elsewhere")
    workbook = command_of(python)
    assert workbook("--version").stdout.splitlines() == [
        "workbook, version 0.1.0+selfstudy",
        "This is the self-study wheel, which has the solutions, but no hidden tests.",
    ]
    assert workbook("lab", "--copy-only", ".").returncode == 0
    third, fourth = EXERCISES[2:4]
    for number in range(3):
        answer = f"def linear_forward(A, W, b):\n    return {number}\n"
        submit(python.folder, "", third, filled_notebook(COURSE, third, answer))
        done = workbook("check", third.notebook_path)
        assert ('`solution("linear_forward")` is open now' in done.stdout) is (number == 2)
    done = python("from workbook import solution\nsolution('linear_forward')")
    assert "    Z = W @ A + b\n    return Z, (A, W, b)" in done.stdout
    hand_in(python.folder, "", fourth)
    assert workbook("check", fourth.notebook_path).returncode == 1
    assert workbook("catch-up", 3).returncode == 0
    done = workbook("check", fourth.notebook_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The hidden tests come with the whole course" in done.stdout
    assert "1 of 10 pass" in workbook("progress").stdout
    assert workbook("flow", "--reference").returncode == 0


def test_every_packed_solution_passes_its_check(for_self_study, tmp_path):
    python = python_with(for_self_study, tmp_path / "elsewhere")
    done = python(
        "from pathlib import Path\n"
        "from workbook.course.exercises import FUNCTIONS\n"
        "from workbook.learn.check.check import make_card\n"
        "from workbook.learn.reference.at_hand import reference_function\n"
        "cards = [make_card(reference_function(one, Path.cwd()), one) for one in FUNCTIONS]\n"
        "print(len(cards), [card.function.name for card in cards if card.failed])"
    )
    assert done.stdout == f"{len(FUNCTIONS)} []\n"


def test_a_damaged_self_study_wheel_says_so(for_self_study, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(for_self_study, copy)
    for number, damage in enumerate([b"", b"no", b"\xff\xfe"]):
        (copy / "workbook" / "course" / "data" / "solutions.txt").write_bytes(damage)
        folder = tmp_path / f"elsewhere{number}"
        done = python_with(copy, folder)("from workbook import solution; solution('accuracy')")
        assert "should have it, but it is damaged here: install it again." in done.stdout


def test_nobody_is_graded_where_the_solutions_could_be_read(for_self_study, tmp_path):
    words = ["workbook", "grade", ".", "--course", str(ROOT)]
    code = f"import sys; sys.argv = {words!r}\nfrom workbook.cli import main\nmain()"
    done = run_python("-P", "-c", code, cwd=tmp_path, PYTHONPATH=str(for_self_study))
    assert done.returncode == 2
    assert "student code could read the solutions in it. Install the course itself" in done.stderr
