"""What of a notebook a function needs: the statements that must have run when it is called."""

import ast
import builtins
import dis
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

#: Statements that define a function or a class.
DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# A statement that asks for one of these may define or change anything.
_ANYTHING = {"exec", "globals", "locals", "vars"}

# How instructions are called that read a global name.
_GLOBAL = ("GLOBAL", "NAME", "FROM_DICT_OR_GLOBALS")

# A lab reads the earlier notebooks many times, by way of each other.
_REMEMBERED = 4096


@dataclass(frozen=True)
class _Effect:
    """What a statement does when it runs.

    Attributes
    ----------
    binds : frozenset of str
        Names to which it, or a function that it defines, gives a value or takes it away.
    uses : frozenset of str
        Global names that it, or a function that it defines, reads.
    changes : frozenset of str
        Names whose values it may change in place.
    hands_over : frozenset of str
        Names whose values it gives to a call, which may change them if they are no functions.
    calls : frozenset of str
        Names that it calls itself.
    setting : str
        The name before the first dot if it is but a call, such as ``np`` in ``np.seterr(...)``.
    anything : bool
        Whether it may define or change anything.
    """

    binds: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    hands_over: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    setting: str = ""
    anything: bool = False


def needed(name: str, statements: Sequence[ast.stmt], settings: bool = False) -> list[ast.stmt]:
    """Return the statements of a notebook that one of its functions needs, in their order.

    It needs those that give a value to a name that it uses, or change such a value, and what these
    need in turn. Experiments and checks are left out.

    Parameters
    ----------
    name : str
        Name of the function.
    statements : sequence of ast.stmt
        The statements of the notebook's cells.
    settings : bool
        Whether settings count, which hold for the whole process: ``np.seterr(all="raise")``.
    """
    effects = [_effect(one) for one in statements]
    found = list(zip(statements, effects, strict=True))
    imported = {
        bound
        for one, effect in found
        if isinstance(one, ast.Import | ast.ImportFrom)
        for bound in effect.binds
    }
    functions = {one.name for one in statements if isinstance(one, ast.FunctionDef)}
    names, kept = {name}, set[int]()
    while True:
        # Functions that give a value to a global name when they are called.
        setters = {
            one.name
            for one, effect in found
            if isinstance(one, ast.FunctionDef) and effect.binds & names - {one.name}
        }
        known = _Known(names, imported, functions, setters, settings)
        new = {place for place, one in enumerate(effects) if place not in kept and known.wants(one)}
        if not new:
            return [statements[place] for place in sorted(kept)]
        kept |= new
        names = names.union(*(effects[place].uses for place in new))


@dataclass(frozen=True)
class _Known:
    """What is known so far of what a function needs."""

    names: set[str]
    imported: set[str]
    functions: set[str]
    setters: set[str]
    settings: bool

    def wants(self, effect: _Effect) -> bool:
        """Return whether a statement is needed, by its effect."""
        if effect.anything or effect.binds & self.names or effect.calls & self.setters:
            return True
        if effect.setting in self.imported:
            there = self.names | self.imported
            return self.settings and all(
                one in there or hasattr(builtins, one) for one in effect.uses
            )
        changed = effect.changes | effect.hands_over - self.functions
        return bool(changed & self.names - self.imported)


def bound_names(statements: Iterable[ast.stmt]) -> set[str]:
    """Return the names to which these statements give a value when they run."""
    return {name for one in statements for name in _effect(one).binds}


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
    return _compiled(statement, label, features)


@lru_cache(maxsize=_REMEMBERED)
def _compiled(statement: ast.stmt, label: str, features: int) -> CodeType:
    with warnings.catch_warnings():
        # The learner has seen it in the notebook itself.
        warnings.simplefilter("ignore")
        module = ast.Module([statement], [])
        code: CodeType = compile(module, label, "exec", features, dont_inherit=True)
        return code


@lru_cache(maxsize=_REMEMBERED)
def _effect(statement: ast.stmt) -> _Effect:
    try:
        code = compiled(statement, "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # It does not run in Jupyter either.
        return _Effect()
    binds, uses = set[str](), set[str]()
    for part, instruction in _instructions(code):
        operation, _, kind = instruction.opname.partition("_")
        if operation == "LOAD" and kind in _GLOBAL:
            uses.add(instruction.argval)
        elif operation in ("STORE", "DELETE") and kind in _GLOBAL[: 1 + (part is code)]:
            binds.add(instruction.argval)
    run = list(_run_at_once(statement))
    text = {ast.unparse(node) for node in run if isinstance(node, ast.Attribute)}
    stars = isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    return _Effect(
        frozenset(binds),
        frozenset(uses),
        frozenset(_changed(run)),
        frozenset(_handed_over(statement, run)),
        frozenset(_root(node.func) for node in run if isinstance(node, ast.Call)),
        _setting(statement),
        stars or bool(_ANYTHING & {_root(node) for node in run} or "sys.path" in text),
    )


def _instructions(code: CodeType) -> Iterator[tuple[CodeType, dis.Instruction]]:
    """Yield the instructions of code and of all functions in it."""
    for instruction in dis.get_instructions(code):
        yield code, instruction
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _instructions(constant)


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs with a statement: of a function, only its decorators and defaults."""
    if isinstance(node, ast.Lambda):
        return
    inner: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner = (*node.decorator_list, *node.args.defaults)
    yield node
    for child in inner:
        yield from _run_at_once(child)


def _changed(run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names whose values may be changed in place: `x[0] = 1`, `x.append(1)`."""
    for node in run:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield _root(node.func)
        elif isinstance(node, ast.Call) and _root(node.func) in ("setattr", "delattr"):
            yield from map(_root, node.args[:1])
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield _root(node)


def _handed_over(statement: ast.stmt, run: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names whose values are given to a call for its effect: `fill(x)`."""
    if not isinstance(statement, ast.Assign):
        for node in run:
            if isinstance(node, ast.Call):
                yield from (one.id for one in node.args if isinstance(one, ast.Name))


def _setting(statement: ast.stmt) -> str:
    """Return the root of a statement that is but a call of a module's function."""
    value: Any = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return ""
    # The settings that were there are often kept: `old = np.seterr(all="ignore")`.
    is_set = isinstance(statement, ast.Expr) or value.func.attr.startswith("set")
    return _root(value.func) if is_set else ""


def _root(node: ast.AST) -> str:
    """Return the name before the first dot or bracket; empty if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def defines(statement: ast.stmt) -> bool:
    """Return whether a statement is an import, a definition, or a value that nothing is called for.

    A learner's checks go by it: they run no experiments.
    """
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        value = statement.value
        # A value that has to be computed by a call may be what takes the time.
        return isinstance(value, ast.Lambda) or (
            value is not None and not any(isinstance(node, ast.Call) for node in ast.walk(value))
        )
    return isinstance(statement, ast.Import | ast.ImportFrom | DEFINITION)
