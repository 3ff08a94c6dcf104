"""`workbook doctor`: tries out what this machine offers."""

import os
import platform
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox import bubblewrap, landlock, seccomp
from workbook.grade.sandbox.confinement import detect_layers, weaknesses
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import Layers, Limits

_AS_ROOT = (
    "you are root: student code has none of root's capabilities, but it is the owner of root's "
    "files, and only the confinement keeps it from them; an ordinary user owns fewer"
)
_PACKAGES = ("numpy", "matplotlib", "ipython", "jupyterlab", "nbgrader", "jupytext")

#: What student code might try, as functions of the standard library; each stopped one raises.
PROBES = """
import ctypes, fcntl, os, resource, socket, threading, time

libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def change_mode(path, mode):
    # The call may report success, and change nothing.
    os.chmod(path, mode)
    if os.stat(path).st_mode & 0o777 != mode:
        raise PermissionError


def new_process():
    if os.fork() == 0:
        os._exit(0)


def start_threads():
    threading.stack_size(2**15)
    for _ in range(300):
        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
    time.sleep(1)


def use_capability():
    sets = (ctypes.c_uint32 * 6)()
    checked(libc.capget((ctypes.c_uint32 * 2)(0x20080522, 0), sets))
    if not any(sets):
        raise PermissionError


def fill():
    for number in range(16):
        open(str(number), "wb").write(bytes(2**23))
    time.sleep(1)


def make_files():
    for number in range(2000):
        os.mkdir(f"folder{number}")
    time.sleep(1)


PROBES = {
    "read a file outside": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "list a folder outside": lambda: os.listdir("/var"),
    "see that a file outside exists": lambda: os.stat("/etc/hostname"),
    "write a file outside": lambda: open("/var/tmp/workbook-doctor", "w").close(),
    "fill the disk": fill,
    "make many files": make_files,
    "use the network (TCP)": lambda: socket.socket(socket.AF_INET).bind(("127.0.0.1", 0)),
    "use the network (UDP)": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "use a local service (Unix socket)": lambda: socket.socket(socket.AF_UNIX),
    "start a process": new_process,
    "start hundreds of threads": start_threads,
    "have a capability, such as root's": use_capability,
    "signal its parent": lambda: os.kill(os.getppid(), 0),
    "have a file signal its parent": lambda: fcntl.fcntl(os.pipe()[0], 8, os.getppid()),
    "read its parent's environment": lambda: open(f"/proc/{os.getppid()}/environ").read(),
    "change its parent's limits": lambda: resource.prlimit(
        os.getppid(), resource.RLIMIT_CORE, (0, 0)
    ),
    "take more memory": lambda: bytearray(2**31),
    "keep memory that no limit counts": lambda: os.memfd_create("probe"),
    "make a namespace of its own": lambda: checked(libc.unshare(0x10000000)),
    "change a file's rights": lambda: change_mode(".", 0o711),
    "watch who uses Python's files": lambda: fcntl.fcntl(
        os.open(os.path.dirname(os.__file__), os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS
    ),
}
"""

# What each code with a table PROBES gets.
_TRY = """
def stopped(name):
    try:
        PROBES[name]()
    except (Exception, SystemExit):
        return True
    return False


def names():
    return list(PROBES)
"""


@dataclass(frozen=True)
class MachineFindings:
    """What this machine offers.

    Attributes
    ----------
    versions : dict of str to str
        Of Python, the kernel and the packages; "" for what is not installed.
    layers : Layers
        The layers of confinement that work.
    stopped : dict of str to bool
        For each thing that student code might try, whether it was stopped.
    milliseconds : float
        Time from a fork of the warm process to the first cell that has run.
    chromium : str or None
        Path of the browser for the browser test.
    """

    versions: dict[str, str]
    layers: Layers
    stopped: dict[str, bool]
    milliseconds: float
    chromium: str | None


def examine_machine() -> MachineFindings:
    """Try out what this machine offers, which takes a few seconds."""
    layers = detect_layers(unconfined=True)
    stopped, milliseconds = try_probes(layers)
    names = ("chromium", "chromium-browser")
    chromium = next(filter(None, map(shutil.which, names)), None)
    return MachineFindings(_versions(), layers, stopped, milliseconds, chromium)


def try_probes(
    layers: Layers, code: str = PROBES, with_ipython: bool = True
) -> tuple[dict[str, bool], float]:
    """Run probes as student code; return what was stopped, and how long a start took.

    Parameters
    ----------
    layers : Layers
        What confines it.
    code : str, optional
        Code with a dictionary PROBES: functions that raise an error where they are stopped, by what
        they try.
    with_ipython : bool, optional
        Whether the process that the probes are forked from has imported IPython and matplotlib.
    """
    limits, code = Limits(), f"{code}\n{_TRY}"
    with WarmProcess(limits, layers, with_ipython) as warm:
        # The first one waits for the warm process itself.
        _session(warm, limits).close()
        started = time.perf_counter()
        session = _session(warm, limits)
        milliseconds = (time.perf_counter() - started) * 1e3
        session.run_cell(2, code)
        names = session.call("names", (), {})
        session.close()
        stopped = {name: _is_stopped(warm, limits, code, name) for name in names}
    Path("/var/tmp/workbook-doctor").unlink(missing_ok=True)
    return stopped, milliseconds


def _is_stopped(warm: WarmProcess, limits: Limits, code: str, name: str) -> bool:
    with closing(_session(warm, limits)) as session:
        session.run_cell(2, code)
        try:
            return session.call("stopped", (name,), {}) is True
        except SessionEndedError:
            return True


def _session(warm: WarmProcess, limits: Limits) -> Session:
    """Return a session that has run its first cell."""
    session = Session(warm, limits, {}, time.monotonic() + limits.notebook_seconds)
    session.run_cell(1, "pass")
    return session


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "kernel": platform.release()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def print_findings(findings: MachineFindings, console: Console) -> None:
    """Print the findings."""
    versions = [f"{name} {number or 'not installed'}" for name, number in findings.versions.items()]
    console.print(Text(", ".join(versions)))
    console.print(Text(f"browser for the browser test: {findings.chromium or 'none'}"))
    layers = findings.layers
    console.print(Text("\nConfinement of student code", "bold"))
    if not bubblewrap.executable():
        state = "not installed (apt-get install bubblewrap)"
    else:
        state = "works" if layers.bubblewrap else "installed, but this system refuses namespaces"
    console.print(Text(f"  bubblewrap  {state}"))
    abi = f"version {landlock.abi()}" if landlock.abi() else "not in this kernel"
    console.print(Text(f"  Landlock    {abi}"))
    console.print(Text(f"  seccomp     {'works' if seccomp.available() else 'no filter here'}"))
    console.print(Text(f"  a start takes {findings.milliseconds:.0f} ms\n"))
    table = Table("student code tries to", "and is", box=None, pad_edge=False)
    for name, stopped in findings.stopped.items():
        table.add_row(name, "stopped" if stopped else "NOT stopped")
    console.print(table)
    for line in weaknesses(layers):
        console.print(Text(f"\nNote: {line}."))
    if os.geteuid() == 0:
        console.print(Text(f"\nNote: {_AS_ROOT}."))
