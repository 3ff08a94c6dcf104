"""Definitions in which nothing has been written yet."""

import ast

from workbook.course.statements import parsed


def is_stub_definition(node: ast.AST) -> bool:
    """Return whether a definition is still the stub; a class is if any of its methods is.

    Parameters
    ----------
    node : ast.AST
        The definition.
    """
    if isinstance(node, ast.ClassDef):
        methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
        # A method may well have nothing to do: `pass` alone is no sign.
        return any(
            is_stub_definition(one) and isinstance(one.body[-1], ast.Raise) for one in methods
        )
    return isinstance(node, ast.FunctionDef) and all(map(_says_nothing, node.body))


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or is_constant(node)


def is_constant(node: ast.stmt) -> bool:
    """Return whether a statement is a docstring, or `...`."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_stub_cell(source: str, name: str) -> bool:
    """Return whether a cell holds a function that is still the stub, and nothing else.

    Parameters
    ----------
    source : str
        Its text.
    name : str
        Name of the function.
    """
    tree = parsed(source)
    body = [node for node in tree.body if not is_constant(node)] if tree else []
    # Of a class, some methods may be written.
    one = body[0] if len(body) == 1 else None
    return isinstance(one, ast.FunctionDef) and one.name == name and is_stub_definition(one)
