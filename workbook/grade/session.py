"""The judge's side of the student's process: start it, run cells, call the function, end it."""

import contextlib
import json
import math
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import numpy as np

from workbook.grade.confinement import Layers, as_data, wrapped
from workbook.grade.limits import Limits
from workbook.grade.wire import ClosedError, Connection, Message, TimedOutError, WireError
from workbook.hidden_tests import AnswerError
from workbook.observation import Raised

# How long the warm process may take to answer; it imports for some seconds on a busy machine.
_CONTROL_SECONDS = 60.0

# Entries of all arrays that the judge computes for a student at once: half a GiB of them.
_MOST_SERVED = 2**26

# Characters of an exception's text that a result holds.
_MOST_TEXT = 1000

# What may answer each kind of request.
_REPLIES = {"cell": ("done",), "defined": ("done",), "call": ("returned", "raised")}

#: Serves the student's calls of an earlier exercise: its name to a right function.
Earlier = Mapping[str, Callable[..., Any]]


class SessionEndedError(AnswerError):
    """The student's process is no more; ``status`` says why, as in a result."""

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


def limit_of(error: Any) -> str:
    """Return the name of the limit that an exception of the student's code tells of, or ""."""
    if not isinstance(error, dict):
        return ""
    text = f"{error.get('type')}: {error.get('message')}"
    return next((name for name, sign in _SIGNS.items() if re.match(sign, text, re.S)), "")


class WarmProcess:
    """A process that has imported what notebooks use, and forks for each submission.

    It is started with an environment that holds nothing of the instructor's. Each fork works in an
    empty folder, which is removed with it.
    """

    def __init__(self, limits: Limits, layers: Layers) -> None:
        self._folder = TemporaryDirectory(prefix="workbook-")
        self._layers = layers
        ours, theirs = socket.socketpair()
        fonts = _font_list()
        settings = [json.dumps(asdict(limits)), json.dumps(as_data(layers))]
        with theirs:
            command = [sys.executable, "-I", "-m", "workbook.grade.student", str(theirs.fileno())]
            self._process = subprocess.Popen(
                wrapped([*command, *settings], layers, limits, fonts),
                pass_fds=[theirs.fileno()],
                cwd=self._folder.name,
                env=_environment(fonts),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        # An answer takes milliseconds, the first one as long as the imports.
        ours.settimeout(_CONTROL_SECONDS)
        self._control = ours
        self._child = 0
        self._spent = False
        if not self._received(1):
            self.close()
            raise RuntimeError("the student's process does not start; `workbook doctor` tells more")

    @property
    def alive(self) -> bool:
        """Whether the process still runs, and nothing has happened that it did not expect."""
        return not self._spent and self._process.poll() is None

    def discard(self) -> None:
        """Let no other submission be forked from this process."""
        self._spent = True

    def fork(self) -> Connection:
        """Return a connection to a new child."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        self._child = self._number()
        return Connection(ours)

    def end_child(self) -> int:
        """End the child that runs, and all of its group; return its wait status."""
        try:
            self._control.sendall(b"k")
            return self._number()
        except (OSError, RuntimeError):
            self.discard()
            # The student's code has ended the process that it was forked from. In namespaces of
            # its own nothing is left then, and the number would mean another process here.
            if not self._layers.bubblewrap:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._child, signal.SIGKILL)
            return 0

    def _number(self) -> int:
        data = self._received(8)
        if len(data) < 8:
            raise RuntimeError("the warm process has ended")
        return int.from_bytes(data, "big")

    def _received(self, count: int) -> bytes:
        """Return this many bytes of the warm process, fewer if it has ended."""
        data = b""
        while len(data) < count and (chunk := self._control.recv(count - len(data))):
            data += chunk
        return data

    def close(self) -> None:
        """End the process and remove its folder."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _font_list() -> Path:
    """Return the folder of matplotlib's list of fonts, which takes seconds to make."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "backprop-workbook"
    cache.mkdir(parents=True, exist_ok=True)
    if not any(cache.glob("fontlist-*.json")):
        # The confined process cannot write it, and would make it anew each time.
        make = [sys.executable, "-I", "-c", "import matplotlib.font_manager"]
        environment = {**os.environ, "MPLCONFIGDIR": str(cache)}
        subprocess.run(make, env=environment, capture_output=True, check=False)
    return cache


def _environment(fonts: Path) -> dict[str, str]:
    """Return the environment of the student's process: nothing of the instructor's."""
    kept = {key: value for key, value in os.environ.items() if key.startswith("OPENBLAS_")}
    return kept | {
        "PATH": os.defpath,
        # Each submission gets a home of its own.
        "HOME": "/tmp",
        "IPYTHONDIR": "/tmp/ipython",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(fonts),
        # A thread that NumPy's import starts would not survive the fork.
        "OPENBLAS_NUM_THREADS": "1",
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
    """

    def __init__(
        self, warm: WarmProcess, limits: Limits, earlier: Earlier, deadline: float
    ) -> None:
        self._warm = warm
        self._limits = limits
        self._earlier = earlier
        self._connection = warm.fork()
        self._deadline = deadline
        self.ended: SessionEndedError | None = None
        #: Names of the limits that the student's code has reached.
        self.reached: set[str] = set()

    def run_cell(self, number: int, source: str) -> dict[str, Any]:
        """Run one cell; return its error, if any, and whether its output was cut."""
        reply = self._ask("cell", {"source": source}, "cell_seconds", f"cell {number}")
        if not isinstance(reply.body, dict) or not {"error", "cut"} <= set(reply.body):
            raise self._end("crashed", "the student's process sent what is no reply")
        self._note(reply.body["error"])
        if reply.body["cut"] is True:
            self.reached.add("output_characters")
        return reply.body

    def defines(self, name: str) -> bool:
        """Tell whether the notebook defines a function of this name."""
        return self._ask("defined", {"name": name}, "cell_seconds", name).body is True

    def call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the notebook; changes that it makes to its arguments are made here.

        Raises
        ------
        AnswerError
            If the function raises, or the process ends; the message is for the student.
        """
        body = {"name": name, "args": args, "kwargs": kwargs}
        reply = self._ask("call", body, "call_seconds", name)
        if reply.kind == "returned":
            if not isinstance(reply.body, dict) or not {"value", "args"} <= set(reply.body):
                raise self._end("crashed", "the student's process sent what is no reply")
            _mirror(args, reply.body["args"])
            return reply.body["value"]
        limit = self._note(reply.body)
        more = f". The limit is {self._limits.named(limit)}" if limit else ""
        raise AnswerError(raised(reply.body) + more, _as_raised(reply.body))

    def _note(self, error: Any) -> str:
        """Remember the limit that an exception tells of, if any, and return its name."""
        limit = limit_of(error)
        if limit:
            self.reached.add(limit)
        return limit

    def close(self) -> None:
        """End the student's process and everything that it started."""
        if self.ended is None:
            self._end("graded", "the session is over")

    def _ask(self, kind: str, body: Any, limit: str, what: str) -> Message:
        """Send a request and return its reply, serving earlier exercises meanwhile."""
        if self.ended is not None:
            raise self.ended
        # Nobody can know the number of a request, and answer it, before it is asked.
        request = Message(kind, secrets.randbits(62), body)
        deadline = time.monotonic() + getattr(self._limits, limit)
        if deadline > self._deadline:
            limit, deadline = "notebook_seconds", self._deadline
        try:
            return self._exchange(request, deadline)
        except TimedOutError:
            self.reached.add(limit)
            message = f"{what} did not finish in time. The limit is {self._limits.named(limit)}"
            raise self._end("timeout", message) from None
        except ClosedError:
            raise self._end("crashed", f"the process ended while {what} ran") from None
        except WireError as error:
            raise self._end("crashed", f"the process broke off: {error}") from None

    def _exchange(self, request: Message, deadline: float) -> Message:
        def left() -> float:
            return deadline - time.monotonic()

        self._connection.send(request, left())
        while True:
            reply = self._connection.receive(left())
            if reply.id != request.id:
                raise WireError("a reply to another request")
            if reply.kind in _REPLIES[request.kind]:
                return reply
            if reply.kind != "earlier":
                raise WireError("a reply of another kind")
            self._send(self._serve(reply), left())

    def _send(self, answer: Message, seconds: float) -> None:
        """Send what an earlier exercise returned, or, where it cannot cross, that it cannot."""
        try:
            self._connection.send(answer, seconds)
        except (ClosedError, TimedOutError):
            raise
        except WireError as error:
            failure = {"type": "MemoryError", "message": str(error)}
            self._connection.send(Message("raised", answer.id, failure), seconds)

    def _serve(self, asked: Message) -> Message:
        """Call an earlier exercise for the student."""
        body = asked.body if isinstance(asked.body, dict) else {}
        function = self._earlier.get(str(body.get("name")))
        if function is None:
            message = f"{body.get('name')} is not an earlier exercise of this notebook"
            return Message("raised", asked.id, {"type": "ImportError", "message": message})
        try:
            args, kwargs = body.get("args", ()), body.get("kwargs", {})
            if _most_entries([args, kwargs]) > _MOST_SERVED:
                raise MemoryError("the arrays are too large for the course's own function")
            value = function(*args, **kwargs)
            return Message("returned", asked.id, {"value": value})
        except Exception as error:
            failure = {"type": type(error).__name__, "message": str(error)}
            return Message("raised", asked.id, failure)

    def _end(self, status: str, message: str) -> SessionEndedError:
        self._connection.close()
        wait_status = self._warm.end_child()
        # Our own kill is no news; another signal is what happened to the student's process.
        killed = os.WTERMSIG(wait_status) if os.WIFSIGNALED(wait_status) else 0
        if status == "crashed" and killed not in (0, signal.SIGKILL):
            message += f" ({signal.Signals(killed).name})"
        if killed == signal.SIGXCPU:
            status = "timeout"
            self.reached.add("notebook_seconds")
        self.ended = SessionEndedError(status, message)
        return self.ended


def _most_entries(value: Any) -> float:
    """Return a bound on the entries of all arrays together that a function makes of these."""
    return sum(_sizes(value)) ** 2


def _sizes(value: Any) -> Iterator[float]:
    """Yield the lengths of all arrays' axes in a tree, and all whole numbers: they may be sizes."""
    if isinstance(value, np.ndarray):
        # What is made of matrices has two of their lengths. Of arrays with more axes NumPy makes
        # some with the axes of all of them.
        yield from value.shape if value.ndim <= 2 else (math.inf,)
        if value.ndim < 2 and value.dtype.kind in "iu":
            # A list of sizes, maybe.
            yield from (abs(int(one)) for one in value.ravel())
    elif isinstance(value, int):
        yield abs(value)
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _sizes(part)


def raised(body: Any) -> str:
    """Return a sentence about an exception in the student's code."""
    if not isinstance(body, dict):
        return "your function raised an exception"
    kind, message, source = (_words(body.get(key)) for key in ("type", "message", "source"))
    if kind == "NotImplementedError":
        return "your function is not written yet: it raises NotImplementedError"
    text = f"your function raised {kind or 'an exception'}" + (f": {message}" if message else "")
    line = body.get("line")
    if isinstance(line, int) and line > 0:
        text += f" (line {line} of its cell: {source})"
    return text


def _words(value: Any) -> str:
    """Return a text from the student's process as far as a result holds it."""
    return value[:_MOST_TEXT] if isinstance(value, str) else ""


def _as_raised(body: Any) -> Raised | None:
    """Return the exception in a reply as data, where the reply holds it."""
    kind, message = (body.get("type"), body.get("message")) if isinstance(body, dict) else (0, 0)
    if not isinstance(kind, str) or not isinstance(message, str):
        return None
    return Raised(kind, tuple(re.findall(r"'([^']*)'", message)), message)


def _mirror(ours: Any, theirs: Any) -> None:
    """Make in our arguments the changes that the student's function made in its copies."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() - theirs.keys():
            del ours[key]
        for key, value in theirs.items():
            ours[key] = _mirrored(ours.get(key), value)
    elif isinstance(ours, list) and isinstance(theirs, list):
        ours[:] = [_mirrored(o, t) for o, t in zip(ours, theirs, strict=False)] + theirs[
            len(ours) :
        ]
    elif isinstance(ours, tuple) and isinstance(theirs, tuple):
        for one, other in zip(ours, theirs, strict=False):
            _mirrored(one, other)


def _mirrored(ours: Any, theirs: Any) -> Any:
    """Return our object with their contents, or theirs where ours cannot hold them."""
    if _is_same_kind_of_array(ours, theirs):
        ours[...] = theirs
        return ours
    if isinstance(ours, dict | list | tuple) and type(ours) is type(theirs):
        _mirror(ours, theirs)
        return ours
    return theirs


def _is_same_kind_of_array(ours: Any, theirs: Any) -> bool:
    return (
        isinstance(ours, np.ndarray)
        and isinstance(theirs, np.ndarray)
        and ours.shape == theirs.shape
        and ours.dtype == theirs.dtype
    )
