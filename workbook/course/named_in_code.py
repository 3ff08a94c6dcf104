"""Names that stand in a statement's syntax tree, by what is done with them."""

import ast
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

#: Statements that define a function or a class.
DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# Functions of modules that set nothing: they end the process, or wait.
_NO_SETTING = {"_exit", "abort", "exit", "kill", "killpg", "pause", "raise_signal", "sleep", "show"}

# Methods by which a list, a dictionary, a set or a deque is changed.
_CHANGES = {name for kind in (list, dict, set, deque) for name in vars(kind)}
_CHANGES -= {name for kind in (tuple, frozenset, MappingProxyType) for name in vars(kind)}

# Names that stand in a text.
_WORD = re.compile(r"[^\W\d]\w*")

# A text that may be the name of a file, with its ending, or of one in a folder; and its parts.
_PATH = re.compile(r"(?=.*(?:[/\\]|\.\w+$))[\w .~/\\-]{1,200}")
_PARTS, _NAME = re.compile(r"[/\\]"), re.compile(r"\w")


def run_at_once(node: ast.AST) -> Iterator[ast.AST]:
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


def parts_set(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of whose values a part is set."""
    for node in run:
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield root(node)
        elif isinstance(node, ast.Call) and _last(node.func) in ("setattr", "delattr", "reload"):
            yield from map(root, node.args[:1])


def methods_called(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of whose values a method is called."""
    for node in run:
        yield from (root(one) for one in _calls(node) if isinstance(one, ast.Attribute))


def handed_over(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that are arguments of calls."""
    for node in run:
        if isinstance(node, ast.Call):
            arguments = (*node.args, *(one.value for one in node.keywords))
            yield from (one.id for one in arguments if isinstance(one, ast.Name))


def changing_methods(run: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the names of whose values a method is kept that changes them: ``f(x.append)``."""
    called_now = {id(node.func) for node in run if isinstance(node, ast.Call)}
    for node in run:
        if isinstance(node, ast.Attribute) and node.attr in _CHANGES and id(node) not in called_now:
            yield root(node)


def called(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that are called, subclassed or used as decorators."""
    for node in run:
        yield from map(root, _calls(node))


def _calls(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield node.func
    if isinstance(node, DEFINITION):
        yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from (*node.bases, *(one.value for one in node.keywords))


def setting_of(statement: ast.stmt) -> str:
    """Return the root of a statement that is but a call of a module's function."""
    value: Any = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return ""
    if value.func.attr in _NO_SETTING:
        return ""
    # The settings that were there are often kept: `old = np.seterr(all="ignore")`.
    is_set = isinstance(statement, ast.Expr) or value.func.attr.startswith("set")
    return root(value.func) if is_set else ""


def standing_alone(statement: ast.stmt) -> set[ast.expr]:
    """Return the expressions that nothing is done with, such as docstrings."""
    return {node.value for node in ast.walk(statement) if isinstance(node, ast.Expr)}


def words_in_texts(statement: ast.stmt) -> Iterator[str]:
    """Yield the names in a statement's texts, but for texts that stand alone."""
    alone = standing_alone(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield from _WORD.findall(node.value)


def files_named(statement: ast.stmt) -> Iterator[str]:
    """Yield each part of the paths that stand in a statement."""
    for node in ast.walk(statement):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and _PATH.fullmatch(text):
            yield from filter(_NAME.search, _PARTS.split(text))


def modules_imported(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the files in which a statement's imports may find modules."""
    for node in ast.walk(statement):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"{name.rpartition('.')[2]}.py" for name in names)


def _last(node: ast.AST) -> str:
    """Return the name behind the last dot."""
    return node.attr if isinstance(node, ast.Attribute) else root(node)


def root(node: ast.AST) -> str:
    """Return the name before the first dot or bracket; empty if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
