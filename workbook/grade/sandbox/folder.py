"""The folder that a submission may write: how much is in it, and how it is removed.

Inside bubblewrap it is a file system in memory, and the kernel limits its bytes, and its files to
many times of what is allowed; elsewhere it limits neither. So the process that a submission was
forked from looks into the folder at short intervals, and ends what has exceeded a limit.
"""

import contextlib
import errno
import os
import re
import secrets
import signal
import stat
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from workbook.grade.submissions.limits import Limits

#: How long a submission may write unseen.
INTERVAL_SECONDS = 0.02

# Folders within folders; more are counted as too many files, for it takes long to look into them.
_DEEPEST = 50

# The unit of `st_blocks`.
_BLOCK = 512


class FolderWatch:
    """Looks at what the process of a submission has written.

    Parameters
    ----------
    folder : str
        Its folder.
    limits : Limits
        What it may write.
    bytes_are_limited : bool
        Whether the file system of the folder is no larger than the limit.
    """

    def __init__(self, folder: str, limits: Limits, bytes_are_limited: bool) -> None:
        self._folder = folder
        self._limits = limits
        self._bytes_are_limited = bytes_are_limited

    def exceeded(self, pid: int) -> str:
        """Return the name of the limit that a process exceeds, or "".

        The process stands still meanwhile: what it moves about would not be counted.
        """
        if _has_ended(pid) or not self._has_something(pid):
            return ""
        os.kill(pid, signal.SIGSTOP)
        try:
            # Its status is left for whoever ends it.
            os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            return "" if _has_ended(pid) else self._count(pid)
        finally:
            os.kill(pid, signal.SIGCONT)

    def _has_something(self, pid: int) -> bool:
        return bool(_entries(self._folder) or any(self._open(pid)) or self._mapped(pid))

    def _count(self, pid: int) -> str:
        try:
            return self._reached(pid)
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            # No path leads there, so that nobody can see what else there is.
            return "written_files"

    def _reached(self, pid: int) -> str:
        size, most = self._mapped(pid), self._limits.written_bytes
        deleted = ((found, 0) for found in self._open(pid))
        for count, (found, depth) in enumerate(chain(deleted, _below(self._folder)), 1):
            size += _counted(found)
            if count > self._limits.written_files or depth > _DEEPEST:
                return "written_files"
            if size > most:
                break
        return "written_bytes" if size > most else ""

    def _open(self, pid: int) -> Iterator[os.stat_result]:
        """Yield the status of files that a process has deleted, and still has open."""
        if self._bytes_are_limited:
            return
        # A process that ends has none.
        with contextlib.suppress(OSError):
            for name in os.listdir(f"/proc/{pid}/fd"):
                # One that is closed meanwhile hides no other.
                with contextlib.suppress(FileNotFoundError):
                    if self._is_deleted(f"/proc/{pid}/fd/{name}"):
                        yield os.stat(f"/proc/{pid}/fd/{name}")

    def _is_deleted(self, descriptor: str) -> bool:
        """Tell whether an open file is one that was deleted from the folder."""
        try:
            target = os.readlink(descriptor)
        except OSError as error:
            # In folders with long names, which may be deleted, too.
            return error.errno == errno.ENAMETOOLONG
        return target.startswith(self._folder) and target.endswith(" (deleted)")

    def _mapped(self, pid: int) -> int:
        """Return bytes for the deleted files that a process has in memory.

        How large they are is not to be seen: each counts for half of what may be written.
        """
        if self._bytes_are_limited:
            return 0
        text = ""
        # A process that ends has none.
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
        files = re.findall(rf" (\d+) +{re.escape(self._folder)}/.* \(deleted\)$", text, re.M)
        return len(set(files)) * self._limits.written_bytes // 2


def _has_ended(pid: int) -> bool:
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return ended is not None


def _counted(found: os.stat_result) -> int:
    """Return the bytes that are counted of a file: what is there of its length, without holes.

    XFS reserves room behind a file that grows, up to twice its length, which nobody asked for. More
    than that counts: where it is not refused, student code can reserve what no length tells.
    """
    there = found.st_blocks * _BLOCK
    return max(min(there, found.st_size), there - 2 * found.st_size)


def _below(folder: str) -> Iterator[tuple[os.stat_result, int]]:
    """Yield the status of everything below a folder, and in how many folders it is."""
    waiting = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        for entry in _entries(path):
            found = entry.stat(follow_symlinks=False)
            yield found, depth
            if stat.S_ISDIR(found.st_mode):
                waiting.append((entry.path, depth + 1))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder; one can be made that its owner must not list."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except PermissionError:
        os.chmod(folder, stat.S_IRWXU)
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def remove_folder(folder: str) -> None:
    """Remove a folder and all that a submission has put there, however deep it is nested.

    Raises
    ------
    OSError
        If something cannot be removed.
    """
    number, unused = 0, secrets.token_hex()
    while entries := _entries(folder):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, stat.S_IRWXU)
            # To go down into folders would take as many calls, or open files, as there are levels,
            # and paths may be too long: what is inside comes up.
            for inner in _entries(entry.path):
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, stat.S_IRWXU)
                os.rename(inner.path, f"{folder}/{unused}{number}")
                number += 1
            os.rmdir(entry.path)
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(folder)
