"""The learner's work brought from a ZIP file into a folder."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.course.exercises import Exercise, Page, all_notebooks
from workbook.course.leftovers import COURSE_PAGE, is_left_behind
from workbook.course.text import printable
from workbook.course.words import counted, noun
from workbook.course.work_files import LARGEST, MOST_BYTES, MOST_FILES, unusable
from workbook.course.zip_files import (
    DAMAGED,
    ZIP,
    ArchiveError,
    Budget,
    Member,
    damage,
    zip_members,
)
from workbook.learn.check.display import View, show_view
from workbook.learn.workspace.lab import released_file
from workbook.learn.workspace.own_files import LabError, content, keep_older, write_file
from workbook.learn.workspace.where import USUAL_FOLDER, home_folder

_Parts = tuple[str, ...]
_DEEPEST = 20


@dataclass(frozen=True)
class Brought:
    """What was brought.

    Attributes
    ----------
    folder : Path
        The learner's folder.
    files : tuple of str
        What was brought, relative to the folder, and where lies what was there before.
    same : int
        How many files were there already, or are notebooks in which nobody has written.
    left_out : tuple of str
        What was left out, each with the reason.
    """

    folder: Path
    files: tuple[str, ...]
    same: int
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was done."""
        head = f"Brought {counted(len(self.files), 'file')} into {self.folder.resolve()}"
        lines = [f"{head}:" if self.files else f"{head}."]
        lines += [f"  {one}" for one in self.files]
        if self.same:
            stay = noun(self.same, "stays as it is", "stay as they are")
            lines.append(
                f"{counted(self.same, 'file')} here {stay}: the ZIP file has the same, or a "
                "notebook in which nothing has been written."
            )
        if self.left_out:
            lines += ["Left out:", *(f"  {one}" for one in self.left_out)]
        return "\n".join(lines)


def bring_work(file: str | Path, folder: str | Path | None = None) -> None:
    """Bring your work from a ZIP file into your folder; what it replaces there is kept.

    Parameters
    ----------
    file : str or Path
        The ZIP file, as `save_work` makes it.
    folder : str or Path, optional
        The folder; if not given, the one with your notebooks, or else a new one.
    """
    said = str(brought(Path(file), Path(folder) if folder else None))
    show_view(View(said, f"```\n{said}\n```"))


def brought(file: Path, folder: Path | None = None) -> Brought:
    """Bring the work from a ZIP file into a folder.

    A file that is replaced is kept among the older ones, unless it is a notebook in which nobody
    has written. Such a notebook in the ZIP file replaces none.

    Parameters
    ----------
    file : Path
        The ZIP file.
    folder : Path, optional
        The learner's folder; if not given, the one that is here, or else a new one.

    Raises
    ------
    LabError
        If the ZIP file cannot be read as a whole, or holds no notebook of the course: then nothing
        is brought.
    """
    folder = folder or home_folder(Path()) or Path(USUAL_FOLDER)
    left_out: list[str] = []
    members = _members(file, left_out)
    start = _start(file, members)
    files, same = [], 0
    for parts, data in members.items():
        name = _place(parts, start)
        try:
            done = _put(folder, name, data)
        except LabError as error:
            left_out.append(f"{name}: {error}")
            continue
        same += done is None
        if done is not None:
            files.append(f"{name}{done}")
    return Brought(folder, tuple(files), same, tuple(left_out))


def _members(file: Path, left_out: list[str]) -> dict[_Parts, bytes]:
    """Return the files in a ZIP file by the parts of their names; note what is left out."""
    try:
        opened = file.open("rb")
    except OSError as error:
        raise LabError(f"{file} cannot be read: {error.strerror}") from error
    with opened:
        if not opened.read(4).startswith(ZIP):
            raise LabError(f"{file} is not a ZIP file such as `workbook save` makes")
        opened.seek(0)
        try:
            return _read_members(zip_members(opened, Budget(MOST_BYTES)), left_out)
        except ArchiveError as error:
            raise LabError(f"nothing was brought from {file}: {error}") from error
        except DAMAGED as error:
            raise LabError(f"nothing was brought from {file}: {damage(error)}") from error


def _read_members(members: Iterable[Member], left_out: list[str]) -> dict[_Parts, bytes]:
    found: dict[_Parts, bytes] = {}
    for member in members:
        parts = tuple(member.name.split("/"))
        if any(is_left_behind(one) or one == COURSE_PAGE for one in parts):
            continue
        if len(found) + len(left_out) == MOST_FILES:
            raise ArchiveError(f"it holds more than {MOST_FILES:,} files")
        problem, data = member.problem or _problem(parts), b""
        if not problem:
            data = member.read(LARGEST + 1)
            problem = f"is larger than {LARGEST >> 20} MiB" if len(data) > LARGEST else ""
        if problem:
            left_out.append(f"{printable(member.name)} {problem}")
        else:
            found[parts] = data
    return found


def _problem(parts: _Parts) -> str:
    """Return why a file of this path is not brought; nothing if it is."""
    if any(map(unusable, parts)):
        return "has a name that not every system can have"
    if any(one.startswith(".") for one in parts):
        return "is hidden"
    return "is in too many folders" if len(parts) > _DEEPEST else ""


def _start(file: Path, members: Iterable[_Parts]) -> _Parts:
    """Return the path in the ZIP file that is the learner's folder."""
    starts = []
    for parts in members:
        notebook = _notebooks().get(parts[-1])
        if notebook is not None:
            in_assignment = parts[-2:-1] == (notebook.assignment,)
            starts.append(parts[: -2 if in_assignment else -1])
    if not starts:
        raise LabError(f"nothing was brought from {file}: it holds no notebook of the course")
    return min(starts, key=len)


def _notebooks() -> dict[str, Exercise | Page]:
    """Return the course's notebooks by the names of their files."""
    return {f"{one.notebook}.ipynb": one for one in all_notebooks()}


def _place(parts: _Parts, start: _Parts) -> str:
    """Return where a file has its place in the learner's folder."""
    rest = parts[len(start) :] if parts[: len(start)] == start else parts
    notebook = _notebooks().get(rest[0]) if len(rest) == 1 else None
    return notebook.notebook_path if notebook else "/".join(rest)


def _put(folder: Path, name: str, data: bytes) -> str | None:
    """Put a file in its place, and say where the replaced one is kept; None if that one stays.

    Raises
    ------
    LabError
        If the file cannot be written, or the one that is there cannot be read.
    """
    path, notebook = folder / name, _notebooks().get(name.rpartition("/")[2])
    if not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
        raise LabError(
            "a link there leads out of the folder; to bring it, replace the link by a folder"
        )
    before = content(path)
    fresh = released_file(notebook) if notebook and notebook.notebook_path == name else None
    if before is not None and data in (before, fresh):
        return None
    kept = keep_older(folder, path, before) if before is not None and before != fresh else None
    write_file(path, data, like=path if before is not None else None)
    return f" (the one that was here is now in {kept.relative_to(folder)})" if kept else ""
