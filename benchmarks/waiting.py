"""What an author and a newcomer wait for, measured: `python benchmarks/waiting.py [RUNS]`.

Prints a Markdown table: a fresh gradebook, `workbook build` after a change of one lesson, with
nothing changed and from nothing, and `workbook demo`. Each runs in a fresh process and in a copy
of the course; seconds are medians of RUNS runs (default: 5), processors' seconds those of all
processes that were started.
"""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
COURSE = ("assignments", "solutions", "grader_tests", "source", "release",
          "visual_representation", "nbgrader_config.py", "workbook/course/data")  # fmt: skip
NAME = "linear_forward"
LESSON = "assignments/2_forward_propagation/03_linear_forward.md"
_BECOME_SUBREAPER = 36

_GRADEBOOK = """
from pathlib import Path
from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.grade.gradebook.assignments import register
for assignment in ASSIGNMENTS:
    register(Course(Path()), "sqlite:///gradebook.db", assignment)
"""


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the seconds of a command, and the processors' seconds of all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    with suppress(ChildProcessError):
        while True:
            # Processes that have outlived the one that started them.
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, used


def fresh_course(folder: Path) -> Path:
    """Copy the course, as a fresh checkout has it."""
    for name in COURSE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    return folder


def edit(folder: Path) -> None:
    """Change the text of one lesson."""
    with (folder / LESSON).open("a", encoding="utf-8") as file:
        file.write("\nOne sentence more.\n")


def main() -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(_BECOME_SUBREAPER, 1, 0, 0, 0)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    workbook = [sys.executable, "-m", "workbook.cli"]
    steps: list[tuple[str, list[str], Callable[[Path], None] | None]] = [
        ("a fresh gradebook", [sys.executable, "-c", _GRADEBOOK], None),
        ("`workbook build` from nothing", [*workbook, "build"], None),
        ("`workbook build`, nothing changed", [*workbook, "build"], None),
        ("`workbook build NAME`, one lesson changed", [*workbook, "build", NAME], edit),
        ("`workbook demo`", [*workbook, "demo"], None),
    ]
    found: dict[str, list[tuple[float, float]]] = {what: [] for what, *_ in steps}
    for _ in range(runs):
        with TemporaryDirectory() as scratch:
            folder = fresh_course(Path(scratch))
            for what, command, prepare in steps:
                if prepare is not None:
                    prepare(folder)
                found[what].append(timed(command, folder))
    print("| what | seconds | from ... to | processors' seconds |\n|---|---|---|---|")
    for what, times in found.items():
        seconds = [one for one, _ in times]
        used = median(both for _, both in times)
        spread = f"{min(seconds):.1f} to {max(seconds):.1f}"
        print(f"| {what} | {median(seconds):.1f} | {spread} | {used:.1f} |")


if __name__ == "__main__":
    main()
