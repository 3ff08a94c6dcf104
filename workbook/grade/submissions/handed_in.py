"""Finds every file in a student's folder, on disk and inside archives alike.

Longer than other files: a file on the disk may be an archive, and one in an archive as well, so
that the two halves of this file call each other.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from workbook.course.leftovers import is_meaningless
from workbook.course.zip_files import MAX_FILE_BYTES, ArchiveError, Budget, Member
from workbook.grade.submissions.archives import is_archive, members
from workbook.grade.submissions.decode import InvalidSubmissionError, shorten_file
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.identify import exercise_named
from workbook.grade.submissions.kept import kept

_MOST_FILES = 5000
#: Of a student's notebooks on the disk, and of the archives: a file of no size can be long.
MOST_BYTES = 2 * 2**30
#: Folders within folders that are looked into.
DEEPEST = 20
_HEAD = 512
# In all archives of a student together: files, and names, to list which takes less.
_MOST_ARCHIVED, _MOST_NAMES = 20_000, 500_000
# Of the processor, to look through one student's archives: a class waits for it. To read again what
# was found in time may take longer, on a busier machine.
_SECONDS, _SECONDS_AGAIN = 20.0, 60.0
# A text or a page with the name of an exercise is what was meant to be its notebook.
_PAPER = re.compile(r"\.(html?|mhtml|pdf|docx?|rtf|txt|md|py|url|webloc)", re.IGNORECASE)
# They are ZIP archives, too, but nobody hands in a notebook in them.
_DOCUMENT = re.compile(
    r".*\.(docx|xlsx|pptx|od[tsp]|epub|npz|pages|numbers|key|whl|jar)", re.IGNORECASE
)
# What is called an archive, or a part of one, and is not is named.
_ARCHIVE = re.compile(r".*\.(zipx?|z\d\d|rar|r\d\d|7z|tar|t?gz|t?bz2|t?xz|zst|dmg)", re.IGNORECASE)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*\{")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file is: on the disk, or in an archive on the disk.

    Attributes
    ----------
    path : pathlib.Path
        The file on the disk.
    name : str
        Its path in the student's folder; an archive counts as a folder.
    inside : tuple of int
        The numbers of the members that lead to it, from the archive on the disk inward.
    """

    path: Path
    name: str
    inside: tuple[int, ...] = ()

    def read(self) -> tuple[bytes | None, str, list[str]]:
        """Return its content without long saved outputs, or None and the reason, and notes."""
        if not self.inside:
            data, problem = read_file(self.path)
        else:
            data, problem = self._member()
        if data is None:
            return None, problem, []
        try:
            return (short := shorten_file(data))[0], "", short[1]
        except InvalidSubmissionError as error:
            return None, f"{self.path.name}: {error}", []

    def _member(self) -> tuple[bytes | None, str]:
        changed = f"{self.name} cannot be read again: the archive has changed, or takes too long"
        head, problem = read_file(self.path, _HEAD)
        if head is None:
            return None, problem or changed
        entry = _notebooks(self.path, version(self.path)).get(self.inside)
        if entry is None or not self.name.endswith(entry.place.name):
            return None, changed
        return entry.data, ""


@dataclass(frozen=True)
class HandedInFile:
    """A file that was handed in.

    Attributes
    ----------
    place : FilePlace
        Where it is.
    modified : float
        When it was last changed, in seconds since 1970.
    data : bytes or None
        Its content if it may be a notebook.
    problem : str
        Why it cannot be read.
    """

    place: FilePlace
    modified: float = 0.0
    data: bytes | None = None
    problem: str = ""


def for_archives(again: bool = False) -> Budget:
    """Return the budget for reading all archives of one student, or for reading one again."""
    seconds = _SECONDS_AGAIN if again else _SECONDS
    return Budget(files=_MOST_ARCHIVED, names=_MOST_NAMES, seconds=seconds)


def handed_in(student: Path, budget: Budget) -> Iterator[HandedInFile]:
    """Yield every file in a student's folder that means anything, in any of its folders.

    Where there are too many, the last one stands for the whole folder and has no name.

    Parameters
    ----------
    student : pathlib.Path
        The student's folder.
    budget : Budget
        From which what is unpacked is taken.
    """
    room = {"notebooks": Budget(MOST_BYTES), "archives": Budget(MOST_BYTES)}
    for number, file in enumerate(_files(student, 0)):
        name = file.relative_to(student).as_posix()
        if number >= _MOST_FILES:
            said = f"only the first {_MOST_FILES} files are read"
            yield HandedInFile(FilePlace(student, ""), problem=said)
            return
        yield from on_disk(FilePlace(file, name), budget, room)


def _files(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the files in a folder and in its folders, and the links; follow none.

    A folder that cannot be read stands for the files in it.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if is_meaningless(entry.name):
            continue
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False) or depth == DEEPEST:
            yield path
        else:
            if entry.name.endswith(".ipynb"):
                yield path
            yield from _files(path, depth + 1)


def on_disk(
    place: FilePlace, budget: Budget, room: Mapping[str, Budget] = MappingProxyType({})
) -> Iterator[HandedInFile]:
    """Yield a file on the disk, or the files in it if it is an archive.

    Parameters
    ----------
    place : FilePlace
        Where it is.
    budget : Budget
        From which what is unpacked is taken.
    room : mapping of str to Budget, optional
        From which the file is taken, as one of the notebooks or archives; no limit if not given.
    """
    if place.path.is_symlink() and ".ipynb" not in place.path.name.lower():
        yield HandedInFile(place, problem=f"{place.name} is a link; it was left out")
        return
    if place.path.is_dir() and not place.path.name.endswith(".ipynb"):
        why = "lies too deep" if os.access(place.path, os.R_OK) else "cannot be read"
        yield HandedInFile(place, problem=f"{place.name} {why}; the files in it were not looked at")
        return
    head, problem = read_file(place.path, _HEAD)
    if head is None:
        if problem:
            yield HandedInFile(place, problem=problem)
        return
    found, is_archived = place.path.stat(), _is_archive(place.name, head)
    if not is_archived and not _may_be_notebook(place.name, head):
        yield HandedInFile(place, found.st_mtime, None, _no_archive(place.name))
        return
    kind = "archives" if is_archived else "notebooks"
    if kind in room:
        # One that does not fit leaves the room to the others.
        if found.st_size > room[kind].left:
            limit = f"{MOST_BYTES >> 30} GiB"
            said = f"{place.name} was not read: a student's {kind} may have {limit} together"
            yield HandedInFile(place, found.st_mtime, problem=said)
            return
        room[kind].take(found.st_size)
    if not is_archived:
        data, problem, _ = place.read()
        yield HandedInFile(place, found.st_mtime, data, problem)
    elif (data := read_file(place.path)[0]) is not None:
        yield from _in_archive(data, place, budget)


def _no_archive(name: str) -> str:
    """Return the problem of a file that is named like an archive but is not one."""
    said = (
        f"{name} cannot be opened: it is not an archive, or only a part of one; ask for a .zip file"
    )
    return said if _ARCHIVE.fullmatch(name) else ""


def _may_be_notebook(name: str, head: bytes) -> bool:
    name = name.rpartition("/")[2]
    if ".ipynb" in name.lower() or _OBJECT.match(head):
        return True
    suffix = os.path.splitext(name)[1]
    is_paper = not suffix or _PAPER.fullmatch(suffix) is not None
    return is_paper and exercise_named(name) is not None


def version(path: Path) -> tuple[int, ...]:
    """Return numbers that change when a file is replaced or changed."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _size_of_notebooks(found: dict[tuple[int, ...], HandedInFile]) -> int:
    return sum(len(one.data or b"") for one in found.values())


# To unpack an archive can take half a minute, which must not be done for each notebook in it.
@kept(_size_of_notebooks)
def _notebooks(path: Path, _state: tuple[int, ...]) -> dict[tuple[int, ...], HandedInFile]:
    """Return the notebooks in an archive, by the numbers of the members that lead to them."""
    entries = _in_archive(read_file(path)[0] or b"", FilePlace(path, ""), for_archives(again=True))
    return {entry.place.inside: entry for entry in entries if entry.data is not None}


def _in_archive(data: bytes, place: FilePlace, budget: Budget) -> Iterator[HandedInFile]:
    """Yield the files in an archive, and in archives in it.

    Parameters
    ----------
    data : bytes
        The archive.
    place : FilePlace
        Where it is.
    budget : Budget
        From which what is unpacked is taken.
    """
    name = place.path.name if not place.inside else place.name
    is_empty, is_useful = True, ".ipynb" not in name.lower()
    try:
        for member in members(BytesIO(data), name, budget):
            is_empty = False
            inside = (*place.inside, member.number)
            below = FilePlace(place.path, f"{place.name}/{member.name}", inside)
            for entry in _member(member, below, budget):
                is_useful = is_useful or entry.data is not None or bool(entry.problem)
                yield entry
    except ArchiveError as error:
        yield HandedInFile(place, problem=f"{place.name} cannot be opened as a whole: {error}")
        return
    if is_empty or not is_useful:
        held = "nothing" if is_empty else "no notebook"
        yield HandedInFile(place, problem=f"{place.name} is an archive with {held} in it to grade")


def _is_archive(name: str, head: bytes) -> bool:
    return is_archive(head) and not _DOCUMENT.fullmatch(name)


def _member(member: Member, place: FilePlace, budget: Budget) -> Iterator[HandedInFile]:
    if member.problem:
        yield HandedInFile(place, problem=f"{place.name} {member.problem}")
        return
    try:
        head = member.read(_HEAD)
        is_inner = _is_archive(member.name, head)
        if not is_inner and not _may_be_notebook(member.name, head):
            yield HandedInFile(place, member.modified, problem=_no_archive(place.name))
            return
        data = head + member.read(MAX_FILE_BYTES)
    except ArchiveError as error:
        yield HandedInFile(place, problem=f"{place.name} cannot be unpacked: {error}")
        return
    if not is_inner:
        try:
            yield HandedInFile(place, member.modified, shorten_file(data)[0])
        except InvalidSubmissionError as error:
            yield HandedInFile(place, member.modified, problem=f"{place.name}: {error}")
    elif len(place.inside) < 2:
        yield from _in_archive(data, place, budget)
    else:
        problem = f"{place.name} is an archive in an archive in an archive; it was not opened"
        yield HandedInFile(place, problem=problem)
