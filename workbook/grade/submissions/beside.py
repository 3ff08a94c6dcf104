"""The files that a student handed in beside a notebook: modules of their own, and data."""

import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path, PurePath

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.leftovers import is_left_behind
from workbook.course.words import listed
from workbook.grade.submissions.files import read_file, readable_size

#: Size of all files together that are handed over.
MAX_BYTES_BESIDE = 5 * 2**20

_MOST_FILES = 200
# What a path begins with that leads out of the notebook's folder, to a module.
_ABOVE = "../"
# A note names so many of what is left out.
_MOST_NAMED = 5
_DEEPEST = 5
_LONGEST_NAME = 200
# Entries of a folder that are looked at.
_MOST_ENTRIES = 2000

# What neither a student has written nor a notebook reads.
_LEFT_ALONE = {"timestamp.txt", "feedback"}
_ENDINGS = (".pyo", ".pth")
# A notebook that another one runs, in the text of its file. What comes before it ends with the next
# such command, so that no part of a line with thousands of them is looked at more than twice.
_RUN = re.compile(rb"%run\s(?:(?:(?!%run\s)[^\"'\n])*+[\"'])?((?:(?!%run\s)[^\"'\\\n])+\.ipynb)")
#: What a module beside a notebook cannot replace.
NOT_SHADOWED = {*sys.stdlib_module_names, "numpy", "workbook", "matplotlib", "IPython"}


@dataclass(frozen=True)
class Beside:
    """Files beside a notebook.

    Attributes
    ----------
    files : dict of str to bytes
        Their contents by their paths relative to the notebook's folder, with slashes.
    notes : tuple of str
        What was left out, and modules that will not be imported.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def digest(self) -> bytes:
        """Return a hash of all the files; empty if there are none."""
        if not self.files and not self.notes:
            return b""
        parts = [name.encode() + hashlib.sha256(data).digest() for name, data in self.files.items()]
        return hashlib.sha256(b"\0".join([*parts, *map(str.encode, self.notes)])).digest()


#: What is beside most notebooks.
NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class _File:
    name: str
    size: int


def files_beside(
    folder: Path | None, notebook: bytes = b"", modules: Collection[str] = ()
) -> Beside:
    """Return the files in a submission's folder and the folders in it.

    Of other notebooks only those count that this one runs. Links are not followed, and hidden files
    are left out. Modules come first, then the smallest files, as many as may be handed over.

    Parameters
    ----------
    folder : pathlib.Path or None
        The folder of a notebook that lies in one student's folder; None where others' files may be.
    notebook : bytes, optional
        The notebook's own file.
    modules : collection of str, optional
        Modules in other folders that go along, by their paths from there.
    """
    if folder is None:
        return NOTHING_BESIDE
    unseen: list[str] = []
    run = _run_by(notebook)
    found = (one for one in _found(folder, unseen) if _may_be_used(one.name, run))
    more = (_File(name, readable_size(folder / name)[0] or 0) for name in modules)
    beside = _handed_over(chain(found, more), lambda name, most: _read_short(folder / name, most))
    return replace(beside, notes=(*beside.notes, *unseen))


def files_among(members: dict[str, bytes | None], notebook: bytes = b"") -> Beside:
    """Return the files beside a notebook in an archive.

    Parameters
    ----------
    members : dict of str to (bytes or None)
        Contents of all files there, by their paths relative to the notebook's folder; None for one
        that is too large, or cannot be read. Modules from other folders go along.
    notebook : bytes, optional
        The notebook's own file.
    """
    run = _run_by(notebook)
    found = (
        _File(name, MAX_BYTES_BESIDE + 1 if data is None else len(data))
        for name, data in members.items()
        if (goes_along(name) or _is_above(name)) and _may_be_used(name, run)
    )
    beside = _handed_over(found, lambda name, most: _short(members[name], most))
    deep = (str(PurePath(name).parents[-_DEEPEST - 1]) for name in members if _is_too_deep(name))
    return replace(beside, notes=(*beside.notes, *_too_deep([*dict.fromkeys(deep)])))


def _short(data: bytes | None, most: int) -> bytes | None:
    return data if data is not None and len(data) <= most else None


def _handed_over(found: Iterable[_File], read: Callable[[str, int], bytes | None]) -> Beside:
    """Return as many of the files as may be handed over: modules first, then the smallest."""
    files: dict[str, bytes] = {}
    left_out: list[_File] = []
    left = MAX_BYTES_BESIDE
    for one in sorted(found, key=lambda one: (not one.name.endswith(".py"), one.size, one.name)):
        data = read(one.name, left) if len(files) < _MOST_FILES else None
        if data is None:
            left_out.append(one)
        else:
            files[one.name.rpartition("/")[2] if _is_above(one.name) else one.name] = data
            left -= len(data)
    return Beside(files, (*_too_large(left_out), *_shadowing(files)))


def _found(folder: Path, unseen: list[str]) -> Iterator[_File]:
    """Yield the files in a folder; add a note to ``unseen`` on those that are not looked at."""
    seen, deep = 0, list[str]()
    # It follows no link to a folder, and opens each one by its place in the one above.
    for root, folders, names, handle in os.fwalk(folder):
        inside = Path(root).relative_to(folder)
        folders[:] = sorted(name for name in folders if _is_wanted(name))
        if len(inside.parts) == _DEEPEST:
            if folders:
                deep.append(inside.as_posix())
            folders.clear()
        for name in sorted(names):
            seen += 1
            if seen > _MOST_ENTRIES:
                unseen.append(
                    f"there are more than {_MOST_ENTRIES} files beside the notebook: from "
                    f"{(inside / name).as_posix()} on, they could not be read when it was graded"
                )
                unseen += _too_deep(deep)
                return
            if _is_wanted(name):
                shown = (inside / name).as_posix()
                try:
                    status = os.stat(name, dir_fd=handle, follow_symlinks=False)
                except OSError:
                    # It cannot be read either, which a note says.
                    yield _File(shown, 0)
                    continue
                if stat.S_ISREG(status.st_mode):
                    yield _File(shown, status.st_size)
    unseen += _too_deep(deep)


def goes_along(name: str) -> bool:
    """Return whether a file is handed over, by its path relative to the notebook's folder."""
    return not _is_deep(name) and all(map(_is_wanted, name.split("/")))


def _is_above(name: str) -> bool:
    return name.startswith(_ABOVE)


def _is_deep(name: str) -> bool:
    return name.count("/") > _DEEPEST


def _is_too_deep(name: str) -> bool:
    """Return whether its depth is the only reason why a file is not handed over."""
    return _is_deep(name) and all(map(_is_wanted, name.split("/")))


def _too_deep(folders: list[str]) -> list[str]:
    """Return a note on folders below which nothing is read; none if there are none."""
    if not folders:
        return []
    return [
        f"files in the folders of {listed(folders, _MOST_NAMED)}, beside the notebook, could not "
        f"be read when it was graded: they may be at most {_DEEPEST} folders deep"
    ]


def _is_wanted(name: str) -> bool:
    return (
        not name.startswith(".")
        and name not in _LEFT_ALONE
        and not is_left_behind(name)
        and name not in ASSIGNMENTS
        and name.isprintable()
        and len(os.fsencode(name)) <= _LONGEST_NAME
    )


def _run_by(notebook: bytes) -> bytes:
    """Return the names of the notebooks that a notebook runs, with spaces between them."""
    # In quotes, a name may hold spaces.
    return b" ".join(_RUN.findall(notebook)).replace(b"/", b" ")


def is_run_by(name: str, notebooks: Iterable[bytes]) -> bool:
    """Return whether a file is a notebook that one of these notebooks runs, by its name."""
    return name.lower().endswith(".ipynb") and any(
        _may_be_used(name, _run_by(notebook)) for notebook in notebooks
    )


def _may_be_used(name: str, run: bytes) -> bool:
    """Return whether a file may be of use to a notebook, by its name."""
    if not name.lower().endswith(".ipynb"):
        return not name.lower().endswith(_ENDINGS)
    return b" " + os.fsencode(name.rpartition("/")[2]) + b" " in b" " + run + b" "


def _read_short(path: Path, most: int) -> bytes | None:
    """Return a file's content; None if it is longer, or cannot be read."""
    return _short(read_file(path, most + 1)[0], most)


def _too_large(left_out: list[_File]) -> list[str]:
    if not left_out:
        return []
    shown = [f"{one.name} ({one.size / 2**20:.1f} MiB)" for one in left_out]
    above = " or above it" if any(_is_above(one.name) for one in left_out) else ""
    return [
        f"of the files beside the notebook{above}, {listed(shown, _MOST_NAMED)} could not "
        f"be read when it was graded: together they may have {MAX_BYTES_BESIDE >> 20} MiB, and "
        f"there may be {_MOST_FILES}"
    ]


def _shadowing(files: dict[str, bytes]) -> list[str]:
    names = dict.fromkeys(name.partition("/")[0] for name in files if name.endswith(".py"))
    return [
        f"{name}, beside the notebook, has the name of a module of Python's or the course's; "
        f"`import {module}` gets that module, so give the file another name"
        for name in names
        if (module := name.removesuffix(".py")) in NOT_SHADOWED
    ]
