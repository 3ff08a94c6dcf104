"""Which layers a machine offers, and what is said of it."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.machine import BOTH, INNER, OUTER, needs_landlock
from workbook.grade.sandbox import confinement, landlock
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers, weaknesses
from workbook.grade.submissions.limits import UNCONFINED


def test_without_any_layer_nothing_is_graded(monkeypatch):
    monkeypatch.setattr(confinement.bubblewrap, "works", lambda user=0: False)
    monkeypatch.setattr(confinement.landlock, "abi", lambda: 0)
    with pytest.raises(NotConfinedError, match=r"install bubblewrap.*--unconfined"):
        detect_layers()
    assert detect_layers(unconfined=True) == UNCONFINED


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has capabilities to lose")
@needs_landlock
def test_root_does_not_grade_where_student_code_could_not_read_python(monkeypatch, tmp_path):
    packages = tmp_path / "home" / "packages"
    packages.mkdir(parents=True)
    monkeypatch.setattr(confinement, "readable", lambda: (Path("/usr"), packages))
    monkeypatch.setattr(confinement.bubblewrap, "works", lambda user=0: False)
    (tmp_path / "home").chmod(0o700)
    # It is root's own, which needs no capability.
    assert detect_layers() == INNER
    os.chown(tmp_path / "home", 12345, 12345)
    with pytest.raises(NotConfinedError, match=r"cannot read .*home, where Python"):
        detect_layers()
    (tmp_path / "home").chmod(0o711)
    assert detect_layers() == INNER


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start another user's processes")
def test_another_user_is_a_layer_where_this_one_can_read_python(monkeypatch, tmp_path):
    monkeypatch.setattr(confinement.bubblewrap, "works", lambda user=0: False)
    monkeypatch.setattr(confinement.landlock, "abi", lambda: 0)
    monkeypatch.setattr(confinement, "readable", lambda: (Path("/usr"),))
    assert detect_layers(user=60900) == replace(UNCONFINED, seccomp=True, user=60900)
    packages = tmp_path / "packages"
    packages.mkdir()
    tmp_path.chmod(0o700)
    monkeypatch.setattr(confinement, "readable", lambda: (packages,))
    with pytest.raises(NotConfinedError, match=r"the number 60900, who cannot enter .*everybody"):
        detect_layers(user=60900)


def test_what_is_weaker_is_said():
    assert weaknesses(BOTH) == [] or not landlock.abi()
    assert "without bubblewrap" in weaknesses(INNER)[0]
    assert any("slow" in line for line in weaknesses(OUTER))
    assert "your rights" in weaknesses(UNCONFINED)[0]
    assert "only the rights of another user" in weaknesses(replace(UNCONFINED, user=60900))[0]


@pytest.mark.slow
def test_the_doctor_says_what_it_tried():
    done = subprocess.run(
        [sys.executable, "-m", "workbook.cli", "doctor"],
        capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "100"},
    )  # fmt: skip
    assert done.returncode == (0 if detect_layers().confine else 1), done.stderr
    assert "bubblewrap" in done.stdout
    assert "read a file outside" in done.stdout
    assert "NOT stopped" not in done.stdout or detect_layers() != BOTH
