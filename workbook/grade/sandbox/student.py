"""The student's process: warm, forked for each submission, it runs cells and calls functions.

The judge starts this module, with the number of a socket, the limits, the layers of confinement,
and whether to have everything at hand, IPython and matplotlib, or NumPy alone. It forks for every
socket that it is handed. The fork gives up its rights, runs the student's cells, and answers calls.
It knows no test, no reference, no mark.

Requests of the judge, and the replies to them:

``cell`` {"source"}, and "definitions": true where only what the cell defines is to be run
    ``done`` {"error": null or {"type", "message", "line", "source"}, "cut": bool}; or ``more``,
    where only a process with everything at hand can run the cell
``defined`` {"name"}
    ``done`` true or false
``call`` {"name", "args", "kwargs", "changes": bool}, and where they are needed "functions": the
places of the arguments that are functions, which the judge serves as ``argument 0`` and so on
    ``returned`` {"value", "args"}, the arguments as the call left them if changes are asked for,
    else null; or ``raised`` {"type", "message", "line", "source"}

While a cell or a call runs, the student's process may ask for an earlier exercise:

``earlier`` {"name", "args", "kwargs"}
    ``returned`` {"value"} or ``raised`` {"type", "message"}
"""

import builtins
import contextlib
import ctypes
import gc
import io
import json
import linecache
import os
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from workbook.course.definitions import definitions
from workbook.course.exercises import is_class
from workbook.course.scripted import Scripted
from workbook.grade.sandbox.cells import Cells, NeedsIPythonError
from workbook.grade.sandbox.confinement import Confinement, from_data
from workbook.grade.sandbox.imports import warm_up
from workbook.grade.sandbox.warm_up import rehearsal
from workbook.grade.sandbox.wire import ClosedError, Connection, Message, WireError, encode
from workbook.grade.submissions.limits import Layers, Limits

# Of one file handle on its way to another process, and how many there may be in one.
_HANDLE_BYTES = 4
_MOST_HANDLES = 2**16


def warm_process(control: socket.socket, limits: Limits, layers: Layers, everything: bool) -> None:
    """Fork a child for each socket that arrives, until the judge has gone.

    A fork shares its memory with this process, and each page that either of them writes, if only to
    count a reference, has to be copied: all that can be done once is done before.
    """
    cells = warm_up(everything)
    # There is one child at a time, and all of them have the same folder and the same wire.
    folder = f"{os.getcwd()}/submission"
    os.environ["HOME"] = folder
    confinement = Confinement(limits, layers)
    stream, _spare = socket.socketpair()
    wire, nowhere = stream.fileno(), os.open(os.devnull, os.O_RDONLY)
    session = _Session(cells, Connection(stream), limits)
    _rehearse(session)
    # What is there now is not looked at again by a fork's garbage collector.
    gc.freeze()
    control.sendall(b"r")
    while True:
        asked, handed, _, _ = control.recvmsg(1, socket.CMSG_LEN(_HANDLE_BYTES))
        if not asked:
            return
        handle = int.from_bytes(handed[0][2], sys.byteorder)
        os.dup2(handle, wire)
        os.close(handle)
        os.mkdir(folder)
        confinement.admit(folder)
        _shuffle()
        pid = os.fork()
        if pid == 0:
            _serve_and_exit(session, wire, folder, confinement)
        os.dup2(nowhere, wire)
        control.sendall(pid.to_bytes(8, "big"))
        # The judge says when the child is to end; only then is its number free for another. If
        # the judge has gone instead, its child must not live on.
        goes_on = control.recv(1)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        removed = _removed(folder)
        if not goes_on:
            return
        control.sendall(status.to_bytes(8, "big"))
        if not removed:
            # It was left so that it cannot be: with this process, all that it holds ends.
            return


def _rehearse(session: "_Session") -> None:
    """Answer some requests like those of a judge, and forget what they left.

    What has run before runs faster, and writes less memory: by then Python has made its code fit
    the types that it meets, and the C library has looked up its functions.
    """
    before, wire = dict(session.cells.names), session.connection
    judge, student = socket.socketpair()
    session.connection = Connection(student)
    for request in rehearsal():
        judge.sendall(encode(request))
    judge.shutdown(socket.SHUT_WR)
    with contextlib.suppress(ClosedError):
        session.serve()
    session.connection.close()
    judge.close()
    session.connection = wire
    session.cells.names.clear()
    session.cells.names.update(before)


def _shuffle() -> None:
    """Let NumPy's own generator start from somewhere else: forks all start from the same state.

    Python's own generator sees to that itself.
    """
    # Of four bytes: what NumPy makes of none takes half a millisecond.
    np.random.seed(int.from_bytes(os.urandom(4), "big"))


def _removed(folder: str) -> bool:
    """Remove a folder, and tell whether it is gone."""
    try:
        os.rmdir(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return not os.path.lexists(folder)
    return True


def _serve_and_exit(session: "_Session", wire: int, folder: str, confinement: Confinement) -> None:
    """Be the process of one submission; never return."""
    status = 1
    try:
        # A group of its own, so that whatever it starts can be ended with it.
        os.setsid()
        _die_with_parent()
        os.chdir(folder)
        confinement.give_up()
        # Of what the warm process has open, only the wire is for the submission.
        os.closerange(3, wire)
        os.closerange(wire + 1, _MOST_HANDLES)
        session.serve()
        status = 0
    except WireError:
        pass
    finally:
        os._exit(status)


_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    """Have the kernel end this process when the warm process ends, however that happens."""
    set_parent_death_signal = 1
    _libc.prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)


class _Session:
    """Answers the judge's requests for one submission."""

    def __init__(self, cells: Cells, connection: Connection, limits: Limits) -> None:
        self.cells = cells
        self.connection = connection
        self.limits = limits
        self.request = 0
        self.output = _Capped()
        sys.modules["workbook.earlier"].__getattr__ = self._earlier  # type: ignore[method-assign]

    def serve(self) -> None:
        """Answer requests until the judge closes the wire."""
        answers: dict[str, Callable[[Any], tuple[str, Any]]] = {
            "cell": self._cell,
            "defined": self._defined,
            "call": self._call,
        }
        while True:
            message = self.connection.receive()
            self.request = message.id
            # Whatever was made of these meanwhile.
            sys.stdout = sys.stderr = self.output
            self.output.left = self.limits.output_characters
            kind, body = answers[message.kind](message.body)
            try:
                self.connection.send(Message(kind, message.id, body))
            except Exception as error:
                # What the function returned cannot cross, or it raises something when it is looked
                # at: that is an answer, too.
                refusal = {"type": "TypeError", "message": str(error), "line": 0, "source": ""}
                self.connection.send(Message("raised", message.id, refusal))
            # A large answer must not stand in the way of the next one.
            del body

    def _cell(self, body: Any) -> tuple[str, Any]:
        source = body["source"]
        try:
            error = self.cells.run(definitions(source) if body.get("definitions") else source)
        except NeedsIPythonError:
            return "more", None
        return "done", {"error": error and self._described(error), "cut": self.output.cut}

    def _defined(self, body: Any) -> tuple[str, Any]:
        return "done", callable(self.cells.names.get(body["name"]))

    def _call(self, body: Any) -> tuple[str, Any]:
        function = self.cells.names[body["name"]]
        # An object cannot cross: a class is told here what to do with its own.
        function = Scripted(function) if is_class(body["name"]) else function
        args, kwargs = body["args"], body["kwargs"]
        # An argument that is a function stays with the judge, who serves it.
        served = {place: self._earlier(f"argument {place}") for place in body.get("functions", ())}
        given = [served.get(place, value) for place, value in enumerate(args)]
        # Each function is judged on its own: those of the notebook that it calls are right ones.
        beside = {name: self._earlier(name) for name in body.get("beside", ())}
        try:
            if beside:
                with _replaced(self.cells.names, beside):
                    value = function(*given, **kwargs)
            else:
                value = function(*given, **kwargs)
        except BaseException as error:
            return "raised", self._described(error)
        return "returned", {"value": value, "args": args if body["changes"] else None}

    def _described(self, error: BaseException) -> dict[str, Any]:
        """Return the error's type, text, and the last line of the student's own that it passed."""
        line, source = 0, ""
        if isinstance(error, SyntaxError):
            line, source = error.lineno or 0, (error.text or "").strip()
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(("<ipython-input", "/tmp/ipykernel")):
                line = frame.lineno or 0
                source = linecache.getline(frame.filename, line).strip()
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        message = "; ".join(filter(None, [message, *map(str, getattr(error, "__notes__", []))]))
        return {
            "type": type(error).__name__,
            "message": message[:1000],
            "line": line,
            "source": source[:200],
        }

    def _earlier(self, name: str) -> Callable[..., Any]:
        """Return a stand-in for an earlier exercise, which the judge serves."""
        if name.startswith("__"):
            raise AttributeError(name)

        def earlier(*args: Any, **kwargs: Any) -> Any:
            body = {"name": name, "args": args, "kwargs": kwargs}
            self.connection.send(Message("earlier", self.request, body))
            reply = self.connection.receive()
            if reply.kind == "returned":
                return reply.body["value"]
            kind = getattr(builtins, reply.body["type"], RuntimeError)
            raise kind(reply.body["message"])

        earlier.__name__ = name
        return earlier


class _Capped(io.TextIOBase):
    """Text that is counted and, beyond a length, dropped: nobody reads it."""

    def __init__(self) -> None:
        self.left = 0

    @property
    def cut(self) -> bool:
        """Whether more was written than the limit allows."""
        return self.left < 0

    def write(self, text: str) -> int:
        self.left -= len(text)
        return len(text)


@contextlib.contextmanager
def _replaced(namespace: dict[str, Any], others: dict[str, Any]) -> Iterator[None]:
    """Set names of a namespace to something else while this lasts."""
    before = {name: namespace[name] for name in others if name in namespace}
    namespace.update(others)
    try:
        yield
    finally:
        for name in others:
            namespace.pop(name, None)
        namespace.update(before)


if __name__ == "__main__":
    warm_process(
        socket.socket(fileno=int(sys.argv[1])),
        Limits(**json.loads(sys.argv[2])),
        from_data(json.loads(sys.argv[3])),
        everything=json.loads(sys.argv[4]),
    )
