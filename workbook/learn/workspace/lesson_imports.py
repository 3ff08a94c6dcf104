"""The imports of a lesson, which count in grading even where a notebook has lost them."""

import ast
import builtins
import json
from collections.abc import Sequence
from functools import lru_cache

from workbook.course.definitions import bound_names
from workbook.course.exercises import FUNCTIONS
from workbook.course.statements import effect_of
from workbook.learn.workspace.own_files import LabError


def lost_imports(name: str, wanted: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the imports of the lesson that a notebook has lost, and a function of it needs.

    Parameters
    ----------
    name : str
        Name of the function.
    wanted : sequence of ast.stmt
        The statements of the notebook that it needs.
    """
    used = {one for statement in wanted for one in effect_of(statement).uses}
    undefined = {one for one in used - bound_names(wanted) if not hasattr(builtins, one)}
    if not undefined:
        return []
    return [kept for one in _imports(name) if (kept := _of(undefined, one)) is not None]


def _of(names: set[str], statement: ast.Import | ast.ImportFrom) -> ast.stmt | None:
    """Return an import with these names alone, or None if it gives none of them a value."""
    kept = [one for one in statement.names if (one.asname or one.name) in names]
    if not kept:
        return None
    return ast.parse(ast.unparse(type(statement)(**{**vars(statement), "names": kept}))).body[0]


@lru_cache(maxsize=16)
def _imports(name: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Return the imports in the first code cell of the released notebook of a function."""
    # That module checks notebooks, by way of this one.
    from workbook.learn.workspace.lab import released_file

    try:
        cells = json.loads(released_file(FUNCTIONS[name]))["cells"]
    except LabError:
        return ()
    text = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return tuple(
        one for one in ast.parse(text).body if isinstance(one, ast.Import | ast.ImportFrom)
    )
