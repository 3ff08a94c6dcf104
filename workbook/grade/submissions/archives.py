"""Archives that students hand in, read member by member.

Nothing of them is written to the disk: a member's name is shown and compared, and leads to no file,
wherever it points.
"""

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import IO, Any

from workbook.grade.submissions.files import is_meaningless
from workbook.grade.submissions.saved_outputs import MAX_FILE_BYTES

_MOST_MEMBERS = 2000
# Of a member's name, so much of its end counts.
_LONGEST_NAME = 1000
# More is read at once only by an attack, such as on the memory for a list of a million names.
_MOST_AT_ONCE = 8 * 2**20
_PIECE = 2**20
_TOO_MUCH = "more than {:,} MiB would have to be unpacked"
_HEAD = 512
_CLOSED = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x28\xb5\x2f\xfd", "Zstandard"))
_PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# What the standard library raises where an archive is damaged, or was made to look like one.
_DAMAGED = (
    OSError, EOFError, ValueError, OverflowError, RuntimeError, NotImplementedError, struct.error,
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, RecursionError, IndexError,
)  # fmt: skip


class ArchiveError(Exception):
    """An archive, or the rest of it, cannot be read; the text says why."""


@dataclass
class Budget:
    """How many bytes may still be unpacked."""

    left: int = MAX_FILE_BYTES
    most: int = field(init=False)

    def __post_init__(self) -> None:
        self.most = self.left

    def take(self, count: int) -> None:
        """Take from what is left; raise ArchiveError if there is not enough."""
        self.left -= count
        if self.left < 0:
            raise ArchiveError(_TOO_MUCH.format(self.most >> 20))


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


def is_archive(head: bytes) -> bool:
    """Tell from the first 512 bytes of a file whether it is an archive, readable here or not."""
    closed = tuple(start for start, _ in _CLOSED)
    return head.startswith((*_ZIP, *_PACKED, *closed)) or head[257:262] == b"ustar"


def members(
    file: IO[bytes], name: str, budget: Budget, most: int = _MOST_MEMBERS, all_of_them: bool = False
) -> Iterator[Member]:
    """Yield the files in an archive that mean anything.

    Parameters
    ----------
    file : binary file
        The archive; it must be possible to seek in it.
    name : str
        Its name.
    budget : Budget
        How much may be unpacked; what is unpacked is taken from it.
    most : int, optional
        How many files are looked at.
    all_of_them : bool, optional
        Whether to yield the files that mean nothing as well.

    Raises
    ------
    ArchiveError
        If it, or the rest of it, cannot be read.
    """
    head = file.read(_HEAD)
    file.seek(0)
    for start, kind in _CLOSED:
        if head.startswith(start):
            raise ArchiveError(f"a {kind} archive cannot be opened here; ask for a .zip file")
    try:
        found = _zipped if head.startswith(_ZIP) else _tarred
        count = 0
        for member in found(file, name, budget):
            if not all_of_them and any(map(is_meaningless, member.name.split("/"))):
                continue
            count += 1
            if count > most:
                raise ArchiveError(f"only its first {most} files were looked at")
            yield member
    except _DAMAGED as error:
        raise ArchiveError(f"it is damaged ({error or type(error).__name__})") from error


class _Limited:
    """A file of which only so much is read at once, and all in all."""

    def __init__(self, file: Any, budget: Budget | None = None) -> None:
        self._file = file
        self._budget = budget
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        # To be asked for all that is left is usual at the end of an archive.
        data: bytes = self._file.read(count if 0 <= count <= _MOST_AT_ONCE else _MOST_AT_ONCE + 1)
        if len(data) > _MOST_AT_ONCE:
            raise ArchiveError("its list of names is too long")
        if self._budget:
            self._budget.take(len(data))
        return data

    def seekable(self) -> bool:
        return True


class _Reader:
    """Reads on in a member, piece by piece.

    Parameters
    ----------
    opened : callable
        Opens the member.
    budget : Budget, optional
        From which what is read is taken, unless that has been done.
    """

    def __init__(self, opened: Callable[[], Any], budget: Budget | None = None) -> None:
        self._open = opened
        self._budget = budget
        self._file: Any = None

    def __call__(self, most: int) -> bytes:
        pieces = []
        try:
            self._file = self._file or self._open()
            while most > 0 and (piece := self._file.read(min(most, _PIECE))):
                if self._budget:
                    self._budget.take(len(piece))
                pieces.append(piece)
                most -= len(piece)
        except _DAMAGED as error:
            raise ArchiveError(f"it is damaged ({error or type(error).__name__})") from error
        return b"".join(pieces)


def _zipped(file: IO[bytes], name: str, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(_Limited(file)) as archive:
        for number, info in enumerate(archive.infolist()):
            if info.is_dir():
                continue
            read = _Reader(partial(archive.open, info), budget)
            yield Member(number, _path(_decoded(info)), _when(info), read, _zip_problem(info))


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


def _zip_problem(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.flag_bits & 1:
        return "is encrypted with a password"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link or a device"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed by a method that cannot be read here; ask for an ordinary .zip file"
    return ""


def _tarred(file: IO[bytes], name: str, budget: Budget) -> Iterator[Member]:
    head = file.read(_HEAD)
    file.seek(0)
    unpacked = next((make(file) for start, make in _PACKED.items() if head.startswith(start)), file)
    first = unpacked.read(_HEAD)
    unpacked.seek(0)
    limited = _Limited(unpacked, budget)
    if unpacked is not file and not _is_tar(first):
        # A single file that was packed by itself.
        stem = name.rpartition(".")[0] or name
        yield Member(0, stem, 0.0, _Reader(lambda: limited))
        return
    # As a stream, in which a header cannot lead backwards.
    with tarfile.open(fileobj=limited, mode="r|") as archive:  # type: ignore[call-overload]
        for number, info in enumerate(archive):
            if info.isdir():
                continue
            # To reach the next one, tarfile would read on and on behind the end of the file.
            if info.size > MAX_FILE_BYTES:
                raise ArchiveError(_TOO_MUCH.format(MAX_FILE_BYTES >> 20))
            is_file = info.isreg() and not info.issparse()
            problem = "" if is_file else "is a link, a device or a sparse file"
            read = _Reader(partial(archive.extractfile, info))
            yield Member(number, _path(info.name), float(info.mtime), read, problem)


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _path(name: str) -> str:
    """Return a member's path with its folders, wherever it points."""
    parts = name[-_LONGEST_NAME:].replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "?"
