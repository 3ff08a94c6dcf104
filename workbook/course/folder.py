"""The course on disk: where its parts are, and how its Python files are loaded."""

import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import ASSIGNMENTS, Exercise, Page

if TYPE_CHECKING:
    from workbook.course.hidden_tests import HiddenTest

CONFIG_FILE = "nbgrader_config.py"

#: The lines between which, in a solution, is what the learner writes.
SOLUTION_MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")

#: Packages of the course's Python files, which exist only in its folder.
COURSE_PACKAGES = ("solutions", "grader_tests")


class CourseError(Exception):
    """The course, or a part of it, is not there or not as it should be."""


@dataclass(frozen=True)
class Course:
    """A folder with lessons, solutions and hidden tests.

    Attributes
    ----------
    root : pathlib.Path
        The folder that holds ``nbgrader_config.py``.
    """

    root: Path

    def lesson(self, exercise: Exercise | Page) -> Path:
        """Return the path of an exercise's lesson, or of a page's text."""
        return self.root / "assignments" / exercise.assignment / f"{exercise.notebook}.md"

    def solution(self, name: str) -> Path:
        """Return the path of a reference solution."""
        return self.root / "solutions" / f"{name}.py"

    def tests(self, name: str) -> Path:
        """Return the path of a function's hidden tests."""
        return self.root / "grader_tests" / f"{name}.py"

    def other_assignments(self) -> tuple[str, ...]:
        """Return the names of assignments in ``source/`` that are nbgrader's alone."""
        source = self.root / "source"
        folders = sorted(source.iterdir()) if source.is_dir() else []
        return tuple(
            one.name
            for one in folders
            if one.is_dir() and one.name not in ASSIGNMENTS and one.name[0] not in "._"
        )

    def module(self, name: str) -> ModuleType:
        """Import a Python file of the course, such as ``solutions.compute_cost``."""
        root = self.root.absolute()
        path = root.joinpath(*name.split(".")).with_suffix(".py")
        if not path.is_file():
            raise CourseError(f"{path}: no such file")
        module = sys.modules.get(name)
        if module is None or module.__file__ != str(path):
            module = _imported(root, name)
        if module.__file__ != str(path):
            raise CourseError(f"{name} should be {path}, but {module.__file__} has the same name")
        return module

    def reference(self, name: str) -> Callable[..., Any]:
        """Return the reference solution of a function."""
        function: Callable[..., Any] = getattr(self.module(f"solutions.{name}"), name)
        return function

    def hidden_tests(self, name: str) -> "tuple[HiddenTest, ...]":
        """Return the hidden tests of a function, in the order of their file."""
        # It imports NumPy, which whoever only asks for paths does without.
        from workbook.course.hidden_tests import hidden_test

        module = self.module(f"grader_tests.{name}")
        functions = [
            value
            for key, value in vars(module).items()
            if key.startswith("test_") and inspect.isfunction(value)
        ]
        return tuple(hidden_test(function, _points(function), name) for function in functions)

    def all_hidden_tests(self, exercise: Exercise) -> "tuple[HiddenTest, ...]":
        """Return the hidden tests of all functions of an exercise, function by function.

        Raises
        ------
        CourseError
            If two functions of a lab have tests of one name, by which results know them.
        """
        tests = tuple(test for name in exercise.functions for test in self.hidden_tests(name))
        homes: dict[str, str] = {}
        for test in tests:
            if test.name in homes:
                files = f"{self.tests(homes[test.name])} and {self.tests(test.of)}"
                raise CourseError(f"{files} both have a test {test.name}; one lab, other names")
            homes[test.name] = test.of
        return tests


def _imported(root: Path, name: str) -> ModuleType:
    """Import a module of a course, whatever course has been in use before."""
    _forget_other_courses(root)
    sys.path[:] = [str(root), *(path for path in sys.path if path != str(root))]
    importlib.invalidate_caches()
    return importlib.import_module(name)


def _forget_other_courses(root: Path) -> None:
    """Forget the modules of another course, or of another version: their names are the same."""
    names = [name for name in sys.modules if name.partition(".")[0] in COURSE_PACKAGES]
    files = [getattr(sys.modules[name], "__file__", None) for name in names]
    if any(file is not None and not Path(file).is_relative_to(root) for file in files):
        for name in names:
            del sys.modules[name]


def _points(function: Callable[..., None]) -> float:
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "points"]
    if len(marks) != 1 or len(marks[0].args) != 1:
        where = f"{inspect.getsourcefile(function)}:{function.__code__.co_firstlineno}"
        raise CourseError(f"{where}: {function.__name__} needs one mark @pytest.mark.points(n)")
    return float(marks[0].args[0])


def find_course(start: Path | None = None) -> Course:
    """Return the course that a folder belongs to, looking upward from it.

    Parameters
    ----------
    start : pathlib.Path, optional
        Where to begin; the current folder if not given.

    Raises
    ------
    CourseError
        If neither the folder nor one above it holds ``nbgrader_config.py``.
    """
    here = (start or Path.cwd()).resolve()
    for course in courses_in([here, *here.parents]):
        return course
    raise CourseError(
        f"there is no course here: neither {here} nor a folder above it holds {CONFIG_FILE}. "
        "Go to the course's folder, or name it with --course."
    )


def courses_in(folders: Iterable[Path]) -> Iterator[Course]:
    """Yield the course of each folder that holds ``nbgrader_config.py``."""
    return (Course(folder) for folder in folders if (folder / CONFIG_FILE).is_file())


def without_markers(code: str) -> str:
    """Return code without the lines that mark a solution."""
    return "\n".join(line for line in code.splitlines() if line.strip() not in SOLUTION_MARKERS)
