"""Files in the learner's folder: written whole, and kept as they were before they are replaced."""

import os
from itertools import chain, count
from pathlib import Path

from workbook.course.work_files import OLDER
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.whole_file import write_whole


class LabError(AskedWronglyError):
    """The learner's folder cannot be used as asked; the text says what to do."""


def content_or_nothing(path: Path) -> bytes:
    """Return a file's content; nothing if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def content(path: Path) -> bytes | None:
    """Return what a file holds that may be replaced; None if nothing is there.

    Raises
    ------
    LabError
        If something is there that cannot be read, and so not be kept.
    """
    try:
        return path.read_bytes() if os.path.lexists(path) else None
    except OSError as error:
        raise LabError(f"{path} cannot be read: {error.strerror}") from error


def write_file(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write one file whole: its name never stands for half a file.

    Parameters
    ----------
    path : Path
        The file. A link stays one.
    data : bytes
        What it is to hold.
    like : Path, optional
        Others may do with the file what they may do with this one.

    Raises
    ------
    LabError
        If it cannot be written.
    """
    # In a circle of links, `Path.resolve` would fail.
    path = Path(os.path.realpath(path))
    try:
        write_whole(path, data, like)
    except OSError as error:
        raise LabError(f"{path} cannot be written: {error.strerror}") from error


def keep_older(folder: Path, path: Path, data: bytes) -> Path:
    """Keep what a file holds among the older files, and return its new path.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    path : Path
        The file in it that is to be replaced.
    data : bytes
        What it holds.
    """
    kept = free(folder / OLDER / path.relative_to(folder))
    write_file(kept, data, like=path)
    return kept


def free(path: Path) -> Path:
    """Return an unused path of this name."""
    numbers = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbers) if not os.path.lexists(one))
