"""Kernels for tests: reached by files, since two that start at a time may choose the same port."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from traitlets.config import Config


@contextmanager
def by_files():
    """Give the configuration of one kernel; its files are removed at the end."""
    # A short name, not pytest's: a socket's path has 107 bytes at most.
    with TemporaryDirectory(prefix="kernel-") as folder:
        file = str(Path(folder, "k.json"))
        yield Config({"KernelManager": {"transport": "ipc", "connection_file": file}})
