"""Values and shapes in a failing line, read from the frame without calling anything.

`pure_eval`, which IPython brings along, does the same but refuses ``X.T``, ``X.shape``, entries of
arrays and keys such as ``f"W{l}"``: most of what a line of this course consists of.
"""

import ast
from collections.abc import Iterator
from types import FrameType
from typing import Any

import numpy as np

from workbook.course.kinds import kind

#: Stands for a value that cannot be read.
UNKNOWN: Any = object()

_ENTRYWISE = ("log", "exp", "abs", "sqrt", "square", "tanh", "negative")
_CONTAINERS = (dict, list, tuple, np.ndarray)

# Operators, and NumPy's functions for operators, as `operands` calls them.
_SIGNS: dict[type, str] = {ast.MatMult: "@", ast.Add: "+", ast.Mult: "*"}
_FUNCTIONS = {"dot": "@", "matmul": "@", "add": "+", "multiply": "*", "subtract": "", "divide": ""}


def parse_code(source: str) -> ast.stmt:
    """Return the syntax tree of a statement or of an expression, which may have several lines.

    Parameters
    ----------
    source : str
        The code.

    Returns
    -------
    ast.stmt
        Its first statement; `pass` if it cannot be parsed.
    """
    text = source.strip().rstrip(":")
    for whole in (text, f"({text})"):
        try:
            return ast.parse(whole).body[0]
        except (SyntaxError, ValueError, RecursionError, IndexError):
            continue
    return ast.Pass()


def value_of(node: ast.AST, frame: FrameType) -> Any:
    """Return the value of a simple expression, or `UNKNOWN`.

    Simple are names, constants, ``.T`` and ``.shape`` of arrays, entries of arrays, dictionaries,
    lists and tuples, and the keys that f-strings, ``+`` and ``str`` of a number make.

    Parameters
    ----------
    node : ast.AST
        The expression.
    frame : FrameType
        The frame of the learner's function, in which it failed.
    """
    try:
        return _value(node, frame)
    except (LookupError, TypeError, ValueError, OverflowError):
        return UNKNOWN


def _value(node: ast.AST, frame: FrameType) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            names = frame.f_locals if node.id in frame.f_locals else frame.f_globals
            return names[node.id]
        case ast.Attribute(attr="T" | "shape"):
            value = _value(node.value, frame)
            return getattr(value, node.attr) if type(value) is np.ndarray else UNKNOWN
        case ast.Subscript():
            value, key = _value(node.value, frame), _value(node.slice, frame)
            simple = type(value) in _CONTAINERS and type(key) in (str, int)
            return value[key] if simple else UNKNOWN
        case ast.UnaryOp(op=ast.USub()):
            value = _value(node.operand, frame)
            return -value if type(value) is int else UNKNOWN
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _sum(node, _value(node.left, frame), _value(node.right, frame))
        case ast.JoinedStr():
            parts = [_value(part, frame) for part in node.values]
            return UNKNOWN if UNKNOWN in parts else "".join(parts)
        case ast.FormattedValue(value=inner) | ast.Call(func=ast.Name(id="str"), args=[inner]):
            value = _value(inner, frame)
            return str(value) if type(value) in (int, str) else UNKNOWN
    return UNKNOWN


def _sum(node: ast.BinOp, one: Any, other: Any) -> Any:
    """Return the sum or difference of two plain integers, or two texts joined."""
    if isinstance(node.op, ast.Sub):
        return one - other if type(one) is type(other) is int else UNKNOWN
    return one + other if type(one) is type(other) in (int, str) else UNKNOWN


def shape_of(node: ast.AST, frame: FrameType) -> tuple[int, ...] | None:
    """Return the shape of an expression, derived from the shapes of its parts.

    Besides simple expressions it follows arithmetic and NumPy functions that work entry by entry.

    Parameters
    ----------
    node : ast.AST
        The expression.
    frame : FrameType
        The frame of the learner's function, in which it failed.

    Returns
    -------
    tuple of int or None
        The shape; None if it is not known.
    """
    value = value_of(node, frame)
    if isinstance(value, np.ndarray | np.generic | float | int):
        return np.shape(value)
    match node:
        case ast.UnaryOp():
            return shape_of(node.operand, frame)
        case ast.Call(func=ast.Attribute(attr=name), args=[inner]) if name in _ENTRYWISE:
            return shape_of(inner, frame)
        case ast.BinOp() if not isinstance(node.op, ast.MatMult):
            shapes = [shape_of(part, frame) for part in (node.left, node.right)]
            known = [shape for shape in shapes if shape is not None]
            try:
                return np.broadcast_shapes(*known) if len(known) == 2 else None
            except ValueError:
                return None
    return None


def operands(node: ast.AST) -> tuple[str, ast.expr, ast.expr] | None:
    """Return the operator and the two operands of an expression; a call of NumPy's counts.

    Parameters
    ----------
    node : ast.AST
        The expression, or a statement that is one.

    Returns
    -------
    (str, ast.expr, ast.expr) or None
        The operator is ``@``, ``+`` or ``*``; empty for others, which work entry by entry.
    """
    match node:
        case ast.Expr():
            return operands(node.value)
        case ast.BinOp(left=left, op=op, right=right):
            return _SIGNS.get(type(op), ""), left, right
        case ast.AugAssign(target=target, op=op, value=value):
            return "@" if isinstance(op, ast.MatMult) else "", target, value
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right]) if name in _FUNCTIONS:
            return _FUNCTIONS[name], left, right
    return None


def named_values(node: ast.AST, frame: FrameType) -> Iterator[tuple[str, Any]]:
    """Yield every variable of the function that an expression names, with its value.

    Parameters
    ----------
    node : ast.AST
        The expression.
    frame : FrameType
        The frame of the learner's function, in which it failed.
    """
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in frame.f_locals:
            yield part.id, frame.f_locals[part.id]


def described(value: Any) -> str:
    """Return a short description of a value, such as "an array of shape (3, 4)".

    Parameters
    ----------
    value : object
        The value.
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return kind(value)
