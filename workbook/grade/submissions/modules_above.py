"""Modules of a student's in the folders above a notebook, or in those of other assignments.

A notebook reaches them by ``sys.path.append("..")``. They go along as if they lay beside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from workbook.course.exercises import ASSIGNMENTS
from workbook.grade.submissions.beside import MAX_BYTES_BESIDE, NOT_SHADOWED, Beside, read_short

# What lets a notebook import from another folder, and its imports, in the text of its file.
_REACHES = re.compile(rb"sys\.path|chdir|%cd\b|PYTHONPATH")
_IMPORTS = re.compile(rb"(?:[\";]|\\n)[ \t]*(?:from|import)[ \t]+([\w., ]+)")


def may_reach_above(notebook: bytes) -> bool:
    """Tell whether a notebook may import from another folder, from its file."""
    return _REACHES.search(notebook) is not None


def above(folder: str, names: Collection[str], notebook: bytes) -> dict[str, str]:
    """Return which modules a notebook imports from other folders of the student's.

    Parameters
    ----------
    folder : str
        The notebook's folder, in the student's.
    names : collection of str
        Files of the student's, by their paths in that folder.
    notebook : bytes
        The notebook's own file.

    Returns
    -------
    dict of str to str
        Their paths, by their names.
    """
    if not may_reach_above(notebook):
        return {}
    said = b" ".join(_IMPORTS.findall(notebook)).decode("ascii", "ignore")
    imported = {*re.findall(r"\w+", said)} - NOT_SHADOWED
    homes = {str(home) for home in _homes(folder)}
    found: dict[str, str] = {}
    for path in map(PurePosixPath, names):
        is_meant = path.suffix == ".py" and path.stem in imported
        if is_meant and str(path.parent) in homes:
            found.setdefault(path.name, str(path))
    return found


def _homes(folder: str) -> Iterator[PurePosixPath]:
    """Yield the folders above one, and those of other assignments there."""
    own = PurePosixPath(folder)
    for top in own.parents:
        yield top
        yield from (top / name for name in ASSIGNMENTS if top / name != own)


def with_modules_above(beside: Beside, home: Path, student: str, notebook: bytes) -> Beside:
    """Add to the files beside a notebook the modules that it imports from above.

    Parameters
    ----------
    beside : Beside
        The files in its folder.
    home : pathlib.Path
        Its folder.
    student : str
        Name of the student; nothing is looked for but in the folder of that name.
    notebook : bytes
        The notebook's own file.
    """
    root = next((one for one in home.parents if one.name == student), None)
    if root is None or not may_reach_above(notebook):
        return beside
    folder = home.relative_to(root).as_posix()
    # A link may lead to the folder of another student.
    folders = [path for one in _homes(folder) if not (path := root / one).is_symlink()]
    names = [file.relative_to(root).as_posix() for one in folders for file in one.glob("*.py")]
    found = {
        name: read_short(root / path, MAX_BYTES_BESIDE)
        for name, path in above(folder, sorted(names), notebook).items()
    }
    return with_more(beside, found)


def with_more(beside: Beside, modules: Mapping[str, bytes | None]) -> Beside:
    """Add modules to the files beside a notebook, as far as there is room and none of the name."""
    files = dict(beside.files)
    for name, data in modules.items():
        left = MAX_BYTES_BESIDE - sum(map(len, files.values()))
        if data is not None and len(data) <= left:
            files.setdefault(name, data)
    return replace(beside, files=files)
