"""One end of the wire between the judge and the student's process."""

import errno
import socket
import time
from collections.abc import Callable
from typing import TypeVar

from workbook.grade.sandbox.wire import ClosedError, Message, MessageReader, TimedOutError, encode
from workbook.grade.submissions.faults import GraderError

# How much is read from the socket at once, if it is there: most frames whole, and of a large one
# big pieces.
_LEAST_READ, _MOST_READ = 2**16, 2**20

#: No right answer is as long, in bytes.
LARGE = 2**22

_T = TypeVar("_T")
_R = TypeVar("_R")


class Channel:
    """One end of the wire, over a stream socket.

    After an error in the middle of a frame, nothing says where the next one begins: the channel is
    of no more use. A value that `send` refuses to encode does it no harm.

    Parameters
    ----------
    stream : socket.socket
        A connected stream socket; the channel owns it.
    """

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        # What has been received, and how much of it is read.
        self._buffer = bytearray()
        self._consumed = 0
        self._reader = MessageReader(self._next)
        self._deadline: float | None = None
        # Bytes of the message that is being received.
        self._size = 0
        #: Called when the time for a message is over; returns the seconds that it gets besides.
        self.give_back: Callable[[], float] = float
        #: Called while a message arrives, once there is more of it than `LARGE`.
        self.on_large: Callable[[], None] | None = None

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def send(self, message: Message, seconds: float | None = None, markers: bool = False) -> None:
        """Send one message; wait at most this long for the other side to read it.

        With ``markers``, a marker of its kind stands for each part that is not plain data.

        Raises
        ------
        WireError
            If the body is not plain data; nothing has been sent then. Its kinds
            `ClosedError` and `TimedOutError` where the other side is gone or does not read.
        """
        frame = memoryview(encode(message, markers))
        self._deadline = None if seconds is None else time.monotonic() + seconds
        while frame:
            frame = frame[self._in_time(self._stream.send, frame, "the other side does not read") :]

    def receive(self, seconds: float | None = None) -> Message:
        """Wait for one message, at most this long, and return it.

        Without any time left it is `TimedOutError` even if a message is there: a side that always
        has another one ready must not prolong the wait.

        Raises
        ------
        ClosedError, TimedOutError, WireError
            If the other side has gone, is silent, or sends what is not a frame.
        """
        if seconds is not None and seconds <= 0:
            raise TimedOutError("no time is left for an answer")
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._size = 0
        return self._reader.read()

    def _next(self, count: int) -> bytearray:
        """Return the next bytes, in memory of their own."""
        self._size += count
        if self._size > LARGE and self.on_large is not None:
            self.on_large()
        end = self._consumed + count
        if end > len(self._buffer):
            return self._awaited(count)
        data = self._buffer[self._consumed : end]
        self._consumed = end
        return data

    def _awaited(self, count: int) -> bytearray:
        """Wait for the next bytes and return them; memory grows only as they arrive."""
        data = self._buffer[self._consumed :]
        self._buffer, self._consumed = bytearray(), 0
        while (missing := count - len(data)) > 0:
            chunk = self._some(min(max(missing, _LEAST_READ), _MOST_READ))
            data += chunk[:missing]
            self._buffer += chunk[missing:]
        return data

    def _some(self, count: int) -> bytes:
        """Wait for some bytes and return them, at most this many."""
        chunk = self._in_time(self._stream.recv, count, "no answer in time")
        if not chunk:
            raise ClosedError("the other side has gone")
        return chunk

    def _in_time(self, operation: Callable[[_T], _R], argument: _T, late: str) -> _R:
        """Return what an operation of the socket returns; begin it again where time is given back.

        Raises
        ------
        ClosedError, TimedOutError
            If the other side has gone, or the message's time is over, with these words.
        """
        while True:
            deadline = self._deadline
            try:
                self._wait_at_most(None if deadline is None else deadline - time.monotonic())
                return operation(argument)
            except TimeoutError as error:
                if deadline is None or (more := self.give_back()) <= 0:
                    raise TimedOutError(late) from error
                self._deadline = deadline + more
            except OSError as error:
                raise _broken(error) from error

    def _wait_at_most(self, seconds: float | None) -> None:
        """Limit the next call of the socket to so many seconds."""
        if seconds is not None and seconds <= 0:
            raise TimeoutError
        if seconds is not None or self._stream.gettimeout() is not None:
            # A system call, which the student's side, without a time limit, does without.
            self._stream.settimeout(seconds)


def _broken(error: OSError) -> ClosedError | GraderError:
    """Return what an error of the socket means: mostly, that there is nobody at its other end."""
    if error.errno in (errno.ENOMEM, errno.ENOBUFS):
        return GraderError(f"the system had no memory for a message ({error.strerror})")
    return ClosedError("the other side has gone")
