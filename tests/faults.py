"""Faults on purpose: grading that is killed at a chosen moment, and functions that kill themselves.

``python -m tests.faults FOLDER`` is the program of the test of the full disk.
"""

import contextlib
import itertools
import json
import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from workbook.cli import _grade
from workbook.grade import work
from workbook.grade.grade import Plan, grade
from workbook.grade.judge import Judged

#: What judging a submission gave, by the student, the exercise and the file's hash.
Canned = Mapping[tuple[str, str, str], Judged]


class CannedExecutor(Executor):
    """Gives results that are known already, each with a seed of its own, and does all the rest."""

    def __init__(self, canned: Canned) -> None:
        self._canned = canned

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        if fn is work.judge:
            _, job = args
            judged = self._canned[job.student, job.exercise.name, job.sha256]
            result = replace(judged.result, seed=secrets.randbits(32))
            answer.set_result(replace(judged, result=result))
        else:
            answer.set_result(fn(*args, **kwargs))
        return answer


@contextlib.contextmanager
def canned_judges(canned: Canned) -> Iterator[tuple[Callable[[], Executor], int]]:
    yield lambda: CannedExecutor(canned), 1


def killed(plan: Plan, canned: Canned, number: int, note: Path) -> bool:
    """Grade in a process that is killed the n-th time that it touches what it writes.

    That is: opens, renames or removes a file, or changes the gradebook. The note says what it was
    about to do. Return whether there were so many times.
    """
    # A process that has imported everything already, and is forked: fast, and without threads.
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["tests.faults", "workbook.grade.feedback", "nbgrader.converters"])
    process = forks.Process(target=_grade_and_die, args=(plan, canned, number, note))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _grade_and_die(plan: Plan, canned: Canned, number: int, note: Path) -> None:
    count = itertools.count(1)

    def about_to(what: str) -> None:
        if next(count) == number:
            note.write_text(what, encoding="utf-8")
            die()

    def hook(name: str, args: tuple[Any, ...]) -> None:
        writes = name in ("os.rename", "os.remove") or (name == "open" and args[1] == "w")
        if writes and str(args[0]).startswith(str(plan.out)):
            about_to(f"{name} {Path(args[0]).relative_to(plan.out)}")

    def statement(connection: object, cursor: object, sql: str, *rest: object) -> None:
        if not sql.lstrip().startswith(("SELECT", "PRAGMA")):
            about_to(" ".join(sql.split()[:3]))

    sys.addaudithook(hook)
    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", lambda connection: about_to("COMMIT"))
    grade(plan, lambda: CannedExecutor(canned), 1)


def die() -> None:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_first(marks: Path) -> int:
    """Kill this process the first time; return how often this has been called."""
    with marks.open("a", encoding="ascii") as file:
        file.write("x")
    calls = len(marks.read_text(encoding="ascii"))
    if calls == 1:
        die()
    return calls


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            children = (task / "children").read_text(encoding="ascii").split()
            found += [one for child in map(int, children) for one in (child, *descendants(child))]
    return found


def runs(pid: int) -> bool:
    """Tell whether a process is there, and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
