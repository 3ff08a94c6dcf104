"""What can go wrong while a class is graded: at a judge, a file, the gradebook, at any moment."""

import contextlib
import errno
import itertools
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy.exc import OperationalError

from tests.faults import CannedExecutor, moments
from workbook.grade import calls
from workbook.grade.gradebook import gradebook
from workbook.grade.submissions.faults import GraderError, JudgeLostError
from workbook.grade.submissions.results import Judged
from workbook.grade.workers import tasks

# A student and an exercise.
Key = tuple[str, str]

JUDGES: dict[str, Callable[[], BaseException]] = {
    "grader": lambda: GraderError("the machine is on fire"),
    "lost": lambda: JudgeLostError("the process that worked on it died"),
    "other": lambda: RuntimeError("OddError: 1, 2"),
}


def _sqlite(text: str) -> BaseException:
    return OperationalError("...", (), sqlite3.OperationalError(text))


#: On a file, and in the gradebook.
PLACES: dict[str, tuple[BaseException, BaseException]] = {
    "full": (OSError(errno.ENOSPC, "No space left"), _sqlite("database or disk is full")),
    "broken": (OSError(errno.EIO, "Input/output error"), _sqlite("disk I/O error")),
    "locked": (PermissionError(errno.EACCES, "Permission denied"), _sqlite("database is locked")),
    "files": (
        OSError(errno.EMFILE, "Too many open files"),
        _sqlite("unable to open database file"),
    ),
    "interrupted": (KeyboardInterrupt(), KeyboardInterrupt()),
}


@dataclass(frozen=True)
class HandIn:
    """A student hands in one of the known answers; after the last one, takes the notebook away."""

    student: int
    exercise: int
    answer: int


@dataclass(frozen=True)
class Run:
    """The command is run, and something goes wrong.

    Attributes
    ----------
    judges : tuple of (int, int, str, int)
        The student and the exercise at which judging fails, how, and how often.
    what : str
        What goes wrong at a moment: "" for nothing, "killed", or one of `PLACES`.
    moment : int
        The how manieth change of a file or of the gradebook that is.
    lasts : bool
        Whether it goes wrong from then on.
    force, feedback : bool
        Options of the command.
    """

    judges: tuple[tuple[int, int, str, int], ...] = ()
    what: str = ""
    moment: int = 0
    lasts: bool = False
    force: bool = False
    feedback: bool = False


class FaultyExecutor(CannedExecutor):
    """Fails at some submissions, so many times; else, what it gives is known already."""

    def __init__(self, canned: Mapping[Any, Judged], faults: dict[Key, tuple[str, int]]) -> None:
        super().__init__(canned)
        self._left = {key: times for key, (_, times) in faults.items()}
        self._kinds = {key: kind for key, (kind, _) in faults.items()}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        job = args[1] if fn in (tasks.judge, tasks.show_earlier) else None
        key = (job.student, job.exercise.name) if job else None
        answer: Future[Any] = Future()
        if key and self._left.get(key, 0) > 0:
            self._left[key] -= 1
            answer.set_exception(JUDGES[self._kinds[key]]())
        elif fn is tasks.feedback:
            cells = {name: cell.points for name, cell in args[1].cells.items()}
            answer.set_result((json.dumps(cells), 0.0))
        elif fn is tasks.show_earlier:
            judged = self._canned[job.student, job.exercise.name, job.sha256]
            answer.set_result(replace(judged, result=args[2]))
        else:
            return super().submit(fn, *args, **kwargs)
        return answer


@contextlib.contextmanager
def hasty() -> Iterator[None]:
    """Let nothing be waited for."""
    with (
        mock.patch.object(calls, "_PAUSE_SECONDS", 0.0),
        mock.patch.object(gradebook, "_PAUSE_SECONDS", 0.001),
        mock.patch.object(gradebook, "_PATIENCE_SECONDS", 0.01),
        mock.patch.object(gradebook.GradebookWriter.__init__, "__defaults__", (print, 0.01)),
    ):
        yield


@contextlib.contextmanager
def disturbed(out: Path, run: Run) -> Iterator[None]:
    """Let something go wrong at a moment."""
    if not run.what:
        yield
        return
    count = itertools.count(1)

    def about_to(what: str) -> None:
        is_main = threading.current_thread() is threading.main_thread()
        if run.what == "interrupted" and not is_main:
            # Python interrupts no other thread.
            return
        number = next(count)
        if number == run.moment or (run.lasts and number > run.moment):
            on_file, in_gradebook = PLACES[run.what]
            raise on_file if what.startswith(("open", "os.")) else in_gradebook

    with moments(out, about_to):
        yield
