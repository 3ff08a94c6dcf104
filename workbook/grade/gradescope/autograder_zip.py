"""Packs a course into the zip that Gradescope takes as an autograder."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workbook.course.data_folder import PLACE as DATA
from workbook.course.folder import Course
from workbook.grade.cluster.course_archive import ONE_TIME, pack_course
from workbook.grade.gradescope.settings import FILE, Settings
from workbook.grade.judging.build_check import check_tests_built
from workbook.grade.submissions.seeds import KEY, course_secret

#: The folder of the course in the zip.
COURSE = "course"

_SCRIPTS = ("setup.sh", "run_autograder")


def write_zip(course: Course, wheel: Path, settings: Settings, out: Path) -> None:
    """Write the zip; only its owner may read it, for it holds the hidden tests.

    Parameters
    ----------
    course : Course
        The course, built.
    wheel : pathlib.Path
        Its wheel for classes, which is installed there.
    settings : Settings
        What is graded, and who sees it when.
    out : pathlib.Path
        The file to write.

    Raises
    ------
    NotBuiltError
        If the course's notebooks are older than its tests.
    OSError
        If it cannot be written.
    """
    check_tests_built(course, settings.exercises)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in _members(course, wheel, settings):
            info = ZipInfo(name, ONE_TIME)
            info.external_attr = (0o100755 if name in _SCRIPTS else 0o100600) << 16
            archive.writestr(info, data, ZIP_DEFLATED)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(packed.getvalue())
    part.replace(out)


def _members(course: Course, wheel: Path, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the zip's files."""
    for name in _SCRIPTS:
        yield name, Path(__file__).with_name(name).read_bytes()
    yield FILE, settings.to_json().encode()
    yield wheel.name, wheel.read_bytes()
    # Graded there as here: the same answer meets the same inputs.
    yield f"{COURSE}/{KEY}", course_secret(course)
    with ZipFile(BytesIO(pack_course(course))) as held:
        for info in held.infolist():
            # The wheel has the data, where student code can read them.
            if not info.filename.startswith(f"{DATA.as_posix()}/"):
                yield f"{COURSE}/{info.filename}", held.read(info)
