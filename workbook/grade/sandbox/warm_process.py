"""The judge's side of the fork server of students' processes."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from workbook.course.data_folder import VARIABLE as COURSE_DATA
from workbook.grade.sandbox.bubblewrap import as_user
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.confinement import in_bubblewrap
from workbook.grade.sandbox.folder import remove_folder
from workbook.grade.sandbox.fork_server import Child, ForkServer, ForkServerError
from workbook.grade.sandbox.load import Load, processes_killed_for_memory
from workbook.grade.sandbox.seccomp import LOG_VARIABLE
from workbook.grade.sandbox.student import LIMITS, READY, StudentProcesses
from workbook.grade.sandbox.wire import WireError
from workbook.grade.submissions.disk import NO_INODE, takes_no_file
from workbook.grade.submissions.faults import LEAST_ROOM
from workbook.grade.submissions.limits import Layers, Limits

#: How long the warm process may take to answer; it imports for some seconds on a busy machine.
ANSWER_SECONDS = 60.0


class WarmProcess:
    """A process that has imported what notebooks use, and forks for each submission.

    It is started with an environment that holds nothing of the instructor's. Each fork works in an
    empty folder, which is removed with it.

    Parameters
    ----------
    limits : Limits
        What one submission may use.
    layers : Layers
        What confines it.
    with_ipython : bool, optional
        Whether it has imported IPython and matplotlib. Without, a fork takes half the time, runs no
        cell that needs IPython, and imports matplotlib where it has to.

    Raises
    ------
    ForkServerError
        If it does not start.
    """

    def __init__(self, limits: Limits, layers: Layers, with_ipython: bool = True) -> None:
        try:
            self._folder = TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True)
            fonts = font_list()
            if layers.user:
                os.chown(self._folder.name, layers.user, layers.user)
        except OSError as error:
            raise ForkServerError(
                f"there is no folder for the student's process ({error.strerror}: {error.filename})"
            ) from error
        self._layers = layers
        #: Whether it has imported IPython and matplotlib.
        self.with_ipython = with_ipython
        try:
            self._server = ForkServer(
                StudentProcesses(limits, layers, with_ipython),
                in_bubblewrap([sys.executable, "-I"], layers, limits, fonts),
                seconds=ANSWER_SECONDS,
                cwd=self._folder.name,
                env=_environment(fonts),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **as_user(layers.user),
            )
        except ForkServerError:
            self._folder.cleanup()
            raise
        self._child: Child | None = None
        #: The limit for files that the child ended last has exceeded, or "".
        self.exceeded = ""
        self._spent = self._gone = False
        self._killed = processes_killed_for_memory()
        try:
            # An answer takes milliseconds, the first one as long as the imports.
            self._server.wait_until_ready()
        except ForkServerError as error:
            self.close()
            raise ForkServerError(
                "the student's process does not start; `workbook doctor` says more"
            ) from error

    @property
    def alive(self) -> bool:
        """Whether the process runs, and no submission may have harmed it."""
        return not self._spent and self._server.process.poll() is None

    def discard(self) -> None:
        """Let no other submission be forked from this process."""
        self._spent = True

    def fork(self) -> Channel:
        """Return a channel to a new child.

        Raises
        ------
        ForkServerError
            If the process has ended, or does not answer, or the child does not get ready.
        """
        self._child = self._server.fork()
        channel = Channel(self._child.stream)
        try:
            if channel.receive(ANSWER_SECONDS).kind == READY:
                return channel
        except WireError as error:
            problem = error
        else:
            problem = WireError("it says something else")
        self.end_child()
        self.discard()
        raise ForkServerError(f"the student's process did not get ready: {problem}") from problem

    @property
    def full_disk(self) -> str:
        """Why there is no room where a child writes, though it has not used up its own; else ""."""
        if self._layers.bubblewrap:
            # It has a disk of its own, in memory.
            return ""
        disk = os.statvfs(self._folder.name)
        if disk.f_bavail * disk.f_frsize < LEAST_ROOM:
            return "the disk with the temporary folder is full"
        return NO_INODE if takes_no_file(self._folder.name) else ""

    def load(self) -> Load:
        """Return what the machine has given to the child that runs."""
        try:
            return Load.from_number(self._child.load()) if self._child else Load()
        except ForkServerError:
            return Load()

    def fault(self) -> str:
        """Return what has ended the child, if neither its own code nor the judge has, else ""."""
        if self._gone and self._layers.seccomp:
            # No child can do that.
            return "the process that students' processes are forked from has ended"
        before, self._killed = self._killed, processes_killed_for_memory()
        if self._killed > before:
            return "the machine has run out of memory, and Linux has ended processes"
        return ""

    def end_child(self) -> int:
        """End the child that runs, and all of its group; return its wait status."""
        self.exceeded = ""
        if self._child is None:
            return 0
        try:
            status = self._child.end()
            self.exceeded = LIMITS[status >> 16]
            return status & 0xFFFF
        except ForkServerError:
            self._gone = True
            self.discard()
            # The student's code has ended the process that it was forked from. In namespaces of
            # its own nothing is left then, and the number would mean another process here.
            if not self._layers.bubblewrap:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._child.pid, signal.SIGKILL)
            return 0

    def close(self) -> None:
        """End the process and remove its folder."""
        self._server.close()
        # What is left of a submission, if the server has not ended in peace, may be nested deep.
        with contextlib.suppress(OSError):
            remove_folder(f"{self._folder.name}/submission")
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def font_list() -> Path:
    """Return the folder of matplotlib's list of fonts, which takes seconds to make."""
    caches = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    # Confined processes see this folder, and nothing else of the user's belongs in it.
    cache = caches / "backprop-workbook" / "matplotlib"
    cache.mkdir(parents=True, exist_ok=True)
    if not any(cache.glob("fontlist-*.json")):
        # The confined process cannot write it, and would make it anew each time.
        make = [sys.executable, "-I", "-c", "import matplotlib.font_manager"]
        environment = {**os.environ, "MPLCONFIGDIR": str(cache)}
        subprocess.run(make, env=environment, capture_output=True, check=False)
    return cache


def _environment(fonts: Path) -> dict[str, str]:
    """Return the environment of the student's process: nothing of the instructor's."""
    passed = ("OPENBLAS_", COURSE_DATA, LOG_VARIABLE)
    kept = {key: value for key, value in os.environ.items() if key.startswith(passed)}
    return kept | {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(fonts),
        # A thread that NumPy's import starts would not survive the fork.
        "OPENBLAS_NUM_THREADS": "1",
        # Each thread would set 64 MiB of addresses apart, which count as memory.
        "MALLOC_ARENA_MAX": "1",
    }
