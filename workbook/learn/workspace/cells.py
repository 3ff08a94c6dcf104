"""The code cells of a learner's notebook, parsed."""

import ast
import contextlib
import functools
import json
import re
import types
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Cell magics whose body is ordinary code that runs in the notebook's own namespace, and those that
# write it to a file.
_TRANSPARENT_MAGIC = re.compile(r"\s*%%(time|capture|prun)\b[^\n]*")
_FILE_MAGIC = re.compile(
    r"\s*%%(?:writefile|file)[ \t]+(-a[ \t]+)?[\"']?([^\"'\n]+?)[\"']?[ \t]*\n"
)
_RUN_LINE = re.compile(r"^([ \t]*)%run[ \t]+[\"']?([^\"'\n]+?\.py)[\"']?[ \t]*$", re.M)
_RUN_NOTEBOOK = re.compile(r"^([ \t]*)%run[ \t]+[\"']?([^\"'\n]+?\.ipynb)[\"']?[ \t]*$", re.M)
_TIMED_LINE = re.compile(r"^([ \t]*)%(?:time|prun)[ \t]+", re.M)

#: Between a notebook's name and a cell's number, in the name that tracebacks show.
CELL = ", code cell "

_RESTORE = (
    "save it again from Jupyter, or move it away and run `workbook lab` to get a fresh copy "
    "(your other notebooks stay as they are)"
)


class NotebookError(Exception):
    """A notebook cannot be read, or lacks what is looked for; the text says what to do."""


@dataclass(frozen=True)
class Cell:
    """One code cell.

    Attributes
    ----------
    label : str
        The name that tracebacks show.
    source : str
        Its text.
    body : tuple of ast.stmt
        Its statements; none if they cannot be parsed.
    error : SyntaxError or None
        Why they cannot.
    tests : str
        nbgrader's name of the cell if it is a check or holds hidden tests.
    writes : (str, bool) or None
        The file that it writes instead of running, and whether it adds to it.
    """

    label: str
    source: str
    body: tuple[ast.stmt, ...] = ()
    error: SyntaxError | None = None
    tests: str = ""
    writes: tuple[str, bool] | None = None


def cells_in(path: Path) -> tuple[Cell, ...]:
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
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotebookError(f"there is no notebook {path}") from None
    except UnicodeDecodeError:
        raise NotebookError(f"{path.name} is not a text in UTF-8: {_RESTORE}") from None
    except OSError as error:
        raise NotebookError(f"{path.name} cannot be read: {error}") from None
    return _cells_of(path.name, text)


def code_of(path: str) -> types.CodeType:
    """Return the code of a notebook that another one runs, without its checks."""
    cells = (cell for cell in cells_in(Path(path)) if not cell.tests and not cell.writes)
    body = [statement for cell in cells for statement in cell.body]
    return compile(ast.Module(body, []), path, "exec")


def cells_above_tests(cells: Sequence[Cell], name: str) -> Sequence[Cell]:
    """Return the cells above the first check or test of a function; all if there is none.

    Parameters
    ----------
    cells : sequence of Cell
        The notebook's code cells.
    name : str
        Name of the function.
    """
    of_function = (place for place, one in enumerate(cells) if one.tests.startswith(f"{name}-"))
    return cells[: next(of_function, len(cells))]


# By the text: a lab's import reads the earlier notebooks hundreds of times, by way of each other.
@functools.lru_cache(maxsize=64)
def _cells_of(name: str, text: str) -> tuple[Cell, ...]:
    """Return the parsed code cells of a notebook's text."""
    if not text.strip():
        raise NotebookError(f"{name} is an empty file: {_RESTORE}")
    try:
        return tuple(
            _parsed(f"{name}{CELL}{number}", source, tests)
            for number, (source, tests) in enumerate(_code_cells(text), 1)
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotebookError(f"{name} is not a Jupyter notebook: {_RESTORE}") from None


def _code_cells(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each code cell, and nbgrader's name of it if it is graded."""
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            graded = cell.get("metadata", {}).get("nbgrader", {})
            if graded.get("grade") and graded.get("solution"):
                # A person marks it: as in grading, nothing else depends on it.
                yield "", ""
            else:
                name = str(graded.get("grade_id", "")) if graded.get("grade") else ""
                yield "".join(cell["source"]), name


def _parsed(label: str, source: str, tests: str) -> Cell:
    """Parse a cell, with IPython's transformer only if it is not plain Python."""
    written = _FILE_MAGIC.match(source)
    if written:
        place = (written[2], bool(written[1]))
        return Cell(label, source[written.end() :], tests=tests, writes=place)
    magic = _TRANSPARENT_MAGIC.match(source)
    if magic:
        # The lines stay, empty, so that the numbers of the others are the learner's.
        source = "\n" * magic.group().count("\n") + source[magic.end() :]
    source = _TIMED_LINE.sub(r"\1", source)
    source = _RUN_LINE.sub(r"\1exec(open('\2', encoding='utf-8').read(), globals())", source)
    source = _RUN_NOTEBOOK.sub(
        rf"\1exec(__import__('{__name__}', fromlist=['*']).code_of('\2'), globals())", source
    )
    with contextlib.suppress(SyntaxError):
        return Cell(label, source, _tree(source, label), tests=tests)
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        plain = TransformerManager().transform_cell(source)
        return Cell(label, plain, _tree(plain, label), tests=tests)
    except SyntaxError as error:
        return Cell(label, source, (), error, tests)


def _tree(source: str, label: str) -> tuple[ast.stmt, ...]:
    try:
        with warnings.catch_warnings():
            # The learner has seen it in the notebook itself.
            warnings.simplefilter("ignore")
            return tuple(ast.parse(source, label).body)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error)) from None
