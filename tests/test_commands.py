"""What holds for every command: its line in the help, what is missing on a machine, a full disk."""

import errno
import os

import click
import pytest
from click.testing import CliRunner

from tests.command import in_course, workbook
from tests.conftest import ROOT, run_python
from workbook.cli import main
from workbook.cli.commands import Commands
from workbook.learn.workspace.check_process import Checker


@pytest.mark.parametrize("group", [(), ("new",)])
def test_the_help_has_whole_sentences(group):
    text = workbook(*group, "--help").stdout.partition("Commands:")[2]
    assert "..." not in text
    commands = main.commands["new"].commands if group else main.commands
    for name, command in commands.items():
        first = " ".join(command.help.split("\n\n", maxsplit=1)[0].split())
        assert first.split(". ")[0].rstrip(".") in " ".join(text.split()), name


@pytest.mark.parametrize("words", [["progress"], ["flow"], ["catch-up", "3"], ["lab"]])
def test_a_file_is_no_folder_of_notebooks(words, tmp_path):
    (tmp_path / "03_linear_forward.ipynb").write_text("{}", encoding="utf-8")
    done = workbook(*words, tmp_path / "03_linear_forward.ipynb", columns=300)
    assert done.exit_code == 2
    assert "03_linear_forward.ipynb' is a file" in done.stderr


def failing(error: Exception) -> Commands:
    """Return a group with one command, which fails."""

    @click.group(cls=Commands)
    def group() -> None:
        pass

    @group.command()
    def fail() -> None:
        raise error

    return group


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("path", ["/a/disk/marks.csv", None])
def test_what_the_machine_refuses_is_said(number, path):
    error = OSError(number, os.strerror(number), path)
    done = CliRunner().invoke(failing(error), ["fail"], catch_exceptions=False)
    assert done.exit_code == 2
    reason = f"{path or 'a file'} cannot be read or written ({os.strerror(number)})"
    assert done.stderr == f"Error: {reason}. Fix that, and run the command again.\n"


def test_a_package_that_is_missing_is_named():
    missing = ModuleNotFoundError("No module named 'matplotlib.pyplot'", name="matplotlib.pyplot")
    done = CliRunner().invoke(failing(missing), ["fail"], catch_exceptions=False)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: the package matplotlib is missing in this Python (")
    assert "`python -m pip install matplotlib`" in done.stderr


def test_without_numpy_no_answer_is_blamed(monkeypatch, tmp_path):
    monkeypatch.setattr("workbook.cli.commands.find_spec", lambda _: None)
    done = workbook("progress", tmp_path)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "the package numpy is missing" in done.stderr


def test_a_check_that_cannot_start_does_not_blame_the_answer(monkeypatch, tmp_path):
    monkeypatch.setattr("workbook.learn.workspace.check_process.sys.executable", "/bin/false")
    with Checker(1) as checker:
        (found,) = checker.check(tmp_path / "03_linear_forward.ipynb")
    assert found.kind == "ended"
    assert "the check could not be started" in found.problem
    assert "whatever your code does" in found.problem


def test_a_fault_of_the_program_is_not_hidden():
    with pytest.raises(FileNotFoundError):
        CliRunner().invoke(
            failing(FileNotFoundError(errno.ENOENT, "No such file")),
            ["fail"],
            catch_exceptions=False,
        )


def test_the_small_class_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").touch()
    done = in_course(ROOT, "demo", tmp_path / "file" / "demo")
    assert done.exit_code == 2
    assert "cannot be read or written (Not a directory)" in done.stderr


def test_a_terminal_without_a_letter(tmp_path):
    folder = "Łź 😀"
    done = run_python(
        "-m", "workbook.cli", "lab", "--copy-only", folder,
        cwd=tmp_path, PYTHONIOENCODING="cp1252", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "copied to ?? ?." in done.stdout
    assert (tmp_path / folder).is_dir()
