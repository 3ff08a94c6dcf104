"""Which notebooks need no build: hashes of what each was made from, and of what was made.

The hashes are kept in a file of the course that git ignores. A notebook is up to date if all that
it depends on, and all that was made of it, is as it was; a file that cannot be read says nothing.
The check data of a function depend on less than its notebook does, and take most of a build's time:
they have hashes of their own.
"""

import ast
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

import workbook
from workbook.build import cases
from workbook.build.headers import gathered
from workbook.build.pictures import IMAGE
from workbook.course.data_folder import PLACE
from workbook.course.exercises import NOTEBOOKS, PAGES, Exercise, Page, find_function
from workbook.course.folder import CONFIG_FILE, Course

#: The file with the hashes, relative to the course's folder.
CACHE = ".workbook-cache/build.json"

_PROGRAM = Path(workbook.__file__).parent

# The program itself among them: a notebook says of which release it is.
_LIBRARIES = ("backprop-workbook", "jupytext", "nbconvert", "nbformat", "nbgrader", "numpy")


class Changes:
    """What has changed in a course since its last builds.

    Parameters
    ----------
    course : Course
        The course.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._known = _read(course.root / CACHE)
        self._made_from: dict[str, str] = {}
        self._modules: dict[str, list[Path]] = {}

    def is_current(self, what: Exercise | Page) -> bool:
        """Tell whether a build of a notebook would give the files that are there."""
        return self._known.get(what.notebook_path) == self._state(what)

    def has_data(self, name: str) -> bool:
        """Tell whether the check data of a function are what a build would make."""
        return self._known.get(data_path(name)) == self._data_state(name)

    def remember(self, built: Iterable[Exercise | Page]) -> None:
        """Keep the hashes of notebooks whose files are now what a build makes."""
        known = dict(self._known)
        for what in built:
            known[what.notebook_path] = self._state(what)
            known |= {data_path(name): self._data_state(name) for name in _functions(what)}
        path = self._course.root / CACHE
        part = path.with_suffix(".part")
        # Without the file, the next build takes longer, and nothing else.
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            part.write_text(json.dumps(known, indent=1), encoding="utf-8")
            os.replace(part, path)

    def _state(self, what: Exercise | Page) -> dict[str, str]:
        """Return the hash of all that a notebook depends on, and of each file made of it."""
        name = what.notebook_path
        if name not in self._made_from:
            # Once, before the build: what is edited meanwhile is not taken for built.
            hashes = [self._shared, *(_sha256(path) for path in sorted(self._inputs(what)))]
            self._made_from[name] = _sha256_of("".join(hashes).encode())
        files = {path: _sha256(self._course.root / path) for path in outputs(what)}
        return {"made from": self._made_from[name], **files}

    def _data_state(self, name: str) -> dict[str, str]:
        """Return the hash of all that the check data of a function depend on, and of the data."""
        path = data_path(name)
        if path not in self._made_from:
            files = self._inputs_of_data(name)
            said = [self._making_data, str(find_function(name)), *sorted(map(_sha256, files))]
            self._made_from[path] = _sha256_of("\0".join(said).encode())
        return {"made from": self._made_from[path], path: _sha256(self._course.root / path)}

    def _inputs(self, what: Exercise | Page) -> set[Path]:
        lesson = self._course.lesson(what)
        pictures = (lesson.parent / image["file"] for image in IMAGE.finditer(_text(lesson)))
        return {lesson, *pictures}.union(*map(self._inputs_of_data, _functions(what)))

    def _inputs_of_data(self, name: str) -> set[Path]:
        tests = self._course.tests(name)
        wrong = tests.parent / "misconceptions" / tests.name
        found: set[Path] = set()
        for path in (self._course.solution(name), tests, wrong):
            self._add_imported(path, found)
        return found

    def _add_imported(self, path: Path, found: set[Path]) -> None:
        """Add a Python file, and all of the course and the program that it imports in any way."""
        if path in found:
            return
        found.add(path)
        for name in _imports(path):
            for file in self._files_of(name):
                self._add_imported(file, found)

    def _files_of(self, name: str) -> list[Path]:
        """Return the files of a module of the course or the program: most are imported often."""
        if name not in self._modules:
            # A course's folder need not hold the program.
            of_program = name.split(".")[0] == _PROGRAM.name
            top = _PROGRAM.parent if of_program else self._course.root
            place = top.joinpath(*name.split("."))
            files = (place.with_suffix(".py"), place / "__init__.py")
            self._modules[name] = [file for file in files if file.is_file()]
        return self._modules[name]

    @cached_property
    def _making_data(self) -> str:
        """The hash of the part of the program that makes the check data."""
        found: set[Path] = set()
        self._add_imported(Path(cases.__file__), found)
        said = [sys.version, version("numpy"), *sorted(map(_sha256, found))]
        return _sha256_of("\0".join(said).encode())

    @cached_property
    def _shared(self) -> str:
        """The hash of what every notebook depends on: program, settings, headers of lessons."""
        files = [*sorted(_PROGRAM.rglob("*.py")), self._course.root / CONFIG_FILE]
        every: tuple[Exercise | Page, ...] = (*NOTEBOOKS, *PAGES)
        headers = [_header(self._course.lesson(what)) for what in every]
        # Lessons name each other, also by what stands in their text.
        described = json.dumps(gathered(self._course))
        said = [sys.version, *map(version, _LIBRARIES), *map(_sha256, files), *headers, described]
        return _sha256_of("\0".join(said).encode())


def outputs(what: Exercise | Page) -> list[str]:
    """Return the files that a build makes of a lesson or a page, relative to the course's."""
    return [
        f"source/{what.notebook_path}",
        f"release/{what.notebook_path}",
        *map(data_path, _functions(what)),
    ]


def data_path(name: str) -> str:
    """Return the file with the check data of a function, relative to the course's folder."""
    return (PLACE / f"{name}.json").as_posix()


def _functions(what: Exercise | Page) -> tuple[str, ...]:
    return what.functions if isinstance(what, Exercise) else ()


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _header(lesson: Path) -> str:
    """Return the part of a lesson between its first two lines of dashes."""
    return _text(lesson).split("\n---", 1)[0]


def _text(path: Path) -> str:
    """Return a file's text, or "" for a missing file, which the build reports itself."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _imports(path: Path) -> tuple[str, ...]:
    """Return the names of modules that a Python file imports, some of which may be no modules."""
    try:
        return _imports_of(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        # The build says what is wrong with it.
        return ()


# Most files are imported by the tests of many functions.
@lru_cache(maxsize=1024)
def _imports_of(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def _sha256(path: Path) -> str:
    """Return the hash of a file; of one that is not there, a word."""
    try:
        return _sha256_of(path.read_bytes())
    except OSError:
        return "missing"


def _sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
