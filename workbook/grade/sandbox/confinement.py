"""Confines the student's process, before any student code runs.

There are two layers. The outer one, around the warm process, is bubblewrap, in which only Python
exists, and no network. The inner one, in the fork of each submission, is limits, no capabilities,
Landlock and seccomp, which the fork cannot take back. Either layer alone still confines;
`weaknesses` says what is missing then.
"""

import os
import platform
import resource
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import workbook
from workbook.course.data_folder import data_folder
from workbook.grade.sandbox import bubblewrap, capabilities, landlock, seccomp
from workbook.grade.submissions.limits import UNCONFINED, Layers, Limits

# How many folders are admitted by one set of rules.
_MOST_FOLDERS = 64


class NotConfinedError(Exception):
    """There is no confinement on this system; the text says what to install."""


def detect_layers(unconfined: bool = False, user: int = 0) -> Layers:
    """Return the layers that this system offers, by trying them.

    Parameters
    ----------
    unconfined : bool, optional
        Whether there may be none: student code runs with the instructor's rights then.
    user : int, optional
        The number of a user as whom nothing else runs, and student code is to; only root can do
        that.

    Raises
    ------
    NotConfinedError
        If there is neither bubblewrap nor Landlock with seccomp, and ``unconfined`` is false; or if
        student code could not read Python.
    """
    layers = Layers(bubblewrap.works(user), landlock.abi(), seccomp.available(), user)
    if layers.confine:
        if user and (closed := _closed_to(user, readable())):
            raise NotConfinedError(
                f"student code runs as the user with the number {user}, who cannot enter {closed}, "
                "where Python or its packages are: let everybody read it"
            )
        # bubblewrap shows Python by itself, without the folders that lead there.
        as_root = os.geteuid() == 0 and not user and not layers.bubblewrap
        if as_root and (closed := _closed_to(0, readable())):
            raise NotConfinedError(
                f"as root, student code has no capabilities and cannot read {closed}, where Python "
                "or its packages are: install bubblewrap (apt-get install bubblewrap), or grade as "
                "the user to whom they belong"
            )
        return layers
    if unconfined:
        return UNCONFINED
    raise NotConfinedError(
        "this system offers no confinement for student code: install bubblewrap "
        "(apt-get install bubblewrap) and allow unprivileged user namespaces, or use a kernel "
        "with Landlock (5.13 or newer). `workbook doctor` says what is missing. "
        "--unconfined grades anyway, with your own rights"
    )


def _closed_to(user: int, paths: Iterable[Path]) -> Path | None:
    """Return the first folder on the way to some files that a user cannot enter, or None.

    No capability helps this user. One who is not root is in no group but that of the same number.
    """
    groups = (user,) if user else (os.getegid(), *os.getgroups())
    folders = {folder for path in paths for folder in (path, *path.parents) if folder.is_dir()}
    for folder in sorted(folders):
        found = folder.stat()
        shift = 6 if found.st_uid == user else 3 if found.st_gid in groups else 0
        if not found.st_mode >> shift & 1:
            return folder
    return None


def weaknesses(layers: Layers) -> list[str]:
    """Return sentences about what these layers leave open, compared with all of them."""
    open_ends = []
    if not layers.confine:
        return ["student code runs with your rights: it can read your files and use the network"]
    if not (layers.bubblewrap or layers.landlock):
        open_ends.append(
            "without bubblewrap and Landlock, only the rights of another user keep student code "
            "from files: it can read what everybody on this machine can read, and write where "
            "everybody can write"
        )
    elif not layers.bubblewrap:
        open_ends.append(
            "without bubblewrap, student code can see that other files exist, and whose, how large "
            "and how old they are, but not read them; what it writes is on the disk until its "
            "process ends, and may exceed the limit by as much as it can write in a fraction of a "
            "second"
        )
    if not layers.landlock:
        open_ends.append("without Landlock, each submission needs a warm process of its own: slow")
    elif layers.landlock < landlock.FULL_ABI and not layers.bubblewrap:
        open_ends.append(
            f"Landlock has version {layers.landlock}: abstract sockets are guarded from version "
            f"{landlock.FULL_ABI} on; seccomp refuses all sockets"
        )
    if not layers.seccomp:
        open_ends.append(
            f"there is no seccomp filter for {platform.machine()}: student code can start "
            "processes and fill memory that no limit counts"
            + ("" if layers.bubblewrap else ", and use the network")
        )
    return open_ends


def readable() -> tuple[Path, ...]:
    """Return what the student's process may read: Python, its libraries, what checks read."""
    # The visible checks' data are what every student has; another course has its own.
    return (*_python(), *(path for path in [data_folder()] if path.is_dir()))


@cache
def _python() -> tuple[Path, ...]:
    paths = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    found = {Path(path) for path in paths} | {Path(workbook.__file__).parent}
    # Packages may be shared with another environment, by a .pth file.
    numpy = find_spec("numpy")
    if numpy is not None and numpy.origin:
        found.add(Path(numpy.origin).parents[1])
    system = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime")
    return tuple(sorted(path for path in found | set(map(Path, system)) if path.exists()))


def in_bubblewrap(command: list[str], layers: Layers, limits: Limits, fonts: Path) -> list[str]:
    """Return the command that runs another inside bubblewrap, if there is bubblewrap."""
    if not layers.bubblewrap:
        return command
    return bubblewrap.command(command, [*readable(), fonts], limits.written_bytes)


class Confinement:
    """Takes rights away from a fork, for good.

    All that can be found out before there is a fork is found out here: each page of memory that a
    fork touches for the first time has to be copied for it.

    Parameters
    ----------
    limits : Limits
        What a submission may use.
    layers : Layers
        What confines it.
    """

    def __init__(self, limits: Limits, layers: Layers) -> None:
        self._layers = layers
        self._limits = tuple(_limits(limits, layers))
        if layers.confine:
            capabilities.bring_none_back()
        # matplotlib's own folder, where its list of fonts is.
        fonts = [Path(folder) for folder in [os.environ.get("MPLCONFIGDIR")] if folder]
        shown = bubblewrap.outermost([*readable(), *fonts, *_DEVICES])
        self._rules = landlock.rules(shown, [Path("/dev/null")])
        self._ruleset = -1
        self._admitted = _MOST_FOLDERS
        # By whether a submission may start threads.
        self._filters = {
            threads: seccomp.common_instructions(threads)
            for threads in (False, True)
            if layers.seccomp
        }

    def admit(self, folder: str) -> None:
        """Prepare for a fork that has a folder of its own, before it is forked.

        Parameters
        ----------
        folder : str
            The folder, which the fork may write.
        """
        if not self._layers.landlock:
            return
        if self._admitted == _MOST_FOLDERS:
            # The rule of a folder that has been removed allows nothing, but stays in the set.
            if self._ruleset >= 0:
                os.close(self._ruleset)
            self._ruleset, self._admitted = landlock.ruleset(self._rules), 0
        landlock.allow(self._ruleset, folder, landlock.rights(may_write=True))
        self._admitted += 1

    def give_up(self, threads: bool) -> None:
        """Restrict this process, a fork, to the folder admitted last.

        It has to close what it has inherited, before it runs anything of a student's.

        Parameters
        ----------
        threads : bool
            Whether it may start threads.
        """
        for kind, both in self._limits:
            resource.setrlimit(kind, both)
        if self._layers.confine:
            capabilities.drop()
        if self._layers.landlock:
            landlock.restrict(self._ruleset)
        if self._layers.seccomp:
            seccomp.restrict(self._filters[threads])


_DEVICES = (Path("/dev/urandom"), Path("/dev/random"), Path("/dev/zero"))


def _limits(limits: Limits, layers: Layers) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the system's own limits, soft and hard, by their numbers."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    # In addition to what this process has already.
    address_space = pages * resource.getpagesize() + limits.memory_bytes
    seconds = int(limits.notebook_seconds) + 1
    values = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_DATA: address_space,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: limits.written_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if layers.bubblewrap or layers.user:
        # Elsewhere it would count every process of the instructor's.
        values[resource.RLIMIT_NPROC] = limits.processes
    for kind, value in values.items():
        _, hard = resource.getrlimit(kind)
        # At the hard limit of time, the kernel kills without saying why.
        spare = 1 if kind == resource.RLIMIT_CPU else 0
        most = value if hard == resource.RLIM_INFINITY else min(value, hard - spare)
        yield kind, (most, most + spare)
