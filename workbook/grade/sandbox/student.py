"""Students' processes: the fork server's children that run cells and call functions.

They know no test, no reference, no mark.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import tempfile
import threading
from dataclasses import dataclass

from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.children import Children
from workbook.grade.sandbox.confinement import Confinement
from workbook.grade.sandbox.folder import INTERVAL_SECONDS, FolderWatch, remove_folder
from workbook.grade.sandbox.imports import import_for_notebooks
from workbook.grade.sandbox.kept_memory import keep_memory
from workbook.grade.sandbox.load import load_of
from workbook.grade.sandbox.mounts import mount_writable
from workbook.grade.sandbox.requests import RequestHandler
from workbook.grade.sandbox.threads import ThreadLimit, threads_here
from workbook.grade.sandbox.warm_up import warm_up_messages
from workbook.grade.sandbox.wire import ClosedError, Message, WireError, encode
from workbook.grade.submissions.limits import Layers, Limits

#: What a submission's process says first.
READY = "ready"

# Of a thread; the system's own would be 8 MiB.
_STACK_BYTES = 2**21

# How many file descriptors there may be in one process.
_MOST_DESCRIPTORS = 2**16

#: The limits that the process here looks after, by their numbers.
LIMITS = ("", "written_bytes", "written_files", "processes")

_libc = ctypes.CDLL(None)
# Whatever a submission makes of it.
_exit = os._exit
_SET_PARENT_DEATH_SIGNAL = 1


@dataclass
class StudentProcesses(Children):
    """A process for each submission, one at a time.

    A fork shares its memory with the server, and each page that either of them writes, if only to
    count a reference, has to be copied: all that can be done once is done in `preload`.

    Attributes
    ----------
    limits : Limits
        What one submission may use.
    layers : Layers
        What confines it.
    with_ipython : bool
        Whether IPython and matplotlib are imported before there is a submission.
    """

    limits: Limits
    layers: Layers
    with_ipython: bool
    watch_seconds = INTERVAL_SECONDS

    def preload(self) -> None:
        """Import what notebooks use, and do whatever does not depend on the submission."""
        keep_memory()
        if self.layers.bubblewrap:
            # Many times what is allowed, for the watch is to say which limit was reached.
            home = os.path.abspath("home")
            os.mkdir(home)
            mount_writable({home: self.limits.written_bytes}, 10 * self.limits.written_files)
            os.chdir(home)
        # All of them have the same folder, and the same descriptor for their wire.
        self._folder = f"{os.getcwd()}/submission"
        self._watch = FolderWatch(self._folder, self.limits, self.layers.bubblewrap)
        os.mkdir(self._folder)
        fonts = os.environ["MPLCONFIGDIR"]
        if not os.access(fonts, os.W_OK):
            # matplotlib would not use it, and make its list of fonts anew.
            fonts = shutil.copytree(fonts, f"{os.getcwd()}/matplotlib")
        os.environ |= {
            "HOME": self._folder,
            "TMPDIR": self._folder,
            "IPYTHONDIR": f"{self._folder}/.ipython",
            "MPLCONFIGDIR": fonts,
        }
        runner = import_for_notebooks(self.with_ipython, self._folder)
        self._confinement = Confinement(self.limits, self.layers)
        stream, self._spare = socket.socketpair()
        self._wire = stream.fileno()
        self._handler = RequestHandler(runner, Channel(stream), self.limits)
        warm_up(self._handler)
        # Each fork finds it as empty as a new one.
        remove_folder(self._folder)
        # Where nobody can count them, there are none.
        self._threads = None
        if self.layers.seccomp:
            with contextlib.suppress(OSError):
                self._threads = ThreadLimit(self.limits.processes)
        tempfile.tempdir = None
        # As many threads as there may be have to fit into the memory.
        threading.stack_size(_STACK_BYTES)

    def before_fork(self) -> None:
        """Make the folder of a submission; fail if the one before it has left something there."""
        os.mkdir(self._folder)
        self._exceeded = ""
        self._confinement.admit(self._folder)

    def run(self, stream: socket.socket) -> None:
        """Be the process of one submission; never return."""
        status = 1
        try:
            # A group of its own, so that whatever it starts can be ended with it.
            os.setsid()
            # The kernel ends this process when the server ends, however that happens.
            _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
            os.dup2(stream.fileno(), self._wire)
            os.chdir(self._folder)
            self._confinement.give_up(self._threads is not None)
            # Of what the server has open, only the wire is for the submission.
            os.closerange(3, self._wire)
            os.closerange(self._wire + 1, _MOST_DESCRIPTORS)
            # Whatever goes wrong before this is no fault of the submission.
            self._handler.channel.send(Message(READY, 0))
            self._handler.serve()
            status = 0
        except WireError:
            pass
        finally:
            _exit(status)

    def asked_at(self) -> list[int]:
        """Return where a submission asks for threads."""
        return [self._threads.listener] if self._threads else []

    def answer(self, pid: int) -> None:
        """Allow the process another thread, or not."""
        if self._threads:
            self._threads.answer(pid)

    def watch(self, pid: int) -> None:
        """Kill the process if it has written more than it may, or has started too many others."""
        if self._exceeded:
            return
        self._exceeded = self._watch.exceeded(pid)
        if self._exceeded:
            os.kill(pid, signal.SIGKILL)
        # Without the filter there is only the system's own limit, which does not hold for root.
        alone = self.layers.bubblewrap and not self.layers.seccomp
        if alone and threads_here() > self.limits.processes:
            self._exceeded = "processes"
            # Everything in this namespace but this process and the first one.
            os.kill(-1, signal.SIGKILL)

    def end(self, pid: int) -> int:
        """Kill the process and its group, remove its folder, and return its wait status.

        Above the 16 bits of the status stands a number of `LIMITS`, if it has exceeded that.
        """
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        # What stays makes the next submission start a new process, with another folder.
        with contextlib.suppress(OSError):
            remove_folder(self._folder)
        return status | LIMITS.index(self._exceeded) << 16

    def load(self, pid: int) -> int:
        """Return the `Load` of a process."""
        return load_of(f"/proc/{pid}").to_number()

    def abandon(self, pid: int) -> None:
        """End the process: it must not live on when the judge has gone."""
        self.end(pid)


def warm_up(handler: RequestHandler) -> None:
    """Answer some requests like those of a judge, and forget what they left.

    What has run before runs faster, and writes less memory: by then Python has made its code fit
    the types that it meets, and the C library has looked up its functions.
    """
    names, channel = handler.runner.names, handler.channel
    before = dict(names)
    judge, student = socket.socketpair()
    handler.channel = Channel(student)
    for message in warm_up_messages():
        judge.sendall(encode(message))
    judge.shutdown(socket.SHUT_WR)
    with contextlib.suppress(ClosedError):
        handler.serve()
    handler.channel.close()
    judge.close()
    handler.channel = channel
    names.clear()
    names.update(before)
