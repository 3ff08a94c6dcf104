"""Outcomes of earlier checks, found again by a hash of all that they depend on."""

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from workbook.course.data_folder import data_folder
from workbook.course.exercises import FUNCTIONS
from workbook.learn.finding import find_notebook
from workbook.learn.reference.at_hand import reference_text
from workbook.learn.reference.stand_ins import standing_in
from workbook.learn.whole_file import read_whole, write_whole
from workbook.learn.workspace.check_process import Checked

# A learner has 16 notebooks with 38 functions; a few hundred versions of them do no harm.
_MOST = 1000
#: No module that a learner writes is larger.
_LARGE = 2**20
#: Rooms of the program whose code decides on an outcome.
_ROOMS = ("course", "diagnosis", "learn")


class KnownResults:
    """Outcomes of checks in a file of the user's, which may be missing, damaged or read-only.

    Parameters
    ----------
    file : Path, optional
        The file; in the user's folder for such files if not given.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or _users_folder() / "backprop-workbook" / "checks.json"
        self._changed = False

    @cached_property
    def _known(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def get(self, key: str) -> Checked | None:
        """Return the outcome that was stored under a key, or None."""
        found = self._known.pop(key, None)
        try:
            checked = Checked(**found)
        except TypeError:
            return None
        types = {name: type(value) for name, value in asdict(checked).items()}
        if types != _TYPES:
            return None
        # The end is for what was used last.
        self._known[key] = found
        return checked

    def put(self, key: str, checked: Checked) -> None:
        """Store an outcome, if it would be the same the next time."""
        if checked.kind in ("card", "refused"):
            self._known[key] = asdict(checked)
            self._changed = True

    def save(self) -> None:
        """Write the file, if there is anything new; nothing happens where that is not possible."""
        if not self._changed:
            return
        kept = dict(list(self._known.items())[-_MOST:])
        with contextlib.suppress(OSError):
            write_whole(self._file, json.dumps(kept).encode(), mode=0o600)


_TYPES = {name: type(value) for name, value in asdict(Checked(True, "", "")).items()}


def _users_folder() -> Path:
    """Return the user's folder for files that can be made again: the cache."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named or os.path.expanduser("~/.cache"))


class Contents:
    """Keys for the outcomes of checks, from what the files hold at this time."""

    def __init__(self) -> None:
        # Each file is read once, however many notebooks depend on it.
        self._notebook = cache(_notebook)
        self._beside = cache(_beside)

    def key(self, path: Path, name: str) -> str:
        """Return a key for a function of a notebook.

        It changes with the code of the notebook, with that of the course's notebooks that it
        imports from, directly or not, with other files in their folders, with stand-ins, and with
        the program.

        Parameters
        ----------
        path : Path
            The notebook.
        name : str
            Name of the function.
        """
        waiting, parts = [path], dict[Path, str]()
        while waiting:
            one = waiting.pop()
            if one not in parts:
                code, imported = self._notebook(one)
                homes = [find_notebook(FUNCTIONS[name], one.parent) for name in imported]
                lent = [name for name in standing_in(one.parent) if name in imported]
                lent += [reference_text(name, one.parent) or "" for name in lent]
                # That a notebook is not there decides as well.
                parts[one] = _digest([code, self._beside(one.parent), *map(str, homes), *lent])
                waiting += [home for home in homes if home is not None]
        return _digest([_program(), name, path.name, *parts.values()])


def _notebook(path: Path) -> tuple[str, list[str]]:
    """Return a digest of a notebook's code, and the earlier functions that it may import."""
    try:
        text = read_whole(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return "unreadable", []
    try:
        # Neither what the cells have shown nor the lesson's text decides.
        code = [
            ["".join(cell["source"]), cell.get("metadata", {}).get("nbgrader")]
            for cell in json.loads(text)["cells"]
            if cell["cell_type"] == "code"
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _digest([text]), []
    words = {
        word for source, _ in code if "earlier" in source for word in re.findall(r"\w+", source)
    }
    return _digest([json.dumps(code)]), [name for name in FUNCTIONS if name in words]


def _beside(folder: Path) -> str:
    """Return a digest of the other files of a folder, which a notebook may import or read."""
    return _digest(_files_in(folder))


def _files_in(folder: Path) -> Iterator[str]:
    """Yield a text for each file: of modules and packages their contents, else size and time."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.suffix == ".ipynb":
                continue
            for module in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                yield _file(module)


def _file(path: Path) -> str:
    try:
        status = path.stat()
        # Whoever opens a pipe may wait for ever.
        is_file = stat.S_ISREG(status.st_mode)
        if path.suffix == ".py" and is_file and status.st_size <= _LARGE:
            return f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        return f"{path} {status.st_size} {status.st_mtime_ns}"
    except OSError:
        return f"{path} unreadable"


@cache
def _program() -> str:
    """Return a digest of all that decides besides a learner's files."""
    root = Path(__file__).resolve().parents[2]
    files = [*data_folder().glob("*.json")]
    for room in _ROOMS:
        files += (root / room).rglob("*.py")
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)]
    return _digest([sys.version, *map(_version, ("backprop-workbook", "numpy")), *contents])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that is not installed
        return ""


def _digest(parts: Iterable[str]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return found.hexdigest()
