"""Harmless copies of submissions for nbgrader.

nbgrader follows links, waits for pipes, and stops the whole class at a timestamp that it cannot
read. So it gets a copy with regular files only, limited in number and size, and with a timestamp
only if that can be read.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from workbook.grade.submissions.find import MAX_BYTES, read_file, readable_size
from workbook.grade.submissions.timestamps import TIMESTAMP, read_timestamp

_MOST_FILES = 1000
_LONGEST_NAME = 200
# nbgrader copies what lies beside a notebook into the folder of its feedback.
_LIVE_PAGES = {".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".mjs", ".css"}
_DEEPEST = 20


def stage(submission: Path, target: Path) -> dict[Path, str]:
    """Copy the harmless files of a submission's folder.

    A notebook that cannot be read becomes an empty file, so that nbgrader still grades it.

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
        size, problem = readable_size(path)
        if number >= _MOST_FILES:
            problems[target] = f"it holds more than {_MOST_FILES} files; the rest is left out"
            break
        if not str(name).isprintable() or len(os.fsencode(name)) > _LONGEST_NAME:
            problem = "a file has a name that is too long, or cannot be shown; it is left out"
        elif path.suffix.lower() in _LIVE_PAGES:
            problem = f"{name} could run a script in the feedback; it is left out"
        elif path.suffix == ".ipynb" and len(name.parts) == 1:
            # An empty file stands for one that cannot be read: its result gives the reason.
            data, problem = read_file(path)
            (target / name).write_bytes(data or b"")
        elif name == Path(TIMESTAMP):
            _, problem = read_timestamp(submission)
            if not problem:
                shutil.copyfile(path, target / name)
        elif size is None:
            # Without a reason the file has disappeared in the meantime.
            problem = problem and f"{problem}; it is left out"
        elif size > left:
            problem = f"{name} is too large; it is left out"
        else:
            left -= size
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name, follow_symlinks=False)
        if problem:
            problems[target / name] = problem
    return problems


def _files(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the files in a folder and its folders, notebooks first; follow no link."""
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
