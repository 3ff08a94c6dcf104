"""The command `workbook`: what each command says, and its exit status."""

import csv
import shutil
import sys

import nbformat
import pytest

from tests.command import workbook
from tests.conftest import ROOT, run_module, run_python
from tests.machine import without_notes
from workbook.cli import main
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES, find
from workbook.grade.submissions.answers import solution_cell
from workbook.learn.workspace import known_results

pytestmark = pytest.mark.usefixtures("kept_checks")


@pytest.fixture
def run(tmp_path, tmp_path_factory, monkeypatch):
    """Run the command in an empty folder, where there is no course.

    As a learner's, the next one knows what the one before has found of the same notebooks.
    """
    known = tmp_path_factory.mktemp("known")
    monkeypatch.setattr(known_results, "_users_folder", lambda: known)
    monkeypatch.chdir(tmp_path)
    return workbook


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_names_every_command(run, flag):
    result = run(flag)
    assert result.exit_code == 0
    for name in ("lab", "check", "progress", "build", "grade", "demo"):
        assert name in main.commands
        assert f"\n  {name} " in result.stdout


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help(run, name):
    command = main.commands[name]
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {name}")
    assert command.help.strip().splitlines()[0] in " ".join(result.stdout.split())
    for option in command.params:
        if option.param_type_name == "option":
            assert option.help, f"{name} {option.opts[0]} has no help"


def test_the_version_is_the_packages(run):
    result = run("--version")
    assert result.exit_code == 0
    assert "0.1.0" in result.stdout


@pytest.mark.parametrize(
    "words",
    ["nothing", "lab --nothing", "lab a b", "check", "build extra", "grade --jobs 0",
     "grade --jobs many", "progress nowhere"],
)  # fmt: skip
def test_wrong_usage_has_status_2(run, words):
    result = run(*words.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


@pytest.mark.slow
def test_lab_copies_once_and_never_overwrites(run, tmp_path):
    first = run("lab", "--copy-only", "mine")
    assert first.exit_code == 0
    assert first.stdout.startswith(f"{len(NOTEBOOKS + PAGES)} notebooks copied to mine")
    mine = tmp_path / "mine" / EXERCISES[4].notebook_path
    mine.write_text("my work")
    (tmp_path / "mine" / EXERCISES[5].notebook_path).unlink()
    second = run("lab", "--copy-only", "mine")
    assert second.exit_code == 0
    assert second.stdout.startswith("1 notebooks copied to mine") or "1 notebook " in second.stdout
    assert mine.read_text() == "my work"
    assert len(list((tmp_path / "mine").rglob("*.ipynb"))) == len(NOTEBOOKS + PAGES)


@pytest.mark.slow
def test_check_passes_on_a_solved_notebook_and_fails_on_an_unsolved_one(run, solved):
    result = run("check", solved / find("linear_forward").notebook_path)
    assert result.exit_code == 0
    assert "linear_forward" in result.stdout
    assert "FAIL" not in result.stdout
    result = run("check", ROOT / "release" / find("linear_forward").notebook_path)
    assert result.exit_code == 1
    assert "linear_forward: 0 of " in result.stdout
    assert "not written yet" in result.stdout


@pytest.mark.slow
def test_check_of_several_fails_if_one_does(run, solved, tmp_path):
    mine = shutil.copytree(solved, tmp_path / "mine")
    right, path = (
        mine / find("linear_forward").notebook_path,
        mine / find("linear_backward").notebook_path,
    )
    notebook = nbformat.read(path, as_version=4)
    cell = solution_cell(notebook)
    cell.source = cell.source.replace("keepdims=True", "keepdims=False")
    nbformat.write(notebook, path)
    for order in ([right, path], [path, right]):
        result = run("check", *order)
        assert result.exit_code == 1, result.stderr
        assert "linear_forward" in result.stdout
        assert "db" in result.stdout


def test_check_says_what_is_no_notebook(run, tmp_path):
    (tmp_path / "03_linear_forward.ipynb").write_text("")
    for name, said in (("03_linear_forward", "is an empty file"), ("none", "there is no notebook")):
        result = run("check", f"{name}.ipynb")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: ")
        assert said in result.stderr


def test_a_renamed_notebook_is_named(run, tmp_path):
    run("lab", "--copy-only", "mine")
    notebook = tmp_path / "mine" / find("linear_forward").notebook_path
    notebook.rename(notebook.with_name("linear done.ipynb"))
    again = run("lab", "--copy-only", "mine", columns=300)
    assert again.stdout.startswith("1 notebook copied to mine: ")
    said = "linear done.ipynb is like 03_linear_forward.ipynb, but has another name"
    assert said in again.stdout
    assert "take the place of the new 03_linear_forward.ipynb." in again.stdout
    assert said not in run("lab", "--copy-only", "mine", columns=300).stdout


@pytest.mark.slow
def test_progress_shows_where_the_learner_stands(run, solved, tmp_path, monkeypatch):
    done = run("progress", solved)
    assert done.exit_code == 0
    assert f"{len(EXERCISES)} of {len(EXERCISES)}" in done.stdout
    run("lab", "--copy-only", "mine")
    begun = run("progress", "mine")
    assert begun.exit_code == 0
    assert "0 of 10" in begun.stdout
    for exercise in EXERCISES:
        assert exercise.name in begun.stdout
    monkeypatch.chdir(tmp_path / "mine")
    assert workbook("progress").stdout == begun.stdout


@pytest.mark.parametrize("words", ["build", "build --check", "grade", "demo"])
@pytest.mark.parametrize("option", ["", "--course nowhere", "--course ."])
def test_without_a_course_it_says_what_is_missing(run, tmp_path, words, option):
    result = run(*words.split(), *option.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "nbgrader_config.py" in result.stderr or "does not exist" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_grade_says_that_there_is_nothing(run, tmp_path):
    missing = run("grade", "nowhere", "--course", ROOT)
    assert missing.exit_code == 2
    assert "nowhere: there is no such file or folder" in missing.stderr
    (tmp_path / "submitted").mkdir()
    empty = run("grade", "--course", ROOT)
    assert empty.exit_code == 2
    assert "nothing to grade in submitted" in empty.stderr
    assert "<student>/<assignment>/<notebook>.ipynb" in empty.stderr
    (tmp_path / "submitted" / "ada" / "5_nothing").mkdir(parents=True)
    unknown = run("grade", "--course", ROOT)
    assert unknown.exit_code == 2
    assert "ada: unknown assignment '5_nothing'" in unknown.stderr
    assert not (tmp_path / "graded").exists()


@pytest.mark.parametrize("command", ["grade", "demo"])
def test_grading_is_for_linux(run, tmp_path, monkeypatch, command):
    monkeypatch.setattr(sys, "platform", "darwin")
    result = run(command, "--course", ROOT)
    assert result.exit_code == 2
    assert "needs Linux" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "module"),
    [
        ("build", "workbook.build.build"),
        ("grade", "nbgrader"),
        ("grade", "sqlalchemy"),
        ("demo", "nbformat"),
    ],
)
def test_a_learners_installation_says_what_to_install(run, tmp_path, monkeypatch, command, module):
    # An import of a module that is None fails, as one does whose dependencies are missing.
    monkeypatch.setitem(sys.modules, module, None)
    result = run(command, "--course", ROOT)
    assert result.exit_code == 2
    assert 'pip install "backprop-workbook[grade]"' in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_takes_long_to_import_waits_until_the_judges_start(tmp_path):
    code = (
        "import sys\n"
        "from workbook.cli import main\n"
        "from workbook.grade import command\n"
        "def started(*_):\n"
        "    slow = {'nbformat', 'nbgrader', 'numpy', 'pytest', 'sqlalchemy'}\n"
        "    sys.exit(f'imported: {sorted(slow & sys.modules.keys())}')\n"
        "command.LocalExecutor = started\n"
        "main(sys.argv[1:])\n"
    )
    notebook = ROOT / "release" / EXERCISES[0].notebook_path
    options = ("--out", tmp_path, "--course", ROOT, "--unconfined")
    done = run_python("-c", code, "grade", notebook, *options)
    assert without_notes(done.stderr)[-1:] == ["imported: []"]


@pytest.mark.slow
def test_demo_grades_a_class_from_end_to_end(tmp_path):
    top = {path.name for path in ROOT.iterdir()}
    done = run_module("workbook.cli", "demo", "--course", ROOT, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    # On a slow machine it says how far it is; else, nothing.
    assert all(line.startswith("Graded ") for line in without_notes(done.stderr))
    folder = tmp_path / "demo"
    with (folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        totals = {row["student"]: float(row["total"]) for row in csv.DictReader(file)}
    assert set(totals) == {"ada", "emmy", "josé maría", "zoe"}
    assert totals["ada"] == 100
    assert totals["zoe"] == 0
    assert 0 < totals["josé maría"] < totals["emmy"] < 100
    for student, total in totals.items():
        (row, *_) = [line for line in done.stdout.splitlines() if line.startswith(f"{student} ")]
        assert row.split()[-1] == f"{total:g}"
    # What it says to look at is there.
    assert (folder / "gradebook.db").is_file()
    named = [word.rstrip(":,") for word in done.stdout.split() if word.startswith("demo/")]
    assert any(name.endswith(".html") for name in named)
    assert all((tmp_path / name).exists() for name in named)
    assert {path.name for path in tmp_path.iterdir()} == {"demo"}
    assert {path.name for path in ROOT.iterdir()} == top


def test_check_of_a_folder_says_what_to_name(tmp_path):
    done = workbook("check", tmp_path)
    assert done.exit_code == 2
    assert "is a folder: name a notebook in it" in " ".join(done.output.split())
