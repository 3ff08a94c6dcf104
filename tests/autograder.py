"""A folder like Gradescope's, in which `run_autograder` runs as it does there."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.layouts import write

#: The environment variable that names layers of confinement that are to be missing.
WITHOUT = "WITHOUT_LAYERS"

# Imported by each Python of the folder when it starts.
_TAKE_AWAY = f"""
import os, sys
from workbook.grade.sandbox import bubblewrap, landlock, seccomp

missing = os.environ.get("{WITHOUT}", "").split()
if "bubblewrap" in missing:
    bubblewrap.works = lambda user=0: False
if "landlock" in missing:
    landlock.abi = lambda: 0
if "seccomp" in missing:
    seccomp.available = lambda: False
if "root" in missing:
    os.geteuid = lambda: 1000
if "rights" in missing:
    import pathlib
    pathlib.Path.chmod = lambda self, mode: None
"""


def python_for_all() -> str | None:
    """Return a Python like this one that every user can start, if there is one."""
    packages = Path(sysconfig.get_path("purelib"))
    for python in (getattr(sys, "_base_executable", sys.executable), "/usr/bin/python3"):
        paths = [Path(python).resolve(), packages, ROOT]
        folders = {folder for path in paths if path.exists() for folder in path.parents}
        if not Path(python).exists() or not all(one.stat().st_mode & 1 for one in folders):
            continue
        asked = [python, "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if told == f"{sys.version_info.major}.{sys.version_info.minor}":
            return python
    return None


@dataclass(frozen=True)
class Tree:
    """Gradescope's folder, and what ran there last.

    Attributes
    ----------
    root : pathlib.Path
        Where it is.
    """

    root: Path

    @property
    def results(self) -> Path:
        return self.root / "results" / "results.json"

    def install(self, zipped: Path) -> None:
        """Unpack the zip, and make a Python in which everything is installed that is here."""
        self.root.chmod(0o755)
        shutil.unpack_archive(zipped, self.root / "source")
        shutil.copy(self.root / "source" / "run_autograder", self.root)
        python = python_for_all() or sys.executable
        make = [python, "-m", "venv", "--without-pip", self.root / "venv"]
        subprocess.run(make, check=True)
        (packages,) = (self.root / "venv").glob("lib/python*/site-packages")
        added = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
        (packages / "a.pth").write_text(added, encoding="utf-8")
        (packages / "take_away.py").write_text(_TAKE_AWAY, encoding="utf-8")
        (packages / "b.pth").write_text("import take_away\n", encoding="utf-8")

    def settings(self, **changed: str) -> None:
        """Change the settings that the zip holds."""
        path = self.root / "source" / "settings.json"
        text = json.dumps({"assignment": "", "visibility": "visible"} | changed)
        path.write_text(text, encoding="utf-8")

    def run(self, files: dict[str, bytes], without: str = "") -> tuple[dict[str, Any], str]:
        """Hand in files, and return the results, and what the instructor sees besides."""
        for name in ("submission", "results"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        write(self.root / "submission", files)
        (self.root / "submission_metadata.json").write_text("{}", encoding="utf-8")
        done = subprocess.run(
            ["bash", self.root / "run_autograder", self.root],
            env={**os.environ, WITHOUT: without},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return json.loads(self.results.read_text(encoding="utf-8")), done.stdout
