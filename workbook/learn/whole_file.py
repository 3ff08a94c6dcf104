"""Files in the learner's folder, written whole."""

import contextlib
import os
import shutil
from pathlib import Path


def write_whole(file: Path, data: bytes, like: Path | None = None, mode: int = 0o666) -> None:
    """Write a file; its name never stands for half of it.

    Parameters
    ----------
    file : Path
        The file; its folder is made where it is missing.
    data : bytes
        What it holds from now on.
    like : Path, optional
        Others may do with the file what they may do with this one.
    mode : int, optional
        What the owner and others may do with it, within what the system lets new files have.

    Raises
    ------
    OSError
        If it cannot be written; then it is as it was.
    """
    # Two kernels may write the same file.
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.touch(mode)
        partial.write_bytes(data)
        if like is not None:
            shutil.copymode(like, partial)
        partial.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
