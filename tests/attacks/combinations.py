"""The combinations in which attacks are run: who grades, with which layers, by which command."""

import os
import shutil
import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.attacks.arena import ROOT

#: The ordinary user whom root becomes: nobody.
NOBODY = 65534


@dataclass(frozen=True)
class Combination:
    """One way of grading.

    Attributes
    ----------
    user : str
        Who grades: "root", or "user", an ordinary one.
    layers : str
        What confines students' code: "bubblewrap" and what is inside it, or "without" bubblewrap.
    way : str
        The command that grades: "workbook" grade, "nbgrader" autograde, or workbook grade on a
        "cluster", which it starts on this machine.
    """

    user: str
    layers: str
    way: str

    def __str__(self) -> str:
        return f"{self.user},{self.layers},{self.way}"

    def has(self, words: Set[str]) -> bool:
        """Tell whether it has all of these words."""
        return words <= {self.user, self.layers, self.way}

    def why_not(self) -> str:
        """Return why it cannot be tried here; "" if it can."""
        is_root = os.geteuid() == 0
        if self.user == "root" and not is_root:
            return "only root can grade as root"
        if self.layers == "bubblewrap" and not shutil.which("bwrap"):
            return "bubblewrap is not installed"
        programs = ("unshare", "setpriv", "mount") if self.user == "user" and is_root else ()
        for name in programs:
            if not shutil.which(name):
                return f"{name} is not installed, which root needs to become another user"
        return ""

    @contextmanager
    def ready(self) -> Iterator[tuple[list[str], dict[str, str]]]:
        """Yield what stands before a command of this combination, and the command's environment."""
        with TemporaryDirectory(prefix="attacks-") as folder:
            own = Path(folder)
            home = own / "home"
            home.mkdir()
            own.chmod(0o755)
            environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
            if self.layers == "without":
                environment["PATH"] = path_without("bwrap", own)
            before: list[str] = []
            if self.user == "user" and os.geteuid() == 0:
                os.chown(home, NOBODY, NOBODY)
                before = _as_nobody(own / "shown")
            yield before, environment


_GRADERS = tuple(product(("root", "user"), ("bubblewrap", "without")))
#: All of them on one machine, and those on a cluster, which run only where they are asked for.
COMBINATIONS = tuple(Combination(*who, way) for who in _GRADERS for way in ("workbook", "nbgrader"))
ON_CLUSTER = tuple(Combination(*who, "cluster") for who in _GRADERS)


def path_without(program: str, own: Path) -> str:
    """Return the search path with a folder of links for each folder that holds a program."""
    found = []
    for number, folder in enumerate(os.environ.get("PATH", os.defpath).split(os.pathsep)):
        if not Path(folder, program).exists():
            found.append(folder)
            continue
        links = own / f"programs{number}"
        links.mkdir()
        for one in Path(folder).iterdir():
            if one.name != program:
                (links / one.name).symlink_to(one)
        found.append(str(links))
    return os.pathsep.join(found)


# In mounts of its own: Python and the course may lie below a folder that is closed to others, such
# as root's home. An open one takes its place, in which there is nothing else.
_SHOW = """
shown=$1 count=$2; shift 2
mkdir "$shown"
for ((n = 1; n <= count; n++)); do
  mkdir "$shown/$n"
  mount --bind "${!n}" "$shown/$n"
done
for ((n = 1; n <= count; n++)); do
  above=$((count + n))
  mountpoint -q "${!above}" && [ -d "${!n}" ] || mount -t tmpfs -o mode=755 none "${!above}"
  mkdir -p "${!n}"
  mount --bind "$shown/$n" "${!n}"
done
shift $((2 * count))
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
"""


def _as_nobody(shown: Path) -> list[str]:
    """Return what stands before a command for root to run it as an ordinary user."""
    needed = {Path(path) for path in (ROOT, sys.base_prefix, sys.prefix)}
    closed = {path: above for path in sorted(needed) if (above := _closed_above(path))}
    paths = [*map(str, closed), *map(str, closed.values())]
    script = ["bash", "-euo", "pipefail", "-c", _SHOW, "-", str(shown), str(len(closed)), *paths]
    return ["unshare", "--mount", *script]


def _closed_above(path: Path) -> Path | None:
    """Return the uppermost folder above a path that is closed to others."""
    return next((one for one in reversed(path.parents) if not one.stat().st_mode & 0o001), None)
