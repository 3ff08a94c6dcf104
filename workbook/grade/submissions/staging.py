"""Copy what students handed in to a folder of our own, as far as it is harmless.

nbgrader follows links, waits for pipes, and ends for everybody at a timestamp that it cannot read.
So it gets to see regular files only, limited in number and size, and no other timestamp than one
that it can read.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from workbook.grade.submissions.find import MAX_BYTES, read_file
from workbook.grade.submissions.timestamps import TIMESTAMP, read_timestamp

_MOST_FILES = 1000
_LONGEST_NAME = 200
# nbgrader copies what lies beside a notebook into the folder of its feedback.
_LIVE_PAGES = {".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".mjs", ".css"}
_DEEPEST = 20


def stage(submission: Path, target: Path) -> dict[Path, str]:
    """Copy the harmless files of a submission's folder.

    A notebook that cannot be read is there all the same, empty, so that nbgrader looks at it.

    Parameters
    ----------
    submission : pathlib.Path
        The folder of one student and one assignment.
    target : pathlib.Path
        The folder to make.

    Returns
    -------
    dict of pathlib.Path to str
        Each file that was left out, by its path in the new folder, with the reason.
    """
    target.mkdir(parents=True)
    problems = {}
    left = MAX_BYTES
    for number, path in enumerate(_files(submission, 0)):
        name = path.relative_to(submission)
        if name.parts[0] == TIMESTAMP and len(name.parts) > 1:
            continue
        size = _regular_size(path)
        if number >= _MOST_FILES:
            problems[target] = f"it holds more than {_MOST_FILES} files; the rest is left out"
            break
        if not str(name).isprintable() or len(os.fsencode(name)) > _LONGEST_NAME:
            problem = "a file has a name that is too long, or cannot be shown; it is left out"
        elif path.suffix.lower() in _LIVE_PAGES:
            problem = f"{name} could run a script in the feedback; it is left out"
        elif path.suffix == ".ipynb" and len(name.parts) == 1:
            # Whatever it is, it is looked at: what cannot be read gets a result that says so.
            data, problem = read_file(path)
            (target / name).write_bytes(data or b"")
        elif name == Path(TIMESTAMP):
            _, problem = read_timestamp(submission)
            if not problem:
                shutil.copyfile(path, target / name)
        elif size is None:
            problem = f"{name} is not a file that can be read; it is left out"
        elif size > left:
            problem = f"{name} is too large; it is left out"
        else:
            problem = ""
            left -= size
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name, follow_symlinks=False)
        if problem:
            problems[target / name] = problem
    return problems


def _files(folder: Path, depth: int) -> Iterator[Path]:
    """Yield what is in a folder and its folders, notebooks first; follow no link."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: (one.name[-6:] != ".ipynb", one.name))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST and not entry.name.endswith(".ipynb"):
                yield from _files(Path(entry.path), depth + 1)
            elif depth == 0:
                yield Path(entry.path)
        else:
            yield Path(entry.path)


def _regular_size(path: Path) -> int | None:
    """Return the size of a regular file that can be read, else None."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
        return None
    return found.st_size
