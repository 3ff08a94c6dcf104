"""How many threads a submission has: each new one waits until it is allowed.

The system's own limit (RLIMIT_NPROC) counts all processes of a user, and none of root's. So the
kernel asks the process that the submission was forked from, through the filter of system calls:
see https://docs.kernel.org/userspace-api/seccomp_filter.html#userspace-notification.
"""

import contextlib
import errno
import fcntl
import os
import struct

from workbook.grade.sandbox import seccomp

# The structures: an identity, a process, flags and what the call is; an identity, a result, an
# error and flags.
_QUESTION_BYTES, _ANSWER = 80, struct.Struct("QqiI")
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE = 1


class ThreadLimit:
    """The limit of the threads of each fork of this process, which has no further ones itself.

    Parameters
    ----------
    most : int
        How many threads there may be at once.

    Raises
    ------
    OSError
        If this kernel cannot ask, or already asks somebody else, as in some containers.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        #: The file descriptor at which a question comes; a fork has to close it.
        self.listener = seccomp.ask_for_threads()

    def answer(self, pid: int) -> None:
        """Answer the question that has come.

        Parameters
        ----------
        pid : int
            The fork that asks.
        """
        question = bytearray(_QUESTION_BYTES)
        # A thread that is interrupted while it waits asks again; one that has ended does not.
        with contextlib.suppress(FileNotFoundError):
            fcntl.ioctl(self.listener, _RECEIVE, question)
            identity = int.from_bytes(question[:8], "little")
            full = _threads(pid) >= self._most
            said = (0, -errno.EAGAIN, 0) if full else (0, 0, _CONTINUE)
            fcntl.ioctl(self.listener, _SEND, _ANSWER.pack(identity, *said))


def threads_here() -> int:
    """Return how many threads the student's code has in this namespace of processes.

    These are this process and the first one, which both have one.
    """
    return sum(_threads(int(name)) for name in os.listdir("/proc") if name.isdigit()) - 2


def _threads(pid: int) -> int:
    # A process that has just ended has none.
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/task"))
    return 0
