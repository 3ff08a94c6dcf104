"""The judge's side of a student's process: ask it, take its replies, end it."""

import math
import os
import signal
import time
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.exchange import Exchange
from workbook.grade.judging.reference_calls import Earlier
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.sandbox.wire import ClosedError, Message, TimedOutError, WireError
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.limits import Limits

NOTHING: Earlier = MappingProxyType({})


class SessionEndedError(AnswerError):
    """The student's process has ended; ``status`` says why, as in a result."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


class StudentProcess:
    """A student's process, until it ends.

    Parameters
    ----------
    warm, limits, earlier, deadline, on_large
        As a `Session` takes them.

    Raises
    ------
    GraderError
        If the process does not start.
    """

    def __init__(
        self,
        warm: WarmProcess,
        limits: Limits,
        earlier: Earlier,
        deadline: float,
        on_large: Callable[[], None] | None,
    ) -> None:
        self._warm = warm
        self._limits = limits
        self._earlier = earlier
        self._exchange = Exchange(warm, limits, deadline, on_large)
        self.ended: SessionEndedError | None = None
        # Seconds for a reply, if it need not have all the time of its limit.
        self._patience = math.inf
        #: Names of the limits that the student's code has reached.
        self.reached: set[str] = set()

    @property
    def deadline(self) -> float:
        """When all work on the submission ends; see `Exchange` on what moves it."""
        return self._exchange.deadline

    @deadline.setter
    def deadline(self, end: float) -> None:
        self._exchange.deadline = end

    def go_on_from(self, earlier: "StudentProcess") -> None:
        """Take the place of an earlier process, which has had its time given back, too."""
        self._exchange.go_on_from(earlier._exchange)

    def give_back(self) -> None:
        """Move the deadline by the time that the machine has kept the process waiting."""
        self._exchange.give_back()

    @property
    def statement(self) -> tuple[int, int]:
        """Place and line of the statement in a cell that was begun last, as the process tells."""
        return self._exchange.statement

    def close(self) -> None:
        """End the student's process and everything that it started."""
        if self.ended is None:
            self._end("graded", "the session is over")

    def _ask(
        self, kind: str, body: Any, limit: str, what: str, at_most: float | None = None
    ) -> Message:
        """Send a request and return its reply."""
        return next(self._replies(1, kind, body, limit, what, NOTHING, at_most))

    def _replies(
        self,
        count: int,
        kind: str,
        body: Any,
        limit: str,
        what: str,
        served: Earlier,
        at_most: float | None,
    ) -> Iterator[Message]:
        """Send a request and yield its replies, so many, or fewer if one of them has raised.

        Serve the earlier exercises and these meanwhile.
        """
        served, request, last = {**self._earlier, **served}, None, False
        while count and not last:
            if self.ended is not None:
                raise self.ended
            seconds = min(at_most or getattr(self._limits, limit), self._patience)
            reached, until = limit, time.monotonic() + seconds
            if until > self.deadline:
                reached, until = "notebook_seconds", self.deadline
            self._exchange.until = until
            try:
                request = request or self._exchange.send(kind, body)
                reply = self._exchange.reply(request, served)
            except WireError as error:
                raise self._failed(error, reached, what) from None
            count, last = count - 1, reply.kind == "raised"
            yield reply

    def _failed(self, error: WireError, limit: str, what: str) -> BaseException:
        """End the session, and return what is to be said of what failed."""
        if isinstance(error, TimedOutError):
            self.reached.add(limit)
            message = f"{what} did not finish in time. The limit is {self._limits.named(limit)}"
            return self._end("timeout", message)
        if isinstance(error, ClosedError):
            ended = self._end("crashed", f"the process ended while {what} ran")
            fault = self._warm.fault()
            return GraderError(fault) if fault else ended
        return self._end("crashed", f"the process broke off: {error}")

    def _end(self, status: str, message: str) -> SessionEndedError:
        self._exchange.close()
        wait_status = self._warm.end_child()
        # Our own kill is no news; another signal is what happened to the student's process.
        killed = os.WTERMSIG(wait_status) if os.WIFSIGNALED(wait_status) else 0
        if status == "crashed" and killed not in (0, signal.SIGKILL):
            message += f" ({_name_of(killed)})"
        limit = self._warm.exceeded
        if killed == signal.SIGXCPU and not limit:
            status, limit = "timeout", "notebook_seconds"
        if limit:
            self.reached.add(limit)
            message = f"the process was ended: it exceeded the limit of {self._limits.named(limit)}"
        self.ended = SessionEndedError(status, message)
        return self.ended


def _name_of(number: int) -> str:
    """Return the name of a signal; most of the real-time ones have none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"
