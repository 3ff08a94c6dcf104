"""Faults on purpose: grading that is killed at a chosen moment, a full disk, processes that die.

``python -m tests.faults FILE`` grades where the disk is too small at first. FILE is a pickle of
what `grade_on_a_small_disk` takes. It prints how each run ended, a line of JSON for each.
"""

import contextlib
import io
import itertools
import json
import os
import pickle
import secrets
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from workbook.grade.class_run import grade
from workbook.grade.command import grade_and_show
from workbook.grade.submissions.plan import Plan
from workbook.grade.submissions.results import Judged
from workbook.grade.workers import tasks

#: What judging a submission gave, by the student, the exercise and the file's hash.
Canned = Mapping[tuple[str, str, str], Judged]


class CannedExecutor(Executor):
    """Gives results that are known already, each with a seed of its own, and does all the rest."""

    def __init__(self, canned: Canned) -> None:
        self._canned = canned

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        if fn is tasks.judge:
            _, job = args
            judged = self._canned[job.student, job.exercise.name, job.sha256]
            result = replace(judged.result, seed=secrets.randbits(32))
            answer.set_result(replace(judged, result=result))
        else:
            answer.set_result(fn(*args, **kwargs))
        return answer


def command(plan: Plan, canned: Canned) -> int:
    """Return the exit status of `workbook grade`."""
    judges = contextlib.nullcontext((lambda: CannedExecutor(canned), 1))
    try:
        return grade_and_show(plan, judges)
    except SystemExit as end:
        return int(str(end.code))


def killed(plan: Plan, canned: Canned, moment: int | str, note: Path) -> bool:
    """Grade in a process that is killed as it is about to touch what it writes.

    That is: to open, rename or remove a file, or to change the gradebook.

    Parameters
    ----------
    plan, canned
        What to grade, and what comes of it.
    moment
        The how manieth time, or a part of what it is about to do.
    note
        File that receives what it was about to do.

    Returns
    -------
    killed
        Whether there was such a moment.
    """
    # A process that has imported everything already, and is forked: fast, and without threads.
    forks = get_context("forkserver")
    forks.set_forkserver_preload(
        [
            "tests.faults",
            "tests.fuzz.class_of_twenty",
            "workbook.grade.pages.student",
            "nbgrader.converters",
        ]
    )
    process = forks.Process(target=_grade_and_die, args=(plan, canned, moment, note))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _grade_and_die(plan: Plan, canned: Canned, moment: int | str, note: Path) -> None:
    count = itertools.count(1)

    def about_to(what: str) -> None:
        if next(count) == moment or (isinstance(moment, str) and moment in what):
            note.write_text(what, encoding="utf-8")
            die()

    with moments(plan.out, about_to):
        grade(plan, lambda: CannedExecutor(canned), 1)


@contextlib.contextmanager
def moments(out: Path, about_to: Callable[[str], None]) -> Iterator[None]:
    """Call a function whenever a file in a folder, or the gradebook, is about to be changed.

    What it raises, the change raises.
    """

    def hook(name: str, args: tuple[Any, ...]) -> None:
        writes = name in ("os.rename", "os.remove") or (name == "open" and args[1] == "w")
        if writes and str(args[0]).startswith(str(out)):
            about_to(f"{name} {Path(args[0]).relative_to(out)}")

    def statement(connection: object, cursor: object, sql: str, *rest: object) -> None:
        if not sql.lstrip().startswith(("SELECT", "PRAGMA")):
            about_to(" ".join(sql.split()[:3]))

    def commit(connection: object) -> None:
        about_to("COMMIT")

    listeners = (("before_cursor_execute", statement), ("commit", commit))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    _call_hooks()
    _hooks.append(hook)
    try:
        yield
    finally:
        _hooks.remove(hook)
        for name, listener in listeners:
            event.remove(Engine, name, listener)


# Python keeps an audit hook to its end: one calls those that are wanted for the moment.
_hooks: list[Callable[[str, tuple[Any, ...]], None]] = []


@cache
def _call_hooks() -> None:
    sys.addaudithook(lambda name, args: [hook(name, args) for hook in _hooks] and None)


def die() -> None:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_grandparent() -> None:
    """Kill the process that has started this one's parent, such as the Dask worker of a judge."""
    status = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8")
    os.kill(int(status.rpartition(")")[2].split()[1]), signal.SIGKILL)


def die_at_first(marks: Path) -> int:
    """Kill this process the first time; return how often this has been called."""
    with marks.open("a", encoding="ascii") as file:
        file.write("x")
    calls = len(marks.read_text(encoding="ascii"))
    if calls == 1:
        die()
    return calls


class OddError(Exception):
    """An exception that pickle can write, but not read again."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one}, {other}")


def raise_odd() -> None:
    """Raise an exception that does not reach another process."""
    raise OddError(1, 2)


def grade_on_a_small_disk(
    plan: Plan, canned: Canned, steps: list[tuple[int, bool]], kept: Path
) -> None:
    """Grade again and again, with so many KiB free, feedback or none; keep what there is then."""
    ballast = plan.out.with_name("ballast")
    for number, (free, feedback) in enumerate(steps):
        ballast.unlink(missing_ok=True)
        left = room(plan.out.parent) - free * 1024
        with ballast.open("wb") as file:
            if left > 0:
                os.posix_fallocate(file.fileno(), 0, left)
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            status = command(replace(plan, feedback=feedback), canned)
        shutil.copytree(plan.out, kept / str(number))
        print(json.dumps([status, said.getvalue()]))


def room(path: Path) -> int:
    """Return how many bytes are free on a file's disk."""
    disk = os.statvfs(path)
    return disk.f_bavail * disk.f_frsize


if __name__ == "__main__":
    grade_on_a_small_disk(*pickle.loads(Path(sys.argv[1]).read_bytes()))
