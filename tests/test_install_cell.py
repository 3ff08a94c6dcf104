"""Where a notebook stands alone: the cell that installs the course, and the site's downloads."""

import sys
import tomllib

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from tests.conftest import ROOT
from tests.submissions import hand_in
from tests.test_house import LEARNERS
from workbook.build.install_cell import (
    _NEEDED,
    INSTALL_CELL,
    class_wheel_name,
    install_cell,
    install_cells,
    with_install_cell,
)
from workbook.course.exercises import all_notebooks, find
from workbook.course.folder import CONFIG_FILE, Course, CourseError
from workbook.grade.submissions.results import read_results
from workbook.site.downloads import write_downloads
from workbook.site.settings import Site

ADDRESS = "https://school.example/ml"
STEP = find("linear_forward")


def run(source, monkeypatch, has_course):
    """Run a cell in IPython, with or without the course, and return what pip was asked for."""
    asked = []
    shell = InteractiveShell()
    shell.register_magic_function(asked.append, "line", "pip")
    if not has_course:
        monkeypatch.setitem(sys.modules, "workbook", None)
    assert shell.run_cell(source).success
    return asked


def test_it_installs_the_wheel_where_the_course_is_missing(monkeypatch):
    cell = install_cell(ADDRESS, "x+selfstudy.whl")
    assert run(cell.source, monkeypatch, has_course=True) == []
    packages, wheel = run(cell.source, monkeypatch, has_course=False)
    assert packages.split() == ["install", "-q", *_NEEDED]
    assert wheel == f"install -q --no-deps {ADDRESS}/wheels/x+selfstudy.whl"


def test_it_asks_for_what_a_notebook_needs_and_for_nothing_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = {one.partition(">")[0] for one in project["dependencies"]}
    assert ours >= {*_NEEDED}
    # Whoever runs a notebook has IPython.
    assert {*_NEEDED} >= LEARNERS - {"IPython", "workbook"}


def test_without_an_address_there_is_none(tmp_path):
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    assert install_cells(Course(tmp_path)) == []
    (tmp_path / CONFIG_FILE).write_text(f'get_config().Workbook.address = "{ADDRESS}/"\n')
    (cell,) = install_cells(Course(tmp_path))
    assert cell.source.endswith(f" {ADDRESS}/wheels/{class_wheel_name()}")
    assert cell.metadata.editable is cell.metadata.deletable is False


def downloads(folder, address, wheel="a.whl", course=ROOT):
    write_downloads(Site(Course(course), folder, wheel, address, None, False))
    return {
        one.notebook_path: nbformat.read(folder / "notebooks" / one.notebook_path, as_version=4)
        for one in all_notebooks()
    }


@pytest.mark.slow
def test_the_downloads_are_the_release_with_the_sites_own_wheel(tmp_path):
    released = {one.notebook_path: ROOT / "release" / one.notebook_path for one in all_notebooks()}
    plain = downloads(tmp_path / "plain", None)
    assert plain == {name: nbformat.read(path, as_version=4) for name, path in released.items()}
    for name, notebook in downloads(tmp_path / "site", ADDRESS, "mine.whl").items():
        assert notebook.cells[1:] == plain[name].cells
        assert notebook.cells[0].id == INSTALL_CELL
        assert notebook.cells[0].source.endswith("/wheels/mine.whl")
        nbformat.validate(notebook)
    # A release that has such a cell already has one afterwards, for this site.
    course = tmp_path / "course"
    (tmp_path / "site" / "notebooks").rename(course.with_name("release"))
    again = downloads(tmp_path / "again", ADDRESS, "other.whl", course=tmp_path)
    for name, notebook in again.items():
        assert [cell.id for cell in notebook.cells].count(INSTALL_CELL) == 1, name
        assert "other.whl" in notebook.cells[0].source


def test_a_release_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CourseError, match="Run `workbook build`"):
        downloads(tmp_path / "site", None, course=tmp_path)


@pytest.mark.slow
def test_a_notebook_with_the_cell_is_graded_as_one_without(tmp_path, workbook_grade):
    for student in ("with", "without"):
        path = hand_in(tmp_path / "submitted", student, STEP)
        if student == "with":
            notebook = nbformat.read(path, as_version=4)
            nbformat.write(with_install_cell(notebook, ADDRESS, "x.whl"), path)
    done = workbook_grade(
        tmp_path / "submitted", tmp_path / "out", "--no-feedback", "--exercise", STEP.name
    )
    assert done.exit_code == 0, done.output
    assert "Notes" not in done.output
    results = [*read_results(tmp_path / "out" / "results")]
    assert [one.points for one in results if one.exercise == STEP.name] == [STEP.points] * 2
