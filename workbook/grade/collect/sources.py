"""The files in an archive or a folder: all of them, named by their paths, to be read in order."""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.work_files import MOST_BYTES
from workbook.course.zip_files import (
    MAX_FILE_BYTES,
    MOST_ZIP_MEMBERS,
    TOO_LONG,
    ArchiveError,
    Budget,
    Member,
    zip_members,
)
from workbook.grade.collect.named_work import Owner, Work, owner_in
from workbook.grade.collect.platforms import CollectError, common_folders, meaningful
from workbook.grade.submissions.archives import is_archive, members
from workbook.grade.submissions.files import read_file

_MOST_FILES = 200_000
# Where there are more, the work of a student with so many is left out.
_MANY_OF_ONE = 10_000
_LONGEST_LIST = 64 * 2**20
_MOST_BYTES = 16 * 2**30
_HEAD = 512
_TOO_MANY = (
    "these are more files than one student may hand in; ask for the notebooks and the files that "
    "they use, and nothing else"
)
# What students hand in, by the ends of names.
_WORK = (".ipynb", ".zip")
_TOO_LARGE = f"it is larger than {MAX_FILE_BYTES >> 20} MiB"


@dataclass(frozen=True)
class SourceFile:
    """A file of an archive or a folder.

    Attributes
    ----------
    path : str
        Its path there, with ``/``, without ``..``.
    modified : float
        When it was last changed, in seconds since 1970; 0 if that is not known.
    read : callable
        Returns its content, or None and the reason; only while it is the current one.
    work : Work or None
        The work that says itself whose it is, if the file is in such a ZIP file.
    """

    path: str
    modified: float
    read: Callable[[], tuple[bytes | None, str]]
    work: Work | None = None


@dataclass(frozen=True)
class TooLarge:
    """The folders to leave out, so that few enough files are left.

    Attributes
    ----------
    depth : int
        How many folders lie in one another down to them, with themselves.
    counts : dict of str to int
        How many files are in each.
    """

    depth: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def holding(self, path: str) -> str:
        """Return the folder to leave out that holds a file; "" if none does."""
        above = _above(path.rpartition("/")[0], self.depth)
        return above if above in self.counts else ""


def files_in(path: Path, too_large: TooLarge) -> Iterator[SourceFile]:
    """Yield every file of an archive or a folder, and of each work in it that says whose it is.

    Parameters
    ----------
    path : pathlib.Path
        The archive or folder.
    too_large : TooLarge
        Its folders that stand as one file each that cannot be read; see `folders_too_large`.

    Raises
    ------
    CollectError
        If there is nothing that can be read as a whole.
    """
    count = 0
    for one in _opened(_without(_sent(path), too_large)):
        count += 1
        if count > _MOST_FILES:
            raise CollectError(f"{path} holds more than {_MOST_FILES:,} files: name a part of it")
        yield one
    if not count:
        raise CollectError(f"{path} is empty")


def _sent(path: Path) -> Iterator[SourceFile]:
    return _in_folder(path) if path.is_dir() else _in_file(path)


def folders_too_large(path: Path) -> TooLarge:
    """Return the largest folders of students, if there are too many files of all together.

    It goes once through all names, and reads no file.

    Raises
    ------
    CollectError
        If there is nothing that can be read as a whole.
    """
    folders: Counter[str] = Counter()
    of_work = set()
    for one in _sent(path):
        folder = one.path.rpartition("/")[0]
        folders[folder] += 1
        if one.path.lower().endswith(_WORK):
            of_work.add(folder)
    too_many = folders.total() - _MOST_FILES
    if too_many <= 0:
        return TooLarge()
    depth = _depth_of_students(folders, of_work)
    entries: Counter[str] = Counter()
    for folder, count in folders.items():
        entries[_above(folder, depth)] += count
    found = {}
    for entry, count in entries.most_common():
        if entry and count > _MANY_OF_ONE and too_many > 0:
            found[entry] = count
            too_many -= count - 1
    return TooLarge(depth, found) if too_many <= 0 else TooLarge()


def _depth_of_students(folders: Iterable[str], of_work: Iterable[str]) -> int:
    """Return how many folders deep the students' own folders lie, counting them.

    Students' folders lie side by side below those that hold everything. Where most of the folders
    there have work in several folders, they are no students' but each of a class, such as for each
    of several assignments. What one student hands in does not decide it.
    """
    depth = 1 + len(common_folders(meaningful(f"{one}/_" for one in folders if one)))
    below: defaultdict[str, set[str]] = defaultdict(set)
    for folder in meaningful(of_work):
        names = folder.split("/")[depth : depth + 1]
        below[_above(folder, depth)].update(one for one in names if one not in ASSIGNMENTS)
    of_class = sum(len(names) > 1 for names in below.values())
    return depth + (of_class > len(below) / 2)


def _above(folder: str, depth: int) -> str:
    """Return the part of a folder's path down to a depth."""
    return "/".join(folder.split("/")[:depth])


def _without(files: Iterable[SourceFile], too_large: TooLarge) -> Iterator[SourceFile]:
    """Yield files, and one for all that are in a folder that is too large."""
    left = dict(too_large.counts)
    for one in files:
        entry = too_large.holding(one.path)
        if not entry:
            yield one
        elif count := left.pop(entry, 0):
            read = partial(_known, None, _TOO_MANY)
            yield SourceFile(f"{entry}/({count:,} files)", 0.0, read)


def _in_file(path: Path) -> Iterator[SourceFile]:
    """Yield one work as a whole, or else what is in an archive."""
    try:
        with path.open("rb") as file:
            is_work = owner_in(file) is not None
    except OSError:
        # What is wrong with it is said where it is opened.
        is_work = False
    if is_work:
        yield SourceFile(path.name, path.stat().st_mtime, partial(_on_disk, path))
    else:
        yield from _in_archive(path)


def _opened(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Yield files, and instead of a work that says whose it is what is in it."""
    for one in files:
        if not one.path.lower().endswith(".zip"):
            yield one
            continue
        data, problem = one.read()
        owner = owner_in(BytesIO(data)) if data is not None else None
        if data is not None and owner is not None:
            yield from _in_work(one, data, owner)
        else:
            yield replace(one, read=partial(_known, data, problem))


def _in_work(one: SourceFile, data: bytes, owner: Owner) -> Iterator[SourceFile]:
    work = Work(one.path, owner)
    for member in zip_members(BytesIO(data), Budget(MOST_BYTES)):
        read = partial(_member_of_work, member)
        yield SourceFile(f"{one.path}/{member.name}", member.modified, read, work)


def _member_of_work(member: Member) -> tuple[bytes | None, str]:
    try:
        return _member(member)
    except ArchiveError as error:
        # What is wrong with one student's file stops nobody else's.
        return None, str(error)


def _known(data: bytes | None, problem: str) -> tuple[bytes | None, str]:
    return data, problem


def _in_archive(path: Path) -> Iterator[SourceFile]:
    try:
        with path.open("rb") as file:
            if not is_archive(head := file.read(_HEAD)):
                what = "is empty" if not head else "is neither a folder nor an archive"
                raise CollectError(f"{path} {what}; name what the platform's download gave you")
            file.seek(0)
            budget, length = Budget(_MOST_BYTES), 0
            for one in members(file, path.name, budget, MOST_ZIP_MEMBERS, True, _LONGEST_LIST):
                length += len(one.name)
                if length > _LONGEST_LIST:
                    raise ArchiveError(TOO_LONG)
                yield SourceFile(one.name, one.modified, partial(_member_of_class, path, one))
    except FileNotFoundError as error:
        raise CollectError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise CollectError(f"{path} cannot be read ({error.strerror})") from error
    except ArchiveError as error:
        raise _damaged(path, error) from error


def _member_of_class(path: Path, member: Member) -> tuple[bytes | None, str]:
    try:
        return _member(member)
    except ArchiveError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: ArchiveError) -> CollectError:
    return CollectError(f"{path} cannot be opened as a whole: {error}")


def _member(member: Member) -> tuple[bytes | None, str]:
    if member.problem:
        return None, f"it {member.problem}"
    data = member.read(MAX_FILE_BYTES + 1)
    return (data, "") if len(data) <= MAX_FILE_BYTES else (None, _TOO_LARGE)


def _in_folder(folder: Path) -> Iterator[SourceFile]:
    """Yield the files of a folder; links are named, and not followed."""

    def stop(error: OSError) -> None:
        raise CollectError(f"{error.filename} cannot be read ({error.strerror})")

    for place, folders, names in os.walk(folder, onerror=stop):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(place) / name
            found = path.lstat()
            shown = path.relative_to(folder).as_posix()
            if not stat.S_ISREG(found.st_mode):
                yield SourceFile(shown, 0.0, lambda: (None, "it is a link or a device"))
            else:
                yield SourceFile(shown, found.st_mtime, partial(_on_disk, path))


def _on_disk(path: Path) -> tuple[bytes | None, str]:
    data, problem = read_file(path)
    return (data, "") if data is not None else (None, problem or "it is no longer there")
