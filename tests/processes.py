"""What became of processes, as the kernel tells, and waiting for it."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from workbook.course.folder import Course

T = TypeVar("T")

#: Options of a process that a test interrupts as Ctrl+C in a terminal does. It would be ignored
#: where a script has started these tests with "&".
CTRL_C: dict[str, Any] = (
    {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)}
    if os.name == "posix"
    else {}
)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            children = (task / "children").read_text(encoding="ascii").split()
            found += [one for child in map(int, children) for one in (child, *descendants(child))]
    return found


def runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits for its parent does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def until(condition: Callable[[], T], process: subprocess.Popen | None = None) -> T:
    """Wait for a condition, and return what it gives; a minute is too long.

    It cannot come true when the process has ended, if one is named.
    """
    for _ in range(6000):
        if found := condition():
            return found
        if process is not None and process.poll() is not None:
            raise AssertionError(f"the program has ended: {process.communicate()[1]}")
        time.sleep(0.01)
    raise AssertionError("it does not happen")


@contextlib.contextmanager
def grading(course: Course, folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run `workbook grade` in a session of its own, as a terminal gives it one.

    It grades ``submitted`` of the folder into ``out``; ``tmp`` is for its temporary files.
    """
    scratch = folder / "tmp"
    if not scratch.exists():
        # Under a short name of its own: a socket's path has at most 107 characters.
        scratch.symlink_to(tempfile.mkdtemp(prefix="t", dir=folder.parent))
    paths = [folder / "submitted", "--course", course.root, "--out", folder / "out"]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "workbook.cli", "grade", *map(str, paths), *options],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(scratch.resolve())},
        start_new_session=True,
        **CTRL_C,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()
