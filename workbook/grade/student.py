"""The student's process: warm, forked for each submission, it runs cells and calls functions.

The judge starts this module, with the number of a socket, the limits, the layers of confinement,
and whether students draw. It imports NumPy, IPython and, for those who draw, matplotlib, then forks
for every socket that it is handed. The fork gives up its rights, runs the student's cells, and
answers calls. It knows no test, no reference, no mark.

Requests of the judge, and the replies to them:

``cell`` {"source"}, and "definitions": true where only what the cell defines is to be run
    ``done`` {"error": null or {"type", "message", "line", "source"}, "cut": bool}
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
import importlib
import io
import json
import linecache
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from workbook.exercises import is_class
from workbook.grade.confinement import Confinement, Layers, from_data
from workbook.grade.deferred import defer
from workbook.grade.definitions import definitions
from workbook.grade.limits import Limits
from workbook.grade.wire import Connection, Message, WireError
from workbook.scripted import Scripted

# What a notebook imports from `workbook` only to be looked at.
_FOR_THE_LEARNER = ("check", "flow", "hint", "learning_rate_slider", "playground", "progress",
                    "show", "show_product", "solution")  # fmt: skip


# What only IPython gives to a cell: these names, and those of earlier cells' texts and values.
_IPYTHON_NAMES = re.compile(r"\b(get_ipython|display|exit|quit|In|Out|_i*\d*|__+)\b")


def warm_process(control: socket.socket, limits: Limits, layers: Layers, drawing: bool) -> None:
    """Fork a child for each socket that arrives, until the judge has gone."""
    shell = _warm_up(drawing)
    confinement = Confinement(limits, layers)
    # What is there now is not looked at again by a fork's garbage collector, which would have to
    # copy the memory for it.
    gc.freeze()
    control.sendall(b"r")
    while True:
        asked, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        (handle,) = handles
        folder = tempfile.mkdtemp(dir=os.getcwd())
        pid = os.fork()
        if pid == 0:
            control.close()
            _serve_and_exit(shell, handle, folder, limits, confinement)
        os.close(handle)
        control.sendall(pid.to_bytes(8, "big"))
        # The judge says when the child is to end; only then is its number free for another. If
        # the judge has gone instead, its child must not live on.
        goes_on = control.recv(1)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        shutil.rmtree(folder, ignore_errors=True)
        if not goes_on:
            return
        control.sendall(status.to_bytes(8, "big"))
        if os.path.lexists(folder):
            # It was left so that it cannot be removed. With this process, all that it holds ends.
            return


def _warm_up(drawing: bool) -> Any:
    """Import what notebooks use, and return a shell that runs cells as IPython does."""
    if drawing:
        import matplotlib.pyplot  # noqa: F401  imported here so that no fork has to
    else:
        # Every notebook of the course begins with an import of it, and few answers draw. Its pages
        # of memory would make each fork take more than twice as long.
        defer("matplotlib", "pyplot")
    import numpy.random  # noqa: F401
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    # The history keeps a thread, which would not survive the fork.
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    # An error is reported over the wire; formatting a traceback for nobody takes long.
    shell.showtraceback = lambda *args, **kwargs: None
    shell.showsyntaxerror = lambda *args, **kwargs: None
    # `%matplotlib inline` and its like ask for a kernel; here nobody looks at the figures.
    shell.enable_matplotlib = lambda gui=None: (gui, "agg")
    # IPython 9 keeps all that is printed: a flood of it would use up time and memory.
    shell._tee = lambda channel: contextlib.nullcontext()
    _prepare_modules()
    # What IPython does at its first cell is done here once. `shell.reset` would take far longer.
    shell.run_cell("import numpy as np", silent=True)
    del shell.user_ns["np"]
    # A checkout's folder holds this package and, beside it, the solutions: no import finds them.
    sys.path[:] = [path for path in sys.path if not Path(path, "solutions").is_dir()]
    return shell


def _prepare_modules() -> None:
    """Change what notebooks import to what it is to be while they are graded."""
    import workbook

    builtins.input = _no_input
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    # The student has run and seen these; they are no part of the marks.
    for name in _FOR_THE_LEARNER:
        setattr(workbook, name, _nothing)
    for name, home in workbook.LATER.items():
        if home.startswith("workbook.figures") and name not in _FOR_THE_LEARNER:
            setattr(workbook, name, _when_called(name, home))
        else:
            # Here and now, so that no fork has to.
            getattr(workbook, name)
    earlier = types.ModuleType("workbook.earlier")
    sys.modules["workbook.earlier"] = earlier
    setattr(workbook, "earlier", earlier)  # noqa: B010  mypy knows no such attribute


def _nothing(*args: object, **kwargs: object) -> None:
    """Stand in for a function that shows something."""


def _when_called(name: str, home: str) -> Callable[..., Any]:
    """Stand in for a function that draws, whose import takes long, until it is called."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module(home), name)(*args, **kwargs)

    return function


def _serve_and_exit(
    shell: Any, handle: int, folder: str, limits: Limits, confinement: Confinement
) -> None:
    """Be the process of one submission; never return."""
    status = 1
    try:
        # A group of its own, so that whatever it starts can be ended with it.
        os.setsid()
        _die_with_parent()
        os.chdir(folder)
        os.environ["HOME"] = folder
        stream = socket.socket(fileno=handle)
        confinement.give_up(folder)
        _Session(shell, Connection(stream), limits).serve()
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

    def __init__(self, shell: Any, connection: Connection, limits: Limits) -> None:
        self.shell = shell
        self.connection = connection
        self.limits = limits
        self.request = 0
        self.cells = 0
        self._prepare()

    def _prepare(self) -> None:
        import numpy as np

        # Every fork starts from the same state: without this, all students draw the same numbers.
        # Python's own generator sees to that itself.
        # Of four bytes: what NumPy makes of none takes half a millisecond.
        np.random.seed(int.from_bytes(os.urandom(4), "big"))
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
        output = _Capped(self.limits.output_characters)
        source = body["source"]
        with _captured(output):
            error = self._run(definitions(source) if body.get("definitions") else source)
        return "done", {"error": error and self._described(error), "cut": output.cut}

    def _run(self, source: str) -> BaseException | None:
        """Run a cell, and return what it raised."""
        code = self._compiled(source)
        if code is None:
            result = self.shell.run_cell(source, store_history=True)
            error: BaseException | None = result.error_before_exec or result.error_in_exec
            return error
        try:
            exec(code, self.shell.user_ns)
        except BaseException as error:
            return error
        return None

    def _compiled(self, source: str) -> types.CodeType | None:
        """Return the code of a cell that is plain Python; None if it takes IPython to run it.

        IPython's own way does the same and much besides, for which nobody looks here.
        """
        if _IPYTHON_NAMES.search(source):
            return None
        self.cells += 1
        compiler = self.shell.compile
        try:
            # It keeps the text, so that an error can show its line.
            name = compiler.cache(source, self.cells, source)
            code: types.CodeType = compiler(f"{source}\n", name, "exec")
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
            # A magic, or a mistake, of which IPython makes an error for the student.
            return None
        return code

    def _defined(self, body: Any) -> tuple[str, Any]:
        return "done", callable(self.shell.user_ns.get(body["name"]))

    def _call(self, body: Any) -> tuple[str, Any]:
        function = self.shell.user_ns[body["name"]]
        # An object cannot cross: a class is told here what to do with its own.
        function = Scripted(function) if is_class(body["name"]) else function
        args, kwargs = body["args"], body["kwargs"]
        # An argument that is a function stays with the judge, who serves it.
        served = {place: self._earlier(f"argument {place}") for place in body.get("functions", ())}
        given = [served.get(place, value) for place, value in enumerate(args)]
        # Each function is judged on its own: those of the notebook that it calls are right ones.
        beside = {name: self._earlier(name) for name in body.get("beside", ())}
        try:
            with (
                _captured(_Capped(self.limits.output_characters)),
                _replaced(self.shell.user_ns, beside),
            ):
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

    def __init__(self, limit: int) -> None:
        self.left = limit

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


@contextlib.contextmanager
def _captured(output: _Capped) -> Iterator[None]:
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        yield


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() has nobody to answer it while your work is graded")


if __name__ == "__main__":
    warm_process(
        socket.socket(fileno=int(sys.argv[1])),
        Limits(**json.loads(sys.argv[2])),
        from_data(json.loads(sys.argv[3])),
        drawing=json.loads(sys.argv[4]),
    )
