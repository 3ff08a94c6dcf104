"""The child process that checks notebooks for `check_process`."""

import builtins
import contextlib
import getpass
import json
import linecache
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread, main_thread
from typing import IO, Any

import numpy as np

from workbook.course.deferred_imports import defer
from workbook.course.text import shorten
from workbook.learn.check.card import Card
from workbook.learn.check.card_views import card_text
from workbook.learn.check.time_limit import time_limit
from workbook.learn.quiet import quiet
from workbook.learn.workspace.beside import WrittenFiles, folder_at_hand
from workbook.learn.workspace.cells import CELL
from workbook.learn.workspace.check_process import Checked
from workbook.learn.workspace.lab import check_notebook
from workbook.learn.workspace.looked_at import looking
from workbook.learn.workspace.notebooks import NotebookError, is_stub, reading

#: Time between two looks at how long a check has been computing.
_LOOK_SECONDS = 0.05
_LONGEST_LINE = 60


def from_card(card: Card, written: bool = True) -> Checked:
    """Return the outcome that a card shows.

    Parameters
    ----------
    card : Card
        The card.
    written : bool
        Whether the function is more than the stub.
    """
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
    with looking() as paths:
        found = _checked(path, name)
    return [replace(one, looked_at=sorted(paths)) for one in found]


def _checked(path: Path, name: str | None) -> list[Checked]:
    # A notebook's settings hold for it alone.
    with quiet(), np.errstate(), _same_recursion_limit(), _same_builtins(), time_limit():
        try:
            cards = check_notebook(path, name)
            return [from_card(card, not is_stub(path, card.function.name)) for card in cards]
        except (NotebookError, TypeError, ValueError) as error:
            return [Checked(False, str(error), str(error), kind="refused")]


@contextlib.contextmanager
def _same_recursion_limit() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


@contextlib.contextmanager
def _same_builtins() -> Iterator[None]:
    before = dict(vars(builtins))
    try:
        yield
    finally:
        for name in vars(builtins).keys() - before.keys():
            delattr(builtins, name)
        vars(builtins).update(before)


def _answer_nobody() -> None:
    """Let go on what waits for somebody, as in grading: there is nobody at this process."""
    builtins.input = getpass.getpass = _Nobody().answer
    sys.breakpointhook = _go_on
    # Few notebooks import one.
    defer("bdb", then=_never_stop)


class _Nobody:
    """Gives an empty answer to a cell that asks for one, and none to a function."""

    def __init__(self) -> None:
        # An answer that never comes must not keep a loop running.
        self._left = 100

    def answer(self, prompt: object = "", *args: object, **kwargs: object) -> str:
        self._left -= 1
        if self._left < 0 or not reading.get():
            raise EOFError("nobody answers where your function is checked or graded")
        return ""


def _never_stop(bdb: Any) -> None:
    bdb.Bdb.set_trace = _go_on


def _go_on(*args: object, **kwargs: object) -> None:
    """Do nothing."""


def serve() -> None:
    """Answer the parent's requests until it ends; this is what a child process runs."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = _Answers(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    # The learner's code may read and print; it gets neither the requests nor the answers' pipe.
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    _answer_nobody()
    # A module beside a notebook may be written again within the second that its cache looks at.
    sys.dont_write_bytecode = True
    waiting: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    Thread(target=answers.watch, daemon=True).start()
    answers.send("ready")
    while True:
        path, name, seconds = json.loads(waiting.get())
        notebook = Path(path)
        with contextlib.suppress(OSError):  # what is wrong with it is said by who reads it
            os.chdir(notebook.parent)
        answers.begin(seconds)
        # For what a function imports or reads when it is called.
        with folder_at_hand(notebook.parent, WrittenFiles(notebook.parent)):
            found = check_here(notebook, name)
        answers.send({"found": [asdict(one) for one in found]})


def _listen(requests: IO[str], waiting: "SimpleQueue[str]") -> None:
    for line in iter(requests.readline, ""):
        waiting.put(line)
    # The parent has gone: end, even in the middle of the learner's endless loop.
    os._exit(0)


class _Answers:
    """Sends answers, and ends this process if one takes too much computing.

    Parameters
    ----------
    pipe : text file
        Where the parent reads them.
    """

    def __init__(self, pipe: IO[str]) -> None:
        self._pipe = pipe
        self._lock = Lock()
        self._until = float("inf")

    def begin(self, seconds: float) -> None:
        """Note that an answer may take this many seconds of computing from now on."""
        with self._lock:
            self._until = time.process_time() + seconds

    def send(self, answer: Any) -> None:
        """Send an answer in time."""
        with self._lock:
            self._until = float("inf")
            print(json.dumps(answer), file=self._pipe, flush=True)

    def watch(self) -> None:
        """End this process when an answer takes too long, and say where it is."""
        while True:
            time.sleep(_LOOK_SECONDS)
            with self._lock:
                if time.process_time() > self._until:
                    print(json.dumps({"stopped at": _place()}), file=self._pipe, flush=True)
                    os._exit(0)


def _place() -> str:
    """Return the line of the learner's that the main thread is in; empty if it is in none."""
    frame = sys._current_frames().get(main_thread().ident or 0)
    while frame is not None:
        _, cell, number = frame.f_code.co_filename.partition(CELL)
        if cell:
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
            shown = shorten(line, _LONGEST_LINE)
            return f"line {frame.f_lineno} of code cell {number}: `{shown}`"
        frame = frame.f_back
    return ""
