"""What a single statement of a notebook does when it runs, read from its code."""

import ast
import dis
import math
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

#: Statements that define a function or a class.
DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# A statement that asks for one of these may define or change anything.
_ANYTHING = {"__main__", "exec", "globals", "locals", "vars", "sys.path", "sys.modules",
             ".user_ns", ".user_global_ns", "get_ipython.push", "get_ipython.ex"}  # fmt: skip

#: What finds a global by a name that is not in the code.
LOOK_UP = frozenset({"__main__", "eval", "exec", "globals", "vars"})

# Functions of modules that set nothing: they end the process, or wait.
_NO_SETTING = {"_exit", "abort", "exit", "kill", "killpg", "pause", "raise_signal", "sleep", "show"}

# How instructions are called that read a global name.
_GLOBAL = ("GLOBAL", "NAME", "FROM_DICT_OR_GLOBALS")

# A text that may be the name of a file, with its ending, or of one in a folder; and its parts.
_PATH = re.compile(r"(?=.*(?:[/\\]|\.\w+$))[\w .~/\\-]{1,200}")
_PARTS, _NAME = re.compile(r"[/\\]"), re.compile(r"\w")

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
        Global names that it, or a function that it defines, reads.
    sets : frozenset of str
        Names of whose values it sets a part: ``x[0] = 1``, ``x.part = 1``.
    methods_of : frozenset of str
        Names of whose values it calls a method: ``x.append(1)``.
    hands_over : frozenset of str
        Names whose values it gives to a call, which may change them: ``fill(x)``.
    calls : frozenset of str
        Names that it calls, subclasses or decorates with.
    alters : frozenset of str
        Global names whose values a function, lambda or class in it may change in use.
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
    run = list(_run_at_once(statement))
    dotted = [(getattr(one.value, "func", one.value), f".{one.attr}") for one in run
              if isinstance(one, ast.Attribute)]  # fmt: skip
    text = {name for of, attribute in dotted for name in (attribute, _root(of) + attribute)}
    stars = isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    value = statement.value if isinstance(statement, ast.Assign) else None
    functions = [one for one in ast.walk(statement) if isinstance(one, DEFINITION | ast.Lambda)]
    inner = [node for one in functions for node in ast.walk(one)]
    return Effect(
        frozenset(binds),
        frozenset(uses),
        frozenset(_set(run)),
        frozenset(_methods_of(run)),
        frozenset(_handed_over(run)),
        frozenset(_called(run)),
        frozenset(uses & {*_set(inner), *_methods_of(inner), *_handed_over(inner)}),
        value.id if isinstance(value, ast.Name) else "",
        _setting(statement),
        frozenset(_files(statement)),
        frozenset(_modules(statement)),
        stars or bool(_ANYTHING & {*text, *map(_root, run)}),
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


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs with a statement: of a function, only its decorators and defaults."""
    # A tree may be deeper than functions can call each other.
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Lambda):
            continue
        yield one
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*one.decorator_list, *one.args.defaults]
        else:
            waiting += ast.iter_child_nodes(one)


def _set(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of whose values a part is set."""
    for node in run:
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield _root(node)
        elif isinstance(node, ast.Call) and _last(node.func) in ("setattr", "delattr", "reload"):
            yield from map(_root, node.args[:1])


def _methods_of(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of whose values a method is called."""
    for node in run:
        yield from (_root(one) for one in _calls(node) if isinstance(one, ast.Attribute))


def _handed_over(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that are arguments of calls."""
    for node in run:
        if isinstance(node, ast.Call):
            arguments = (*node.args, *(one.value for one in node.keywords))
            yield from (one.id for one in arguments if isinstance(one, ast.Name))


def _called(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that are called, subclassed or used as decorators."""
    for node in run:
        yield from map(_root, _calls(node))


def _calls(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield node.func
    if isinstance(node, DEFINITION):
        yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from (*node.bases, *(one.value for one in node.keywords))


def _setting(statement: ast.stmt) -> str:
    """Return the root of a statement that is but a call of a module's function."""
    value: Any = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return ""
    if value.func.attr in _NO_SETTING:
        return ""
    # The settings that were there are often kept: `old = np.seterr(all="ignore")`.
    is_set = isinstance(statement, ast.Expr) or value.func.attr.startswith("set")
    return _root(value.func) if is_set else ""


def _files(statement: ast.stmt) -> Iterator[str]:
    """Yield each part of the paths that stand in a statement."""
    for node in ast.walk(statement):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and _PATH.fullmatch(text):
            yield from filter(_NAME.search, _PARTS.split(text))


def _modules(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the files in which a statement's imports may find modules."""
    for node in ast.walk(statement):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"{name.rpartition('.')[2]}.py" for name in names)


def _last(node: ast.AST) -> str:
    """Return the name behind the last dot."""
    return node.attr if isinstance(node, ast.Attribute) else _root(node)


def _root(node: ast.AST) -> str:
    """Return the name before the first dot or bracket; empty if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
