"""The files with which Binder and Codespaces open the course name what there is."""

import json
import os
import re
import tomllib

import pytest

from tests.command import workbook
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("kept_checks")

BINDER = ROOT / ".binder"
CODESPACES = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
TEXTS = [
    (BINDER / "postBuild").read_text(encoding="utf-8"),
    CODESPACES["postCreateCommand"],
    CODESPACES["postAttachCommand"],
]


def commands():
    found = [one for text in TEXTS for one in re.findall(r"\bworkbook ([^&\n]+)", text)]
    return [*dict.fromkeys(found)]


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_each_command_is_one_of_ours(command, tmp_path, monkeypatch):
    opened = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "workbook.learn.workspace.opening.open_lab", lambda *given: opened.append(given) or 0
    )
    done = workbook(*command.split())
    assert done.exit_code == 0, done.output
    assert (tmp_path / "notebooks" / "1_initialization" / "00_start_here.ipynb").is_file()
    assert bool(opened) == ("--copy-only" not in command)


def test_they_install_the_course_with_a_python_that_it_runs_on():
    lines = (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["."]
    assert "pip install . " in CODESPACES["postCreateCommand"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {one.rpartition(" ")[2] for one in project["classifiers"]}
    binder = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip()
    assert binder.removeprefix("python-") in versions
    assert CODESPACES["image"].rpartition(":")[2] in versions
    assert os.access(BINDER / "postBuild", os.X_OK)
    assert f"--port {CODESPACES['forwardPorts'][0]}" in CODESPACES["postAttachCommand"]
