"""The judge's side of one submission: run its cells, call its function, end it."""

import os
import re
import secrets
import signal
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from workbook.course.effects import read_effects
from workbook.course.exercises import is_class
from workbook.course.hidden_tests import AnswerError
from workbook.course.verdicts import Raised
from workbook.grade.judging.reference_calls import Earlier, serve
from workbook.grade.sandbox import skipped
from workbook.grade.sandbox.cells import NeedsIPythonError
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.sandbox.wire import ClosedError, Message, TimedOutError, WireError
from workbook.grade.submissions.limits import Limits

# Characters of an exception's text that a result holds.
_MOST_TEXT = 1000

_NOTHING: Earlier = MappingProxyType({})

# What may answer each kind of request.
_REPLIES = {
    "cell": ("done", "more"),
    "files": ("done",),
    "defined": ("done",),
    "call": ("returned", "raised"),
}


class SessionEndedError(AnswerError):
    """The student's process has ended; ``status`` says why, as in a result."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


# What Python says when a limit of the system's is reached, and which of ours that is.
_SIGNS = {
    "memory_bytes": r"\w*MemoryError: .*",
    "written_bytes": r"OSError: \[Errno (27|28)\] .*",
    "open_files": r"OSError: \[Errno 24\] .*",
    "processes": r"RuntimeError: can't start new thread.*",
}


class Session:
    """One submission in the student's process.

    Parameters
    ----------
    warm : WarmProcess
        Where the submission's process is forked from.
    limits : Limits
        What it may use.
    earlier : mapping of str to callable
        Right versions of the earlier exercises, which the judge serves.
    deadline : float
        When all work on the submission ends, on the clock of `time.monotonic`.
    seed : int, optional
        What the student's process draws from, with NumPy's or Python's own generator; another one
        than the tests'.
    """

    def __init__(
        self,
        warm: WarmProcess,
        limits: Limits,
        earlier: Earlier,
        deadline: float,
        seed: int = 0,
    ) -> None:
        self._warm = warm
        self._limits = limits
        self._earlier = earlier
        self._seed: int | None = seed
        self._channel = warm.fork()
        self.deadline = deadline
        self.ended: SessionEndedError | None = None
        #: Names of the limits that the student's code has reached.
        self.reached: set[str] = set()

    def run_cell(self, number: int, source: str, only_definitions: bool = False) -> dict[str, Any]:
        """Run one cell, or only what it defines.

        Returns
        -------
        dict of str to object
            Its "error", whether output was "cut", and "notes" on lines that did nothing.

        Raises
        ------
        NeedsIPythonError
            If the cell needs IPython, and this process has not imported it; nothing has been run.
        """
        # With the first cell; later ones go on from where they are.
        body = {"source": source, "definitions": only_definitions, "seed": self._seed}
        self._seed = None
        reply = self._ask("cell", body, "cell_seconds", f"cell {number}")
        if reply.kind == "more" and not self._warm.with_ipython:
            raise NeedsIPythonError
        found = reply.body if reply.kind == "done" else None
        if not isinstance(found, dict) or not {"error", "cut"} <= set(found):
            raise self._end("crashed", "the student's process sent what is no reply")
        self._note(found["error"])
        if found["cut"] is True:
            self.reached.add("output_characters")
        return found | {"notes": skipped.notes(number, source, found.get("skipped"))}

    def put_files(self, files: Mapping[str, bytes]) -> None:
        """Put files into the working folder, before the first cell runs."""
        arrays = {name: np.frombuffer(data, np.uint8) for name, data in files.items()}
        self._ask("files", arrays, "cell_seconds", "the copying of your files")

    def defines(self, name: str) -> bool:
        """Tell whether the notebook defines a function of this name."""
        return self._ask("defined", {"name": name}, "cell_seconds", name).body is True

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        watched: bool = False,
        beside: Earlier = _NOTHING,
    ) -> Any:
        """Call a function of the notebook and return its answer; its arguments stay as they are.

        Parameters
        ----------
        name : str
            The function's name.
        args : tuple
            Its positional arguments. One that is a function is served by the judge when it is
            called.
        kwargs : dict
            Its other arguments.
        watched : bool, optional
            Whether to return a pair, the answer and the `Effects` of the call.
        beside : mapping of str to callable, optional
            Right versions of functions of the same notebook: while this call lasts, the judge
            serves them in the place of the student's own.

        Raises
        ------
        AnswerError
            If the function raises, or the process ends; the message is for the student.
        """
        # A function cannot cross: the judge calls it for the student, as it does the earlier ones.
        given = {place: value for place, value in enumerate(args) if callable(value)}
        plain = tuple(None if place in given else value for place, value in enumerate(args))
        body = {"name": name, "args": plain, "kwargs": kwargs, "watched": watched}
        body |= {"functions": list(given), "beside": list(beside)}
        served = {f"argument {place}": function for place, function in given.items()}
        reply = self._ask("call", body, "call_seconds", name, {**beside, **served})
        if reply.kind == "raised":
            raise self._error(name, reply.body)
        try:
            value, told = reply.body["value"], reply.body["effects"]
            return (value, read_effects(told)) if watched else value
        except (LookupError, TypeError, ValueError):
            raise self._end("crashed", "the student's process sent what is no reply") from None

    def _error(self, name: str, error: Any) -> AnswerError:
        """Return the exception that a function has raised, for the student."""
        limit = self._note(error)
        more = f". The limit is {self._limits.named(limit)}" if limit else ""
        what = "your class" if is_class(name) else "your function"
        return AnswerError(raised(error, what) + more, _as_raised(error))

    def _note(self, error: Any) -> str:
        """Remember the limit that an exception reports, and return its name or ""."""
        if isinstance(error, dict):
            text = f"{error.get('type')}: {error.get('message')}"
            for name, sign in _SIGNS.items():
                if re.match(sign, text, re.S):
                    self.reached.add(name)
                    return name
        return ""

    def close(self) -> None:
        """End the student's process and everything that it started."""
        if self.ended is None:
            self._end("graded", "the session is over")

    def _ask(
        self, kind: str, body: Any, limit: str, what: str, served: Earlier = _NOTHING
    ) -> Message:
        """Send a request and return its reply; serve the earlier exercises and these meanwhile."""
        if self.ended is not None:
            raise self.ended
        # Nobody can know the number of a request, and answer it, before it is asked.
        request = Message(kind, secrets.randbits(62), body)
        deadline = time.monotonic() + getattr(self._limits, limit)
        if deadline > self.deadline:
            limit, deadline = "notebook_seconds", self.deadline
        try:
            return self._exchange(request, deadline, {**self._earlier, **served})
        except TimedOutError:
            self.reached.add(limit)
            message = f"{what} did not finish in time. The limit is {self._limits.named(limit)}"
            raise self._end("timeout", message) from None
        except ClosedError:
            raise self._end("crashed", f"the process ended while {what} ran") from None
        except WireError as error:
            raise self._end("crashed", f"the process broke off: {error}") from None

    def _exchange(self, request: Message, deadline: float, served: Earlier) -> Message:
        def left() -> float:
            return deadline - time.monotonic()

        self._channel.send(request, left())
        while True:
            reply = self._channel.receive(left())
            if reply.id != request.id:
                raise WireError("a reply to another request")
            if reply.kind in _REPLIES[request.kind]:
                return reply
            if reply.kind != "earlier":
                raise WireError("a reply of another kind")
            kind, body = serve(served, reply.body)
            try:
                self._channel.send(Message(kind, reply.id, body), left())
            except (ClosedError, TimedOutError):
                raise
            except WireError as error:
                # The value cannot cross.
                failure = {"type": "MemoryError", "message": str(error)}
                self._channel.send(Message("raised", reply.id, failure), left())

    def _end(self, status: str, message: str) -> SessionEndedError:
        self._channel.close()
        wait_status = self._warm.end_child()
        # Our own kill is no news; another signal is what happened to the student's process.
        killed = os.WTERMSIG(wait_status) if os.WIFSIGNALED(wait_status) else 0
        if status == "crashed" and killed not in (0, signal.SIGKILL):
            message += f" ({signal.Signals(killed).name})"
        if limit := self._warm.exceeded:
            self.reached.add(limit)
            message = f"the process was ended, for there was more than {self._limits.named(limit)}"
        if killed == signal.SIGXCPU:
            status = "timeout"
            self.reached.add("notebook_seconds")
        self.ended = SessionEndedError(status, message)
        return self.ended


def raised(body: Any, what: str = "your function") -> str:
    """Return a sentence about an exception in the student's code, which is ``what``."""
    body = body if isinstance(body, dict) else {}
    kind, message, source = (_words(body.get(key)) for key in ("type", "message", "source"))
    if kind == "NotImplementedError":
        # Of a class, some methods may be written and others not.
        where = f" {message}" if message.startswith("in `") else ""
        return f"{what} is not written yet: it raises NotImplementedError{where}"
    text = f"{what} raised {kind or 'an exception'}" + (f": {message}" if message else "")
    line = body.get("line")
    if isinstance(line, int) and line > 0:
        text += f" (line {line} of its cell: {source})"
    return text


def _words(value: Any) -> str:
    """Return a text from the student's process, cut to the length that a result holds."""
    return value[:_MOST_TEXT] if isinstance(value, str) else ""


def _as_raised(body: Any) -> Raised | None:
    """Return the exception in a reply as data, where the reply holds it."""
    kind, message = (body.get("type"), body.get("message")) if isinstance(body, dict) else (0, 0)
    if not isinstance(kind, str) or not isinstance(message, str):
        return None
    return Raised(kind, tuple(re.findall(r"'([^']*)'", message)), message)
