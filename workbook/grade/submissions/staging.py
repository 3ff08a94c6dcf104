"""Harmless copies of submissions for nbgrader.

nbgrader follows links, waits for pipes, and stops the whole class at a timestamp that it cannot
read. So it gets a copy with regular files only, limited in number and size, and with a timestamp
only if that can be read.
"""

import mimetypes
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from workbook.course.leftovers import is_meaningless
from workbook.grade.submissions.decode import InvalidSubmissionError, shorten_file
from workbook.grade.submissions.files import read_file, readable_size
from workbook.grade.submissions.submitted import Submitted
from workbook.grade.submissions.timestamps import TIMESTAMP, read_timestamp

_MOST_FILES = 1000
# An assignment of nbgrader's may come with many pictures.
_MOST_OF_ANOTHER = 10_000
_MOST_BYTES = 256 * 2**20
_LONGEST_NAME = 200
# What browsers run scripts in, or take for a part of a page, by the types that servers send.
_LIVE = re.compile(r"\w+/(html|css|xml|(x-)?(java|ecma)script)|.*\+xml|(multipart|message)/.*")
# The system's table of types may lack some.
_LIVE_PAGES = {".html", ".htm", ".shtml", ".xhtml", ".xht", ".xhtm", ".svg", ".svgz", ".xml",
               ".xsl", ".xslt", ".js", ".mjs", ".css", ".mht", ".mhtml"}  # fmt: skip
_DEEPEST = 20


def stage(found: Iterable[Submitted], submission: Path, target: Path) -> dict[Path, str]:
    """Write the notebooks that count under the names that nbgrader knows, and what lies beside.

    A notebook that cannot be read becomes an empty file, so that nbgrader still grades it.

    Parameters
    ----------
    found : iterable of Submitted
        What was found of one student and one assignment.
    submission : pathlib.Path
        The folder of the student's assignment, if there is one: its other files are copied.
    target : pathlib.Path
        The folder to make.

    Returns
    -------
    dict of pathlib.Path to str
        Each file that was left out, by its path in the new folder, with the reason.
    """
    target.mkdir(parents=True)
    problems = {} if submission.is_symlink() else _copy_others(submission, target)
    for one in found:
        if not one.is_missing:
            data, problem, _ = one.place.read() if one.place else (None, one.problem, [])
            path = target / f"{one.exercise.notebook}.ipynb"
            path.write_bytes(data or b"")
            if problem:
                problems[path] = problem
        if one.folder is not None and not (target / TIMESTAMP).exists():
            timestamp, problem = read_timestamp(one.folder)
            if timestamp is not None:
                shutil.copyfile(one.folder / TIMESTAMP, target / TIMESTAMP)
            elif problem:
                problems[target / TIMESTAMP] = problem
    return problems


def stage_as_it_is(submission: Path, target: Path) -> dict[Path, str]:
    """Copy the harmless files of a submission that nbgrader itself grades; see `stage`."""
    target.mkdir(parents=True)
    timestamp, problem = read_timestamp(submission)
    if timestamp is not None:
        shutil.copyfile(submission / TIMESTAMP, target / TIMESTAMP)
    problems = {target / TIMESTAMP: problem} if problem else {}
    # What is graded comes before all that may be too much.
    first = [one for one in sorted(submission.glob("*.ipynb")) if not is_meaningless(one.name)]
    found, known = _files(submission, 0, notebooks=True), set(first)
    files = chain(first, (path for path in found if path not in known))
    return problems | _copy(files, submission, target, _MOST_OF_ANOTHER)


def _copy_others(submission: Path, target: Path) -> dict[Path, str]:
    """Copy the harmless files of a submission's folder that are no notebooks."""
    return _copy(_files(submission, 0, notebooks=False), submission, target, _MOST_FILES)


def _copy(
    files: Iterable[Path], submission: Path, target: Path, most_files: int
) -> dict[Path, str]:
    problems = {}
    left = _MOST_BYTES
    for number, path in enumerate(files):
        name = path.relative_to(submission)
        if number >= most_files:
            problems[target] = f"it holds more than {most_files} files; the rest is left out"
            break
        size, problem = readable_size(path)
        if not str(name).isprintable() or len(os.fsencode(name)) > _LONGEST_NAME:
            problem = "a file has a name that is too long, or cannot be shown; it is left out"
        elif is_live(path.name):
            problem = f"{name} could run a script in the feedback; it is left out"
        elif size is None:
            # Without a reason the file has disappeared in the meantime.
            problem = problem and f"{problem}; it is left out"
        elif size > left:
            problem = f"{name} is too large; it is left out"
        else:
            left -= size
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            problem = _copy_file(path, target / name)
        if problem:
            problems[target / name] = problem
    return problems


def _copy_file(path: Path, target: Path) -> str:
    """Copy a file; return why it is left out, if it is a notebook that nobody has written."""
    if path.suffix.lower() != ".ipynb":
        shutil.copyfile(path, target, follow_symlinks=False)
        return ""
    try:
        # To parse a hundred megabytes of brackets takes nbgrader minutes, and gigabytes of memory.
        target.write_bytes(shorten_file(read_file(path)[0] or b"")[0])
        return ""
    except InvalidSubmissionError as error:
        return f"{path.name}: {error}; it is left out"


def is_live(name: str) -> bool:
    """Tell whether a file of this name may run a script where a browser is shown it.

    nbgrader copies what lies beside a notebook into the folder of its feedback, and the formgrader
    sends it to the instructor's browser, with the type that Python knows for its name.
    """
    kind, _ = mimetypes.guess_type(name.lower())
    return Path(name).suffix.lower() in _LIVE_PAGES or bool(kind and _LIVE.fullmatch(kind))


def _files(folder: Path, depth: int, notebooks: bool) -> Iterator[Path]:
    """Yield the files in a folder and its folders; follow no link."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return
    for entry in entries:
        if depth == 0 and entry.name == TIMESTAMP:
            # A folder of this name would stop nbgrader.
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST and not is_meaningless(entry.name):
                yield from _files(Path(entry.path), depth + 1, notebooks)
        elif not (is_meaningless(entry.name) or (".ipynb" in entry.name.lower() and not notebooks)):
            yield Path(entry.path)
