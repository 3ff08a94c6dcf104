"""Runs definitions without the parts that need a package which is not installed.

What a function computes does not come from its annotations, nor do the decorators of packages such
as numba change it.
"""

import __future__

import ast
import builtins
import copy
import sys
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from importlib.util import decode_source, find_spec
from typing import Any

from workbook.course.definitions import bound_names
from workbook.course.named_in_code import DEFINITION
from workbook.course.newer_python import alias_in
from workbook.course.older_python import for_this_python
from workbook.course.statements import parsed

#: What may be imported from `__future__`, as compiler flags.
FEATURES = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)

# Statements in which an import may stand and fail.
_MAY_IMPORT = ast.Import | ast.ImportFrom | ast.Try | ast.If | ast.With


class MissingPackages:
    """Knows the names that have no value because a package is not installed.

    Parameters
    ----------
    names : mapping of str to object
        The notebook's namespace.
    """

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = names
        # To which an import would give a value, or a statement that needs such a name.
        self._wanted = set[str]()
        # To which a newer Python gives a value.
        self._lost = set[str]()
        self._any = False

    def note(self, statement: ast.stmt, error: BaseException | None) -> None:
        """Note a statement that has been run, and what it raised."""
        if isinstance(statement, _MAY_IMPORT):
            names = set(_imported(statement))
            self._wanted |= names
            self._any |= error is not None and "*" in names
        elif isinstance(error, NameError) and error.name in self:
            self._wanted |= bound_names([statement])

    def note_unread(self, error: BaseException) -> None:
        """Note a part of a cell that cannot be parsed: a type alias is in annotations at most."""
        if isinstance(error, SyntaxError) and (name := alias_in(error)):
            self._wanted.add(name)

    def note_lost(self, names: Collection[str]) -> None:
        """Note names that the notebook's own Python had given a value for annotations."""
        self._lost.update(names)

    def __contains__(self, name: object) -> bool:
        there = name in self._names or hasattr(builtins, str(name))
        return not there and (self._any or name in self._wanted | self._lost)

    def __bool__(self) -> bool:
        return self.lack_a_package or any(name in self for name in self._lost)

    @property
    def lack_a_package(self) -> bool:
        """Whether there is a name that has no value because a package is not installed."""
        return self._any or any(name in self for name in self._wanted)

    def adapted(self, statement: ast.stmt) -> tuple[ast.stmt, list[tuple[str, int]]]:
        """Return a statement as it can be run, and what was left out to that end.

        Annotations become texts, decorators are left out, and default values are None, where they
        need a package that is missing.

        Parameters
        ----------
        statement : ast.stmt
            The statement; it stays as it is.

        Returns
        -------
        statement : ast.stmt
            The same one if nothing is missing.
        left_out : list of (str, int)
            "decorator" or "default", and its line.
        """
        if not self or not _names_one(statement, self):
            return statement, []
        has_header = isinstance(statement, DEFINITION)
        adapting = _Adapting(self if has_header else _Without(self, _bound_in(statement)))
        adapted: ast.stmt = adapting.visit(copy.deepcopy(statement))
        return adapted, adapting.left_out


def run_without_missing(
    source: str | bytes, file: str, names: dict[str, object], features: int = 0
) -> bool:
    """Run a module but for what needs a package that is not installed.

    Return whether there was such a package.

    Parameters
    ----------
    source : str or bytes
        The module's text.
    file : str
        Where it comes from.
    names : dict of str to object
        Its namespace.
    features : int
        What holds of `__future__` before its first line, as compiler flags.
    """
    missing = MissingPackages(names)
    tree, lost = _parsed(source, file)
    missing.note_lost(lost)
    for statement in tree.body:
        raised = None
        try:
            module = ast.Module([missing.adapted(statement)[0]], [])
            code = compile(module, file, "exec", features, dont_inherit=True)
            features |= code.co_flags & FEATURES
            exec(code, names)
        except (ModuleNotFoundError, NameError) as error:
            if isinstance(error, NameError) and error.name not in missing:
                raise
            raised = error
        missing.note(statement, raised)
    return missing.lack_a_package


def _parsed(source: str | bytes, file: str) -> tuple[ast.Module, set[str]]:
    """Parse a module, also of a newer Python; return the names that it has lost as well."""
    try:
        return ast.parse(source, file), set()
    except SyntaxError:
        text = source if isinstance(source, str) else decode_source(source)
        rewritten, lost = for_this_python(text)
        if rewritten == text:
            raise
        return ast.parse(rewritten, file), lost


def executing(missed: Callable[[], object]) -> Callable[..., None]:
    """Return an `exec` that runs definitions but for what needs a package that is not installed.

    A text that defines nothing may be there to find out whether a package is installed: that one
    fails as ever.

    Parameters
    ----------
    missed : callable
        Called where there is such a package.
    """

    def execute(source: Any, names: Any = None, inner: Any = None, /, **options: Any) -> None:
        caller = sys._getframe(1)
        if names is None:
            names, inner = caller.f_globals, caller.f_locals if inner is None else inner
        if isinstance(source, str | bytes):
            features = caller.f_code.co_flags & FEATURES
            if (inner is None or inner is names) and _defines_without_package(source):
                run_without_missing(source, "<string>", names, features)
                missed()
                return
            source = compile(source, "<string>", "exec", features, dont_inherit=True)
        exec(source, names, inner, **options)

    return execute


def _defines_without_package(source: str | bytes) -> bool:
    """Tell whether a text defines something, and imports a package that is not installed."""
    tree = parsed(source)
    if tree is None or not any(isinstance(node, DEFINITION) for node in tree.body):
        return False
    names = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for one in node.names]  # fmt: skip
    names += [node.module for node in ast.walk(tree)
              if isinstance(node, ast.ImportFrom) and node.module and not node.level]  # fmt: skip
    return not all(_is_installed(name.partition(".")[0]) for name in names)


def _is_installed(name: str) -> bool:
    try:
        return name in sys.modules or find_spec(name) is not None
    except ValueError:
        return True


class _Without:
    """Names that are missing, but for some that are bound where they stand.

    Parameters
    ----------
    missing, bound : container of str
        The names, and those that have a value all the same.
    """

    def __init__(self, missing: Container[object], bound: Container[object]) -> None:
        self._missing = missing
        self._bound = bound

    def __contains__(self, name: object) -> bool:
        return name not in self._bound and name in self._missing


def _bound_in(node: ast.AST) -> set[str]:
    """Return all names that are bound somewhere in a statement, but its own."""
    bound = set[str]()
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load):
            bound.add(one.id)
        elif isinstance(one, ast.arg):
            bound.add(one.arg)
        elif isinstance(one, DEFINITION) and one is not node:
            bound.add(one.name)
        elif isinstance(one, ast.Import | ast.ImportFrom | ast.ExceptHandler):
            bound |= bound_names([one]) if isinstance(one, ast.stmt) else {one.name or ""}
    return bound


class _Adapting(ast.NodeTransformer):
    """Takes out of definitions what names something that is missing."""

    def __init__(self, missing: Container[object]) -> None:
        self.missing = missing
        self.left_out: list[tuple[str, int]] = []

    def visit_ClassDef(self, node: DEFINITION) -> ast.AST:
        kept = [one for one in node.decorator_list if not _names_one(one, self.missing)]
        gone = [one.lineno for one in node.decorator_list if one not in kept]
        self.left_out += [("decorator", line) for line in gone]
        node.decorator_list = kept
        if not isinstance(node, ast.ClassDef):
            node.returns = self._as_text(node.returns)
            node.args = self.visit(node.args)
        # What the body binds has a value there.
        inside = _Adapting(_Without(self.missing, _bound_in(node)))
        node.body = [inside.visit(one) for one in node.body]
        self.left_out += inside.left_out
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef  # noqa: N815 - the names of ast

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.defaults = [self._default(one) for one in node.defaults]
        node.kw_defaults = [one and self._default(one) for one in node.kw_defaults]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = self._as_text(node.annotation)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = self._as_text(node.annotation) or node.annotation
        return self.generic_visit(node)

    def _as_text(self, annotation: ast.expr | None) -> ast.expr | None:
        if annotation is None or not _names_one(annotation, self.missing):
            return annotation
        return ast.copy_location(ast.Constant(ast.unparse(annotation)), annotation)

    def _default(self, value: ast.expr) -> ast.expr:
        if not _names_one(value, self.missing):
            return value
        self.left_out.append(("default", value.lineno))
        return ast.copy_location(ast.Constant(None), value)


def _names_one(node: ast.AST, missing: Container[object]) -> bool:
    return any(isinstance(one, ast.Name) and one.id in missing for one in ast.walk(node))


def _imported(statement: ast.stmt) -> Iterator[str]:
    """Yield the names to which the imports in a statement would give a value."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import):
            yield from (one.asname or one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (one.asname or one.name for one in node.names)
