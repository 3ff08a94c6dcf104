"""What a learner uses needs nothing that only Unix has: Windows and macOS run it as well."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from workbook.cli import main
from workbook.course.exercises import find
from workbook.learn.workspace.brought_work import brought
from workbook.learn.workspace.lab import released_file

LACKING = ROOT / "tests" / "without_unix"
STEP = find("linear_forward")

# Everything that a learner does, in the folder of the learner's.
SCRIPT = """
import os
import sys
from click.testing import CliRunner
from workbook.cli import main

assert not hasattr(os, "fork") and "sitecustomize" in sys.modules
notebook = "notebooks/2_forward_propagation/03_linear_forward.ipynb"

def run(*words, status=0, says=""):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == status and says in done.output, (words, done.output, done.exception)

run("lab", "notebooks", "--copy-only", says=" notebooks copied")
run(says="functions pass")
run("check", notebook, status=1, says="not written yet")
text = open(notebook, encoding="utf-8").read()
answer = "return W @ A + b, (A, W, b)"
open(notebook, "w", encoding="utf-8").write(text.replace("raise NotImplementedError()", answer))
run("check", notebook, says="Visible checks pass")
run("progress", says="1 of 10")
run("catch-up", "4", "notebooks", says="stands in")
run("save", "mine.zip", says="Saved ")
run("start-again", "3", says="older_notebooks")
run("bring", "mine.zip", says="Brought 1 file")
run("flow", "--reference", says="after step 1")
run("flow", "notebooks", status=2, says="not written yet")

os.chdir("notebooks/3_backward_propagation")
from workbook import (
    bring_work, catch_up, check, flow, hint, playground, progress, quiz, save_work, show, solution,
    start_again,
)
from workbook.earlier import linear_forward

check(linear_forward)
hint("linear_backward")
quiz("rows_meet_columns")
progress()
save_work()
start_again("linear_backward")
playground()
print("all is done")
"""


@pytest.mark.slow
def test_a_learner_needs_nothing_that_only_unix_has(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(LACKING), "MPLBACKEND": "agg",
             "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert done.stdout.endswith("all is done\n")


def test_a_zip_file_with_backslashes_is_brought(tmp_path):
    name = rf"my notebooks\{STEP.assignment}\{STEP.notebook}.ipynb"
    path = tmp_path / "windows.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            name, released_file(STEP).replace(b"raise NotImplementedError()", b"return 1")
        )
        archive.writestr(r"my notebooks\2_forward_propagation\data\w.csv", "1")
    done = brought(path, tmp_path / "there")
    assert {*done.files} == {STEP.notebook_path, "2_forward_propagation/data/w.csv"}


@pytest.mark.parametrize("pattern", ["{}/*/0[34]_*.ipynb", "{}/**/03*.ipynb"])
def test_check_reads_a_pattern_that_the_shell_has_left(pattern, tmp_path, write_notebook):
    right = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
    write_notebook(tmp_path / STEP.notebook_path, right)
    done = CliRunner().invoke(main, ["check", pattern.format(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "Visible checks pass" in done.output


def test_a_pattern_that_nothing_has_is_named(tmp_path):
    done = CliRunner().invoke(main, ["check", str(tmp_path / "*.ipynb")])
    assert done.exit_code != 0
    assert f"no file is called {Path(tmp_path, '*.ipynb')}" in " ".join(done.output.split())
