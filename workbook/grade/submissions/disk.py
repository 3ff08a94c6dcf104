"""Tells a disk without free bytes from one with free bytes but no room for another file."""

import errno
import os
from pathlib import Path

#: What Python's message begins with where a file system has no free inode.
NO_FILE_LEFT = "No room for another file, though there may be room for bytes"

#: The same of the folder for temporary files, in a sentence.
NO_INODE = "the disk with the temporary folder takes no further file: it has no free inode"


def takes_no_file(path: Path | str) -> bool:
    """Tell whether the file system of a path has no free inode; some do not count them."""
    disk = os.statvfs(path)
    return disk.f_files > 0 == disk.f_favail


def refusal(error: OSError, folder: Path) -> str:
    """Return why the system has refused to write in a folder."""
    if error.errno == errno.ENOSPC and folder.is_dir() and takes_no_file(folder):
        return NO_FILE_LEFT
    return error.strerror or str(error)
