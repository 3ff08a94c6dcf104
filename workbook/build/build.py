"""`workbook build`: lessons, solutions and hidden tests become notebooks and check data."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from workbook.build.cases import public_data
from workbook.build.lessons import BuildError, read_lesson
from workbook.build.release import release
from workbook.build.weave import weave
from workbook.course import Course
from workbook.exercises import EXERCISES

#: Folders that the build fills, relative to the course's.
BUILT = ("source", "release", "workbook/learn/data")


def build(course: Course) -> list[Path]:
    """Build everything, and return the files that have changed, were added or were removed.

    Raises
    ------
    BuildError
        If a lesson, a solution or a test file is not as it should be; nothing is written then.
    """
    with TemporaryDirectory() as scratch:
        built = Path(scratch)
        _build_into(course, built)
        stale = list(_stale(course.root, built))
        for path in stale:
            old, new = course.root / path, built / path
            if new.is_file():
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(new, old)
            else:
                old.unlink()
    return stale


def stale_files(course: Course) -> list[Path]:
    """Return the committed files that a build would change, add or remove."""
    with TemporaryDirectory() as scratch:
        built = Path(scratch)
        _build_into(course, built)
        return list(_stale(course.root, built))


def _build_into(course: Course, target: Path) -> None:
    for exercise in EXERCISES:
        lesson = course.lesson(exercise)
        if not lesson.is_file():
            raise BuildError(lesson, 1, f"the lesson of {exercise.name} is missing")
        notebook = weave(course, read_lesson(lesson))
        path = target / "source" / exercise.notebook_path
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        data = target / "workbook/learn/data" / f"{exercise.name}.json"
        data.parent.mkdir(parents=True, exist_ok=True)
        tests = course.module(f"grader_tests.{exercise.name}")
        data.write_text(public_data(tests, course.reference(exercise.name)), encoding="utf-8")
    release(course, target / "source", target / "release")


def _stale(root: Path, built: Path) -> Iterator[Path]:
    for folder in BUILT:
        names = {path.relative_to(base) for base in (root, built) for path in _files(base / folder)}
        for name in sorted(names):
            pair = (root / name, built / name)
            if not all(path.is_file() for path in pair) or not filecmp.cmp(*pair, shallow=False):
                yield name


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, without Jupyter's checkpoints."""
    for path in folder.rglob("*"):
        if path.is_file() and ".ipynb_checkpoints" not in path.parts and path.suffix != ".pyc":
            yield path
