"""What a learner waits for, measured: `python benchmarks/learner.py` prints a Markdown table."""

import importlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

IMPORT_RUNS, CHECK_RUNS, PROGRESS_RUNS, SAVES = 15, 20, 5, 15
IMPORT_TARGET, CHECK_TARGET, WATCH_TARGET = 0.3, 0.2, 1.0
PROGRESS_TARGET, UNCHANGED_TARGET = 2.0, 0.5

_IMPORTS = """
from time import perf_counter
begin = perf_counter()
import numpy
middle = perf_counter()
{more}
print(middle - begin, perf_counter() - middle)
"""


# As notebooks do; the package alone imports nothing of this.
_FIRST = "from workbook import check, hint, sigmoid"


@dataclass(frozen=True)
class Row:
    """One thing that was timed, several times."""

    what: str
    seconds: list[float]
    target: float | None = None

    def __str__(self) -> str:
        middle, low, high = (1000 * f(self.seconds) for f in (median, min, max))
        target = holds = ""
        if self.target is not None:
            target = f"{1000 * self.target:.0f}"
            holds = "yes" if max(self.seconds) < self.target else "no"
        return f"| {self.what} | {middle:.1f} | {low:.1f} to {high:.1f} | {target} | {holds} |"


def imports() -> Iterator[Row]:
    """Time both imports in fresh processes; the two kinds take turns."""
    alone, together, numpy, workbook = [], [], [], []
    for _ in range(IMPORT_RUNS):
        for more, whole in (("", alone), (_FIRST, together)):
            begin = time.perf_counter()
            code = _IMPORTS.format(more=more)
            printed = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
            whole.append(time.perf_counter() - begin)
            first, second = map(float, printed.split())
            numpy.append(first)
            if more:
                workbook.append(second)
    yield Row("`import numpy`", numpy)
    yield Row(f"`{_FIRST}`, NumPy being there", workbook, IMPORT_TARGET)
    yield Row("whole process, `import numpy`", alone)
    yield Row("whole process, both", together)


def checks() -> Iterator[Row]:
    """Time the check of a right answer and of every known wrong one, display included."""
    from grader_tests.catalogue import Misconception, declared
    from workbook.course.exercises import FUNCTIONS

    for name in FUNCTIONS:
        right = getattr(importlib.import_module(f"solutions.{name}"), name)
        catalogue = importlib.import_module(f"grader_tests.misconceptions.{name}")
        wrong = [entry.function for entry in declared(catalogue, Misconception)]
        _check(right, name)
        yield Row(
            f"`check({name})`, right",
            [_check(right, name) for _ in range(CHECK_RUNS)],
            CHECK_TARGET,
        )
        slowest = [_check(function, name) for function in wrong]
        yield Row(f"`check({name})`, {len(wrong)} wrong answers", slowest, CHECK_TARGET)


def _check(function: Any, name: str) -> float:
    from IPython.utils.capture import capture_output

    from workbook import check
    from workbook.learn.check.check import CheckFailed

    # The same function or class under the name of the exercise.
    answer = function
    if isinstance(function, FunctionType):
        answer = FunctionType(function.__code__, function.__globals__, name, function.__defaults__)
    else:
        function.__name__ = name
    with capture_output() as shown:
        begin = time.perf_counter()
        with suppress(CheckFailed):
            check(answer)
        seconds = time.perf_counter() - begin
    assert "text/html" in shown.outputs[0].data
    return seconds


def progress(notebooks: Path) -> Iterator[Row]:
    """Time the table of ten solved notebooks, which a process of its own checks, and again."""
    from workbook.learn.workspace import known_results
    from workbook.learn.workspace.progress import standings

    new: list[float] = []
    unchanged: list[float] = []
    for _ in range(PROGRESS_RUNS):
        with TemporaryDirectory() as cache:
            known_results._users_folder = lambda cache=cache: Path(cache)
            for seconds in (new, unchanged):
                begin = time.perf_counter()
                found = standings(notebooks)
                seconds.append(time.perf_counter() - begin)
                solved = {standing.state for standing in found if not standing.exercise.is_lab}
                assert solved == {"passing"}
    yield Row("`progress()`, ten solved notebooks", new, PROGRESS_TARGET)
    yield Row("`progress()`, ten unchanged notebooks", unchanged, UNCHANGED_TARGET)


def watch(notebooks: Path) -> Iterator[Row]:
    """Time from the end of a save to the card, in a real `workbook check --watch`."""
    from workbook.course.exercises import find

    exercise = find("linear_backward")
    assert exercise is not None
    path = notebooks / exercise.notebook_path
    right = path.read_text(encoding="utf-8")
    versions = right.replace("keepdims=True", "keepdims=False"), right
    command = [sys.executable, "-m", "workbook.cli", "check", "--watch", str(notebooks)]
    seconds = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, encoding="utf-8", env=_environment()
    ) as process:
        _until(process, "Watching")
        for number in range(SAVES):
            # Not in step with the watcher's own looks; long enough for it to be ready again.
            time.sleep(1.5 + 0.1 * (number * 0.37 % 1))
            path.write_text(versions[number % 2], encoding="utf-8")
            begin = time.perf_counter()
            _until(process, "visible checks pass")
            seconds.append(time.perf_counter() - begin)
        process.kill()
    yield Row("`check --watch`, from the save to the card", seconds, WATCH_TARGET)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def _until(process: "subprocess.Popen[str]", words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    raise SystemExit(f"the watcher ended before it said {words!r}")


def _solved(folder: Path) -> Path:
    """Write the ten notebooks as somebody leaves them who has solved everything."""
    from workbook.course.exercises import EXERCISES

    for exercise in EXERCISES:
        text = (ROOT / "solutions" / f"{exercise.name}.py").read_text(encoding="utf-8")
        for used in exercise.uses:
            text = text.replace(f"from solutions.{used} ", "from workbook.earlier ")
        cell = {"cell_type": "code", "id": "one", "metadata": {}, "outputs": [],
                "execution_count": None, "source": text}  # fmt: skip
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path = folder / exercise.notebook_path
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def main() -> None:
    """Measure everything and print the table."""
    import numpy
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    versions = f"Python {platform.python_version()}, NumPy {numpy.__version__}"
    print(f"{versions}, {platform.system()}, {os.cpu_count()} processors. Milliseconds.\n")
    print("| what | median | range | target | every run below |\n|---|---|---|---|---|")
    for row in imports():
        print(row, flush=True)
    with TemporaryDirectory() as folder:
        # As in a kernel, so that a check displays its card; without the user's own settings.
        os.environ["IPYTHONDIR"] = folder
        InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
        for row in checks():
            print(row, flush=True)
        notebooks = _solved(Path(folder))
        for measure in (progress, watch):
            for row in measure(notebooks):
                print(row, flush=True)


if __name__ == "__main__":
    main()
