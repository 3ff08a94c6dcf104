"""Faults of the grader on purpose, in the process of a judge, around one student's submission."""

import contextlib
import errno
import os
import resource
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from tests.processes import descendants
from tests.submissions import COURSE
from workbook.course import compare
from workbook.course.exercises import Exercise
from workbook.grade.judging.judge import Judge
from workbook.grade.judging.session import Session
from workbook.grade.sandbox import warm_process
from workbook.grade.sandbox.student import StudentProcesses
from workbook.grade.workers.tasks import preload


def refused(number: int) -> Callable[..., Any]:
    """Return a function that the system refuses to do, with this error."""

    def refuse(*args: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


class StudentsRefused(StudentProcesses):
    """Students' processes that the system does not let start."""

    def before_fork(self) -> None:
        super().before_fork()
        os.fork = refused(errno.EAGAIN)


class StudentsUnready(StudentProcesses):
    """Students' processes that end before they are confined."""

    def run(self, stream: Any) -> None:
        os._exit(1)


@contextlib.contextmanager
def limited(kind: int, most: int) -> Iterator[None]:
    """Set a limit of this process's own."""
    before = resource.getrlimit(kind)
    resource.setrlimit(kind, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(kind, before)


@contextlib.contextmanager
def at_the_third_call(do: Callable[[], Any]) -> Iterator[None]:
    """Let something happen between calls of a student's function that are not sent together."""
    calls = []

    def call(session: Session, *args: Any, **options: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            do()
        return before(session, *args, **options)

    before = Session.calls
    with mock.patch.object(Session, "calls", call):
        yield


def little_memory() -> AbstractContextManager[None]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return limited(resource.RLIMIT_AS, pages * resource.getpagesize() + 2**16)


def no_files() -> AbstractContextManager[None]:
    number = os.open("/dev/null", os.O_RDONLY)
    os.close(number)
    return limited(resource.RLIMIT_NOFILE, number + 1)


def kill_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_all_below() -> None:
    """End every process that this one has started, and what these have."""
    for pid in descendants(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


#: What can go wrong, as contexts in which a submission is judged.
FAULTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "no process": lambda: mock.patch.object(subprocess, "Popen", refused(errno.EAGAIN)),
    "no fork": lambda: mock.patch.object(warm_process, "StudentProcesses", StudentsRefused),
    "not ready": lambda: mock.patch.object(warm_process, "StudentProcesses", StudentsUnready),
    "too slow a start": lambda: mock.patch.object(warm_process, "ANSWER_SECONDS", 0.01),
    "little memory": little_memory,
    "no room": lambda: mock.patch.object(tempfile, "mkdtemp", refused(errno.ENOSPC)),
    "no files": no_files,
    "judge killed": lambda: at_the_third_call(kill_this_process),
    "server killed": lambda: at_the_third_call(kill_all_below),
    "no memory to compare": lambda: mock.patch.object(compare, "_numbers", side_effect=MemoryError),
}


@dataclass(frozen=True)
class Disturbed:
    """Lets something go wrong in each judge; called by its process before it judges.

    Attributes
    ----------
    once, always : dict
        What goes wrong with a student's submission at the first try, and at every one.
    marks : pathlib.Path
        A folder to count in.
    exercise : Exercise
        What the submissions are about.
    """

    once: dict[str, str]
    always: dict[str, str]
    marks: Path
    exercise: Exercise

    def __call__(self) -> None:
        preload(COURSE, (self.exercise,))
        grade = Judge.grade

        def disturbed(judge: Judge, job: Any) -> Any:
            fault = self.always.get(job.student) or self._at_first(job.student)
            if not fault:
                return grade(judge, job)
            # A new warm process has to be started, too.
            judge.close()
            with FAULTS[fault]():
                return grade(judge, job)

        Judge.grade = disturbed  # type: ignore[method-assign]

    def _at_first(self, student: str) -> str:
        """Return what goes wrong with a student's submission the first time that it is asked."""
        if student not in self.once:
            return ""
        try:
            (self.marks / f"first {student}").touch(exist_ok=False)
        except FileExistsError:
            return ""
        return self.once[student]
