"""Packs the course into an archive, for machines that do not have it."""

from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from workbook.course.data_folder import PLACE as DATA
from workbook.course.folder import CONFIG_FILE, Course, CourseError
from workbook.grade.submissions.voided import FILE as VOIDED

# What judging reads; the lessons and the wrong answers stay.
_FOLDERS = ("source", "release", "solutions", "grader_tests", DATA.as_posix())
_FILES = (CONFIG_FILE, VOIDED)
_LEFT_OUT = ("__pycache__", "misconceptions", ".ipynb_checkpoints")

# A course has 1 MiB; a worker's disk is not to be filled by a mistake.
_MOST_BYTES = 256 * 2**20

#: Times of files would make other bytes of the same course.
ONE_TIME = (1980, 1, 1, 0, 0, 0)


def pack_course(course: Course) -> bytes:
    """Return what judging reads of a course as a zip file: equal courses give equal bytes."""
    files = [path for name in _FILES if (path := course.root / name).is_file()]
    for folder in _FOLDERS:
        files += sorted(path for path in (course.root / folder).rglob("*") if path.is_file())
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path in files:
            name = path.relative_to(course.root)
            if not set(_LEFT_OUT) & set(name.parts):
                info = ZipInfo(name.as_posix(), ONE_TIME)
                archive.writestr(info, path.read_bytes(), ZIP_DEFLATED)
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> Course:
    """Write a packed course into a folder, and return it.

    Raises
    ------
    CourseError
        If it is no packed course, is too large, or names a file outside of the course.
    """
    try:
        with ZipFile(BytesIO(packed)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > _MOST_BYTES:
                raise CourseError(f"the packed course is larger than {_MOST_BYTES >> 20} MiB")
            for info in infos:
                path = folder.joinpath(*_parts(info.filename))
                path.parent.mkdir(parents=True, exist_ok=True)
                # Whatever kind of file it claims to be, a link for instance.
                path.write_bytes(archive.read(info))
    except (BadZipFile, OSError) as error:
        raise CourseError(f"the course could not be unpacked: {error}") from error
    return Course(folder)


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a file's name in a packed course."""
    parts = PurePosixPath(name).parts
    folders = map(str, PurePosixPath(name).parents)
    of_the_course = parts in {(name,) for name in _FILES} or not set(_FOLDERS).isdisjoint(folders)
    if not of_the_course or ".." in parts:
        raise CourseError(f"a packed course holds no file {name!r}")
    return parts
