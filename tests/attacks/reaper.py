"""Runs commands, one after the other, and tells which of their processes outlive them.

``python -m tests.attacks.reaper '[["module", "argument", ...], ...]'``. It becomes the parent of
every orphan below it, so that none can hide; those that it finds at the end it ends.
"""

import ctypes
import importlib
import json
import os
import runpy
import signal
import sys
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run the commands; print the survivors as the last line; exit with the worst status."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    worst = 0
    commands = json.loads(sys.argv[1])
    if any(command[0] == "nbgrader" for command in commands):
        # The commands are forked from this process. Without the first of these modules, half of the
        # time that nbgrader takes to start makes parsers for addresses, which nothing here reads.
        importlib.import_module("workbook.course.nbformat_imports")
        importlib.import_module("nbgrader.apps")
    for command in commands:
        print("$", *command, flush=True)
        pid = os.fork()
        if pid == 0:
            sys.argv = command
            runpy.run_module(command[0], run_name="__main__", alter_sys=True)
            return
        _, status = os.waitpid(pid, 0)
        worst = max(worst, abs(os.waitstatus_to_exitcode(status)))
    # What dies with its parent needs a moment for it.
    for _ in range(20):
        if not _children():
            break
        time.sleep(0.1)
    survivors = [_name(pid) for pid in _children()]
    for pid in _children():
        os.kill(pid, signal.SIGKILL)
    print("\n== survivors " + json.dumps(survivors), flush=True)
    sys.exit(worst)


def _children() -> list[int]:
    """Return the children that run, and clear away those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return []
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(pid) for pid in found.split()]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").replace("\0", " ")[:200]
    except OSError:
        return str(pid)


if __name__ == "__main__":
    main()
