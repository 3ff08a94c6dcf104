"""A process that imports modules once, and forks a child whenever it is asked to.

It starts judges and students' processes: a new interpreter would import for half a second or more
what a fork has at once. Both sides are here: `ForkServer` in the process that wants children,
`serve` in the server, which this file starts as a program. They talk over a socket that keeps
messages apart. Pickle is read by the server alone, and before its first child: the other side,
whose children may run students' code, reads nothing but numbers.

Requests, and the replies to them, which are numbers of 8 bytes, big-endian:

``r``
    0, as soon as children can be forked.
``f``, with the file descriptor of the child's end of a connection
    The process number of a new child.
``e`` and a process number
    The wait status of this child, which has been ended, and what else `Children.end` tells.
``l`` and a process number
    What `Children.load` tells of this child.

Where the system refuses, as it does when there are too many processes or files, the highest bit of
the reply is set, and the others are the number of the error.

The standard library's fork server is not used: each of its children imports the command's own main
module again, and where the command is killed, a folder of it stays.
"""

import contextlib
import errno
import gc
import os
import pickle
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.grade.sandbox.children import Children
from workbook.grade.submissions.faults import GraderError

# How long the server may take to end: it may be importing.
_END_SECONDS = 2.0

# The longest message is the first one, the pickled children.
_MOST_BYTES = 2**17
_NUMBER = 8
_REFUSED = 1 << 63
# Of one file descriptor on its way to another process.
_DESCRIPTOR = socket.CMSG_LEN(4)

_ENDED = "a process of the grader has ended; run the command again"


class ForkServerError(GraderError):
    """The server has ended, does not answer, or cannot be started."""


class RefusedError(ForkServerError):
    """The system has refused a process or a file; a later request may succeed."""


@dataclass(frozen=True)
class Child:
    """The client's side of a child.

    Attributes
    ----------
    server : ForkServer
        Where it was forked.
    stream : socket.socket
        Our end of the connection to it. Only the child has the other end: when it ends, so does
        the connection.
    pid : int
        Its process number where the server runs, which may be in namespaces of its own.
    """

    server: "ForkServer"
    stream: socket.socket
    pid: int

    def load(self) -> int:
        """Return what `Children.load` tells of the child; 0 if it was ended before."""
        return self.server.ask(b"l" + self.pid.to_bytes(_NUMBER, "big"))

    def end(self) -> int:
        """Kill the child, close the connection, and return the child's wait status.

        Returns
        -------
        status : int
            What `Children.end` has returned; 0 if the child was ended before.

        Raises
        ------
        ForkServerError
            If the server has gone; only the connection is closed then.
        """
        try:
            return self.server.ask(b"e" + self.pid.to_bytes(_NUMBER, "big"))
        finally:
            # A copy of the descriptor may be in use by another thread, which sees the end now.
            with contextlib.suppress(OSError):
                self.stream.shutdown(socket.SHUT_RDWR)
            self.stream.close()


class ForkServer:
    """The client's side of a server; several threads may use it.

    Parameters
    ----------
    children : Children
        The work of its children.
    python : sequence of str, optional
        The command that starts Python. By default it imports nothing from the working folder.
    path : sequence of str, optional
        Where the server finds modules, if not where Python itself looks for them.
    seconds : float, optional
        How long it may take to answer; without limit if not given.
    **options
        More arguments of `subprocess.Popen`.
    """

    def __init__(
        self,
        children: Children,
        python: Sequence[str] = (sys.executable, "-P"),
        path: Sequence[str] = (),
        seconds: float | None = None,
        **options: Any,
    ) -> None:
        self._lock = threading.Lock()
        try:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self.process = subprocess.Popen(
                    [*python, "-m", "workbook.grade.sandbox.fork_server", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    **options,
                )
        except OSError as error:
            raise _refused(error) from error
        self._control.settimeout(seconds)
        # Whether it is still there is seen when it is asked for a child.
        with contextlib.suppress(OSError):
            # The children are unpickled once their modules can be found.
            self._control.send(pickle.dumps((list(path), pickle.dumps(children))))

    def wait_until_ready(self) -> None:
        """Wait until children can be forked.

        Raises
        ------
        ForkServerError
            If the server has gone.
        """
        self.ask(b"r")

    def fork(self) -> Child:
        """Return a new child.

        Raises
        ------
        ForkServerError
            If the server has gone, or the system refuses a process.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise _refused(error) from error
        with theirs:
            try:
                return Child(self, ours, self.ask(b"f", theirs.fileno()))
            except ForkServerError:
                ours.close()
                raise

    def ask(self, request: bytes, *descriptors: int) -> int:
        """Send a request with file descriptors, and return the number in the reply.

        Raises
        ------
        ForkServerError
            If the server has gone, or the system refuses what is asked for.
        """
        try:
            with self._lock:
                socket.send_fds(self._control, [request], descriptors)
                reply = self._control.recv(_NUMBER)
        except TimeoutError as error:
            raise ForkServerError(
                "a process of the grader does not answer; run the command again"
            ) from error
        except OSError as error:
            raise ForkServerError(_ENDED) from error
        except BaseException:
            # The reply would be taken for that to the next request.
            self._control.close()
            raise
        if len(reply) < _NUMBER:
            raise ForkServerError(_ENDED)
        number = int.from_bytes(reply, "big")
        if number & _REFUSED:
            code = number ^ _REFUSED
            raise _refused(OSError(code, os.strerror(code)))
        return number

    def close(self) -> None:
        """End the server; it ends its children, or waits for those that end by themselves."""
        self._control.close()
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _refused(error: OSError) -> RefusedError:
    return RefusedError(f"no process of the grader could be started ({error.strerror})")


def serve(control: socket.socket) -> None:
    """Fork and end children on request, until the other side has gone."""
    first = control.recv(_MOST_BYTES)
    if not first:
        return
    children = _preloaded(*pickle.loads(first))
    running: set[int] = set()
    while True:
        # What happens between requests is for the children that are watched, or ask.
        while control not in (ready := _ready(control, children, bool(running))):
            for pid in running:
                if ready:
                    children.answer(pid)
                children.watch(pid)
        request, handed, _, _ = control.recvmsg(1 + _NUMBER, _DESCRIPTOR)
        if not request:
            break
        if request == b"f":
            try:
                answer = _forked(control, children, handed)
            except OSError as error:
                answer = _REFUSED | (error.errno or errno.EIO)
            else:
                if answer == 0:
                    return
                running.add(answer)
        else:
            pid = int.from_bytes(request[1:], "big")
            ends = request[:1] == b"e"
            answer = (children.end if ends else children.load)(pid) if pid in running else 0
            running -= {pid} if ends else set()
        # Whether the other side is still there is seen when it is to say more.
        with contextlib.suppress(OSError):
            control.send(answer.to_bytes(_NUMBER, "big"))
    for pid in running:
        children.abandon(pid)
    # There is nothing to put away; Python would look through all that was imported.
    os._exit(0)


def _preloaded(path: list[str], pickled: bytes) -> Children:
    """Return the children, once what they need is imported."""
    sys.path[:] = path or sys.path
    # What is imported is no garbage.
    gc.disable()
    children: Children = pickle.loads(pickled)
    children.preload()
    # No fork looks for garbage here: it would have to copy the memory for it.
    gc.freeze()
    gc.enable()
    return children


def _ready(control: socket.socket, children: Children, running: bool) -> list[Any]:
    """Wait for a request, for a child that asks, or for the time to look after the children."""
    waiting: list[Any] = [control, *(children.asked_at() if running else [])]
    return select.select(waiting, [], [], children.watch_seconds if running else None)[0]


def _forked(
    control: socket.socket, children: Children, handed: list[tuple[int, int, bytes]]
) -> int:
    """Fork a child, and return its number; in the child, do its work and return 0."""
    if not handed:
        # The kernel has dropped the descriptor.
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    with socket.socket(fileno=int.from_bytes(handed[0][2], sys.byteorder)) as stream:
        children.before_fork()
        pid = os.fork()
        if pid == 0:
            control.close()
            children.run(stream)
        return pid


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
