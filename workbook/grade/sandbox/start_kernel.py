"""Starts a kernel inside of bubblewrap: with a copy of its folder, limits, and Landlock.

A program: its arguments are the folder of the kernel's sockets, the folder to copy, the limits, and
the kernel's command.
"""

import json
import os
import resource
import shutil
import sys
from pathlib import Path

from workbook.grade.sandbox import bubblewrap, landlock
from workbook.grade.sandbox.confinement import readable
from workbook.grade.sandbox.mounts import mount_writable
from workbook.grade.submissions.limits import Limits

# What the threads of a kernel and of its libraries take of the address space, and are.
_MORE_MEMORY = 4 * 2**30
_MORE_PROCESSES = 256
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts")

#: The only folder in which a kernel may keep files; that of its sockets lies beside it.
HOME = f"{bubblewrap.WRITABLE}/home"


def main(sockets: str, work: str, told: str, *command: str) -> None:
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
    copy = Path(HOME, "work")
    shutil.copytree(work, copy)
    # nbgrader has made what it wrote read-only.
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
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
    if landlock.abi():
        _restrict(sockets)
    # Its parent is the first process in here. By another number, it would look for it in vain.
    os.environ["JPY_PARENT_PID"] = "1"
    os.execvp(command[0], command)


def _restrict(sockets: str) -> None:
    """Let the kernel write in its own folder, and make sockets, but no files, in that of these."""
    devices = [Path("/dev", name) for name in _DEVICES]
    shown = [*readable(), Path("/proc")]
    writable = [Path(HOME), Path(bubblewrap.SHARED_MEMORY), *devices]
    rules = [*landlock.rules(shown, writable), (sockets, landlock.sockets_only())]
    # The only network is one of its own, over which a kernel hears its own processes.
    ruleset = landlock.ruleset(rules, tcp=True)
    landlock.restrict(ruleset)
    os.close(ruleset)


if __name__ == "__main__":
    main(*sys.argv[1:])
