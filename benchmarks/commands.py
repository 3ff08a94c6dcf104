"""What the benchmarks of commands share: a copy of the course, and the seconds of a command."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

#: The folder of the repository.
ROOT = Path(__file__).resolve().parents[1]
_COURSE = ("source", "release", "nbgrader_config.py")


def asked() -> tuple[int, int]:
    """Return how many students and runs the command line asks for."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    return students, runs


def copy_course(folder: Path) -> None:
    """Copy into a folder what the commands need of the course."""
    folder.mkdir(parents=True)
    for name in _COURSE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)


def timed(*arguments: str, folder: Path) -> float:
    """Return the seconds of a command."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "workbook.cli", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin
