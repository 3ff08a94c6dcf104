"""Outcomes of earlier checks, found again by a hash of all that they depend on."""

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable
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
#: Of a larger file, only size and time are looked at.
_LARGE = 2**20
# An answer counts that stands in a cell of text.
_DEFINES = re.compile(r"\b(?:def|class|lambda)\b")
#: Rooms of the program whose code decides on an outcome.
_ROOMS = ("course", "diagnosis", "learn")


class KnownResults:
    """Outcomes of checks in a file of the user's, which may be missing, damaged or read-only.

    Parameters
    ----------
    file : Path, optional
        The file; in the user's folder for such files if not given.
    contents : Contents, optional
        What files hold.
    """

    def __init__(self, file: Path | None = None, contents: "Contents | None" = None) -> None:
        self._file = file or _users_folder() / "backprop-workbook" / "checks.json"
        self._contents = contents or Contents()
        self._changed = False

    @cached_property
    def _known(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def get(self, key: str) -> Checked | None:
        """Return the outcome that was stored under a key, or None.

        It holds no longer where a file has changed that the check has looked at.
        """
        found = self._known.pop(key, None)
        try:
            files = found["looked_at"]
            checked = Checked(**{**found, "looked_at": list(files)})
            is_same = all(self._contents.state(one) == files[one] for one in files)
        except (TypeError, LookupError):
            return None
        types = {name: type(value) for name, value in asdict(checked).items()}
        if types != _TYPES or not is_same:
            return None
        # The end is for what was used last.
        self._known[key] = found
        return checked

    def put(self, key: str, checked: Checked, began: float | None = None) -> None:
        """Store an outcome, if it would be the same the next time.

        Parameters
        ----------
        key : str
            What `Contents.key` returned before the check.
        checked : Checked
            The outcome.
        began : float, optional
            When the check began, in seconds since the epoch. A file that was saved after that may
            not be the one that the check looked at, and the outcome is not stored.
        """
        if began is not None and any(_saved_since(one, began) for one in checked.looked_at):
            return
        if checked.kind in ("card", "refused"):
            files = {one: self._contents.state(one) for one in checked.looked_at}
            self._known[key] = {**asdict(checked), "looked_at": files}
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
        self._beside = cache(_names_in)

    def key(self, path: Path, name: str) -> str:
        """Return a key for a function of a notebook.

        It changes with the code of the notebook, with that of the course's notebooks that it
        imports from, directly or not, with the names of other files in their folders, with
        stand-ins, with what is installed, and with the program.

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
        return _digest([_program(), *_installed(), name, path.name, *parts.values()])

    def state(self, path: str) -> str:
        """Return a text that changes with what a file or a folder holds.

        Parameters
        ----------
        path : str
            Its path.
        """
        if path.endswith(".ipynb"):
            return self._notebook(Path(path))[0]
        return _names_in(Path(path)) if os.path.isdir(path) else _file(path)


def _notebook(path: Path) -> tuple[str, list[str]]:
    """Return a digest of a notebook's code, and the earlier functions that it may import."""
    try:
        data = read_whole(path)
        text = data.decode(json.detect_encoding(data))
    except (OSError, UnicodeDecodeError):
        return "unreadable", []
    try:
        # Neither what the cells have shown nor the lesson's text decides.
        cells = [(cell, "".join(cell["source"])) for cell in json.loads(text)["cells"]]
        code = [
            [source, cell.get("metadata", {}).get("nbgrader")]
            for cell, source in cells
            if cell["cell_type"] == "code" or _DEFINES.search(source)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _digest([text]), []
    words = {
        word for source, _ in code if "earlier" in source for word in re.findall(r"\w+", source)
    }
    return _digest([json.dumps(code)]), [name for name in FUNCTIONS if name in words]


def _names_in(folder: Path) -> str:
    """Return a digest of the names in a folder: what is not there cannot be imported or read."""
    with contextlib.suppress(OSError):
        names = [one.name for one in folder.iterdir() if one.suffix != ".ipynb"]
        return _digest(sorted(one for one in names if not one.startswith((".", "__pycache__"))))
    return "unreadable"


def _saved_since(path: str, time: float) -> bool:
    try:
        return os.path.isfile(path) and os.path.getmtime(path) >= time
    except OSError:
        return True


def _file(path: str) -> str:
    try:
        status = os.stat(path)
        # Whoever opens a pipe may wait for ever.
        if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGE:
            return hashlib.sha256(Path(path).read_bytes()).hexdigest()
        return f"{status.st_size} {status.st_mtime_ns}"
    except OSError:
        return "unreadable"


def _installed() -> list[str]:
    """Return a text for each folder of packages, which changes when one is installed there."""
    folders = {one for one in sys.path if one.endswith(("site-packages", "dist-packages"))}
    folders.update(filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)))
    return [f"{one} {_changed(one)}" for one in sorted(folders)]


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


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
