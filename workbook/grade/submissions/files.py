"""Submitted files on disk: which can be read, and what they are called."""

import os
import stat
import unicodedata
from pathlib import Path

from workbook.course.zip_files import MAX_FILE_BYTES


def plain_name(name: str) -> str:
    """Return a name in one form, whatever its case and the way in which its accents are written."""
    return unicodedata.normalize("NFKC", name).casefold()


def is_valid_name(name: str) -> bool:
    """Tell whether a gradebook can hold a folder's name as a student's or an assignment's."""
    return name.isprintable() and name == name.strip()


def readable_size(path: Path) -> tuple[int | None, str]:
    """Return the size of a submitted file that can be read, else None and the reason.

    The reason is empty if there is no such file.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError) as error:
        return None, f"{path.name} cannot be read ({getattr(error, 'strerror', error)})"
    if not stat.S_ISREG(found.st_mode):
        return None, f"{path.name} is not a regular file"
    if found.st_size > MAX_FILE_BYTES:
        return None, f"{path.name} is larger than {MAX_FILE_BYTES >> 20} MiB"
    if not os.access(path, os.R_OK):
        return None, f"{path.name} cannot be read (Permission denied)"
    return found.st_size, ""


def read_file(path: Path, most: int = MAX_FILE_BYTES) -> tuple[bytes | None, str]:
    """Return what a submitted file begins with, if it can be read, else None and the reason.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    most : int, optional
        How many bytes to read: all of it by default.
    """
    size, problem = readable_size(path)
    if size is None:
        return None, problem
    try:
        # A link or a pipe may have replaced the file since: do not follow it, do not wait for it.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:
            # Python sets memory apart for as many bytes as it is asked for.
            return file.read(min(size, most)), ""
    except OSError as error:
        return None, f"{path.name} cannot be read ({error.strerror})"
