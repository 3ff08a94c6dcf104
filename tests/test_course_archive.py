"""The course as bytes: all that judging reads, and nothing that leaves its folder."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest

from workbook.course.folder import CourseError
from workbook.grade.cluster.course_archive import pack_course, unpack


def test_a_packed_course_has_what_judging_needs(course, tmp_path):
    packed = pack_course(course)
    assert packed == pack_course(course)
    copy = unpack(packed, tmp_path)
    names = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    folders = {"source", "release", "solutions", "grader_tests", "workbook"}
    assert names == folders | {"nbgrader_config.py"}
    # Of the program, the course's own data alone.
    (program,) = (tmp_path / "workbook").iterdir()
    assert {path.suffix for path in program.rglob("*") if path.is_file()} == {".json"}
    assert not list(tmp_path.rglob("misconceptions"))
    assert pack_course(copy) == packed


@pytest.mark.parametrize(
    "name", ["../solutions/a.py", "solutions/../../a.py", "/solutions/a.py", "bin/a.py", "source"]
)
def test_no_file_leaves_the_folder(name, tmp_path):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(name), b"")
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    with pytest.raises(CourseError, match="a packed course holds no file"):
        unpack(packed.getvalue(), folder)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_link_is_unpacked_as_a_file(tmp_path):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        link = ZipInfo("solutions/a.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    unpack(packed.getvalue(), tmp_path)
    assert (tmp_path / "solutions" / "a.py").read_text() == "/etc/hostname"
    assert not (tmp_path / "solutions" / "a.py").is_symlink()


def test_what_is_too_large_or_no_course_is_refused(tmp_path, monkeypatch, course):
    with pytest.raises(CourseError, match="could not be unpacked"):
        unpack(b"no zip file", tmp_path)
    monkeypatch.setattr("workbook.grade.cluster.course_archive._MOST_BYTES", 1000)
    with pytest.raises(CourseError, match="larger than"):
        unpack(pack_course(course), tmp_path)
