"""Look up what a failing line used, by reading the frame's variables and never calling anything.

`pure_eval`, which IPython brings along, does the same but refuses ``X.T``, ``X.shape``, entries of
arrays and keys such as ``f"W{l}"``: most of what a line of this course consists of.
"""

import ast
from collections.abc import Iterator
from types import FrameType
from typing import Any

import numpy as np

#: What could not be looked up.
UNKNOWN: Any = object()

_ENTRYWISE = ("log", "exp", "abs", "sqrt", "square", "tanh", "negative")
_CONTAINERS = (dict, list, tuple, np.ndarray)


def parsed(source: str) -> ast.stmt | None:
    """Return the statement that a piece of code is, or None; an expression may take more lines."""
    text = source.strip().rstrip(":")
    for whole in (text, f"({text})"):
        try:
            return ast.parse(whole).body[0]
        except (SyntaxError, ValueError, RecursionError, IndexError):
            continue
    return None


def value_of(node: ast.AST, frame: FrameType) -> Any:
    """Return the value of a simple expression, or `UNKNOWN`.

    Simple are names, constants, ``.T`` and ``.shape`` of arrays, entries of arrays, dictionaries,
    lists and tuples, and the keys that f-strings, ``+`` and ``str`` of a number make.
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
            return _sum(0, _value(node.operand, frame), -1)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            sign = 1 if isinstance(node.op, ast.Add) else -1
            return _sum(_value(node.left, frame), _value(node.right, frame), sign)
        case ast.JoinedStr() | ast.FormattedValue() | ast.Call():
            return _text(node, frame)
    return UNKNOWN


def _sum(one: Any, other: Any, sign: int) -> Any:
    """Return the sum or difference of two plain integers, or two texts joined."""
    if type(one) is int and type(other) is int:
        return one + sign * other
    return one + other if type(one) is str and type(other) is str and sign == 1 else UNKNOWN


def _text(node: ast.JoinedStr | ast.FormattedValue | ast.Call, frame: FrameType) -> Any:
    """Return the text that an f-string, or ``str`` of a plain number, makes."""
    if isinstance(node, ast.JoinedStr):
        parts = [_value(part, frame) for part in node.values]
        return UNKNOWN if UNKNOWN in parts else "".join(parts)
    if isinstance(node, ast.Call):
        is_str = isinstance(node.func, ast.Name) and node.func.id == "str" and len(node.args) == 1
        if not is_str:
            return UNKNOWN
        inner = node.args[0]
    else:
        inner = node.value
    value = _value(inner, frame)
    return str(value) if type(value) in (int, str) else UNKNOWN


def shape_of(node: ast.AST, frame: FrameType) -> tuple[int, ...] | None:
    """Return the shape that an expression has, worked out from the shapes of what is in it.

    Beside simple expressions it follows arithmetic and NumPy functions that work entry by entry.
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


def operands(node: ast.AST | None) -> tuple[str, ast.expr, ast.expr] | None:
    """Return the operator and the two operands of an expression; a call of NumPy's counts.

    The operator is ``@`` for a matrix product, and ``+`` for what works entry by entry.
    """
    match node:
        case ast.Expr():
            return operands(node.value)
        case ast.BinOp(left=left, op=op, right=right):
            return "@" if isinstance(op, ast.MatMult) else "+", left, right
        case ast.AugAssign(target=target, op=op, value=value):
            return "@" if isinstance(op, ast.MatMult) else "+", target, value
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right]):
            kinds = dict.fromkeys(("dot", "matmul"), "@")
            kinds |= dict.fromkeys(("add", "subtract", "multiply", "divide"), "+")
            return (kinds[name], left, right) if name in kinds else None
    return None


def named_values(node: ast.AST | None, frame: FrameType) -> Iterator[tuple[str, Any]]:
    """Yield every variable of the function that an expression names, with its value."""
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.Name) and part.id in frame.f_locals:
            yield part.id, frame.f_locals[part.id]


def described(value: Any) -> str:
    """Return what a value is, in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
