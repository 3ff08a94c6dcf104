"""Files in the learner's folder, read and written whole."""

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path

# More than any notebook of the course holds, with all that it has shown.
_LARGEST = 256 * 2**20


def read_whole(file: Path) -> bytes:
    """Return what a file in the learner's folder holds.

    Parameters
    ----------
    file : Path
        The file.

    Raises
    ------
    OSError
        If it cannot be read. That is also said of what would not end, such as a pipe, and of what
        would fill the memory.
    """
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(file))
    if found.st_size > _LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {_LARGEST >> 20} MiB", str(file))
    return file.read_bytes()


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
