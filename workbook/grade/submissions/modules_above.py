"""Modules of a student's in the folders above a notebook, or in those of other assignments.

A notebook reaches them by ``sys.path.append("..")``. They go along as if they lay beside it.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import PathFinder
from itertools import islice
from pathlib import Path, PurePosixPath

from workbook.course.exercises import ASSIGNMENTS
from workbook.grade.submissions.beside import NOT_SHADOWED

# What lets a notebook import from another folder: each is found faster than all of them at once.
_REACHES = tuple(map(re.compile, (rb"sys\.path", rb"chdir", rb"%cd\b", rb"PYTHONPATH")))
# Its imports, in the text of its file, in which a tab is two signs.
_IMPORTS = re.compile(rb"(?:[\";:]|\\n)(?: |\\t)*(?:from|import)(?: |\\t)+([\w., ]+)")
_AT_THE_FRONT = re.compile(rb"\binsert\(\s*0")
# Far more names than a notebook imports, and folders in which it lies: each name is looked for in
# each of them, and in those of other assignments there.
_MOST_IMPORTS, _MOST_ABOVE = 200, 10


def may_reach_above(notebook: bytes) -> bool:
    """Tell whether a notebook may import from another folder, from its file."""
    return any(one.search(notebook) for one in _REACHES)


def above(folder: str, is_there: Callable[[str], bool], notebook: bytes) -> list[str]:
    """Return which modules a notebook imports from other folders of the student's.

    Parameters
    ----------
    folder : str
        The notebook's folder, in the student's.
    is_there : callable
        Tells whether there is a file, by its path in the student's folder.
    notebook : bytes
        The notebook's own file.

    Returns
    -------
    list of str
        Their paths in the student's folder, at most one of a name: the nearest.
    """
    if not may_reach_above(notebook):
        return []
    names = _imported(notebook)
    found: dict[str, str] = {}
    for home in map(str, _homes(PurePosixPath(folder))):
        start = "" if home == "." else f"{home}/"
        for name in names:
            if name not in found and is_there(path := f"{start}{name}.py"):
                found[name] = path
    # What is appended to the path comes behind what is installed.
    is_first = _AT_THE_FRONT.search(notebook) is not None
    return [
        path
        for name, path in found.items()
        if str(PurePosixPath(path).parent) != folder and (is_first or not _is_installed(name))
    ]


def _imported(notebook: bytes) -> list[str]:
    words = (word for one in _IMPORTS.finditer(notebook) for word in re.findall(rb"\w+", one[1]))
    names = dict.fromkeys(islice(words, 10 * _MOST_IMPORTS))
    return [name for one in names if (name := one.decode("ascii")) not in NOT_SHADOWED][
        :_MOST_IMPORTS
    ]


def _homes(own: PurePosixPath) -> Iterator[PurePosixPath]:
    """Yield a folder, those above it, and then those of other assignments there."""
    tops = own.parents[:_MOST_ABOVE]
    yield own
    yield from tops
    yield from (top / name for top in tops for name in ASSIGNMENTS if top / name != own)


def _is_installed(name: str) -> bool:
    """Tell whether a package or a module is installed here; what lies about here does not count."""
    folders = [one for one in sys.path if Path(one).name in ("site-packages", "dist-packages")]
    spec = PathFinder.find_spec(name, folders)
    # A folder without a module of its own comes last wherever it is.
    return spec is not None and spec.origin is not None


def above_on_disk(home: Path, student: str, notebook: bytes) -> list[str]:
    """Return which modules a notebook imports from other folders, by their paths from its own.

    Parameters
    ----------
    home : pathlib.Path
        Its folder.
    student : str
        Name of the student; nothing is looked for but in the folder of that name.
    notebook : bytes
        The notebook's own file.
    """
    root = next((one for one in (home, *home.parents) if one.name == student), None)
    if root is None:
        return []
    found = above(home.relative_to(root).as_posix(), lambda path: _is_file(root / path), notebook)
    return [os.path.relpath(root / path, home) for path in found]


def _is_file(path: Path) -> bool:
    try:
        is_file = stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
    # A link may lead to the folder of another student.
    return is_file and not path.parent.is_symlink()
