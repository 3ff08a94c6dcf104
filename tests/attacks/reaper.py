"""Runs commands, one after the other, and tells which of their processes outlive them.

``python -m tests.attacks.reaper '[["module", "argument", ...], ...]'``. It becomes the parent of
every orphan below it, so that none can hide; those that it finds at the end it ends.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run the commands; print the survivors as the last line; exit with the worst status."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    worst = 0
    for command in json.loads(sys.argv[1]):
        print("$", *command, flush=True)
        done = subprocess.run([sys.executable, "-m", *command], check=False)
        worst = max(worst, abs(done.returncode))
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
