"""Checks of notebooks in a child process, since the learner's code may hang or crash.

What a check may use is measured in seconds of computing, so that a busy machine makes it take
longer, but never makes it fail.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, Literal

#: A machine that is busy may need this long to start Python and import NumPy.
_START_SECONDS = 60.0
#: Where the time of computing cannot be measured, or none passes, a check may take this many times
#: its seconds, and at least the seconds of a start.
_PATIENCE = 10.0
#: Time between two looks at whether an answer is still wanted.
_LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Checked:
    """The outcome of the visible checks of one function, as text that can leave a process.

    Attributes
    ----------
    passed : bool
        Whether all checks pass.
    problem : str
        What is wrong, in a sentence: the diagnosis, else what fails first; empty if they pass.
    text : str
        The card; the problem where there is no card.
    written : bool
        Whether the function is more than the stub.
    kind : {"card", "refused", "too slow", "ended"}
        Whether there is a card; else why there is none: the notebook cannot be used, the checks
        did not come to an end here, or Python ended.
    looked_at : list of str
        Paths of the files and folders that the checks have opened.
    """

    passed: bool
    problem: str
    text: str
    written: bool = True
    kind: Literal["card", "refused", "too slow", "ended"] = "card"
    looked_at: list[str] = field(default_factory=list, compare=False)


class Checker(contextlib.AbstractContextManager["Checker", None]):
    """Checks notebooks in a child process, which is ended when it hangs.

    Parameters
    ----------
    seconds : float
        How long the checks of one notebook may compute, in seconds of the processor's time.
    fresh : bool
        Whether every notebook gets a new process, started in advance, so that none can spoil the
        next one's check.
    """

    def __init__(self, seconds: float, fresh: bool = False) -> None:
        self._seconds = seconds
        self._fresh = fresh
        self._child: _Child | None = None
        self._prepare()

    def check(
        self,
        path: Path,
        name: str | None = None,
        outdated: Callable[[], bool] = lambda: False,
    ) -> list[Checked]:
        """Return the outcome of a notebook's checks, whatever its code does.

        Parameters
        ----------
        path : Path
            The notebook.
        name : str, optional
            Look at this function only; if not given, at all that the notebook is there for.
        outdated : callable
            Whether the answer is no longer wanted; called often. If so, the wait ends, and the
            list is empty.

        Returns
        -------
        list of Checked
            One for each function; a single one if the checks could not be run.
        """
        # Python in a browser cannot start a process.
        if sys.platform == "emscripten":
            from workbook.learn.workspace.check_server import check_here

            return check_here(path, name)
        try:
            return self._asked(path, name, outdated, tries=2)
        except _OutdatedError:
            return []
        except TimeoutError as error:
            return [_without_card(f"{path.name} {error}", "too slow")]
        except EOFError as error:
            return [_without_card(f"{path.name}: {error}", "ended")]

    def _asked(
        self, path: Path, name: str | None, outdated: Callable[[], bool], tries: int
    ) -> list[Checked]:
        self._child = self._child or _Child()
        try:
            answer = self._child.ask(
                [str(path.absolute()), name, self._seconds], self._seconds, outdated
            )
        except BaseException:
            self._end()
            self._prepare()
            raise
        if "stopped at" not in answer:
            if self._fresh:
                self._end()
                self._prepare()
            return [Checked(**one) for one in answer["found"]]
        # The process has ended itself. Once may be chance: a machine that wakes up, a cold disk.
        self._end()
        self._prepare()
        if tries > 1:
            return self._asked(path, name, outdated, tries - 1)
        place = answer["stopped at"] and f", the second one in {answer['stopped at']}"
        raise TimeoutError(
            f"is too slow to be checked here: two tries were stopped after {self._seconds:g} "
            f"seconds of computing each{place}"
        )

    def _prepare(self) -> None:
        """Start a process in advance, if every notebook gets a new one."""
        if self._fresh and sys.platform != "emscripten":
            self._child = _Child()

    def _end(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None

    def __exit__(self, *_: object) -> None:
        """End the child process."""
        self._end()


def _without_card(problem: str, kind: Literal["too slow", "ended"]) -> Checked:
    return Checked(False, problem, problem, kind=kind)


class _OutdatedError(Exception):
    """The answer is no longer needed."""


class _Child:
    """One child process: a line of JSON in, a line of JSON out."""

    def __init__(self) -> None:
        # The package is found where it is now; -P keeps the learner's random.py out of the way.
        root = str(Path(__file__).resolve().parents[3])
        code = (
            "import sys; sys.path.append(sys.argv[1]); "
            "from workbook.learn.workspace.check_server import serve"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"{code}; serve()", root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # No window of the learner's plots; no threads, which start slowly and count as time.
            env={**os.environ, "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1"},
            # Ctrl+C in the terminal is for the parent, which ends the child.
            start_new_session=True,
        )
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._ready = False
        # Only a thread can read from a pipe with a time limit on every system.
        Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in iter(pipe.readline, ""):
                self._lines.put(line)
        self._lines.put("")

    def ask(self, request: Any, seconds: float, outdated: Callable[[], bool]) -> dict[str, Any]:
        """Return the child's answer; raise TimeoutError, EOFError or _OutdatedError."""
        if not self._ready:
            try:
                self._line(_START_SECONDS, outdated)
            except EOFError:
                raise EOFError(
                    "the check could not be started: Python, or a package that it needs, fails "
                    f'here, whatever your code does. `{sys.executable} -c "import numpy"` may say '
                    "why"
                ) from None
            self._ready = True
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended: reading says so
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        line = self._line(max(_START_SECONDS, _PATIENCE * seconds), outdated)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _line(self, seconds: float, outdated: Callable[[], bool]) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=_LOOK_SECONDS)
            except Empty:
                if outdated():
                    raise _OutdatedError from None
                continue
            if line:
                return line
            raise EOFError(
                "the check could not be finished: your code ends Python, or needs more memory than "
                "there is"
            )
        raise TimeoutError(
            f"could not be checked here: there was no answer within {seconds:g} seconds"
        )

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # what it has not read is lost
                self._process.stdin.close()
