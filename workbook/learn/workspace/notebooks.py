"""Functions read from a learner's notebook, without running its experiments."""

import ast
import contextlib
import functools
import inspect
import json
import linecache
import re
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.course.definitions import DEFINITION, defines
from workbook.course.exercises import FUNCTIONS, Exercise

# What the learner writes under one of the course's names.
_DEFINITION = (ast.FunctionDef, ast.ClassDef)

# Cell magics whose body is ordinary code that runs in the notebook's own namespace.
_TRANSPARENT_MAGIC = re.compile(r"\s*%%(time|capture|prun)\b[^\n]*")

# Between a notebook's name and a cell's number, in the name that tracebacks show.
_CELL = ", code cell "

#: The notebooks that are being read, outermost first: one may import a function from another.
reading: ContextVar[tuple[Path, ...]] = ContextVar("reading", default=())


class NotebookError(Exception):
    """A notebook cannot be read, or lacks what is looked for; the text says what to do."""


@dataclass(frozen=True)
class _Cell:
    """One code cell: the name that tracebacks show, its text, and its syntax tree or the error."""

    label: str
    source: str
    body: tuple[ast.stmt, ...]
    error: SyntaxError | None = None


def find_notebook(exercise: Exercise, folder: Path) -> Path | None:
    """Return the exercise's notebook in, below or beside the folder, or None."""
    path = Path(exercise.notebook_path)
    for candidate in (folder / path.name, folder / path, folder.parent / path):
        if candidate.is_file():
            return candidate
    return None


def functions_in(path: Path) -> tuple[str, ...]:
    """Return which of the course's functions the notebook defines, in the course's order."""
    defined = {node.name for node in _definitions(path)}
    return tuple(name for name in FUNCTIONS if name in defined)


def _definitions(path: Path) -> list[ast.FunctionDef | ast.ClassDef]:
    nodes = (node for cell in _cells(path) for node in cell.body)
    return [node for node in nodes if isinstance(node, _DEFINITION)]


def load_function(path: Path, name: str) -> Callable[..., Any]:
    """Return a function that a notebook defines.

    Only imports, definitions and plain values are executed, never an experiment or a check.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Name of the function.

    Raises
    ------
    NotebookError
        If the notebook cannot be read, or does not define the function.
    """
    path = Path(path).resolve()
    if path in reading.get():
        raise NotebookError(f"{path.name} imports its own function from itself: take that line out")
    cells = _cells(path)
    _refuse_syntax_errors(path, cells, name)
    token = reading.set((*reading.get(), path))
    try:
        namespace = _execute(path, cells, name)
    finally:
        reading.reset(token)
    function = namespace.get(name)
    if not callable(function):
        raise NotebookError(f"{path.name} does not define {name}: write it there and save")
    return function  # type: ignore[no-any-return]


def is_stub(path: Path, name: str) -> bool:
    """Return whether the notebook's last definition of the function is still the stub.

    A class is one as long as any of its methods is.
    """
    nodes = [node for node in _definitions(path) if node.name == name]
    return bool(nodes) and _is_stub(nodes[-1])


def _is_stub(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
        # A method may well have nothing to do: `pass` alone is no sign.
        return any(_is_stub(one) and isinstance(one.body[-1], ast.Raise) for one in methods)
    return isinstance(node, ast.FunctionDef) and all(map(_says_nothing, node.body))


def function_is_stub(function: Callable[..., Any]) -> bool:
    """Return whether a function that has been defined is still the stub."""
    try:
        (node,) = ast.parse(inspect.getsource(inspect.unwrap(function))).body
    except (OSError, TypeError, ValueError, SyntaxError):
        # No source, or no function of a cell's own: it is taken for what it is.
        return False
    return _is_stub(node)


def saved_in(function: Callable[..., Any]) -> str:
    """Return the name of the notebook that a function was read from; empty if from none."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    name, cell, _ = str(getattr(code, "co_filename", "")).partition(_CELL)
    return name if cell else ""


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    # A docstring, or `...`.
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _cells(path: Path) -> tuple[_Cell, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotebookError(f"there is no notebook {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotebookError(f"{path.name} cannot be read: {error}") from None
    return _cells_of(path.name, text)


# By the text: a lab's import reads the earlier notebooks hundreds of times, by way of each other.
@functools.lru_cache(maxsize=64)
def _cells_of(name: str, text: str) -> tuple[_Cell, ...]:
    """Return the parsed code cells of a notebook's text."""
    if not text.strip():
        raise NotebookError(f"{name} is an empty file: {_RESTORE}")
    try:
        cells = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotebookError(f"{name} is not a Jupyter notebook: {_RESTORE}") from None
    return tuple(_parse(f"{name}{_CELL}{i}", source) for i, source in enumerate(sources, 1))


_RESTORE = (
    "save it again from Jupyter, or move it away and run `workbook lab` to get a fresh copy "
    "(your other notebooks stay as they are)"
)


def _parse(label: str, source: str) -> _Cell:
    """Parse a cell, with IPython's transformer only if it is not plain Python."""
    magic = _TRANSPARENT_MAGIC.match(source)
    if magic:
        # The lines stay, empty, so that the numbers of the others are the learner's.
        source = "\n" * magic.group().count("\n") + source[magic.end() :]
    with contextlib.suppress(SyntaxError):
        return _Cell(label, source, _tree(source, label))
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        plain = TransformerManager().transform_cell(source)
        return _Cell(label, plain, _tree(plain, label))
    except SyntaxError as error:
        return _Cell(label, source, (), error)


def _tree(source: str, label: str) -> tuple[ast.stmt, ...]:
    try:
        with warnings.catch_warnings():
            # The learner has seen it in the notebook itself.
            warnings.simplefilter("ignore")
            return tuple(ast.parse(source, label).body)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error)) from None


def _refuse_syntax_errors(path: Path, cells: tuple[_Cell, ...], name: str) -> None:
    definition = re.compile(rf"^\s*(def|class)\s+{name}\b", re.MULTILINE)
    for cell in cells:
        if cell.error is not None and definition.search(cell.source):
            line = f"line {cell.error.lineno}" if cell.error.lineno else "a line"
            raise NotebookError(
                f"{path.name}: the cell that defines {name} is not valid Python: "
                f"{line}: {cell.error.msg}"
            )


def _execute(path: Path, cells: tuple[_Cell, ...], name: str) -> dict[str, Any]:
    """Execute the definitions in order, and return the namespace."""
    namespace: dict[str, Any] = {"__name__": path.stem}
    for cell in cells:
        # Without a modification time the entry stays, though there is no such file.
        lines = cell.source.splitlines(keepends=True)
        linecache.cache[cell.label] = (len(cell.source), None, lines, cell.label)
        for node in filter(defines, cell.body):
            try:
                exec(_compiled(node, cell.label), namespace)
            except (Exception, SystemExit) as error:
                if _matters(node, name, _names_in_definitions(cells)):
                    raise NotebookError(
                        f"{path.name}: `{ast.unparse(node).splitlines()[0]}` fails: "
                        f"{type(error).__name__}: {error}"
                    ) from error
    return namespace


@functools.lru_cache(maxsize=1024)
def _compiled(node: ast.stmt, label: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(ast.Module([node], []), label, "exec")


def _names_in_definitions(cells: tuple[_Cell, ...]) -> set[str]:
    nodes = (node for cell in cells for node in cell.body if isinstance(node, DEFINITION))
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)}


def _matters(node: ast.stmt, name: str, used: set[str]) -> bool:
    """Return whether a failed statement is the function itself or an import that is needed."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        bound = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        return bool(bound & (used | {"*"}))
    return isinstance(node, _DEFINITION) and node.name == name
