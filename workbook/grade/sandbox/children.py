"""What the children of a fork server do."""

import os
import signal
import socket


class Children:
    """The work of a server's children; pickled on its way to the server.

    All methods are called there, `run` in each child.

    Attributes
    ----------
    watch_seconds : float or None
        How often `watch` is called while there are children; None for never.
    """

    watch_seconds: float | None = None

    def preload(self) -> None:
        """Do what all children need, such as imports; called once, before there is any child."""

    def before_fork(self) -> None:
        """Prepare for the next child."""

    def run(self, stream: socket.socket) -> None:
        """Do the work of a child, with its end of the connection; the process ends afterwards."""
        raise NotImplementedError

    def watch(self, pid: int) -> None:
        """Look after a child that runs."""

    def asked_at(self) -> list[int]:
        """Return file descriptors that can be read when a child that runs asks for something."""
        return []

    def answer(self, pid: int) -> None:
        """Answer the child that has asked."""

    def end(self, pid: int) -> int:
        """Kill a child, and return its wait status; more may stand above the 16 bits of that."""
        os.kill(pid, signal.SIGKILL)
        return os.waitpid(pid, 0)[1]

    def load(self, pid: int) -> int:
        """Return a number that says what the machine has given to a child."""
        return 0

    def abandon(self, pid: int) -> None:
        """Wait for a child that sees by itself that the other side has gone."""
        os.waitpid(pid, 0)
