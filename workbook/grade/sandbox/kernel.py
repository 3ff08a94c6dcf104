"""A Jupyter kernel whose process is confined, for notebooks that nbgrader itself runs.

bubblewrap shows it Python, a copy of the folder of its notebook, and the folder through which it is
spoken to; it has no network. Its messages go over sockets in that folder. What nbgrader makes of
them is nbgrader's own: a mark comes from the student's process here, as in any nbgrader course.
"""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from workbook.grade.sandbox import bubblewrap
from workbook.grade.sandbox.confinement import readable
from workbook.grade.sandbox.start_kernel import HOME
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

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return how to start the kernel: its command inside of another one."""
        prepared = await super().pre_launch(**kwargs)
        work = Path(prepared["cwd"]).resolve()
        start = [sys.executable, "-I", "-m", "workbook.grade.sandbox.start_kernel"]
        told = json.dumps(asdict(self.limits))
        inner = [*start, str(self.folder), str(work), told, *prepared["cmd"]]
        size = self.limits.written_bytes + _size(work)
        shown = [*readable(), work]
        prepared["cmd"] = bubblewrap.command(
            inner, shown, size, writable=[self.folder], bytes_shared=self.limits.written_bytes
        )
        before = prepared["env"]
        kept = {name: before[name] for name in _ENVIRONMENT if name in before}
        prepared["env"] = {**_ENVIRONMENT_INSIDE, **kept}
        return prepared

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder of its sockets."""
        await super().cleanup(restart)
        if not restart:
            shutil.rmtree(self.folder, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class ConfinedKernelManager(AsyncKernelManager):
    """Manages a confined kernel; `limits` may be set before it is started."""

    limits = Limits()

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
        self.kernel_id, self.provisioner = folder.name, provisioner
        await super().start_kernel(**kwargs)
