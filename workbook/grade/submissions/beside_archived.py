"""The files beside a notebook in an archive."""

import contextlib
import posixpath
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from workbook.course.zip_files import MAX_FILE_BYTES, ArchiveError, Budget, Member
from workbook.grade.submissions.archives import members
from workbook.grade.submissions.beside import MAX_BYTES_BESIDE, Beside, files_among
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.handed_in import FilePlace, for_archives, version
from workbook.grade.submissions.kept import kept
from workbook.grade.submissions.modules_above import above

# Of all files in an archive, to choose from.
_MOST_BESIDE = 64 * 2**20


def beside_in_archive(place: FilePlace, notebook: bytes) -> Beside:
    """Return the files in the folder, in an archive, in which a notebook lies."""
    names, files = _all_files(place.path, version(place.path), place.inside[:-1])
    folder = names.get(place.inside[-1], "").rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    own = {name[len(start) :]: one for name, one in files.items() if name.startswith(start)}
    modules = above(folder or ".", files.__contains__, notebook)
    own |= {posixpath.relpath(path, folder or "."): files[path] for path in modules}
    return files_among(own, notebook)


def _size_of_files(found: tuple[dict[int, str], dict[str, bytes | None]]) -> int:
    return sum(len(data or b"") for data in found[1].values())


@kept(_size_of_files)
def _all_files(
    path: Path, _state: tuple[int, ...], inside: tuple[int, ...]
) -> tuple[dict[int, str], dict[str, bytes | None]]:
    """Return the names of all files in an archive by their numbers, and their contents by names."""
    data, _ = read_file(path)
    budget = for_archives(again=True)
    files: dict[str, bytes | None] = {}
    names, left = {}, _MOST_BESIDE
    # What a broken archive is has been said when it was looked through; what stands above counts.
    with contextlib.suppress(ArchiveError):
        for number in inside:
            inner = (one for one in _members(data, path, budget) if one.number == number)
            data = next((one.read(MAX_FILE_BYTES) for one in inner), None)
        for member in _members(data, path, budget):
            names[member.number] = member.name
            if member.problem:
                # A link, a device: what it is has been said, too.
                continue
            found = member.read(MAX_BYTES_BESIDE + 1) if left >= 0 else None
            left -= len(found or b"")
            is_short = found is not None and len(found) <= MAX_BYTES_BESIDE
            files[member.name] = found if is_short else None
    return names, files


def _members(data: bytes | None, path: Path, budget: Budget) -> Iterator[Member]:
    return members(BytesIO(data or b""), path.name, budget)
