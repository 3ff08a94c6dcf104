"""A Jupyter kernel whose process is confined, for notebooks that nbgrader itself runs.

bubblewrap shows it Python, a copy of the folder of its notebook, and the folder through which it is
spoken to; it has no network. Its messages go over sockets in that folder. What nbgrader makes of
them is nbgrader's own: a mark comes from the student's process here, as in any nbgrader course.
"""

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, ClassVar

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from workbook.grade.sandbox import bubblewrap
from workbook.grade.sandbox.confinement import readable
from workbook.grade.sandbox.start_kernel import BROUGHT, HOME, SYSTEM_FILES, WRITTEN
from workbook.grade.sandbox.warm_process import font_list
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.limits import Limits

# What a kernel may know of the environment of whoever grades.
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "NBGRADER_EXECUTION", "PYTHONHASHSEED")
_USER = "student"
_ENVIRONMENT_INSIDE = {
    "PATH": "/usr/bin:/bin", "HOME": HOME, "TMPDIR": HOME, "USER": _USER, "LOGNAME": _USER,
}  # fmt: skip
# A socket's path has at most 107 characters.
_LONGEST = 60


class ConfinedProvisioner(LocalProvisioner):
    """Starts a kernel inside bubblewrap."""

    limits = Limits()
    folder = Path()
    work = Path()
    written: dict[Path, bytes]

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return how to start the kernel: its command inside of another one."""
        prepared = await super().pre_launch(**kwargs)
        work = self.work = Path(prepared["cwd"]).resolve()
        brought = self.written.get(work, b"")
        if brought:
            (self.folder / BROUGHT).write_bytes(brought)
        start = [sys.executable, "-I", "-m", "workbook.grade.sandbox.start_kernel"]
        fonts = _fonts()
        # An empty argument stands for no list.
        told = ["".join(map(str, fonts)), json.dumps(asdict(self.limits))]
        inner = [*start, str(self.folder), str(work), *told, *prepared["cmd"]]
        size = self.limits.written_bytes + sum(map(_size, [work, *fonts])) + len(brought)
        shown = [*readable(), work, *fonts]
        prepared["cmd"] = bubblewrap.command(
            inner, shown, size, writable=[self.folder], bytes_shared=self.limits.written_bytes,
            others=self._system_files(),
        )  # fmt: skip
        before = prepared["env"]
        kept = {name: before[name] for name in _ENVIRONMENT if name in before}
        prepared["env"] = {**_ENVIRONMENT_INSIDE, **kept}
        return prepared

    def _system_files(self) -> dict[str, Path]:
        """Write files of a small system, and return them by their place in it."""
        user = f"{_USER}:x:{os.getuid()}:{os.getgid()}::{HOME}:/bin/sh\n"
        found = {}
        for place, text in zip(SYSTEM_FILES, (user, "127.0.0.1 localhost\n"), strict=True):
            found[place] = self.folder / Path(place).name
            found[place].write_text(text, encoding="utf-8")
        return found

    async def cleanup(self, restart: bool = False) -> None:
        """Keep what the kernel has written, and remove the folder of its sockets."""
        await super().cleanup(restart)
        if not restart:
            # Of one submission at a time.
            data, _ = read_file(self.folder / WRITTEN, self.limits.written_bytes)
            before = self.written.get(self.work, b"")
            self.written.clear()
            self.written[self.work] = data or before
            shutil.rmtree(self.folder, ignore_errors=True)


def _fonts() -> list[Path]:
    """Return the folder of matplotlib's list of fonts; none where it cannot be made."""
    try:
        return [font_list()]
    except OSError:
        return []


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class ConfinedKernelManager(AsyncKernelManager):
    """Manages a confined kernel; `limits` and `written` may be set before it is started.

    `written` holds what the notebooks of the last submission have written, as an archive, by its
    folder: the next notebook of the same submission finds it.
    """

    limits = Limits()
    written: ClassVar[dict[Path, bytes]] = {}

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel."""
        place = gettempdir() if len(gettempdir()) < _LONGEST else "/tmp"
        folder = Path(mkdtemp(prefix="kernel-", dir=place)).resolve()
        self.transport, self.ip = "ipc", str(folder / "socket")
        self.connection_file = str(folder / "connection.json")
        spec = self.kernel_spec
        # A signal would reach bubblewrap, not the kernel in it.
        spec.interrupt_mode = "message"  # type: ignore[union-attr]
        provisioner = ConfinedProvisioner(parent=self, kernel_spec=spec, kernel_id=folder.name)
        provisioner.limits, provisioner.folder = self.limits, folder
        provisioner.written = self.written
        self.kernel_id, self.provisioner = folder.name, provisioner
        await super().start_kernel(**kwargs)
