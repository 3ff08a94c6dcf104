"""The command `workbook site`: what it refuses, and the wheels that it makes."""

import json
import subprocess
import sys
import zipfile

import pytest

from tests.command import workbook
from tests.submissions import COURSE
from workbook.build.wheel import wheel_name
from workbook.course import failure
from workbook.course.folder import CourseError
from workbook.site.pyodide import copy_pyodide
from workbook.site.site import MARKER, build_site, settle
from workbook.site.wheels import rebuilt


def said_by(*arguments):
    done = workbook("site", *arguments)
    assert done.exit_code == 2, done.output
    return " ".join(done.output.split())


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(failure, "find_spec", lambda name: None if "lite" in name else True)
    said = said_by(tmp_path / "site")
    assert 'pip install "backprop-workbook[site]"' in said
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_files_is_left_as_it_is(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    assert "holds files that are not an earlier site" in said_by(tmp_path)
    assert "is a file" in said_by(tmp_path / "index.html")
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_what_cannot_be_built_leaves_the_earlier_site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MARKER).touch()
    (folder / "index.html").write_text("earlier")

    def fails(site):
        (site.folder / "half").touch()
        raise CourseError("no")

    monkeypatch.setattr("workbook.site.site.write_wheel", fails)
    with pytest.raises(CourseError, match="no"):
        build_site(settle(COURSE, folder, None, False))
    assert (folder / "index.html").read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [folder]


def test_the_name_of_the_wheel_says_which_it_is():
    version = COURSE.root.joinpath("pyproject.toml").read_text().split('\nversion = "')[1]
    version = version.split('"')[0]
    assert wheel_name(COURSE, False) == f"backprop_workbook-{version}-py3-none-any.whl"
    assert wheel_name(COURSE, True) == f"backprop_workbook-{version}+selfstudy-py3-none-any.whl"


def test_a_wheel_is_made_from_what_is_installed(tmp_path):
    wheel = rebuilt("comm", tmp_path)
    names = zipfile.ZipFile(wheel).namelist()
    assert "comm/__init__.py" in names
    assert not [name for name in names if name.endswith(".pyc") or name.startswith("..")]
    code = "import sys; sys.path.insert(0, sys.argv[1]); import comm; print(comm.__file__)"
    done = subprocess.run([sys.executable, "-c", code, wheel], capture_output=True, text=True)
    assert str(wheel) in done.stdout
    again = tmp_path / "again"
    again.mkdir()
    assert rebuilt("comm", again).read_bytes() == wheel.read_bytes()
    with pytest.raises(CourseError, match="not installed here"):
        rebuilt("no-such-package", tmp_path)
    with pytest.raises(CourseError, match="as a wheel of pure Python"):
        rebuilt("numpy", tmp_path)


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        (None, "holds no pyodide-lock.json"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        (json.dumps({"info": {"version": "0.26.0"}}), "holds Pyodide 0.26.0"),
        (json.dumps({"info": {"version": "0.27.7"}, "packages": {}}), "does not know numpy"),
    ],
)
def test_a_folder_that_is_not_pyodides_is_refused(tmp_path, lock, said):
    if lock is not None:
        (tmp_path / "pyodide-lock.json").write_text(lock)
    with pytest.raises(CourseError, match=said):
        copy_pyodide(tmp_path, tmp_path / "target")
    assert not (tmp_path / "target").exists()
