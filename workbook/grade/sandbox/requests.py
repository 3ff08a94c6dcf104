"""Answers the judge's requests in the student's process: run a cell, call a function.

Each request, with the replies to it:

``cell`` {"source", "stub_of", "passed_over", "seconds", "seed"}: the function whose untouched stub
the cell holds or "", the places of the statements that are not to be run, in how many seconds all
others are to be interrupted, or null, and the seed of the random generators with the first cell
    ``done`` {"failures": [{"type", "message", "line", "source", "index"}], "cut": bool, "skipped"},
    the kinds and the numbers of the lines that do nothing here; or ``more``, where only a process
    that has imported IPython can run the cell. Before a statement that may take long, ``statement``
    [index, line] tells which it is
``files`` {name: array of bytes}
    ``done`` null; the files lie in the working folder then, or the reason why the system has no
    room for them
``defined`` {"name", "stub": bool}: whether the untouched stub counts, too
    ``done`` true or false
``call`` {"name", "each", "kwargs", "watched": bool, "asserts": bool, "functions", "generators",
"beside"}: the arguments of one or several calls; whether its own `assert` statements hold; the
places of the arguments that are functions, which the judge serves as ``argument 0`` and so on; the
place and the seed of each that is a generator, which goes on from call to call; and the names of
the notebook's functions for which the judge serves right ones
    for each call, as soon as it has ended, ``returned`` {"value", "effects"}: with markers for what
    is not plain data, and the `Effects` of the call if it is watched and has any, else null; or
    ``raised`` {"type", "message", "line", "source"}, after which no other call is made

While a cell or a call runs, the student's process may ask for an earlier exercise:

``earlier`` {"name", "args", "kwargs", "seed"}: an array of the one number that NumPy's random
generator has drawn here, from which a random function draws, so that a seed that the student sets
holds for it, too
    ``returned`` {"value"} or ``raised`` {"type", "message"}, and "refused" if it does not take such
    arguments. Which arrays of the value are those of the arguments, "same" tells, if there are any:
    see `with_own`. A function that is an argument
    may change what it is called with: then there is "given", too, its args and kwargs after the
    call. A function among the arguments does not cross. The others are sent with "answers", [] at
    first; if it is ``returned`` what would be "asked" of the function, all is sent again with the
    answers
"""

import errno
import io
import linecache
import os
import random
import sys
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from workbook.course.effects import NO_EFFECTS
from workbook.course.exercises import is_class
from workbook.course.kinds import OfKind
from workbook.course.scripted import Scripted
from workbook.course.syntax_errors import in_words, of_plain_parts
from workbook.course.text import message_of, notes_of
from workbook.course.watched import Watched
from workbook.course.without_asserts import without_asserts
from workbook.grade.sandbox import skipped
from workbook.grade.sandbox.cells import CellRunner, NeedsIPythonError
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.stand_in import stand_in
from workbook.grade.sandbox.statements import CellRun, refuse_to_end
from workbook.grade.sandbox.wire import ClosedError, Message
from workbook.grade.submissions.disk import NO_FILE_LEFT, takes_no_file
from workbook.grade.submissions.limits import Limits

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENFILE, errno.ENOMEM)


class RequestHandler:
    """Answers the judge's requests for one submission."""

    def __init__(self, runner: CellRunner, channel: Channel, limits: Limits) -> None:
        self.runner = runner
        self.channel = channel
        self.limits = limits
        self.request = 0
        self.output = _Capped()
        # By the identity of what the student wrote, which is kept with it.
        self.watched: dict[int, Watched] = {}
        # Untouched stubs, by the name of their function.
        self.stubs: dict[str, Any] = {}
        # Random generators of the judge's, by their seed.
        self.generators: dict[int, np.random.Generator] = {}
        sys.modules["workbook.earlier"].__getattr__ = self._imported  # type: ignore[method-assign]

    def serve(self) -> None:
        """Answer requests until the judge closes the wire."""
        answers: dict[str, Callable[[Any], tuple[str, Any]]] = {
            "cell": self._cell,
            "files": self._files,
            "defined": self._defined,
        }
        while True:
            message = self.channel.receive()
            self.request = message.id
            if message.kind != "call":
                self._reply(*self._printing(answers[message.kind], message.body))
                continue
            for args in message.body["each"]:
                if self._reply(*self._printing(self._call, message.body, args)) == "raised":
                    break

    def _printing(self, answer: Callable[..., tuple[str, Any]], *request: Any) -> tuple[str, Any]:
        """Answer a request, and drop what its code prints."""
        # Whatever was made of these meanwhile.
        sys.stdout = sys.stderr = self.output
        self.output.left = self.limits.output_characters
        return answer(*request)

    def _reply(self, kind: str, body: Any) -> str:
        """Send a reply to the request in hand, and return its kind."""
        try:
            self.channel.send(Message(kind, self.request, body), markers=True)
        except ClosedError:
            raise
        except Exception:
            # It has too many small parts.
            value = OfKind("a value that is too large to be handed over")
            self.channel.send(Message(kind, self.request, {**body, "value": value}))
        return kind

    def _cell(self, body: Any) -> tuple[str, Any]:
        seconds, stub_of = body["seconds"], body["stub_of"]
        if seconds is not None:
            refuse_to_end()
        cell = CellRun(body["passed_over"], seconds, self._announce)
        if body.get("seed") is not None:
            # The same notebook draws the same numbers, whenever it is graded.
            random.seed(body["seed"])
            np.random.seed(body["seed"])
        lines: list[tuple[str, int]] = []
        skipped.note(lines)
        try:
            self.runner.run(body["source"], cell)
        except NeedsIPythonError:
            return "more", None
        finally:
            skipped.note(None)
        if stub_of:
            self.stubs[stub_of] = self.runner.names.get(stub_of)
        failures = [
            self._described(one.error) | {"line": one.line, "index": one.index}
            for one in cell.failures
        ]
        return "done", {"failures": failures, "cut": self.output.cut, "skipped": lines}

    def _announce(self, index: int, line: int) -> None:
        """Tell the judge which statement comes next, in case that it ends this process."""
        self.channel.send(Message("statement", self.request, [index, line]))

    def _files(self, body: Any) -> tuple[str, Any]:
        for name, content in body.items():
            # In an archive, a file and a folder may have one name. Then only one of them is there.
            try:
                os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
                with open(name, "wb") as file:
                    file.write(content)
            except OSError as error:
                if error.errno in _NO_ROOM:
                    return "done", error.strerror
        return "done", None

    def _defined(self, body: Any) -> tuple[str, Any]:
        value = self.runner.names.get(body["name"])
        is_stub = value is self.stubs.get(body["name"])
        return "done", callable(value) and (body["stub"] or not is_stub)

    def _call(self, body: Any, args: tuple[Any, ...]) -> tuple[str, Any]:
        function = written = self.runner.names[body["name"]]
        if not body["asserts"]:
            function = written = without_asserts(written)
        # An object cannot cross: a class is told here what to do with its own.
        function = Scripted(function) if is_class(body["name"]) else function
        kwargs = body["kwargs"]
        # An argument that is a function stays with the judge, who serves it.
        placed: dict[int, Any] = {
            place: self._earlier(f"argument {place}") for place in body["functions"]
        }
        for place, seed in body["generators"]:
            placed[place] = self.generators.setdefault(seed, np.random.default_rng(seed))
        given = [placed.get(place, value) for place, value in enumerate(args)]
        if body["watched"]:
            # The last answers are kept, so that one that shares their memory is seen.
            function = self.watched.setdefault(id(written), Watched(function))
        # Each function is judged on its own: those of the notebook that it calls are right ones.
        names, beside = self.runner.names, body["beside"]
        before = {name: names[name] for name in beside if name in names}
        names.update({name: self._or_own(name) for name in beside})
        try:
            value = function(*given, **kwargs)
        except BaseException as error:
            return "raised", self._described(error)
        finally:
            for name in beside:
                names.pop(name, None)
            names.update(before)
        value, effects = value if body["watched"] else (value, NO_EFFECTS)
        # Most calls have none.
        effects = None if effects == NO_EFFECTS else effects
        return "returned", {"value": value, "effects": effects}

    def _described(self, error: BaseException) -> dict[str, Any]:
        """Return an error's type, message, and last line in the student's code."""
        line, source, message = 0, "", message_of(error)
        if isinstance(error, SyntaxError):
            told = of_plain_parts(error)
            line, source = told.lineno or 0, (told.text or "").strip()
            message = in_words(told) if told.msg else message
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(skipped.CELL_FILES):
                line = frame.lineno or 0
                source = linecache.getline(frame.filename, line).strip()
        if _says_that_no_space_is_left(error) and takes_no_file("."):
            # The system says of both that no space is left.
            message = f"[Errno {errno.ENOSPC}] {NO_FILE_LEFT}"
        message = "; ".join(filter(None, [message, *notes_of(error)]))
        return {
            "type": type(error).__name__,
            "message": message[:1000],
            "line": line,
            "source": source[:200],
        }

    def _imported(self, name: str) -> Callable[..., Any]:
        """Return what a notebook imports from `workbook.earlier`."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._or_own(name)

    def _or_own(self, name: str) -> Callable[..., Any]:
        """Return a stand-in for what the judge serves; where it does not, it calls the notebook's.

        What is judged here is not served if two notebooks have become one.
        """
        own = self.runner.names.get(name)
        return stand_in(name, self._ask, own if callable(own) else None)

    def _earlier(self, name: str) -> Callable[..., Any]:
        """Return a stand-in for an earlier exercise, which the judge serves."""
        return stand_in(name, self._ask)

    def _ask(self, body: dict[str, Any]) -> Message:
        self.channel.send(Message("earlier", self.request, body))
        return self.channel.receive()


def _says_that_no_space_is_left(error: BaseException) -> bool:
    """Tell it of a student's exception, no method of which is called."""
    number = vars(OSError)["errno"].__get__(error) if isinstance(error, OSError) else None
    return type(number) is int and number == errno.ENOSPC


class _Capped(io.TextIOBase):
    """A text stream that counts characters and keeps none."""

    # What libraries ask of it, as of a kernel's.
    name, encoding = "<stdout>", "UTF-8"

    def __init__(self) -> None:
        self.left = 0

    @property
    def cut(self) -> bool:
        """Whether more was written than the limit allows."""
        return self.left < 0

    def fileno(self) -> int:
        """Return a descriptor that nobody reads, as a kernel's stream does."""
        return 1

    def write(self, text: str) -> int:
        self.left -= len(text)
        return len(text)
