"""Copy hidden tests, and all that they need, into the code of one notebook cell.

A plain nbgrader runs the hidden tests of a source notebook in the student's kernel, where neither
the solutions nor the test files can be imported. So their text goes into the cell, inside a
function, where its names cannot replace the student's.
"""

import ast
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbook.build.text import BuildError
from workbook.course.exercises import FUNCTIONS, find_function
from workbook.course.folder import COURSE_PACKAGES, SOLUTION_MARKERS, Course, without_markers
from workbook.course.hidden_tests import HiddenTest


def solution_text(path: Path) -> str:
    """Return the function, or the class, of a solution file, markers included.

    What is between markers, the learner writes; in a class there may be several such pieces, and
    the rest of it is given.

    Raises
    ------
    BuildError
        If the markers of the solution are missing or out of order.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    numbered = enumerate(map(str.strip, lines), 1)
    marks = {line: number for number, line in numbered if line in SOLUTION_MARKERS}
    begin, end = SOLUTION_MARKERS
    if list(marks) != [begin, end]:
        line = min(marks.values(), default=1)
        raise BuildError(path, line, f"a solution needs a line {begin!r} and, below it, {end!r}")
    kinds = ast.FunctionDef | ast.ClassDef
    defined = [node for node in ast.parse(text).body if isinstance(node, kinds)]
    names = [node.name for node in defined]
    if names != [path.stem]:
        raise BuildError(path, 1, f"the file defines {names}; it should define {path.stem!r} only")
    (node,) = defined
    return "\n".join(lines[node.lineno - 1 : max(marks[end], node.end_lineno or 0)])


def hidden_cell(course: Course, name: str, tests: tuple[HiddenTest, ...]) -> str:
    """Return the code that runs these tests on the student's function and shows the points.

    Parameters
    ----------
    course : Course
        Where the tests are.
    name : str
        The function.
    tests : tuple of HiddenTest
        Some of its hidden tests.
    """
    known = find_function(name)
    uses = known.uses if known else ()
    pairs = ", ".join(f"({test.name}, {test.points:g})" for test in tests)
    # When the student's function calls an earlier exercise, it gets a right one.
    earlier = ", ".join(f"{one!r}: {one}" for one in uses)
    last = f"return [{pairs}], {{{earlier}}}"
    pieces = _needed(_flatten(course, course.tests(name), set()), last)
    body = "\n\n".join(piece.text for piece in pieces)
    home = FUNCTIONS.get(name)
    shown = f"mark({name}, *hidden_tests())"
    if home is not None and home.is_lab:
        # A plain nbgrader takes no more points for a cell than it is worth, and a bonus is worth 0:
        # there a person reads what is printed, and enters it as extra credit.
        shown = f"min({shown}, 0.0)"
    return (
        f"def hidden_tests():\n{textwrap.indent(body, '    ')}\n\n\n"
        "from workbook.learn.workspace.plain_nbgrader import mark\n\n" + shown
    )


@dataclass(frozen=True)
class _Piece:
    """Some lines of code, the name that they define, and the names that they use."""

    name: str
    text: str
    uses: frozenset[str]


def _needed(pieces: list[_Piece], last: str) -> list[_Piece]:
    """Return the pieces that the last line needs, directly or not, and that line."""
    ending = _piece("", last)
    needed, waiting = set[str](), set(ending.uses)
    while waiting:
        needed |= waiting
        waiting = {use for piece in pieces if piece.name in waiting for use in piece.uses} - needed
    # Several files may import the same name.
    kept = dict.fromkeys(piece for piece in pieces if piece.name in needed)
    return [*kept, ending]


def _flatten(course: Course, path: Path, done: set[Path]) -> list[_Piece]:
    """Return what a file defines, after what it imports from the course."""
    if path in done:
        return []
    done.add(path)
    pieces = []
    for part in _parts(path.read_text(encoding="utf-8")):
        if isinstance(part, _Piece):
            pieces.append(part)
        else:
            file = course.root.joinpath(*part.split(".")).with_suffix(".py")
            pieces += _flatten(course, file, done)
    return pieces


# Many cells hold parts of the same few files.
@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[_Piece | str, ...]:
    """Return the pieces of a file's text, and the names of the course's modules it imports."""
    parts: list[_Piece | str] = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None) or ""
            if module.split(".")[0] in COURSE_PACKAGES:
                parts.append(module)
                parts += [
                    _piece(a.asname, f"{a.asname} = {a.name}") for a in node.names if a.asname
                ]
            else:
                parts += [_import(module, alias) for alias in node.names]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            parts.append(_piece(node.name, _source(text, node)))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            parts.append(_piece(node.targets[0].id, _source(text, node)))
    return tuple(parts)


def _import(module: str, alias: ast.alias) -> _Piece:
    begin = f"from {module} import " if module else "import "
    end = f" as {alias.asname}" if alias.asname else ""
    return _Piece(alias.asname or alias.name, f"{begin}{alias.name}{end}", frozenset())


def _piece(name: str, text: str) -> _Piece:
    # The last line is a return statement, which only parses inside of a function.
    tree = ast.parse("def piece():\n" + textwrap.indent(text, "    "))
    used = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return _Piece(name, text, frozenset(used))


def _source(text: str, node: ast.stmt) -> str:
    """Return the text of a definition, without solution markers or a test's decorator."""
    first = node.lineno
    if isinstance(node, ast.ClassDef) and node.decorator_list:
        first = node.decorator_list[0].lineno
    return without_markers("\n".join(text.splitlines()[first - 1 : node.end_lineno]))
