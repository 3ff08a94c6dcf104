"""An eleventh exercise: four files are added to a copy of the course, and nothing else changes."""

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.conftest import copy_hashes, run_module, run_python, run_quickly
from tests.gradebooks import address
from tests.reference import ROOT, WHOLE, before_a_release
from workbook.course.data_folder import PLACE

pytestmark = pytest.mark.slow

ADDED = ROOT / "tests" / "eleventh"
(LESSON,) = ADDED.glob("assignments/*/*.md")
NAME = LESSON.stem.partition("_")[2]
NOTEBOOK = f"{LESSON.parent.name}/{LESSON.stem}"
COPIED = (
    "assignments", "solutions", "grader_tests", "visual_representation", "tests",
    "source", "release", "nbgrader_config.py", "pyproject.toml",
)  # fmt: skip
BUILT = ("source", "release", "visual_representation", "workbook/course/data")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "eleventh", ".ipynb_checkpoints")


#: Draws what differs from the files: to draw every picture once more takes a quarter of a minute.
DRAW_WHAT_HAS_CHANGED = """
import sys
from pathlib import Path
from PIL import Image
from workbook.cli import main
from workbook.figures.diagrams import write

def has_changed(picture):
    path = Path(sys.argv[3], "visual_representation", picture.file)
    if not path.is_file():
        return True
    with Image.open(path) as image:
        return image.info[write._KEY] != picture.draw().digest()

every = write.diagrams
write.diagrams = lambda: tuple(filter(has_changed, filter(write._is_possible, every())))
main()
"""


def run(*command, cwd, status=0):
    """Run a command, and return what it prints."""
    return said(run_module(*command, cwd=cwd), status)


def said(done, status=0):
    """Return what a command has printed, which has ended as it should."""
    assert done.returncode == status, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def written(root):
    """Return what is written by hand in a folder, file by file."""
    files = chain.from_iterable((root / name).rglob("*") for name in COPIED)
    return {
        path.relative_to(root): path.read_bytes()
        for path in [*files, root / "nbgrader_config.py", root / "pyproject.toml"]
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.relative_to(root).as_posix().startswith(BUILT)
    }


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The copy with the four files, built by the installed program: it has none of its own."""
    root = tmp_path_factory.mktemp("eleventh") / "course"
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, root / name)
    before = written(root)
    shutil.copytree(ROOT / PLACE, root / PLACE)
    copy_hashes(root)
    shutil.copytree(ADDED, root, dirs_exist_ok=True, ignore=LEFT_OUT)
    draw = root.parent / "draw.py"
    draw.write_text("from workbook.cli import main; main()" if WHOLE else DRAW_WHAT_HAS_CHANGED)
    said(run_quickly(draw, "figures", "--course", root, cwd=root.parent))
    run("workbook.cli", "build", "--course", root, cwd=root.parent)
    after = written(root)
    assert {path: after[path] for path in before} == before
    assert len(after) == len(before) + 4
    return root


@pytest.fixture(scope="module")
def submitted(root):
    """A class of three: the solution, the first known mistake, and the starter."""
    script = f"""
import sys
from pathlib import Path
from workbook.course.exercises import find, use_course
from workbook.course.folder import Course
from workbook.grade.submissions import answers

root = Path(sys.argv[1])
use_course(root)
course, exercise = Course(root), find("{NAME}")
catalogue = course.module("grader_tests.catalogue")
known = course.module("grader_tests.misconceptions.{NAME}")
mistake = catalogue.declared(known, catalogue.Misconception)[0]
for student, answer in (
    ("ada", answers.reference_answer(course, "{NAME}")),
    ("emmy", answers.catalogue_answer(course, "{NAME}", mistake.name)),
    ("zoe", None),
):
    notebook = answers.filled_notebook(course, exercise, answer)
    answers.submit(root / "submitted", student, exercise, notebook)
"""
    file = root.parent / "hand_in.py"
    file.write_text(script, encoding="utf-8")
    said(run_quickly(file, root, cwd=root.parent))
    return root / "submitted"


def marks(path):
    """Return the points of each student for the added exercise."""
    with Gradebook(address(path)) as gradebook:
        found = gradebook.notebook_submissions(LESSON.stem, LESSON.parent.name)
        return {one.student.id: one.score for one in found}


def test_what_was_built_is_up_to_date(root):
    # To build every notebook once more takes half a minute.
    names = [] if WHOLE else [NAME]
    done = run("workbook.cli", "build", "--check", *names, "--course", root, cwd=root.parent)
    assert done == "Everything is up to date.\n"
    # No notebook that was there before has another name.
    names = {path.relative_to(ROOT) for path in ROOT.glob("release/*/*.ipynb")}
    added = {path.relative_to(root) for path in root.glob("release/*/*.ipynb")} - names
    assert added == {Path("release", f"{NOTEBOOK}.ipynb")}


@before_a_release
def test_what_was_drawn_is_up_to_date(root):
    done = run("workbook.cli", "figures", "--check", "--course", root, cwd=root.parent)
    assert done == "Everything is up to date.\n"


def test_the_gates_hold(root):
    # The copy's own tests: no table of theirs knows the exercise.
    options = ("-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib")
    data = str(root / "workbook" / "course" / "data")
    more = {"cwd": root, "WORKBOOK_COURSE_DATA": data}
    files = ("tests/test_gates.py", "tests/test_lessons.py")
    done = said(run_python("-P", "-m", "pytest", *files, "-k", NAME, "-v", *options, **more))
    assert all(re.search(f"^{file}::.* PASSED", done, re.MULTILINE) for file in files)
    assert "SKIPPED" not in done


@pytest.mark.in_turns(3, "both ways")
def test_a_class_gets_the_same_marks_both_ways(root, submitted, tmp_path):
    options = ("--course", root, "--out", tmp_path / "out", "--no-feedback")
    run("workbook.cli", "grade", submitted, *options, cwd=tmp_path)
    got = marks(tmp_path / "out" / "gradebook.db")
    run("nbgrader", "autograde", LESSON.parent.name, cwd=root)
    assert marks(root / "gradebook.db") == got
    text = LESSON.read_text(encoding="utf-8")
    (points,) = [int(line[8:]) for line in text.splitlines() if line.startswith("points: ")]
    assert (got["ada"], got["zoe"]) == (points, 0)
    assert 0 <= got["emmy"] < points


def test_a_learner_sees_it_in_its_place(root, submitted):
    right = submitted / "ada" / f"{NOTEBOOK}.ipynb"
    done = run("workbook.cli", "check", right, cwd=root)
    assert NAME in done
    run("workbook.cli", "check", submitted / "emmy" / f"{NOTEBOOK}.ipynb", cwd=root, status=1)
    shown = run("workbook.cli", "progress", submitted / "ada", cwd=root)
    (line,) = [line for line in shown.splitlines() if f"  {NAME} " in line]
    assert line.split()[2] == "passing"
    assert "1 of 11 pass" in shown
    # What other notebooks say of it and of the course comes from the data.
    first = next((root / "release").glob("*/01_*.ipynb")).read_text(encoding="utf-8")
    assert "eleven" in first
    assert "ten short" not in first
