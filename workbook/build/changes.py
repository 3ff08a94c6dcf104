"""Which notebooks need no build: hashes of what each was made from, and of what was made.

The hashes are kept in a file of the course that git ignores. A notebook is up to date if all that
it depends on, and all that was made of it, is as it was; a file that cannot be read says nothing.
"""

import ast
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import workbook
from workbook.build.headers import gathered
from workbook.build.pictures import IMAGE
from workbook.course.exercises import NOTEBOOKS, PAGES, Exercise, Page
from workbook.course.folder import MARKER, Course

#: The file with the hashes, relative to the course's folder.
CACHE = ".workbook-cache/build.json"

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

    def is_current(self, what: Exercise | Page) -> bool:
        """Tell whether a build of a notebook would give the files that are there."""
        return self._known.get(what.notebook_path) == self._state(what)

    def remember(self, built: Iterable[Exercise | Page]) -> None:
        """Keep the hashes of notebooks whose files have just been written."""
        known = self._known | {what.notebook_path: self._state(what) for what in built}
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

    def _inputs(self, what: Exercise | Page) -> set[Path]:
        lesson = self._course.lesson(what)
        pictures = (lesson.parent / image["file"] for image in IMAGE.finditer(_text(lesson)))
        found = {lesson, *pictures}
        for name in what.functions if isinstance(what, Exercise) else ():
            tests = self._course.tests(name)
            wrong = tests.parent / "misconceptions" / tests.name
            for path in (self._course.solution(name), tests, wrong):
                self._add_imported(path, found)
        return found

    def _add_imported(self, path: Path, found: set[Path]) -> None:
        """Add a Python file of the course, and all files of the course that it imports."""
        if path in found:
            return
        found.add(path)
        for name in _imports(path):
            file = self._course.root.joinpath(*name.split(".")).with_suffix(".py")
            if file.is_file():
                self._add_imported(file, found)

    @cached_property
    def _shared(self) -> str:
        """The hash of what every notebook depends on: program, settings, headers of lessons."""
        program = Path(workbook.__file__).parent
        files = [*sorted(program.rglob("*.py")), self._course.root / MARKER]
        every: tuple[Exercise | Page, ...] = (*NOTEBOOKS, *PAGES)
        headers = [_header(self._course.lesson(what)) for what in every]
        # Lessons name each other, also by what stands in their text.
        described = json.dumps(gathered(self._course))
        said = [sys.version, *map(version, _LIBRARIES), *map(_sha256, files), *headers, described]
        return _sha256_of("\0".join(said).encode())


def outputs(what: Exercise | Page) -> list[str]:
    """Return the files that a build makes of a lesson or a page, relative to the course's."""
    functions = what.functions if isinstance(what, Exercise) else ()
    return [
        f"source/{what.notebook_path}",
        f"release/{what.notebook_path}",
        *(f"workbook/course/data/{name}.json" for name in functions),
    ]


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
    """Return a file's text; the build says what is wrong with one that is missing or is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _imports(path: Path) -> Iterator[str]:
    """Yield the names of modules that a Python file imports, some of which may be no modules."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        # The build says what is wrong with it.
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _sha256(path: Path) -> str:
    """Return the hash of a file; of one that is not there, a word."""
    try:
        return _sha256_of(path.read_bytes())
    except OSError:
        return "missing"


def _sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
