"""Checks of notebooks in a child process, since the learner's code may hang or crash."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from workbook.learn.check.card import Card, card_text
from workbook.learn.check.check import examine
from workbook.learn.quiet import quiet
from workbook.learn.workspace.lab import functions_of
from workbook.learn.workspace.notebooks import NotebookError, is_stub, load_function

#: A machine that is busy may need this long to start Python and import NumPy.
_START_SECONDS = 60.0
#: Time between two looks at whether an answer is still wanted.
_LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Checked:
    """The outcome of the visible checks of one notebook, as text that can leave a process.

    Attributes
    ----------
    passed : bool
        Whether all checks pass.
    problem : str
        What is wrong, in a sentence: the diagnosis, else what fails first; empty if they pass.
    text : str
        The card; the problem where there is no card.
    written : bool
        Whether the function is more than the stub.
    """

    passed: bool
    problem: str
    text: str
    written: bool = True


def from_card(card: Card, written: bool = True) -> Checked:
    """Return the outcome that a card shows."""
    if not card.failed:
        return Checked(True, "", card_text(card), written)
    first = card.failed[0].verdict
    problem = card.note or card.diagnosis or f"{first.title}: {first.message}"
    return Checked(False, problem, card_text(card), written)


def check_here(path: Path, name: str | None = None) -> list[Checked]:
    """Check a notebook in this process, showing nothing that the learner's code prints.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str, optional
        Look at this function only; if not given, at all that the notebook is there for.
    """
    with quiet():
        try:
            return [
                from_card(examine(load_function(path, one)), not is_stub(path, one))
                for one in ([name] if name else functions_of(path))
            ]
        except (NotebookError, TypeError, ValueError) as error:
            return [_without_card(str(error))]


def _without_card(problem: str) -> Checked:
    return Checked(False, problem, problem)


class Checker(contextlib.AbstractContextManager["Checker", None]):
    """Checks notebooks in a child process, which is started in advance and ended when it hangs.

    Parameters
    ----------
    seconds : float
        Time limit of one notebook.
    fresh : bool
        Whether every notebook gets a new process, so that none can spoil the next one's check.
    """

    def __init__(self, seconds: float, fresh: bool = False) -> None:
        self._seconds = seconds
        self._fresh = fresh
        # Python in a browser cannot start a process.
        self._child = None if sys.platform == "emscripten" else _Child()

    def check(
        self,
        path: Path,
        name: str | None = None,
        outdated: Callable[[], bool] = lambda: False,
    ) -> list[Checked]:
        """Return what `check_here` does, or that the notebook takes too long or ends the process.

        Parameters
        ----------
        path, name
            As for `check_here`.
        outdated : callable
            Whether the answer is no longer wanted; called often. If so, the wait ends, and the
            list is empty.
        """
        if self._child is None:
            return check_here(path, name)
        request = [str(path), name]
        try:
            answer = self._child.ask(request, self._seconds, outdated)
            found, done = [Checked(**one) for one in answer], True
        except _OutdatedError:
            found, done = [], False
        except (TimeoutError, EOFError) as error:
            found, done = [_without_card(f"{path.name}: {error}")], False
        if self._fresh or not done:
            self._child.close()
            self._child = _Child()
        return found

    def __exit__(self, *_: object) -> None:
        """End the child process."""
        if self._child is not None:
            self._child.close()


class _OutdatedError(Exception):
    """The answer is no longer needed."""


class _Child:
    """One child process: a line of JSON in, a line of JSON out."""

    def __init__(self) -> None:
        # The package is found where it is now; -P keeps the learner's random.py out of the way.
        root = str(Path(__file__).resolve().parents[3])
        code = (
            "import sys; sys.path.append(sys.argv[1]); "
            "from workbook.learn.workspace.check_process import serve"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"{code}; serve()", root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # Ctrl+C in the terminal is for the parent, which ends the child.
            start_new_session=True,
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._ready = False
        # Only a thread can read from a pipe with a time limit on every system.
        Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in iter(pipe.readline, ""):
                self._lines.put(line)
        self._lines.put("")

    def ask(self, request: Any, seconds: float, outdated: Callable[[], bool]) -> Any:
        """Return the child's answer; raise TimeoutError, EOFError or _OutdatedError."""
        if not self._ready:
            self._line(_START_SECONDS, outdated)
            self._ready = True
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended: reading says so
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        return json.loads(self._line(seconds, outdated))

    def _line(self, seconds: float, outdated: Callable[[], bool]) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=_LOOK_SECONDS)
            except Empty:
                if outdated():
                    raise _OutdatedError from None
                continue
            if line:
                return line
            raise EOFError(
                "the check ended before it was done: your code ends Python, or needs more memory "
                "than there is"
            )
        raise TimeoutError(
            f"the check takes more than {seconds:g} seconds: look for a loop that never ends"
        )

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # what it has not read is lost
                self._process.stdin.close()


def serve() -> None:
    """Answer the parent's requests until it ends; this is what a child process runs."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # The learner's code may read and print; it gets neither the requests nor the answers' pipe.
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    waiting: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    print("ready", file=answers, flush=True)
    while True:
        path, name = json.loads(waiting.get())
        found = check_here(Path(path), name)
        print(json.dumps([asdict(one) for one in found]), file=answers, flush=True)


def _listen(requests: IO[str], waiting: "SimpleQueue[str]") -> None:
    for line in iter(requests.readline, ""):
        waiting.put(line)
    # The parent has gone: end, even in the middle of the learner's endless loop.
    os._exit(0)
