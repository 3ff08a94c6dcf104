"""A process that is ready for students' code, and forks for each submission."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from workbook.course.data_folder import VARIABLE as COURSE_DATA
from workbook.grade.sandbox.confinement import as_data, wrapped
from workbook.grade.sandbox.wire import Connection
from workbook.grade.submissions.limits import Layers, Limits

# How long the warm process may take to answer; it imports for some seconds on a busy machine.
_CONTROL_SECONDS = 60.0


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
    everything : bool, optional
        Whether it has IPython and matplotlib at hand. Without, a fork takes half the time, runs no
        cell that takes IPython, and imports matplotlib where it has to.

    Raises
    ------
    RuntimeError
        If it does not start.
    """

    def __init__(self, limits: Limits, layers: Layers, everything: bool = True) -> None:
        self._folder = TemporaryDirectory(prefix="workbook-")
        self._layers = layers
        #: Whether it has everything at hand.
        self.everything = everything
        ours, theirs = socket.socketpair()
        fonts = _font_list()
        settings = [json.dumps(one) for one in (asdict(limits), as_data(layers), everything)]
        with theirs:
            command = [
                sys.executable,
                "-I",
                "-m",
                "workbook.grade.sandbox.student",
                str(theirs.fileno()),
            ]
            self._process = subprocess.Popen(
                wrapped([*command, *settings], layers, limits, fonts),
                pass_fds=[theirs.fileno()],
                cwd=self._folder.name,
                env=_environment(fonts),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        # An answer takes milliseconds, the first one as long as the imports.
        ours.settimeout(_CONTROL_SECONDS)
        self._control = ours
        self._child = 0
        self._spent = False
        if not self._received(1):
            self.close()
            raise RuntimeError("the student's process does not start; `workbook doctor` tells more")

    @property
    def alive(self) -> bool:
        """Whether the process still runs, and nothing has happened that it did not expect."""
        return not self._spent and self._process.poll() is None

    def discard(self) -> None:
        """Let no other submission be forked from this process."""
        self._spent = True

    def fork(self) -> Connection:
        """Return a connection to a new child."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        self._child = self._number()
        return Connection(ours)

    def end_child(self) -> int:
        """End the child that runs, and all of its group; return its wait status."""
        try:
            self._control.sendall(b"k")
            return self._number()
        except (OSError, RuntimeError):
            self.discard()
            # The student's code has ended the process that it was forked from. In namespaces of
            # its own nothing is left then, and the number would mean another process here.
            if not self._layers.bubblewrap:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._child, signal.SIGKILL)
            return 0

    def _number(self) -> int:
        data = self._received(8)
        if len(data) < 8:
            raise RuntimeError("the warm process has ended")
        return int.from_bytes(data, "big")

    def _received(self, count: int) -> bytes:
        """Return this many bytes of the warm process, fewer if it has ended."""
        data = b""
        while len(data) < count and (chunk := self._control.recv(count - len(data))):
            data += chunk
        return data

    def close(self) -> None:
        """End the process and remove its folder."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _font_list() -> Path:
    """Return the folder of matplotlib's list of fonts, which takes seconds to make."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "backprop-workbook"
    cache.mkdir(parents=True, exist_ok=True)
    if not any(cache.glob("fontlist-*.json")):
        # The confined process cannot write it, and would make it anew each time.
        make = [sys.executable, "-I", "-c", "import matplotlib.font_manager"]
        environment = {**os.environ, "MPLCONFIGDIR": str(cache)}
        subprocess.run(make, env=environment, capture_output=True, check=False)
    return cache


def _environment(fonts: Path) -> dict[str, str]:
    """Return the environment of the student's process: nothing of the instructor's."""
    passed = ("OPENBLAS_", COURSE_DATA)
    kept = {key: value for key, value in os.environ.items() if key.startswith(passed)}
    return kept | {
        "PATH": os.defpath,
        # Each submission gets a home of its own.
        "HOME": "/tmp",
        "IPYTHONDIR": "/tmp/ipython",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(fonts),
        # A thread that NumPy's import starts would not survive the fork.
        "OPENBLAS_NUM_THREADS": "1",
    }
