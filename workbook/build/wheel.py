"""The course as a wheel: for a class, or for self-learners, with the solutions in it."""

import base64
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook.course.data_folder import PLACE, SOLUTIONS_FILE
from workbook.course.exercises import FUNCTIONS
from workbook.course.folder import Course, CourseError

#: What is added to the version, so that pip tells the two wheels apart.
SELF_STUDY = "+selfstudy"

_PROJECT = "pyproject.toml"
#: What of a checkout the build backend reads.
_FILES = (_PROJECT, "README.md", "LICENSE", ".gitignore")
_FOLDERS = ("workbook", "release")
_VERSION = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)
_NAME = re.compile(r'^name = "([^"]+)"$', re.MULTILINE)
_SUMMARY = re.compile(r'^description = "([^"]+)"$', re.MULTILINE)


def build_wheel(course: Course, folder: Path, self_study: bool) -> Path:
    """Build a wheel from a checkout of the course, without the network.

    Parameters
    ----------
    course : Course
        The course, with what `workbook build` writes.
    folder : pathlib.Path
        Where the wheel is put.
    self_study : bool
        Whether the reference solutions are in it.

    Returns
    -------
    pathlib.Path
        The wheel.

    Raises
    ------
    CourseError
        If the course's folder is no checkout, or a solution is missing.
    """
    if not (course.root / _PROJECT).is_file():
        raise CourseError(
            f"{course.root}: there is no {_PROJECT}; a wheel is built from a checkout of the course"
        )
    from hatchling.builders.wheel import WheelBuilder

    with _with_solutions(course) if self_study else _as_it_is(course) as root:
        builder = WheelBuilder(str(root))
        return Path(next(builder.build(directory=str(folder), versions=["standard"])))


def wheel_name(course: Course, self_study: bool) -> str:
    """Return the file name that a wheel of the course has.

    Parameters
    ----------
    course : Course
        The course.
    self_study : bool
        Whether the reference solutions are in it.
    """
    try:
        text = (course.root / _PROJECT).read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{course.root / _PROJECT} cannot be read: {error.strerror}") from error
    found = [pattern.search(text) for pattern in (_NAME, _VERSION)]
    if None in found:
        raise CourseError(f"{_PROJECT}: there is no line with the name, or none with the version")
    name, number = (one[1] for one in found if one)
    return f"{name.replace('-', '_')}-{number}{SELF_STUDY * self_study}-py3-none-any.whl"


@contextmanager
def _as_it_is(course: Course) -> Iterator[Path]:
    yield course.root


@contextmanager
def _with_solutions(course: Course) -> Iterator[Path]:
    """Make a copy of the checkout that has the solutions among the package's data."""
    with TemporaryDirectory(prefix="workbook-wheel-") as made:
        copy = Path(made)
        for name in _FILES:
            if (course.root / name).is_file():
                shutil.copy(course.root / name, copy)
        for name in _FOLDERS:
            unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(course.root / name, copy / name, ignore=unwanted)
        (copy / PLACE / SOLUTIONS_FILE).write_bytes(packed_solutions(course))
        _say_which(copy / _PROJECT)
        yield copy


def packed_solutions(course: Course) -> bytes:
    """Return the reference solutions as text that nobody reads by accident; it is no secret.

    Parameters
    ----------
    course : Course
        The course.
    """
    try:
        texts = {name: course.solution(name).read_text(encoding="utf-8") for name in FUNCTIONS}
    except (OSError, ValueError) as error:
        raise CourseError(f"the self-study wheel needs every solution: {error}") from error
    return base64.b85encode(zlib.compress(json.dumps(texts).encode(), 9))


def _say_which(project: Path) -> None:
    """Write into the project's version and description that the solutions are in the wheel."""
    text = project.read_text(encoding="utf-8")
    for pattern, more in ((_VERSION, SELF_STUDY), (_SUMMARY, "; self-study, with the solutions")):
        line = pattern.search(text)
        if line is None:
            raise CourseError(f"{_PROJECT}: there is no line like {pattern.pattern}")
        text = text.replace(line[0], f'{line[0][:-1]}{more}"', 1)
    project.write_text(text, encoding="utf-8")
