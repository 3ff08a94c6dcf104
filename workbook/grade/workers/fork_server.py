"""A process that has imported what judges need, and forks a new one whenever it is asked to.

The imports take half a second, and are made once for all judges. The standard library's fork
server is not used: each of its children imports the command's own main module again, and where the
command is killed, a folder of it stays.
"""

import contextlib
import gc
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

# How long the server may take to end: it may be in the middle of its preparation.
_END_SECONDS = 2.0

#: What a new process does, with its end of the connection to it; by its name, as pickle knows it.
Main = Callable[[Connection], None]


class ForkServerError(Exception):
    """The server has gone."""


class Process:
    """A process that the server has forked.

    Parameters
    ----------
    connection : multiprocessing.connection.Connection
        Our end of the connection to it.
    handle : int
        A file descriptor that stands for it, and for no other one, when its number has been given
        to another process, too.
    """

    def __init__(self, connection: Connection, handle: int) -> None:
        self.connection = connection
        self._handle = handle

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def join(self) -> None:
        """Wait for its end, and give back what stands for it."""
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        ended.poll()
        os.close(self._handle)
        self.connection.close()


class ForkServer:
    """The server, as those who want processes of it see it.

    Parameters
    ----------
    main : callable
        What each process does.
    prepare : callable
        Called in the server before the first fork.
    """

    def __init__(self, main: Main, prepare: Callable[[], None]) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            # Nothing is imported from the folder where the command happens to be called (-P).
            command = [sys.executable, "-P", "-m", "workbook.grade.workers.fork_server"]
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self._send(pickle.dumps(sys.path))
        self._send(pickle.dumps((main, prepare)))

    def start(self) -> Process:
        """Return a new process.

        Raises
        ------
        ForkServerError
            If the server has gone.
        """
        ours, theirs = Pipe()
        try:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
            # Only the process itself has this side then: when it dies, ours comes to its end.
            theirs.close()
            _, handles, _, _ = socket.recv_fds(self._control, 1, 1)
        except OSError as error:
            raise ForkServerError("the process that makes judges has gone") from error
        if not handles:
            raise ForkServerError("the process that makes judges has gone")
        return Process(ours, handles[0])

    def _send(self, data: bytes) -> None:
        # Whether it is still there is seen when it is asked for a process.
        with contextlib.suppress(OSError):
            self._control.sendall(data)

    def close(self) -> None:
        """End the server, once the processes that it has forked have ended."""
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve(control: socket.socket) -> None:
    """Fork a process for each end of a connection that arrives, until the other side has gone."""
    try:
        # First where functions are found, then which.
        sys.path[:] = _message(control)
        main, prepare = _message(control)
    except EOFError:
        return
    prepare()
    # No fork looks for garbage here: it would have to copy the memory for it.
    gc.freeze()
    while True:
        asked, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not asked:
            # What they have cost is counted only if somebody waits for them.
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.waitpid(-1, 0)
            # There is nothing to put away; Python would look through all that was imported.
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            control.close()
            main(Connection(handles[0]))
            return
        os.close(handles[0])
        handle = os.pidfd_open(pid)
        socket.send_fds(control, [b"p"], [handle])
        os.close(handle)
        # Those that have ended by now; one that has just been asked for is waited for next time.
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _message(control: socket.socket) -> Any:
    """Return what the other side has sent; raise EOFError if it has gone."""
    with control.makefile("rb", buffering=0) as stream:
        return pickle.load(stream)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
