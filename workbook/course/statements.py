"""What a single statement of a notebook does when it runs, read from its code."""

import ast
import dis
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

from workbook.course.named_in_code import (
    DEFINITION,
    called,
    changing_methods,
    files_named,
    handed_over,
    methods_called,
    modules_imported,
    parts_set,
    root,
    run_at_once,
    setting_of,
    words_in_texts,
)

# A statement that asks for one of these may define or change anything.
_ANYTHING = {"__main__", "exec", "globals", "locals", "vars", "sys.path", "sys.modules",
             ".user_ns", ".user_global_ns", "get_ipython.push", "get_ipython.ex"}  # fmt: skip

#: What finds a global by a name that is not in the code.
LOOK_UP = frozenset({"__main__", "eval", "exec", "globals", "vars"})

# How instructions are called that read a global name.
_GLOBAL = ("GLOBAL", "NAME", "FROM_DICT_OR_GLOBALS")

# A statement of which more is made than this, by a rough count, was written to take long.
_MOST_COPIED = 1_000_000

# A lab reads the earlier notebooks many times, by way of each other.
_REMEMBERED = 4096


@dataclass(frozen=True)
class Effect:
    """What a statement does when it runs.

    Attributes
    ----------
    binds : frozenset of str
        Names to which it, or a function that it defines, gives a value or takes it away.
    uses : frozenset of str
        Global names that it, or a function that it defines, reads, or may look up by a text.
    sets : frozenset of str
        Names of whose values it sets a part: ``x[0] = 1``, ``x.part = 1``.
    methods_of : frozenset of str
        Names of whose values it calls a method: ``x.append(1)``.
    hands_over : frozenset of str
        Names whose values it gives to a call, which may change them: ``fill(x)``.
    calls : frozenset of str
        Names that it calls, subclasses or decorates with.
    alters : frozenset of str
        Global names whose values a function, lambda or class in it may change in use, or a method
        that it keeps: ``add = x.append``.
    words : frozenset of str
        Names in the texts of a statement that defines nothing: ``rule = "x + 1"``.
    same_as : str
        The name whose value it gives to others: ``x`` in ``y = x``.
    setting : str
        The name before the first dot if it is but a call, such as ``np`` in ``np.seterr(...)``.
    files : frozenset of str
        Names of files and folders that stand in its text.
    modules : frozenset of str
        Files of the modules that it imports.
    anything : bool
        Whether it may define or change anything.
    """

    binds: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    methods_of: frozenset[str] = frozenset()
    hands_over: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    alters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    same_as: str = ""
    setting: str = ""
    files: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    anything: bool = False


def parsed(source: str | bytes) -> ast.Module | None:
    """Return the tree of a text; None if it is not Python, or too deeply nested to be read.

    Parameters
    ----------
    source : str or bytes
        The text.
    """
    try:
        # What is odd in it, Python has said where it was written.
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=_REMEMBERED)
def compiled(statement: ast.stmt, label: str, features: int = 0) -> CodeType:
    """Return the code of one statement.

    Parameters
    ----------
    statement : ast.stmt
        The statement.
    label : str
        Name of the cell, for tracebacks.
    features : int
        What ``from __future__ import`` has switched on in the cells above, as compiler flags.

    Raises
    ------
    SyntaxError, ValueError, RecursionError
        If it cannot be compiled.
    """
    with warnings.catch_warnings():
        # The learner has seen it in the notebook itself.
        warnings.simplefilter("ignore")
        module = ast.Module([statement], [])
        # In a notebook, `await` may stand outside of functions.
        flags = features | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code: CodeType = compile(module, label, "exec", flags, dont_inherit=True)
        return code


@lru_cache(maxsize=_REMEMBERED)
def effect_of(statement: ast.stmt) -> Effect:
    """Return what a statement does when it runs; nothing if it cannot be compiled, or not soon.

    Parameters
    ----------
    statement : ast.stmt
        The statement.
    """
    if not _is_compiled_soon(statement):
        return Effect()
    try:
        code = compiled(statement, "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # It does not run in Jupyter either.
        return Effect()
    binds, uses = _bound_and_used(code)
    looks_up = not uses.isdisjoint(LOOK_UP)
    has_words = looks_up or not isinstance(statement, DEFINITION)
    words = set(words_in_texts(statement)) if has_words else set[str]()
    uses |= words if looks_up else set()
    run = list(run_at_once(statement))
    dotted = [(getattr(one.value, "func", one.value), f".{one.attr}") for one in run
              if isinstance(one, ast.Attribute)]  # fmt: skip
    text = {name for of, attribute in dotted for name in (attribute, root(of) + attribute)}
    stars = isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    value = statement.value if isinstance(statement, ast.Assign) else None
    functions = [one for one in ast.walk(statement) if isinstance(one, DEFINITION | ast.Lambda)]
    inner = [node for one in functions for node in ast.walk(one)]
    altered = {*parts_set(inner), *methods_called(inner), *handed_over(inner)}
    altered |= set(changing_methods(run))
    return Effect(
        frozenset(binds),
        frozenset(uses),
        frozenset(parts_set(run)),
        frozenset(methods_called(run)),
        frozenset(handed_over(run)),
        frozenset(called(run)),
        frozenset(uses & altered),
        frozenset(words),
        value.id if isinstance(value, ast.Name) else "",
        setting_of(statement),
        frozenset(files_named(statement)),
        frozenset(modules_imported(statement)),
        stars or bool(_ANYTHING & {*text, *map(root, run)}),
    )


def _is_compiled_soon(statement: ast.stmt) -> bool:
    """Tell whether the code of a statement is about as long as its text.

    What stands under `finally` is compiled for each way that leads there: at least two, and one
    for each jump. One under `finally` in another is compiled so often for each copy of that one.
    """
    deepest, jumps, nodes = 0, 2, 0
    waiting: list[tuple[ast.AST, int]] = [(statement, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest, nodes = max(deepest, depth), nodes + 1
        jumps += isinstance(node, ast.Return | ast.Break | ast.Continue)
        last = set(map(id, node.finalbody)) if isinstance(node, ast.Try | ast.TryStar) else ()
        waiting += [(one, depth + (id(one) in last)) for one in ast.iter_child_nodes(node)]
    return not deepest or math.log(nodes) + deepest * math.log(jumps) < math.log(_MOST_COPIED)


def _bound_and_used(code: CodeType) -> tuple[set[str], set[str]]:
    """Return the global names to which code gives a value, and those that it reads."""
    binds, uses = set[str](), set[str]()
    for part, instruction in _instructions(code):
        operation, _, kind = instruction.opname.partition("_")
        if operation == "LOAD" and kind in _GLOBAL:
            uses.add(instruction.argval)
        elif operation in ("STORE", "DELETE") and kind in _GLOBAL[: 1 + (part is code)]:
            binds.add(instruction.argval)
    return binds, uses


def _instructions(code: CodeType) -> Iterator[tuple[CodeType, dis.Instruction]]:
    """Yield the instructions of code and of all functions in it."""
    for instruction in dis.get_instructions(code):
        yield code, instruction
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _instructions(constant)
