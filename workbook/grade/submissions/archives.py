"""Archives that students hand in, of any kind, read member by member."""

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, Self

from workbook.course.leftovers import is_meaningless
from workbook.course.zip_files import (
    DAMAGED,
    MAX_FILE_BYTES,
    MOST_AT_ONCE,
    ZIP,
    ArchiveError,
    Budget,
    Limited,
    Member,
    MemberReader,
    damage,
    path_in,
    too_much,
    zip_members,
)

_MOST_MEMBERS = 2000
_HEAD = 512
_CLOSED = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x28\xb5\x2f\xfd", "Zstandard"))
_XZ = b"\xfd7zXZ\x00"
_PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    _XZ: lambda file: io.BufferedReader(_Xz(file)),
}
# In a TAR file, a header of kilobytes may tell more of a file, such as its name. In one of digits,
# tarfile looks for the end of the number from each of them on.
_EXTENDED = b"xgXLK"
_LONGEST_HEADER = 2**16
# Of a file with holes, tarfile first reads where all its pieces are: a megabyte tells of millions.
_SPARSE = "a sparse file in it has thousands of pieces; ask for a .zip file"
# Ten bytes in an archive can ask for 4 GiB; of those that people make, few ask for 65 MiB.
_MOST_XZ_MEMORY = 128 * 2**20
_PIECE = 2**16
_DAMAGED: tuple[type[Exception], ...] = (*DAMAGED, tarfile.TarError, lzma.LZMAError)


def is_archive(head: bytes) -> bool:
    """Tell from the first 512 bytes of a file whether it is an archive, readable here or not."""
    closed = tuple(start for start, _ in _CLOSED)
    return head.startswith((*ZIP, *_PACKED, *closed)) or head[257:262] == b"ustar"


def members(
    file: IO[bytes],
    name: str,
    budget: Budget,
    most: int = _MOST_MEMBERS,
    all_of_them: bool = False,
    most_at_once: int = MOST_AT_ONCE,
) -> Iterator[Member]:
    """Yield the files in an archive that may matter to grading.

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
    most_at_once : int, optional
        How many bytes the list of names in a ZIP file may have.

    Raises
    ------
    ArchiveError
        If it, or the rest of it, cannot be read.
    """
    budget.count_names(0)
    head = file.read(_HEAD)
    file.seek(0)
    for start, kind in _CLOSED:
        if head.startswith(start):
            raise ArchiveError(f"a {kind} archive cannot be opened here; ask for a .zip file")
    is_zip = head.startswith(ZIP)
    try:
        count = 0
        found = zip_members(file, budget, most_at_once) if is_zip else _tarred(file, name, budget)
        for member in found:
            if not all_of_them and any(map(is_meaningless, member.name.split("/"))):
                continue
            count += 1
            budget.count_file()
            if count > most:
                raise ArchiveError(f"only its first {most} files were looked at")
            yield member
    except _DAMAGED as error:
        raise ArchiveError(damage(error)) from error


def _as_it_is(file: IO[bytes]) -> IO[bytes]:
    return file


class _Header(tarfile.TarInfo):
    """A header of a TAR file."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: str, errors: str) -> Self:
        """Return a header; raise ArchiveError where it would take long to read what follows it."""
        info = super().frombuf(buf, encoding, errors)
        if info.type in _EXTENDED and info.size > _LONGEST_HEADER:
            raise ArchiveError(
                "the header of a file in it is longer than 64 KiB; ask for a .zip file"
            )
        return info

    def _proc_sparse(self, tarfile: Any) -> Any:
        """Read where the pieces of a sparse file are, in the way of older archives."""
        with _few_pieces(tarfile):
            return super()._proc_sparse(tarfile)  # type: ignore[misc]

    def _proc_gnusparse_10(self, next: Any, pax_headers: Any, tarfile: Any) -> None:
        """Read where the pieces of a sparse file are, in the way of newer archives."""
        with _few_pieces(tarfile):
            super()._proc_gnusparse_10(next, pax_headers, tarfile)  # type: ignore[misc]


class _Pieces:
    """Reads where the pieces of a sparse file are, if there are not too many."""

    def __init__(self, file: Any) -> None:
        self._file, self._left = file, _LONGEST_HEADER
        self.tell = file.tell

    def read(self, count: int) -> bytes:
        """Return the next bytes; raise ArchiveError if there have been too many."""
        self._left -= count
        if self._left < 0:
            raise ArchiveError(_SPARSE)
        data: bytes = self._file.read(count)
        return data


@contextlib.contextmanager
def _few_pieces(archive: Any) -> Iterator[None]:
    """Limit what is read of an archive meanwhile."""
    file = archive.fileobj
    archive.fileobj = _Pieces(file)
    try:
        yield
    finally:
        archive.fileobj = file


class _InTime:
    """A packed file that is read as long as there is time; what is unpacked may be nothing."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file, self._budget = file, budget
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes; raise ArchiveError if the time is over."""
        self._budget.check_time()
        return self._file.read(count)


def _tarred(packed: IO[bytes], name: str, budget: Budget) -> Iterator[Member]:
    file: Any = _InTime(packed, budget)
    head = file.read(_HEAD)
    file.seek(0)
    make = next((make for start, make in _PACKED.items() if head.startswith(start)), _as_it_is)
    first = make(file).read(_HEAD)
    file.seek(0)
    unpacked = make(file)
    limited = Limited(unpacked, budget)
    if unpacked is not file and not _is_tar(first):
        # A single file that was packed by itself.
        stem = name.rpartition(".")[0] or name
        yield Member(0, stem, 0.0, MemberReader(lambda: limited, damaged=_DAMAGED))
        return
    # As a stream, in which a header cannot lead backwards.
    with tarfile.open(fileobj=limited, mode="r|", tarinfo=_Header) as archive:  # type: ignore[call-overload]
        for number, info in enumerate(iter(archive.next, None)):
            # It would keep what it knows of each, of a million as of one.
            archive.members.clear()
            budget.count_names(1)
            if info.isdir():
                continue
            # To reach the next one, tarfile would read on and on behind the end of the file.
            if info.size > MAX_FILE_BYTES:
                raise ArchiveError(too_much(MAX_FILE_BYTES))
            is_file = info.isreg() and not info.issparse()
            problem = "" if is_file else "is a link, a device or a sparse file"
            read = MemberReader(partial(archive.extractfile, info), damaged=_DAMAGED)
            yield Member(number, path_in(info.name), float(info.mtime), read, problem)


class _Xz(io.RawIOBase):
    """What is packed in an XZ file, read with less memory than the file may ask for.

    Parameters
    ----------
    file : binary file
        The XZ file.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unpacker = self._new()

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, _MOST_XZ_MEMORY)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack the next bytes; raise LZMAError where they are damaged, or need too much."""
        data = b""
        while not data:
            packed = self._file.read(_PIECE) if self._unpacker.needs_input else b""
            if self._unpacker.eof:
                # Several files in one, behind each other.
                packed = self._unpacker.unused_data.lstrip(b"\0")
                if len(packed) < len(_XZ):
                    packed = (packed + self._file.read(_PIECE)).lstrip(b"\0")
                if not packed.startswith(_XZ):
                    return 0
                self._unpacker = self._new()
            elif self._unpacker.needs_input and not packed:
                raise EOFError("it breaks off")
            data = self._unpacker.decompress(packed, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True
