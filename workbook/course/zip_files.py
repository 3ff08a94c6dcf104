"""ZIP files from elsewhere, read member by member within limits.

Nothing of them is written to the disk here: a member's name is shown and compared, and leads to no
file, wherever it points.
"""

import math
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import IO, Any

#: Size of the largest file that is read, and of all that is unpacked.
MAX_FILE_BYTES = 256 * 2**20
#: What the standard library raises where an archive is damaged, or was made to look like one.
DAMAGED: tuple[type[Exception], ...] = (
    OSError, EOFError, ValueError, OverflowError, RuntimeError, NotImplementedError, struct.error,
    zipfile.BadZipFile, zlib.error, RecursionError, IndexError,
)  # fmt: skip
#: The first bytes of a ZIP file.
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

# Of a member's name, so much of its end counts.
_LONGEST_NAME = 1000
# More is read at once only by an attack, such as on the memory for a list of a million names.
MOST_AT_ONCE = 8 * 2**20
#: How many files may be listed: what is known of each takes ten times the room that its name does.
MOST_ZIP_MEMBERS = 500_000
_LISTED = b"PK\1\2"
_PIECE = 2**20
#: Why an archive is not read in which there are too many names.
TOO_LONG = "its list of names is too long"
#: Why an archive is not read when there are too many names in all of them.
TOO_MANY = "there are too many files in this student's archives together"
_TOO_SLOW = "to read this student's archives takes too long"


class ArchiveError(Exception):
    """An archive, or the rest of it, cannot be read; the text says why."""


def too_much(most: int) -> str:
    """Say that more than so many bytes would have to be unpacked."""
    return f"more than {most >> 20:,} MiB would have to be unpacked"


@dataclass
class Budget:
    """How much of archives may still be looked at, whatever their number.

    Attributes
    ----------
    left : int
        Bytes that may be unpacked.
    files : float, optional
        Files that may be looked at.
    names : float, optional
        Names that may be listed, also those of folders and of what means nothing.
    seconds : float, optional
        Seconds of processor time that this thread may take from when it first looks at one.
    """

    left: int = MAX_FILE_BYTES
    files: float = math.inf
    names: float = math.inf
    seconds: float = math.inf
    most: int = field(init=False)

    def __post_init__(self) -> None:
        self.most = self.left

    @cached_property
    def _end(self) -> float:
        # Most students hand in no archive, and to ask for this time takes long on some machines.
        return time.thread_time() + self.seconds

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return math.isfinite(self.seconds) and time.thread_time() > self._end

    def check_time(self) -> None:
        """Raise ArchiveError if the time is over."""
        if self.is_over:
            raise ArchiveError(_TOO_SLOW)

    def count_names(self, names: int) -> None:
        """Count names; raise ArchiveError if there are too many, or were before."""
        self.check_time()
        self.names -= names
        if self.names < 0 or self.files < 0:
            raise ArchiveError(TOO_MANY)

    def count_file(self) -> None:
        """Count a file; raise ArchiveError if there are too many."""
        self.files -= 1
        self.count_names(0)

    def take(self, count: int) -> None:
        """Take from what is left; raise ArchiveError if there is not enough."""
        self.check_time()
        self.left -= count
        if self.left < 0:
            raise ArchiveError(too_much(self.most))


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes
    ----------
    number : int
        Its place among all members, from 0.
    name : str
        Its path in the archive, without ``..``.
    modified : float
        When it was last changed, in seconds since 1970; 0 if that is not known.
    read : callable
        Returns its next bytes, at most so many; only while it is the current member. Raises
        ArchiveError.
    problem : str
        Why it cannot be read, if it cannot.
    """

    number: int
    name: str
    modified: float
    read: Callable[[int], bytes]
    problem: str = ""


class Limited:
    """A file with a limit on each read, and on all reads together."""

    def __init__(
        self, file: Any, budget: Budget | None = None, most_at_once: int = MOST_AT_ONCE
    ) -> None:
        self._file = file
        self._budget = budget
        self._most = most_at_once
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes; raise ArchiveError where there are more than an archive needs."""
        # To be asked for all that is left is usual at the end of an archive.
        data: bytes = self._file.read(count if 0 <= count <= self._most else self._most + 1)
        if len(data) > self._most or (
            len(data) > _PIECE and data.count(_LISTED) > MOST_ZIP_MEMBERS
        ):
            raise ArchiveError(TOO_LONG)
        if self._budget:
            self._budget.take(len(data))
        return data

    def seekable(self) -> bool:
        """Say that it is possible to seek in it."""
        return True


class MemberReader:
    """Reads on in a member, piece by piece.

    Parameters
    ----------
    opened : callable
        Opens the member.
    budget : Budget, optional
        From which what is read is taken, unless that has been done.
    damaged : tuple of type
        What is raised where the archive is damaged.
    """

    def __init__(
        self,
        opened: Callable[[], Any],
        budget: Budget | None = None,
        damaged: tuple[type[Exception], ...] = DAMAGED,
    ) -> None:
        self._open = opened
        self._budget = budget
        self._damaged = damaged
        self._file: Any = None

    def __call__(self, most: int) -> bytes:
        """Return the next bytes, at most so many; raise ArchiveError."""
        pieces = []
        try:
            self._file = self._file or self._open()
            while most > 0 and (piece := self._file.read(min(most, _PIECE))):
                if self._budget:
                    self._budget.take(len(piece))
                pieces.append(piece)
                most -= len(piece)
        except self._damaged as error:
            raise ArchiveError(damage(error)) from error
        return b"".join(pieces)


def damage(error: Exception) -> str:
    """Return what is wrong with an archive, from what the standard library says."""
    return f"it is damaged ({error or type(error).__name__})"


def zip_members(
    file: IO[bytes], budget: Budget, most_at_once: int = MOST_AT_ONCE
) -> Iterator[Member]:
    """Yield the files in a ZIP file.

    Parameters
    ----------
    file : binary file
        The ZIP file; it must be possible to seek in it.
    budget : Budget
        How much may be unpacked; what is unpacked is taken from it.
    most_at_once : int, optional
        How many bytes its list of names may have.

    Raises
    ------
    ArchiveError
        If there is too much in it. What `DAMAGED` lists is raised where it is damaged.
    """
    with zipfile.ZipFile(Limited(file, None, most_at_once)) as archive:
        budget.count_names(len(archive.infolist()))
        for number, info in enumerate(archive.infolist()):
            if info.is_dir():
                continue
            read = MemberReader(partial(archive.open, info), budget)
            yield Member(number, path_in(_decoded(info)), _when(info), read, _problem(info))


def path_in(name: str) -> str:
    """Return a member's path with its folders, wherever it points."""
    parts = name[-_LONGEST_NAME:].replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "?"


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a member's name; macOS and others write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _when(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _problem(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.flag_bits & 1:
        return "is encrypted with a password"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link or a device"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed by a method that cannot be read here; ask for an ordinary .zip file"
    return ""
