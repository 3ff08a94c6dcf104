"""The processes of the executor: each calls the functions that it is sent, one after the other."""

import contextlib
import os
import pickle
import resource
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from workbook.grade.sandbox.children import Children
from workbook.grade.sandbox.kept_memory import keep_memory
from workbook.grade.submissions.faults import GraderError
from workbook.grade.workers.processor_affinity import bind_to_free_core, take_turns

#: In the place of a function: there are no more.
NO_MORE = b""

# To the executor, in a process of its own.
_CONNECTION: list[Connection] = []


@dataclass
class Workers(Children):
    """The children of the fork server that call functions.

    Attributes
    ----------
    folder : str
        Where they make their temporary files.
    preloading : callable or None
        Does what all of them need.
    memory_bytes : int
        Address space of each beyond what it has at the start; 0 for no limit.
    """

    folder: str
    preloading: Callable[[], Any] | None
    memory_bytes: int = 0
    failure: Exception | None = None

    def preload(self) -> None:
        """Do what all of them need; if it fails, every call raises the error."""
        try:
            if self.preloading is not None:
                self.preloading()
        except Exception as error:
            self.failure = error

    def run(self, stream: socket.socket) -> None:
        """Call the functions that arrive, and send their answers."""
        tempfile.tempdir = self.folder
        _limit_memory(self.memory_bytes)
        connection = Connection(stream.detach())
        _CONNECTION.append(connection)
        calls: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=_read, args=(connection, calls, self.folder), daemon=True).start()
        bind_to_free_core()
        take_turns()
        keep_memory()
        while (function := calls.get()) != NO_MORE:
            try:
                if self.failure is not None:
                    raise self.failure
                answer = pickle.dumps((True, pickle.loads(function)()))
            except (Exception, GraderError) as error:
                answer = _failure(error)
            with contextlib.suppress(OSError):
                connection.send_bytes(answer)


def tell_executor(value: Any) -> None:
    """Tell the executor about the running call, in case this process dies."""
    for connection in _CONNECTION:
        with contextlib.suppress(OSError):
            connection.send_bytes(pickle.dumps((None, value)))


def _limit_memory(more: int) -> None:
    """Let this process have so many more bytes; 0 for no limit."""
    if more:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + more
        # Not the hard limit, which would hold for all students' processes, too.
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _failure(error: BaseException) -> bytes:
    """Return an exception as an answer, in words if it cannot be pickled and read again."""
    try:
        answer = pickle.dumps((False, error))
        pickle.loads(answer)
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _read(connection: Connection, calls: SimpleQueue[bytes], folder: str) -> None:
    """Read calls while another one runs; end this process when the other side has gone."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            calls.put(connection.recv_bytes())
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
