"""Starts a kernel inside of bubblewrap: with a copy of its folder, limits, and Landlock.

A program: its arguments are the folder of the kernel's sockets, the folder to copy, that of
matplotlib's list of fonts or "", the limits, and the kernel's command. When the kernel has ended,
the files that it has written lie in an archive beside its sockets, for the next notebook of the
same submission.
"""

import contextlib
import json
import os
import resource
import shutil
import signal
import stat
import sys
import tarfile
import time
from pathlib import Path

from workbook.grade.sandbox import bubblewrap, landlock
from workbook.grade.sandbox.confinement import readable
from workbook.grade.sandbox.mounts import mount_writable
from workbook.grade.submissions.limits import Limits

# What the threads of a kernel and of its libraries take of the address space, and are.
_MORE_MEMORY = 4 * 2**30
_MORE_PROCESSES = 256
# In the folder of the kernel's own, of which there are five, and how often they are counted.
_MOST_SOCKETS, _LOOK_SECONDS = 100, 0.02
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts")

#: Archives beside the sockets: what this kernel has written, and what one before it had.
WRITTEN, BROUGHT = "written.tar", "brought.tar"
#: Files of the system's with little in them, which many programs want to read.
SYSTEM_FILES = ("/etc/passwd", "/etc/hosts")
#: The only folder in which a kernel may keep files; that of its sockets lies beside it.
HOME = f"{bubblewrap.WRITABLE}/home"


def main(sockets: str, work: str, fonts: str, told: str, *command: str) -> None:
    """Become the kernel."""
    limits = Limits(**json.loads(told))
    os.makedirs(HOME)
    there = os.statvfs(HOME)
    files = sum(1 for _ in Path(work).rglob("*")) + 10 * limits.written_files
    sizes = {
        HOME: there.f_blocks * there.f_frsize,
        bubblewrap.SHARED_MEMORY: limits.written_bytes,
    }
    mount_writable(sizes, files)
    folder = Path(work)
    # nbgrader's folder is called so, and lies in one with the student's name.
    copy = Path(HOME, folder.parent.name, folder.name)
    shutil.copytree(folder, copy)
    if fonts:
        # matplotlib would take seconds to make it, in each notebook.
        shutil.copytree(fonts, f"{HOME}/.cache/matplotlib")
    # nbgrader has made what it wrote read-only.
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = _files(copy)
    os.chdir(copy)
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes + _MORE_MEMORY),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_NPROC, limits.processes + _MORE_PROCESSES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (value, value))
    # By another number, the kernel would look for its parent in vain.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    kernel = os.fork()
    if kernel:
        _wait(kernel, sockets)
        _keep(copy, before, Path(sockets, WRITTEN))
        return
    if landlock.abi():
        _restrict(sockets)
    # By the rights of the kernel itself: it is what student code has written.
    _bring(Path(sockets, BROUGHT))
    os.execvp(command[0], command)


def _wait(kernel: int, sockets: str) -> None:
    """Wait until a kernel has ended; end it, and all processes inside, if it fills that folder.

    The folder is on the system's disk, where each socket takes the room of a file.
    """
    while os.waitpid(kernel, os.WNOHANG) == (0, 0):
        if len(os.listdir(sockets)) > _MOST_SOCKETS:
            # All but this process and the first one.
            os.kill(-1, signal.SIGKILL)
        time.sleep(_LOOK_SECONDS)


def _keep(copy: Path, before: dict[Path, tuple[int, int]], archive: Path) -> None:
    """Write what the kernel has written into an archive; no notebook, and no link."""
    # Where it does not fit, what does is kept.
    with contextlib.suppress(OSError), tarfile.open(archive, "w") as file:
        for path, stamp in _files(copy).items():
            if before.get(path) != stamp and path.suffix != ".ipynb":
                file.add(path, str(path.relative_to(copy)), recursive=False)


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return the ordinary files in a folder and in those below it, with time and size."""
    found = {path: path.lstat() for path in sorted(folder.rglob("*"))}
    return {
        path: (one.st_mtime_ns, one.st_size)
        for path, one in found.items()
        if stat.S_ISREG(one.st_mode)
    }


def _bring(archive: Path) -> None:
    """Unpack what an earlier notebook has written into this folder."""
    if archive.exists():
        with contextlib.suppress(OSError, tarfile.TarError), tarfile.open(archive) as file:
            file.extractall(filter="data")


def _restrict(sockets: str) -> None:
    """Let the kernel write in its own folder, and make sockets, but no files, in that of these."""
    devices = [Path("/dev", name) for name in _DEVICES]
    shown = [*readable(), Path("/proc"), *map(Path, SYSTEM_FILES)]
    writable = [Path(bubblewrap.SHARED_MEMORY), *devices]
    own = [(HOME, landlock.own_folder()), (sockets, landlock.sockets_only())]
    rules = [*landlock.rules(shown, writable), *own]
    # The only network is one of its own, over which a kernel hears its own processes.
    ruleset = landlock.ruleset(rules, tcp=True)
    landlock.restrict(ruleset)
    os.close(ruleset)


if __name__ == "__main__":
    main(*sys.argv[1:])
