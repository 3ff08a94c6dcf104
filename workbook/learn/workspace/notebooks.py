"""Functions read from a learner's notebook, without running its experiments."""

import ast
import inspect
import linecache
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

from workbook.course.definitions import bound_names, needed
from workbook.course.event_loop import NotebookLoop
from workbook.course.exercises import FUNCTIONS
from workbook.course.missing_packages import MissingPackages, executing
from workbook.course.newer_python import refusal
from workbook.course.statements import compiled
from workbook.course.stubs import is_stub_definition
from workbook.course.syntax_errors import in_words
from workbook.learn.check.reasons import NOTEBOOK, Notebook
from workbook.learn.workspace.beside import WrittenFiles, folder_at_hand
from workbook.learn.workspace.cells import (
    CELL,
    NotebookError,
    ParsedCell,
    cells_above_tests,
    cells_in,
    features_of,
)
from workbook.learn.workspace.lesson_imports import lost_imports
from workbook.learn.workspace.no_kernel import apart, as_main, names_of_kernels, nothing
from workbook.learn.workspace.outside import named_outside

__all__ = ["NotebookError"]

#: The notebooks that are being read, outermost first: one may import a function from another.
reading: ContextVar[tuple[Path, ...]] = ContextVar("reading", default=())


def functions_in(path: Path) -> tuple[str, ...]:
    """Return which of the course's functions the notebook defines, in the course's order.

    Parameters
    ----------
    path : Path
        The notebook.

    Raises
    ------
    NotebookError
        If it cannot be read.
    """
    statements = _statements(cells_in(path))
    imports = [one for one in statements if isinstance(one, ast.Import | ast.ImportFrom)]
    defined = bound_names(set(statements).difference(imports))
    # As last resort from a file of the learner's own: `from my_linear import linear_forward`.
    brought = bound_names(one for one in imports if not _is_import_from_course(one))
    return tuple(name for name in FUNCTIONS if name in defined) or tuple(
        name for name in FUNCTIONS if name in brought
    )


def _statements(cells: Sequence[ParsedCell], without: Sequence[ast.stmt] = ()) -> list[ast.stmt]:
    return [one for cell in cells for one in cell.body if one not in without]


def _is_import_from_course(statement: ast.stmt) -> bool:
    module = statement.module if isinstance(statement, ast.ImportFrom) else None
    return str(module).partition(".")[0] == "workbook"


def _answer(path: Path, name: str) -> tuple[Sequence[ParsedCell], list[ast.stmt]]:
    """Return the cells that count for a function, and the stubs in them that do not.

    These are the cells above its tests, or all if it is written further down. As in grading, a stub
    that was left as it is never takes the place of an answer in another cell.
    """
    cells = cells_in(path)
    for chosen in (cells_above_tests(cells, name), cells):
        definitions = _definitions(_statements(chosen), name)
        if not all(map(is_stub_definition, definitions)):
            return chosen, [one for one in definitions if is_stub_definition(one)]
    return cells, []


def _definitions(statements: Sequence[ast.stmt], name: str) -> list[ast.stmt]:
    return [one for one in statements if name in bound_names([one])]


def definition_of(path: Path, name: str) -> str:
    """Return the text of a function's last definition, without comments and layout.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Name of the function.

    Raises
    ------
    NotebookError
        If the notebook cannot be read.
    """
    cells, stubs = _answer(Path(path), name)
    found = _definitions(_statements(cells, stubs), name)
    return ast.unparse(found[-1]) if found else ""


def load_function(
    path: Path, name: str, settings: bool = False, main: ModuleType | None = None
) -> Callable[..., Any]:
    """Return a function of a notebook, as it is where the notebook checks it.

    Only what the function needs is executed, see `workbook.course.definitions`: never an
    experiment or a check. A statement that fails is passed over.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Name of the function.
    settings : bool
        Whether the notebook's settings hold from now on for all that runs in this process.
    main : ModuleType, optional
        The module in which the notebook is executed; a new one if not given.

    Raises
    ------
    NotebookError
        If the notebook cannot be read, or does not define the function.
    """
    path = Path(path).resolve()
    if path in reading.get():
        raise NotebookError(
            f"{path.name} imports from itself what it is there to define: remove that line"
        )
    cells, stubs = _answer(path, name)
    _refuse_syntax_errors(path, cells, name)
    found = Notebook(bound_names(_statements(cells_in(path))))
    main = main or ModuleType("__main__")
    namespace = vars(main)
    # The last one is for a file of which the text is executed.
    namespace |= {NOTEBOOK: found, **names_of_kernels(namespace), "exec": executing(nothing)}
    token = reading.set((*reading.get(), path))
    try:
        wanted = needed(name, _statements(cells, stubs), settings)
        lost = ParsedCell(f"{path.name}{CELL}0", "", tuple(lost_imports(name, wanted)))
        with as_main(main):
            _execute(path, [lost, *cells], [*lost.body, *wanted], namespace)
    finally:
        reading.reset(token)
    function = namespace.get(name)
    if callable(function):
        return function  # type: ignore[no-any-return]
    if name in found.failed:
        raise NotebookError(f"{path.name}: {found.failed[name]}")
    raise NotebookError(f"{path.name} does not define {name}: write it there and save")


def is_stub(path: Path, name: str) -> bool:
    """Return whether a function of a notebook is still the stub.

    A class is one as long as any of its methods is.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Name of the function.

    Raises
    ------
    NotebookError
        If the notebook cannot be read.
    """
    definitions = _definitions(_statements(cells_in(Path(path))), name)
    return bool(definitions) and all(map(is_stub_definition, definitions))


def saved_in(function: Callable[..., Any]) -> str:
    """Return the name of the notebook that a function was read from; empty if from none.

    Parameters
    ----------
    function : callable
        The function or class.
    """
    if isinstance(unavailable := getattr(function, "notebook", None), str):
        # Imported from `workbook.earlier`, and not to be had.
        return unavailable
    code = getattr(inspect.unwrap(function), "__code__", None)
    name, cell, _ = str(getattr(code, "co_filename", "")).partition(CELL)
    return name if cell else ""


def _refuse_syntax_errors(path: Path, cells: Sequence[ParsedCell], name: str) -> None:
    definition = re.compile(rf"^[^\w#\n]*((def|class)\s+{name}\b|{name}\s*=)", re.MULTILINE)
    for cell in cells:
        if cell.errors and name not in bound_names(cell.body) and definition.search(cell.source):
            raise NotebookError(
                f"{path.name}: the cell that defines {name} is not valid Python: "
                f"{_in_words(cell.errors[0])}"
            )


def unlike_jupyter(path: Path, name: str) -> Iterator[str]:
    """Yield sentences on what is not the same in Jupyter, in this program and in grading.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        Name of the function.
    """
    cells, stubs = _answer(path, name)
    wanted = needed(name, _statements(cells, stubs))
    yield from named_outside(path.parent, wanted)
    for line in map(ast.unparse, lost_imports(name, wanted)):
        yield (
            f"Above its check, the notebook lacks `{line}`, which the lesson's first code cell "
            "has. It counts here, as in grading, but Jupyter needs it: put it back into a cell at "
            "the top."
        )
    for cell in cells:
        number = cell.label.rpartition(CELL)[2]
        if name not in bound_names(cell.body):
            continue
        refused = cell.refused
        # What has been passed over is told below.
        if refused and refused.lineno not in [error.lineno for error in cell.errors]:
            yield (
                f"Code cell {number}, {_in_words(refused)}. That line is read here, as in grading, "
                f"as a newer Python reads it, but {refusal(refused)}."
            )
        if cell.errors:
            yield (
                f"Code cell {number}, {_in_words(cell.errors[0])}. It was "
                "passed over here, as in grading, but Jupyter may refuse the whole cell: correct "
                "that line, or delete it."
            )


def _in_words(error: SyntaxError) -> str:
    line = f"line {error.lineno}" if error.lineno else "a line"
    return f"{line}: {in_words(error)}"


def _execute(
    path: Path, cells: Sequence[ParsedCell], wanted: Iterable[ast.stmt], namespace: dict[str, Any]
) -> None:
    """Execute the statements of these cells that are wanted, in order."""
    wanted = set(wanted)
    written = WrittenFiles(path.parent)
    missing = MissingPackages(namespace)
    features = 0
    with folder_at_hand(path.parent, written), closing(NotebookLoop(apart)) as loop:
        for cell in cells:
            # Without a modification time the entry stays, though there is no such file.
            lines = cell.source.splitlines(keepends=True)
            linecache.cache[cell.label] = (len(cell.source), None, lines, cell.label)
            if cell.writes is not None:
                written.write(cell.writes[0], cell.source, add=cell.writes[1])
            missing.note_lost(cell.lost)
            for error in cell.errors:
                missing.note_unread(error)
            for node in cell.body:
                features |= features_of(node)
                if node in wanted:
                    loop.prepare(cell.source)
                    _run(node, cell.label, features, namespace, missing, loop)


def _run(
    node: ast.stmt,
    label: str,
    features: int,
    namespace: dict[str, Any],
    missing: MissingPackages,
    loop: NotebookLoop,
) -> None:
    raised = None
    try:
        loop.execute(compiled(missing.adapted(node)[0], label, features), namespace)
    except (Exception, SystemExit) as error:
        raised = error
        line = ast.unparse(node).splitlines()[0]
        said = f"`{line}` fails: {type(error).__name__}: {error}"
        if _is_import_from_course(node):
            name = reading.get()[-1].name
            raise NotebookError(f"{name}: {said}") from error
        namespace[NOTEBOOK].failed.update(dict.fromkeys(bound_names([node]), said))
    missing.note(node, raised)
