"""Which notebooks `workbook build` builds again: those that something has changed for."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import COURSE, ROOT, copy_of_course
from workbook.build.changes import CACHE, Changes, data_path, outputs
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES
from workbook.course.folder import Course

EVERY = (*NOTEBOOKS, *PAGES)
ALL = {what.name for what in EVERY}
FIRST = EXERCISES[0]
LESSON = f"assignments/{FIRST.assignment}/{FIRST.notebook}.md"


@pytest.fixture(scope="module")
def remembered(tmp_path_factory):
    """A copy of the course, of which everything is known to be built."""
    names = (*COURSE, "visual_representation", "workbook/course/data")
    root = copy_of_course(tmp_path_factory.mktemp("known") / "course", names)
    Changes(Course(root)).remember(EVERY)
    return root


@pytest.fixture
def root(remembered, tmp_path):
    """The same, to be changed."""
    return Path(shutil.copytree(remembered, tmp_path / "course"))


def changed(root: Path) -> set[str]:
    changes = Changes(Course(root))
    return {what.name for what in EVERY if not changes.is_current(what)}


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_text_of_a_lesson_changes_its_notebook(root):
    add(root / LESSON, "\nMore text.\n")
    assert changed(root) == {FIRST.name}


def test_the_header_of_a_lesson_changes_every_notebook(root):
    path = root / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("hints:", "# A comment\nhints:", 1), encoding="utf-8")
    assert changed(root) == ALL


def test_a_picture_changes_the_notebooks_that_show_it(root):
    pictures = root / "visual_representation/lessons"
    shutil.copy(pictures / "cycle_02.png", pictures / "cycle_01.png")
    assert changed(root) == {FIRST.name}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("path", "some", "others"),
    [
        ("grader_tests/misconceptions/compute_cost.py", {"compute_cost"}, {"linear_forward"}),
        ("grader_tests/compute_cost.py", {"compute_cost"}, {"linear_forward"}),
        ("solutions/update_with_adam.py", {"descend_better"}, {one.name for one in EXERCISES}),
        ("grader_tests/lab_support.py", {"descend_better"}, {one.name for one in EXERCISES}),
        ("grader_tests/catalogue.py", {one.name for one in NOTEBOOKS}, {PAGES[0].name}),
        ("nbgrader_config.py", ALL, set()),
    ],
)
def test_python_changes_the_notebooks_that_import_it(path, some, others, root):
    add(root / path, "\n# A comment\n")
    found = changed(root)
    assert found >= some
    assert not found & others


def test_the_check_data_change_with_what_makes_them_and_not_with_the_lesson(root):
    path = root / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("hints:", "# A comment\nhints:", 1), encoding="utf-8")
    add(root / "grader_tests/lab_support.py", "\n# A comment\n")
    changes = Changes(Course(root))
    assert all(changes.has_data(one.name) for one in EXERCISES)
    assert not changes.has_data("update_with_adam")
    (root / data_path(FIRST.name)).unlink()
    assert not Changes(Course(root)).has_data(FIRST.name)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("number", range(len(outputs(FIRST))))
@pytest.mark.parametrize("how", ["edited", "removed"])
def test_what_was_built_and_is_no_longer_so_is_built_again(number, how, root):
    path = root / outputs(FIRST)[number]
    add(path, "\n") if how == "edited" else path.unlink()
    assert changed(root) == {FIRST.name}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: "\udcff",
        lambda text: json.dumps(dict.fromkeys(json.loads(text), "")),
    ],
    ids=["empty", "half", "list", "not UTF-8", "no hashes"],
)
def test_a_damaged_file_of_hashes_says_nothing(spoil, root):
    text = (root / CACHE).read_text(encoding="utf-8")
    (root / CACHE).write_bytes(spoil(text).encode("utf-8", "surrogateescape"))
    assert changed(root) == ALL


def test_what_is_edited_during_a_build_is_built_again(root):
    changes = Changes(Course(root))
    add(root / LESSON, "\nBefore the build.\n")
    assert not changes.is_current(FIRST)
    add(root / LESSON, "\nDuring the build.\n")
    changes.remember([FIRST])
    assert changed(root) == {FIRST.name}


def test_git_ignores_the_hashes():
    assert f"/{Path(CACHE).parent}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
