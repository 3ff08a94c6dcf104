"""bubblewrap: runs a program that sees chosen files, no network and no other process.

The tool ``bwrap`` (https://github.com/containers/bubblewrap) makes new namespaces as an ordinary
user. One start takes about 20 ms, so it goes around the warm process, not around each submission.
"""

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

#: Where the only writable folder is, inside.
WRITABLE = "/tmp"

#: Where processes share memory and locks, inside.
SHARED_MEMORY = "/dev/shm"

_NAMESPACES = ("user", "pid", "net", "ipc", "uts", "cgroup-try")


def executable() -> str | None:
    """Return the path of ``bwrap``, or None if it is not installed."""
    return shutil.which("bwrap")


def command(
    inner: list[str],
    readable: Iterable[Path],
    bytes_writable: int,
    writable: Iterable[Path] = (),
    bytes_shared: int = 0,
    others: Mapping[str, Path] = MappingProxyType({}),
) -> list[str]:
    """Return the command that runs another one inside.

    The environment is passed on as it is: the caller scrubs it. Open files that the caller passes
    stay open.

    Parameters
    ----------
    inner : list of str
        The command to run.
    readable : iterable of pathlib.Path
        Files and folders that exist inside, read-only, under the same paths.
    bytes_writable : int
        Size of the file system in memory at `WRITABLE`, the working folder.
    writable : iterable of pathlib.Path, optional
        Folders of the system's that can be written inside, under the same paths.
    bytes_shared : int, optional
        Size of the memory that processes inside share by name; by default it has no limit here.
    others : mapping of str to pathlib.Path, optional
        Files that exist inside under another path, read-only.
    """
    shared = ["--size", str(bytes_shared), "--tmpfs", SHARED_MEMORY] if bytes_shared else []
    namespaces = [f"--unshare-{name}" for name in _NAMESPACES]
    binds = [part for path in outermost(readable) for part in _bind(path)]
    return [
        executable() or "bwrap",
        *namespaces,
        "--die-with-parent",
        # Without a terminal of its own a program could type into the instructor's.
        "--new-session",
        # What the process inside gives up as soon as it has mounted what may be written.
        *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"),
        *("--proc", "/proc", "--dev", "/dev", *shared),
        *("--size", str(bytes_writable), "--tmpfs", WRITABLE),
        # After the writable folder: Python itself may be installed below it.
        *binds,
        *(part for path in writable for part in ("--bind", str(path), str(path))),
        *(part for place, path in others.items() for part in ("--ro-bind", str(path), place)),
        *("--remount-ro", "/", "--chdir", WRITABLE),
        "--",
        *inner,
    ]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that do not lie within another of them."""
    found: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(other) for other in found):
            found.append(path)
    return found


def _bind(path: Path) -> list[str]:
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind-try", str(path), str(path)]


def works(user: int = 0) -> bool:
    """Tell whether bwrap is installed and this system lets it make its namespaces.

    Parameters
    ----------
    user : int, optional
        The number of the user who starts it; 0 for this process's own.
    """
    if executable() is None:
        return False
    readable = [Path(path) for path in ("/usr", "/lib", "/lib64", "/bin")]
    inside = command(["/usr/bin/env", "true"], readable, 2**20)
    tried = subprocess.run(inside, capture_output=True, check=False, **as_user(user))
    return tried.returncode == 0


def as_user(user: int) -> dict[str, Any]:
    """Return the arguments of `subprocess.Popen` for a program of another user, in no group.

    Parameters
    ----------
    user : int
        The user's number; 0 for this process's own.
    """
    return {"user": user, "group": user, "extra_groups": ()} if user else {}
