"""A student's process that answers the judge with whatever it likes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.fuzz.properties import is_same
from tests.fuzz.stream import Stream, reader
from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.load import Load
from workbook.grade.sandbox.wire import Message, WireError, encode
from workbook.grade.submissions.limits import Limits

# What the judge asks for, and the kinds of the right replies to it.
REPLIES = {"cell": ["done"], "defined": ["done"], "call": ["returned", "raised"]}
KINDS = ("done", "more", "returned", "raised", "earlier", "statement", "call", "")
WHICH = ("this", "previous", "next", "another")


@dataclass(frozen=True)
class Reply:
    """A well-formed frame; ``which`` says what request it bears the number of."""

    kind: str
    which: str = "this"
    body: Any = None


Script = Sequence[Reply | bytes]


class Rogue:
    """Plays the student's process to a session, and checks what the judge makes of it.

    Parameters
    ----------
    scripts : sequence of Script
        What is sent when the first, the second, ... request has arrived.
    piece : int
        How many bytes arrive at once.
    """

    def __init__(self, scripts: Sequence[Script], piece: int = 2**16) -> None:
        self._scripts = list(scripts)
        self._numbers: list[int] = []
        self._sent = bytearray()
        self._served = 0
        self._channel = Channel(Stream(self._answer, piece))
        # Reads what was sent once more, to tell which frame is the reply.
        self._oracle = reader(b"")
        earlier = {"double": lambda x: 2 * x}
        self.session = Session(self, Limits(), earlier, time.monotonic() + 60)

    # What a session needs of its warm process.

    with_ipython = True
    exceeded = ""

    def load(self):
        return Load()

    def fault(self):
        return ""

    def fork(self) -> Channel:
        return self._channel

    def end_child(self) -> int:
        return 0

    def discard(self) -> None:
        pass

    def act(self, action: str) -> Any:
        """Do what the judge does; return the value or the exception that comes of it."""
        before, asked = self.session.ended, len(self._numbers)
        try:
            got = self._act(action)
        except AnswerError as error:
            got = error
        assert not isinstance(got, AnswerError) or str(got)
        if before is not None:
            # Nothing that was sent afterwards, or before its time, brings it back to life.
            assert got is before
            assert len(self._numbers) == asked
        else:
            assert len(self._numbers) == asked + 1
            self._check(action, got)
        return got

    def _act(self, action: str) -> Any:
        if action == "cell":
            return self.session.run_cell(1, "pass")
        if action == "defined":
            return self.session.defines("f")
        return self.session.call("f", (np.zeros(3), {"a": [1]}), {})

    def _answer(self, message: Message) -> bytes:
        if message.kind not in REPLIES:
            # The judge has served an earlier exercise, to the request in flight.
            assert message.kind in ("returned", "raised")
            assert message.id == self._numbers[-1]
            self._served += 1
            return b""
        self._numbers.append(message.id)
        script = self._scripts.pop(0) if self._scripts else []
        data = b"".join(self._bytes(part) for part in script)
        self._sent += data
        return data

    def _bytes(self, part: Reply | bytes) -> bytes:
        if isinstance(part, bytes):
            return part
        *older, this = self._numbers
        previous = older[-1] if older else this - 1
        number = {"this": this, "previous": previous, "next": this + 1, "another": -7}[part.which]
        return encode(Message(part.kind, number, part.body))

    def _check(self, action: str, got: Any) -> None:
        reply = self._reply(action)
        if reply is None or reply.kind not in REPLIES[action] or not _is_whole(action, reply):
            assert isinstance(got, SessionEndedError)
            assert got is self.session.ended
            assert got.status == "crashed"
            return
        assert self.session.ended is None
        if reply.kind == "raised":
            assert isinstance(got, AnswerError)
        elif action == "call":
            # Only of this can a mark come.
            assert is_same(got, reply.body["value"])
        elif action == "cell":
            assert is_same(got, [one for one in reply.body["failures"] if type(one) is dict][:20])
        else:
            assert got is (reply.body is True)

    def _reply(self, action: str) -> Message | None:
        """Return the reply to the request in flight, if there is one."""
        self._oracle._stream.arrived += self._sent
        self._sent.clear()
        asked = 0
        try:
            while (message := self._oracle.receive(60)).id == self._numbers[-1]:
                if message.kind == "earlier":
                    asked += 1
                elif not (action == "cell" and _is_statement(message)):
                    return message
        except WireError:
            pass
        finally:
            assert self._served == asked
            self._served = 0
        return None


def _is_whole(action: str, reply: Message) -> bool:
    """Tell whether a reply of the right kind has all its parts."""
    needed = {"cell": {"failures"}, "call": {"value", "effects"}}.get(action, set())
    if reply.kind == "raised" or not needed:
        return True
    if not isinstance(reply.body, dict) or not needed <= reply.body.keys():
        return False
    return action == "call" or type(reply.body["failures"]) is list


def _is_statement(message: Message) -> bool:
    """Tell whether a frame says which statement of a cell comes next."""
    told = message.body
    numbers = [type(one) for one in told] == [int, int] if type(told) is list else False
    return message.kind == "statement" and numbers
