"""Requests to the student's process and its replies, each within its time."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from workbook.grade.judging.reference_calls import Earlier, serve_reference
from workbook.grade.judging.time_limit import THREAD
from workbook.grade.sandbox.load import load_of, stalled
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.sandbox.wire import ClosedError, Message, TimedOutError, WireError
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.limits import Limits

# Less time than this is not given back; and of more than this part of the time for a notebook, the
# machine keeps no order.
_LEAST_MORE, _MOST_LOST = 0.02, 5

# What may answer each kind of request.
_REPLIES = {
    "cell": ("done", "more"),
    "files": ("done",),
    "defined": ("done",),
    "call": ("returned", "raised"),
}


class Exchange:
    """Requests to a new process, and its replies.

    Time in which the process was ready to run and the machine had no core for it does not count.
    Nor does time in which this process was, for then the other one waits for its answer. While the
    machine waits for its disk or its host, time in which the process did not run does not count
    either, up to the time for a notebook: nobody can tell it from a process that sleeps. Of all
    processes of a notebook together, no more than of one is given back.

    Parameters
    ----------
    warm : WarmProcess
        Where it is forked from.
    limits : Limits
        What it may use.
    deadline : float
        When all requests end, on the clock of `time.monotonic`.
    on_large : callable or None
        Called when it sends more than any right answer holds.

    Attributes
    ----------
    until : float
        When what is sent or received next is to be there; moves as time is given back.
    deadline : float
        When all requests end; moves likewise.
    statement : tuple of int
        Place and line of the statement in a cell that was begun last, as the process tells them.
    """

    def __init__(
        self,
        warm: WarmProcess,
        limits: Limits,
        deadline: float,
        on_large: Callable[[], None] | None,
    ) -> None:
        self._warm = warm
        self._limits = limits
        self._channel = warm.fork()
        self._channel.on_large = on_large
        self._channel.give_back = self.give_back
        # When it began, and what has been given back since then.
        self._began, self._added = time.monotonic(), 0.0
        self._waited, self._stalled = load_of(THREAD).waited, stalled()
        self._before = self._given_back = (0.0, 0.0)
        self.until = self.deadline = deadline
        self.statement = (0, 1)

    def send(self, kind: str, body: Any) -> Message:
        """Send a request and return it, for `reply`.

        Parameters
        ----------
        kind, body
            The request.

        Raises
        ------
        WireError
            If it cannot cross, or nobody reads it.
        """
        # Nobody can know the number of a request, and answer it, before it is asked.
        request = Message(kind, secrets.randbits(62), body)
        if kind == "cell":
            self.statement = (0, 1)
        self._channel.send(request, self._left())
        return request

    def reply(self, request: Message, served: Earlier) -> Message:
        """Return the next reply to the request that was sent last.

        Parameters
        ----------
        request : Message
            The request.
        served : mapping of str to callable
            What the process may call meanwhile.

        Raises
        ------
        WireError
            If there is no reply, or what comes is none.
        """
        while True:
            reply = self._channel.receive(self._left())
            if reply.id != request.id:
                raise WireError("a reply to another request")
            if reply.kind in _REPLIES[request.kind]:
                return reply
            if reply.kind == "statement" and request.kind == "cell":
                self._note_statement(reply.body)
                continue
            if reply.kind != "earlier":
                raise WireError("a reply of another kind")
            kind, body = serve_reference(served, reply.body)
            try:
                self._channel.send(Message(kind, reply.id, body), self._left())
            except (ClosedError, TimedOutError):
                raise
            except WireError as error:
                # The value cannot cross.
                failure = {"type": "MemoryError", "message": str(error)}
                self._channel.send(Message("raised", reply.id, failure), self._left())

    def _note_statement(self, told: Any) -> None:
        if not isinstance(told, list) or [type(number) for number in told] != [int, int]:
            raise WireError("a statement without its place and line")
        self.statement = (told[0], told[1])

    def close(self) -> None:
        """Close the connection."""
        self._channel.close()

    def _left(self) -> float:
        """Return the seconds that are left, after what can be given back where none are."""
        if self.until <= time.monotonic():
            self.give_back()
        return self.until - time.monotonic()

    def go_on_from(self, earlier: "Exchange") -> None:
        """Count what was given back to an earlier process of the notebook, and those before it."""
        self._before = earlier._in_all

    @property
    def _in_all(self) -> tuple[float, float]:
        """Seconds that were given back to all processes until now: for a core, and for a disk."""
        pairs = zip(self._before, self._given_back, strict=True)
        lost, stall = (before + since for before, since in pairs)
        return lost, stall

    def give_back(self) -> float:
        """Give back the seconds in which a process was ready to run and the machine was not."""
        elapsed = time.monotonic() - self._began
        here = load_of(THREAD).waited - self._waited
        load = self._warm.load()
        lost = min(load.lost(elapsed) + here, elapsed)
        idle = max(elapsed - load.used - lost, 0.0)
        most = self._limits.notebook_seconds
        stall = max(min(stalled() - self._stalled, idle, most - self._before[1]), 0.0)
        self._given_back = lost, stall
        more, self._added = lost + stall - self._added, max(lost + stall, self._added)
        if more < _LEAST_MORE:
            return 0.0
        if self._in_all[0] > _MOST_LOST * most:
            raise GraderError(
                "the machine is too busy: the student's process has waited "
                f"{self._in_all[0]:.0f} seconds for its turn"
            )
        self.until += more
        self.deadline += more
        return more
