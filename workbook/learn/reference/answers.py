"""Tells from its code whether a learner's answer is still the stub, and whether it is a new one."""

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from workbook.course.stubs import is_constant, is_stub_definition


def function_is_stub(function: Callable[..., Any]) -> bool:
    """Return whether a function that has been defined is still the stub.

    Parameters
    ----------
    function : callable
        The function or class.
    """
    # Without source, or of no cell's own, it is taken for what it is.
    body = parsed_source(inspect.unwrap(function))
    return len(body) == 1 and is_stub_definition(body[0])


def answer_digest(function: Callable[..., Any]) -> str:
    """Return a text that changes with what an answer does; empty if its code is not known.

    It is made from the syntax tree, without docstrings, of the function and of the functions beside
    it that it calls. Comments and layout do not count.

    Parameters
    ----------
    function : callable
        The function or class.
    """
    own = inspect.unwrap(function)
    body = [node for part in _parts(own) for node in parsed_source(part)]
    if not body or (len(body) == 1 and is_stub_definition(body[0])):
        return ""
    tree = _WithoutConstants().visit(ast.Module(body, []))
    return hashlib.sha256(ast.dump(tree).encode("utf-8", "replace")).hexdigest()[:16]


class _WithoutConstants(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if is_constant(node) else node


def _parts(own: Any) -> Iterator[Any]:
    """Yield what an answer consists of: the function and its helpers, or a class's methods."""
    if isinstance(own, type):
        # Of a class in a cell there is no source as a whole.
        yield from filter(inspect.isfunction, vars(own).values())
        return
    yield own
    namespace = getattr(own, "__globals__", {})
    for name in getattr(getattr(own, "__code__", None), "co_names", ()):
        helper = namespace.get(name)
        if inspect.isfunction(helper) and helper.__globals__ is namespace and helper is not own:
            yield helper


def parsed_source(part: Any) -> list[ast.stmt]:
    """Return the statements in which a function was defined; none if they are not known."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(part))).body
    except (OSError, TypeError, ValueError, SyntaxError):
        return []
