"""Finds what a student has added to locked cells.

The course's statements in such a cell count whatever was done to it. What a student added is told
apart by the syntax tree, so comments, blank lines and formatting do not matter.
"""

import ast
import copy
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbook.course.cell_magics import as_run
from workbook.course.checksums import is_as_released
from workbook.course.words import listed
from workbook.grade.submissions.identify import tests_in

# To take a text apart takes the judge 5 microseconds a character. More than a person adds to a cell
# of imports is run whole.
LONGEST_CELL = 20_000
# IPython goes through the whole text again for each of its own lines: so many characters in all.
_MOST_FOR_IPYTHON = 50_000

_FOR_IPYTHON = re.compile(r"^[ \t]*[%!?,;/]|=[ \t]*[%!]|\?[ \t]*$", re.M)

# What nbgrader looks for, in any line.
BEGIN_TESTS, END_TESTS = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"

_SHOWN = 3
_LONGEST_SHOWN = 60


class ParsingTooLongError(SyntaxError):
    """A text is no plain Python, and it would take too long to see whether it is IPython's."""


@dataclass(frozen=True)
class _Statement:
    key: str
    text: str
    names: frozenset[str]


def changes(cell: Any, text: str, known: Any) -> tuple[str, list[str]]:
    """Return what a student added to a cell of the course, and notes about what is not as released.

    Parameters
    ----------
    cell : dict
        The cell, as it was submitted; its metadata name one of the course's.
    text : str
        Its text.
    known : NotebookNode
        The course's source cell of that name.

    Returns
    -------
    code : str
        What was added to a cell that is locked; "" if nothing.
    notes : list of str
        Sentences for the instructor.
    """
    name = known.metadata.nbgrader.grade_id
    added, notes = "", []
    if cell.get("cell_type") != known.cell_type:
        kind = {"code": "code", "markdown": "text"}[known.cell_type]
        notes.append(f"the cell {name!r} was not a {kind} cell; it counts as one")
    ours, theirs = known.metadata.nbgrader, cell["metadata"]["nbgrader"]
    # A solution's checksum differs: the released stub is not the source's solution.
    if theirs != ours and any(
        theirs.get(key) != value for key, value in ours.items() if key != "checksum"
    ):
        notes.append(f"the metadata of the cell {name!r} was changed; the course's own counts")
    if not ours.solution and text != _released_text(known.source):
        added, note = _additions(text, known)
        notes += [note] if note else []
    if (notes or added) and is_as_released(cell, text):
        # Of an older release: nothing was changed.
        notes = []
    return added, notes


def is_imports(known: Any) -> bool:
    """Tell whether a cell of the course is the one with the imports."""
    settings = known.metadata.nbgrader
    return not settings.grade and not settings.solution


def _released_text(source: str) -> str:
    """Return the text of a locked source cell as nbgrader releases it: without its hidden tests."""
    return _released(source) if BEGIN_TESTS in source else source


# For every submission of an exercise the same few texts.
@lru_cache(maxsize=256)
def _released(source: str) -> str:
    lines, kept = iter(source.split("\n")), []
    for line in lines:
        if BEGIN_TESTS in line:
            next(filter(lambda one: END_TESTS in one, lines), None)
        else:
            kept.append(line)
    return "\n".join(kept)


def _additions(text: str, known: Any) -> tuple[str, str]:
    """Return what a text adds to the course's own, and a sentence about it."""
    where = _described(known)
    as_it_is = f"{where} was changed; it was run as it is"
    if len(text) > LONGEST_CELL:
        return text, as_it_is
    try:
        theirs = list(_statements(text))
    except ParsingTooLongError:
        return text, as_it_is
    except SyntaxError as error:
        line = f"line {error.lineno}" if error.lineno else "a line"
        said = f"{line} of {where} is not valid Python ({error.msg}); the course's own cell counts"
        return "", said
    own, bound = _of_the_course(_released_text(known.source))
    added = [statement for statement in theirs if statement.key not in own]
    if not added:
        return "", ""
    shown = [f"`{one.text.splitlines()[0][:_LONGEST_SHOWN]}`" for one in added]
    # Who takes a name of the course's may do so above or below the course's own line: as it stands.
    as_it_stands = any(statement.names & bound for statement in added)
    code = text if as_it_stands else "\n".join(statement.text for statement in added)
    return code, f"to {where} was added: {listed(shown, _SHOWN)}"


def _described(known: Any) -> str:
    name = known.metadata.nbgrader.grade_id
    if is_imports(known):
        return "the imports cell"
    if tests_in(known):
        return f"the test cell {name!r}"
    return f"the check cell of {name.removesuffix('-check')}"


@lru_cache(maxsize=256)
def _of_the_course(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of a cell's statements, and the names that they bind."""
    every = list(_statements(source))
    bound = frozenset(name for statement in every for name in statement.names)
    return frozenset(statement.key for statement in every), bound


def _statements(text: str) -> Iterator[_Statement]:
    """Yield the statements of a cell, an import of several names as an import of each.

    Raises
    ------
    SyntaxError
        If it is not Python, also with what IPython makes of its own lines; a TooLongError if that
        takes too long.
    """
    # As Python counts lines, whose ends may be any of three.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = as_run(text)
    if text.lstrip().startswith("%%"):
        # The whole cell is handed to a magic that keeps nothing of it, or writes it to a file.
        yield _Statement(text, text, frozenset())
        return
    tree, plain = parse_cell(text)
    lines = [line.encode() for line in plain.split("\n")]
    # What IPython makes of a line stands in the same line, with one that it has added at the end.
    original = text.split("\n") if plain != text and len(lines) == text.count("\n") + 2 else None
    for node in tree.body:
        if isinstance(node, ast.Pass) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            # Like a comment: it does nothing.
            continue
        first, last = _lines_of(node)
        written = "\n".join(original[first:last]) if original else _written(node, lines)
        if isinstance(node, ast.Import | ast.ImportFrom) and len(node.names) > 1:
            for alias in node.names:
                single = copy.copy(node)
                single.names = [alias]
                yield _Statement(ast.dump(single), ast.unparse(single), _bound(single))
        else:
            yield _Statement(_key(node, written), written, _bound(node))


def parse_cell(text: str) -> tuple[ast.Module, str]:
    """Return the tree of a cell, and the text that its lines and columns belong to.

    Raises
    ------
    TooLongError
        If it has too many lines for IPython: reading them would take too long.
    SyntaxError
        If it is neither Python nor IPython's.
    """
    try:
        return _tree(text), text
    except SyntaxError as error:
        if len(_FOR_IPYTHON.findall(text)) * len(text) > _MOST_FOR_IPYTHON:
            raise ParsingTooLongError(error.msg) from error
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            plain = TransformerManager().transform_cell(text)
            return _tree(plain), plain
        except Exception:
            raise error from None


def _tree(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "it is too deeply nested") from None


def _key(node: ast.stmt, written: str) -> str:
    try:
        return ast.dump(node)
    except RecursionError:
        return written


def _lines_of(node: ast.stmt) -> tuple[int, int]:
    """Return a statement's first line, from 0, with its decorators, and the line behind it."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)]) - 1
    return first, node.end_lineno or node.lineno


def _written(node: ast.stmt, lines: list[bytes]) -> str:
    """Return a statement's own text; `ast.get_source_segment` would split all lines each time."""
    first, last = _lines_of(node)
    chosen = lines[first:last]
    chosen[-1] = chosen[-1][: node.end_col_offset]
    chosen[0] = chosen[0][node.col_offset :]
    return b"\n".join(chosen).decode()


def _bound(node: ast.stmt) -> frozenset[str]:
    """Return the names that a statement may bind."""
    names = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load):
            names.add(one.id)
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(one.name)
        elif isinstance(one, ast.alias):
            names.add((one.asname or one.name).split(".")[0])
    return frozenset(names)
