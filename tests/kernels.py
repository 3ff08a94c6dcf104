"""Notebooks run in a real kernel."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from jupyter_client.provisioning import local_provisioner
from nbclient import NotebookClient
from traitlets.config import Config

from tests.forked import CAN, Forked


def _launched(command: list[str], *, env: dict[str, str], cwd: str, **_: object) -> Forked:
    """Start a kernel as its manager does, with NumPy and matplotlib imported already."""
    backend = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return Forked(command[command.index("-m") + 1 :], cwd, env | backend)


def execute(notebook: nbformat.NotebookNode, folder: Path, **more: str) -> nbformat.NotebookNode:
    """Run a notebook in a folder, its cells that fail too, with these environment variables."""
    env = {**os.environ, "IPYTHONDIR": str(folder / ".ipython"), **more}
    # The kernel itself chooses the backend that puts figures into the notebook.
    env.pop("MPLBACKEND", None)
    # By files: two kernels that start at a time may choose the same port. A short name, not
    # pytest's: a socket's path has 107 bytes at most.
    with TemporaryDirectory(prefix="kernel-") as own:
        # Windows has no such files.
        transport = "tcp" if sys.platform == "win32" else "ipc"
        manager = {"transport": transport, "connection_file": str(Path(own, "k.json"))}
        client = NotebookClient(
            notebook,
            config=Config({"KernelManager": manager}),
            timeout=120,
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        )
        with pytest.MonkeyPatch.context() as patch:
            # What is imported may depend on the variables.
            if CAN and not more:
                patch.setattr(local_provisioner, "launch_kernel", _launched)
            return client.execute(env=env)


def execute_file(path: Path, **more: str) -> nbformat.NotebookNode:
    """Run a notebook where it lies; the file stays as it is."""
    return execute(nbformat.read(path, as_version=4), path.parent, **more)
