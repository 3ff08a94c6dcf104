"""Python's commands and kernels, forked from a process that has imported what takes them seconds.

It is started when it is first used, once for each process of a run.
"""

import atexit
import functools
import json
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.processes import until

#: Where processes can be forked, and nothing of the system's own minds it.
CAN = sys.platform == "linux"

# The first leaves out much of what the second would import. Nothing that reads the course's data.
_IMPORTED = [
    "workbook.course.nbgrader_imports", "nbgrader.apps.nbgraderapp", "ipykernel.kernelapp",
    "matplotlib.pyplot", "numpy",
]  # fmt: skip
_CONTEXT = multiprocessing.get_context("forkserver" if CAN else "spawn")
if CAN:
    _CONTEXT.set_forkserver_preload(_IMPORTED)


class Forked:
    """A process of Python, with what `subprocess.Popen` tells of it.

    Parameters
    ----------
    command : list of str
        A module, or the path of a file, and its arguments.
    cwd : pathlib.Path or str or None
        Where it runs.
    env : dict
        Its environment variables.
    files : list of pathlib.Path
        Where its output goes, and its errors; by default to those of this process.
    """

    stdin = stdout = stderr = None

    def __init__(self, command, cwd, env, files=()):
        folder = str(cwd or Path.cwd())
        args = (command, folder, dict(env), usual_path(), [str(file) for file in files])
        self._process = _CONTEXT.Process(target=_become, args=args)
        self._process.start()
        self.pid = self._process.pid
        # Until then, what is sent to its group reaches the one of the tests.
        until(lambda: self.poll() is not None or os.getpgid(self.pid) == self.pid)

    def poll(self):
        """Return its exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self):
        """Wait for its end, and return its exit status."""
        self._process.join()
        return self.poll()

    def send_signal(self, number):
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self):
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@functools.cache
def usual_path():
    """Return where Python itself looks for modules, without the folders of a command."""
    asked = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.path[1:]))"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return json.loads(subprocess.run(asked, env=env, capture_output=True, check=True).stdout)


def _become(command, folder, env, path, files):
    """Be the process of a command."""
    # What has been imported has looked at the variables already.
    import matplotlib
    import numpy as np

    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    if "JPY_PARENT_PID" in env:
        # A kernel ends when this process is no longer its parent.
        os.environ["JPY_PARENT_PID"] = str(os.getppid())
    matplotlib.rcParams["backend"] = env.get("MPLBACKEND", "agg")
    np.random.seed()
    for number, name in enumerate(files, 1):
        file = os.open(name, os.O_CREAT | os.O_WRONLY)
        os.dup2(file, number)
        os.close(file)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    sys.argv = list(command)
    is_file = command[0].endswith(".py")
    first = str(Path(command[0]).resolve().parent) if is_file else folder
    named = [one for one in env.get("PYTHONPATH", "").split(os.pathsep) if one]
    sys.path[:] = [first, *named, *path]
    try:
        if is_file:
            runpy.run_path(command[0], run_name="__main__")
        else:
            runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()


def run_forked(*command: str, cwd: Path | None, env: dict[str, str]) -> subprocess.CompletedProcess:
    """Run a module, or a file, to its end, and return what it has said."""
    with tempfile.TemporaryDirectory() as own:
        files = [Path(own, "stdout"), Path(own, "stderr")]
        status = Forked(list(command), cwd, env, files).wait()
        said = [path.read_text(encoding="utf-8") for path in files]
        return subprocess.CompletedProcess(command, status, *said)
