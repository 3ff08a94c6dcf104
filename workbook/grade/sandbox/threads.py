"""How many threads a submission has: each new one waits until it is allowed.

The system's own limit (RLIMIT_NPROC) counts all processes of a user, and none of root's. So the
kernel asks the process that the submission was forked from, through the filter of system calls:
see https://docs.kernel.org/userspace-api/seccomp_filter.html#userspace-notification.
"""

import contextlib
import errno
import fcntl
import os
import select
import socket
import struct

from workbook.grade.sandbox import seccomp

# The structures: an identity, a process, flags and what the call is; an identity, a result, an
# error and flags.
_QUESTION_BYTES, _ANSWER = 80, struct.Struct("QqiI")
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE = 1


class ThreadLimit:
    """The limit of one submission's threads, on both sides of its fork.

    Parameters
    ----------
    most : int
        How many threads there may be at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._listener = -1
        self._ours, self._theirs = socket.socketpair()

    def apply(self) -> bool:
        """In the fork: have the other side asked for each thread from now on.

        Returns
        -------
        applied : bool
            False if this kernel cannot do it, or this container asks somebody already.
        """
        try:
            listener = seccomp.ask_for_threads()
        except OSError:
            return False
        socket.send_fds(self._theirs, [b"t"], [listener])
        # The fork closes it, with all else that is not its own.
        return True

    def asked_at(self) -> list[int]:
        """Return the file descriptors at which the next question comes."""
        if self._listener >= 0:
            return [self._listener]
        return [self._ours.fileno()] if self._ours.fileno() >= 0 else []

    def answer(self, pid: int) -> None:
        """Answer the question that has come; the first thing to come is where questions are asked.

        Parameters
        ----------
        pid : int
            The process of the submission.
        """
        if self._listener < 0:
            _, (self._listener,), _, _ = socket.recv_fds(self._ours, 1, 1)
            self._ours.close()
            return
        if not _is_asked(self._listener):
            # All of them have ended.
            self.close()
            return
        question = bytearray(_QUESTION_BYTES)
        # A thread that is interrupted while it waits asks again.
        with contextlib.suppress(FileNotFoundError):
            fcntl.ioctl(self._listener, _RECEIVE, question)
            identity = int.from_bytes(question[:8], "little")
            full = _threads(pid) >= self._most
            said = (0, -errno.EAGAIN, 0) if full else (0, 0, _CONTINUE)
            fcntl.ioctl(self._listener, _SEND, _ANSWER.pack(identity, *said))

    def close(self) -> None:
        """Ask and answer no more."""
        if self._listener >= 0:
            os.close(self._listener)
            self._listener = -1
        self._ours.close()
        self._theirs.close()


def threads_here() -> int:
    """Return how many threads there are in this namespace of processes, but for those around.

    These are this process and the first one, which both have one.
    """
    return sum(_threads(int(name)) for name in os.listdir("/proc") if name.isdigit()) - 2


def _threads(pid: int) -> int:
    # A process that has just ended has none.
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/task"))
    return 0


def _is_asked(listener: int) -> bool:
    """Tell whether there is a question: to receive one that does not come takes for ever."""
    waiting = select.poll()
    waiting.register(listener, select.POLLIN)
    return any(event & select.POLLIN for _, event in waiting.poll(0))
