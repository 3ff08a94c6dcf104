"""Submissions that are as they were released: found by names alone, without parsing a file.

Most are, and a class may have thousands of them.
"""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, Exercise, is_page, of_assignment
from workbook.course.leftovers import is_meaningless
from workbook.course.zip_files import MAX_FILE_BYTES
from workbook.grade.submissions.archives import is_archive
from workbook.grade.submissions.identify import exercise_named
from workbook.grade.submissions.timestamps import TIMESTAMP

# What may lie beside a notebook and cannot be one.
_OTHER_FILES = {
    ".py", ".csv", ".tsv", ".png", ".jpg", ".jpeg", ".gif", ".npy", ".npz", ".h5", ".pkl", ".xlsx",
}  # fmt: skip
# The part of a file in which the cells for its answers are looked for.
_BEGINNING = 2**20
_HEAD = 512
# A line of code that imports the course, in the text of a notebook's file.
_IMPORTS = re.compile(rb'(?:"|\\n)[ \t]*(?:from|import)[ \t]+workbook\b')


@dataclass
class Released:
    """An assignment's folder in which everything is as it was released.

    Attributes
    ----------
    notebooks : dict of str to pathlib.Path
        The notebooks that are there, by their exercises.
    alone : bool
        Whether nothing else is there.
    """

    notebooks: dict[str, Path]
    alone: bool = True


def as_released(student: Path, others: tuple[str, ...]) -> dict[str, Released] | None:
    """Return a student's notebooks by assignment, or None if anything competes.

    Parameters
    ----------
    student : pathlib.Path
        The student's folder.
    others : tuple of str
        Names of assignments that are left to nbgrader.
    """
    try:
        return _as_released(student, others)
    except OSError:
        # A folder cannot be read: it will be named.
        return None


def _as_released(student: Path, others: tuple[str, ...]) -> dict[str, Released] | None:
    found: dict[str, Released] = {}
    with os.scandir(student) as entries:
        for entry in entries:
            if is_meaningless(entry.name):
                continue
            if not entry.is_dir(follow_symlinks=False):
                return None
            if entry.name in others:
                if _holds_ours(Path(entry.path)):
                    return None
                continue
            notebooks = _notebooks_only(entry) if entry.name in ASSIGNMENTS else None
            if notebooks is None:
                return None
            found[entry.name] = notebooks
    return found


def _notebooks_only(folder: os.DirEntry[str]) -> Released | None:
    """Return an assignment's notebooks, or None if anything competes."""
    own = {f"{one.notebook}.ipynb": one for one in of_assignment(folder.name)}
    held = Released({})
    beginnings, beside = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            exercise = own.pop(entry.name, None)
            if exercise is not None:
                data = _beginning(entry.path)
                if is_archive(data[:_HEAD]) or not _names(exercise, data):
                    return None
                held.notebooks[exercise.name] = Path(entry.path)
                beginnings.append(data)
            elif not _means_nothing(entry):
                return None
            elif entry.name != TIMESTAMP:
                held.alone = False
                beside.append(entry.name)
    # One that is missing may be in the file of another, or saved in another format.
    missing = own.values()
    is_named = missing and any(exercise_named(name) in missing for name in beside)
    if is_named or (beside and not held.notebooks):
        return None
    return None if any(_names(one, data) for one in missing for data in beginnings) else held


def _beginning(path: str) -> bytes:
    """Return what a file begins with; nothing if it is not an ordinary file, or cannot be read."""
    try:
        # In a third of the time of `read_file`: this is done for every notebook of a class.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        found = os.fstat(handle)
        is_file = stat.S_ISREG(found.st_mode) and found.st_size <= MAX_FILE_BYTES
        return os.read(handle, min(found.st_size, _BEGINNING)) if is_file else b""
    except OSError:
        return b""
    finally:
        os.close(handle)


def _means_nothing(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file beside a notebook cannot be a notebook itself."""
    if not entry.is_file(follow_symlinks=False):
        return is_meaningless(entry.name)
    suffix = os.path.splitext(entry.name)[1].lower()
    is_other = suffix in _OTHER_FILES or entry.name == TIMESTAMP or is_page(entry.name)
    return is_other or is_meaningless(entry.name)


def _names(exercise: Exercise, data: bytes) -> bool:
    """Tell whether one of an exercise's cells for an answer seems to be in a file."""
    return any(f'"{name}"'.encode() in data for name in exercise.functions)


def _holds_ours(folder: Path) -> bool:
    """Tell whether a notebook of this course seems to lie in the folder of another assignment."""
    return any(is_ours(_beginning(str(path))) for path in folder.glob("*.ipynb"))


def is_ours(data: bytes) -> bool:
    """Tell whether a cell for an answer of this course seems to be in a file.

    A notebook of another course may have a cell of the same name, but does not import from here,
    nor has it the locked cell that does.
    """
    if b'"grade_id"' not in data:
        return False
    imports = _IMPORTS.search(data) is not None
    return any(
        _names(one, data) and (imports or f'"{one.name}-setup"'.encode() in data)
        for one in NOTEBOOKS
    )
