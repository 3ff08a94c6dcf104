"""`workbook check --watch`: check a notebook each time it is saved."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from workbook.course.exercises import is_page
from workbook.course.words import counted
from workbook.learn.workspace.check_process import Checker

#: Time between two looks at the files.
POLL_SECONDS = 0.1
#: Time limit of one notebook's check.
CHECK_SECONDS = 10.0

_WHAT_TO_DO = "Save one to check it; Ctrl+C ends this."

# What tells one saved version of a file from another.
_Stamp = tuple[int, int, int]


def notebooks_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the notebooks that are named, and those in a folder and in the folders in it.

    Jupyter's own copies, other hidden files and the course's pages are left out.

    Parameters
    ----------
    paths : iterable of Path
        Notebooks and folders.
    """
    for path in paths:
        if path.is_dir():
            found = [*path.glob("*.ipynb"), *path.glob("*/*.ipynb")]
            for one in sorted(found):
                parts = one.relative_to(path).parts
                if not any(part.startswith(".") for part in parts) and not is_page(one.name):
                    yield one
        else:
            yield path


def watch(paths: Sequence[Path], say: Callable[[str], None]) -> None:
    """Check notebooks as they are saved, until the process is interrupted.

    Parameters
    ----------
    paths : sequence of Path
        Notebooks, which are checked once at the start, and folders.
    say : callable
        Called with each text for the learner.
    """
    with Checker(CHECK_SECONDS, fresh=True) as checker:
        seen = _stamps(paths)
        say(f"Watching {counted(len(seen), 'notebook')}. {_WHAT_TO_DO}")
        unsettled = {path for path in paths if path in seen}
        while True:
            time.sleep(POLL_SECONDS)
            now = _stamps(paths)
            changed = {path for path, stamp in now.items() if seen.get(path) != stamp}
            # A file that is still being written is left until it has been quiet for one look.
            for path in sorted(unsettled - changed):
                if path in now:
                    _check(checker, path, now[path], say)
            seen, unsettled = now, changed


def _check(checker: Checker, path: Path, stamp: _Stamp, say: Callable[[str], None]) -> None:
    # A learner who saves again while a check runs, or hangs, wants the new version checked.
    found = checker.check(path, outdated=lambda: _stamp(path) != stamp)
    if found:
        head = f"\n{time.strftime('%H:%M:%S')}  {path}\n"
        say("\n".join([head, *(checked.text for checked in found)]))


def _stamps(paths: Iterable[Path]) -> dict[Path, _Stamp]:
    stamps = {path: _stamp(path) for path in notebooks_in(paths)}
    return {path: stamp for path, stamp in stamps.items() if stamp is not None}


def _stamp(path: Path) -> _Stamp | None:
    """Return a stamp that changes when the file is saved, or None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
