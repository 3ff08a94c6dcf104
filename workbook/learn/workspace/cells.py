"""The code cells of a learner's notebook, parsed."""

import __future__

import ast
import contextlib
import functools
import json
import re
import types
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook.course.cell_magics import (
    WRITE,
    as_run,
    captured_as,
    without_magic,
    without_many_lines,
)
from workbook.course.exercises import FUNCTIONS
from workbook.course.older_python import for_this_python
from workbook.course.parsable import parsable
from workbook.course.text import without_surrogates
from workbook.course.unrun_answers import unrun_answers
from workbook.learn.whole_file import read_whole
from workbook.learn.workspace.inlined import capturing, inlined, with_shown

# Cell magics that write their cell to a file.
_FILE_MAGIC = re.compile(
    rf"\s*%%(?:{'|'.join(WRITE)})[ \t]+(-a[ \t]+)?[\"']?([^\"'\n]+?)[\"']?[ \t]*\n"
)
#: Between a notebook's name and a cell's number, in the name that tracebacks show.
CELL = ", code cell "

_RESTORE = (
    "save it again from Jupyter, or move it away and run `workbook lab` to get a fresh copy "
    "(your other notebooks stay as they are)"
)
_KEEP_ONE_SIDE = (
    "keep one side, in an editor or with `git checkout --ours FILE` or `git checkout --theirs FILE`"
)


class NotebookError(Exception):
    """A notebook cannot be read, or lacks what is looked for; the text says what to do."""


@dataclass(frozen=True)
class ParsedCell:
    """One code cell.

    Attributes
    ----------
    label : str
        The name that tracebacks show.
    source : str
        Its text.
    body : tuple of ast.stmt
        Its statements, without those that cannot be parsed.
    errors : tuple of SyntaxError
        Why they cannot.
    tests : str
        nbgrader's name of the cell if it is a check or holds hidden tests.
    answers : str
        Name of the function if it is the cell for its answer.
    writes : (str, bool) or None
        The file that it writes instead of running, and whether it adds to it.
    lost : frozenset of str
        Type parameters that this Python cannot read.
    refused : SyntaxError or None
        What this Python says of a cell that is read as a newer one reads it.
    """

    label: str
    source: str
    body: tuple[ast.stmt, ...] = ()
    errors: tuple[SyntaxError, ...] = ()
    tests: str = ""
    answers: str = ""
    writes: tuple[str, bool] | None = None
    lost: frozenset[str] = frozenset()
    refused: SyntaxError | None = None


def cells_in(path: Path) -> tuple[ParsedCell, ...]:
    """Return the code cells of a notebook.

    Parameters
    ----------
    path : Path
        The notebook.

    Raises
    ------
    NotebookError
        If the file cannot be read, or is no notebook.
    """
    try:
        data = read_whole(path)
        text = data.decode(json.detect_encoding(data))
    except FileNotFoundError:
        raise NotebookError(f"there is no notebook {path}") from None
    except UnicodeDecodeError:
        raise NotebookError(f"{path.name} is not a text in UTF-8: {_RESTORE}") from None
    except OSError as error:
        raise NotebookError(f"{path.name} cannot be read: {error.strerror or error}") from None
    return _cells_of(path.name, text)


def code_of(path: str) -> types.CodeType:
    """Return the code of a notebook that another one runs, without its checks."""
    cells = (cell for cell in cells_in(Path(path)) if not cell.tests and not cell.writes)
    body = [statement for cell in cells for statement in cell.body]
    return compile(ast.Module(body, []), path, "exec")


def cells_above_tests(cells: Sequence[ParsedCell], name: str) -> Sequence[ParsedCell]:
    """Return the cells above the first check or test of a function.

    As in grading, where these are gone or stand above the answer, it is the cells down to the
    answer; where its cell is not known either, all of them.

    Parameters
    ----------
    cells : sequence of ParsedCell
        The notebook's code cells.
    name : str
        Name of the function.
    """
    of_function = (place for place, one in enumerate(cells) if one.tests.startswith(f"{name}-"))
    answers = [place for place, one in enumerate(cells, 1) if one.answers == name]
    tests = next(of_function, len(cells))
    is_lost = tests == len(cells) or (answers and tests < answers[-1])
    return cells[: answers[-1] if answers and is_lost else tests]


def features_of(node: ast.stmt) -> int:
    """Return what a statement switches on for all cells below it, as compiler flags.

    Parameters
    ----------
    node : ast.stmt
        The statement.
    """
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return 0
    found = (getattr(__future__, one.name, None) for one in node.names)
    return sum(one.compiler_flag for one in found if one is not None)


# By the text: a lab's import reads the earlier notebooks hundreds of times, by way of each other.
@functools.lru_cache(maxsize=64)
def _cells_of(name: str, text: str) -> tuple[ParsedCell, ...]:
    """Return the parsed code cells of a notebook's text."""
    if not text.strip():
        raise NotebookError(f"{name} is an empty file: {_RESTORE}")
    try:
        cells = [
            replace(_parsed(f"{name}{CELL}{number}", source, tests), answers=answers)
            for number, source, tests, answers in _code_cells(_raw_cells(json.loads(text)))
        ]
        bodies = with_shown([one.body for one in cells], [one.source for one in cells])
        return tuple(replace(one, body=body) for one, body in zip(cells, bodies, strict=True))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        said = f"{name} is not a Jupyter notebook: {_RESTORE}"
        if re.search("^<{7} ", text, re.MULTILINE):
            said = f"{name} has Git's conflict markers (<<<<<<<): {_KEEP_ONE_SIDE}"
        raise NotebookError(said) from None


def _raw_cells(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a notebook's cells; before version 4 they lay in worksheets."""
    sheets = [raw] if "cells" in raw else raw["worksheets"]
    if not sheets:
        raise ValueError("it has no cells")
    return [cell for sheet in sheets for cell in sheet["cells"]]


def _code_cells(cells: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield number and text of each code cell, and nbgrader's name of tests and of an answer."""
    parts = (cell["input"] if "input" in cell else cell["source"] for cell in cells)
    sources = [without_surrogates("".join(part or "")) for part in parts]
    settings = [(cell.get("metadata") or {}).get("nbgrader") or {} for cell in cells]
    # As in grading, an answer counts that stands in a cell of text, or under `%%timeit`.
    unrun = unrun_answers(cells, sources, FUNCTIONS, _is_code)
    number = 0
    for place, (cell, source, graded) in enumerate(zip(cells, sources, settings, strict=True)):
        is_code = cell["cell_type"] == "code"
        number += is_code
        if not (is_code or graded.get("solution") or place in unrun):
            continue
        if graded.get("grade") and graded.get("solution"):
            # A person marks it: as in grading, nothing else depends on it.
            yield str(number), "", "", ""
            continue
        name = str(graded.get("grade_id", ""))
        tests, answers = (name if graded.get(one) else "" for one in ("grade", "solution"))
        source = without_magic(source) if place in unrun else source
        yield f"{number}{'' if is_code else ' (of text)'}", source, tests, answers


def _is_code(text: str) -> bool:
    return not _parsed("", text, "").errors


def _parsed(label: str, source: str, tests: str) -> ParsedCell:
    """Parse a cell, with IPython's transformer only if it is not plain Python."""
    name = captured_as(source)
    # The lines stay, so that the numbers are the learner's.
    source = as_run(source)
    written = _FILE_MAGIC.match(source)
    if written:
        place = (written[2], bool(written[1]))
        return ParsedCell(label, source[written.end() :], tests=tests, writes=place)
    try:
        source, tree = _as_python(source, label)
        body = capturing(name, tree.body) if name and tree.body else tree.body
        return ParsedCell(label, source, tuple(body), tests=tests)
    except SyntaxError as error:
        return _repaired(label, source, tests, error)


def _repaired(label: str, source: str, tests: str, error: SyntaxError) -> ParsedCell:
    """Return what can be read of a cell that cannot be read as a whole, as grading does."""
    plain = source
    with contextlib.suppress(SyntaxError):
        plain = _transformed(source)
    rewritten, lost = for_this_python(plain)
    refused = error if rewritten != plain else None
    text, body, found = rewritten, tuple[ast.stmt, ...](), tuple[SyntaxError, ...]()
    try:
        body = tuple(_as_python(rewritten, label)[1].body)
    except SyntaxError:
        text, found = source, (error,)
        with contextlib.suppress(SyntaxError):
            readable, errors = parsable(rewritten)
            body = tuple(_as_python(readable, label)[1].body)
            found = tuple(errors) or found
    return ParsedCell(label, text, body, found, tests, lost=frozenset(lost), refused=refused)


def _as_python(source: str, label: str) -> tuple[str, ast.Module]:
    """Return a cell as IPython makes Python of it, and its syntax tree."""
    with contextlib.suppress(SyntaxError):
        tree = _tree(source, label)
        if "get_ipython" in source:
            tree = inlined(tree, lambda text: _as_python(text, label)[1])
        return source, tree
    source = _transformed(source)
    return source, inlined(_tree(source, label), lambda text: _as_python(text, label)[1])


def _transformed(source: str) -> str:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        transformed: str = TransformerManager().transform_cell(without_many_lines(source))
    except RuntimeError as error:
        # It gives up where it would read the cell too often.
        raise SyntaxError(str(error)) from None
    # It leaves out the empty lines at the top; so the numbers of the others stay.
    return "\n" * (source.count("\n") - source.lstrip().count("\n")) + transformed


def _tree(source: str, label: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            # The learner has seen it in the notebook itself.
            warnings.simplefilter("ignore")
            return ast.parse(source, label)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error)) from None
