"""The learner's work saved in one ZIP file."""

import contextlib
import os
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS, all_notebooks
from workbook.course.leftovers import COURSE_PAGE, is_left_behind, is_meaningless
from workbook.course.words import counted
from workbook.course.work_files import (
    LARGEST,
    MOST_BYTES,
    MOST_FILES,
    OLDER,
    WORK_FILE_MARK,
    unusable,
)
from workbook.learn.check.display import View, show_view
from workbook.learn.workspace.own_files import LabError, free
from workbook.learn.workspace.where import home_folder

_MADE_HERE = "it was saved before"


@dataclass(frozen=True)
class Saved:
    """What was saved.

    Attributes
    ----------
    path : Path
        The ZIP file.
    files : tuple of str
        What is in it, relative to the learner's folder.
    left_out : tuple of str
        What is not, each with the reason.
    """

    path: Path
    files: tuple[str, ...]
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was done."""
        notebooks = sum(name.endswith(".ipynb") for name in self.files)
        held = [counted(notebooks, "notebook")]
        if others := len(self.files) - notebooks:
            held.append(counted(others, "other file"))
        lines = [f"Saved {' and '.join(held)} in {self.path}"]
        if self.left_out:
            lines += ["Left out:", *(f"  {one}" for one in self.left_out)]
        return "\n".join(lines)


def save_work(file: str | Path | None = None) -> None:
    """Save your notebooks and the files beside them in one ZIP file.

    Parameters
    ----------
    file : str or Path, optional
        The ZIP file; if not given, a new one in the folder with all of your notebooks.
    """
    here = Path.cwd()
    done = saved(here, Path(file) if file else None, home_folder(here))
    later = f'On another computer, bring_work("{done.path.name}") brings it back.'
    show_view(View(f"{done}\n{later}", f"```\n{done}\n{later}\n```"))


def saved(here: Path, file: Path | None = None, beside: Path | None = None) -> Saved:
    """Save the learner's work in a new ZIP file.

    Parameters
    ----------
    here : Path
        The folder in which the learner is, or that with the notebooks.
    file : Path, optional
        The ZIP file, which must not exist.
    beside : Path, optional
        Where to make a file of a new name, if none is given: `here` by default.

    Raises
    ------
    LabError
        If there are no notebooks, there is too much, or the file cannot be written.
    """
    home = home_folder(here)
    if home is None:
        raise LabError(
            f"there are no notebooks of the course in {here.resolve()}: go to the folder that "
            "`workbook lab` made, or name it"
        )
    if file is None:
        file = free((beside or here) / f"my_work_{time.strftime('%Y-%m-%d')}.zip")
    elif os.path.lexists(file):
        raise LabError(f"there is already a file {file}: give another name")
    left_out: list[str] = []
    found = {path.relative_to(home).as_posix(): path for path in _work(home, left_out)}
    if len(found) > MOST_FILES or sum(path.stat().st_size for path in found.values()) > MOST_BYTES:
        raise LabError(
            f"there is too much in {home} to be saved in one file: more than "
            f"{MOST_BYTES >> 20} MiB, or {MOST_FILES:,} files. Move what is not part of your work "
            "to another folder"
        )
    _write(file, found)
    return Saved(file.resolve(), tuple(found), tuple(left_out))


def _work(home: Path, left_out: list[str]) -> Iterator[Path]:
    """Yield the files to be saved; note what is left out, with the reason."""
    together = not any((home / assignment).is_dir() for assignment in ASSIGNMENTS)
    for folder, folders, files in os.walk(home):
        # Somebody's folder of downloads, say, with the notebooks in it, holds much else.
        folders[:] = [] if together else sorted(one for one in folders if not _is_aside(one))
        for path in (Path(folder, name) for name in sorted(files) if not _is_aside(name)):
            if together and not _is_of_the_course(path):
                continue
            reason = _reason(path)
            if not reason:
                yield path
            elif reason != _MADE_HERE:
                left_out.append(f"{path.relative_to(home)}: {reason}")
    if together:
        left_out.append(
            f"other files in {home}: only notebooks of the course and modules (.py) are saved"
        )


def _is_aside(name: str) -> bool:
    """Tell whether a file or folder is hidden, or can be made again, or is an older copy."""
    return name.startswith(".") or is_left_behind(name) or name in (COURSE_PAGE, OLDER)


def _is_of_the_course(path: Path) -> bool:
    names = {one.notebook for one in all_notebooks()}
    is_module = path.suffix == ".py" or is_meaningless(path.name)
    return is_module or (path.suffix == ".ipynb" and path.stem in names)


def _reason(path: Path) -> str:
    """Return why a file is not saved; nothing if it is."""
    try:
        size = path.stat().st_size
        if not path.is_file() or not os.access(path, os.R_OK):
            return "it is not a file that can be read"
        if size > LARGEST:
            return f"it is larger than {LARGEST >> 20} MiB"
        if any(map(unusable, path.parts[-1:])):
            return "not every system can have a file of this name"
        return _MADE_HERE if _was_made_here(path, size) else ""
    except OSError as error:
        return f"it cannot be read ({error.strerror})"


def _was_made_here(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, size - len(WORK_FILE_MARK)))
        return file.read() == WORK_FILE_MARK


def _write(target: Path, files: dict[str, Path]) -> None:
    """Write the ZIP file whole: its name never stands for half of it."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        with zipfile.ZipFile(
            partial, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            archive.comment = WORK_FILE_MARK
            for name, path in files.items():
                archive.write(path, name)
        partial.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise LabError(f"{target} cannot be written: {error.strerror}") from error
