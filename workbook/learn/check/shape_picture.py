"""The line at the end of a card that shows a shape error as a picture."""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, check_data
from workbook.course.compare import Difference
from workbook.course.exercises import Function
from workbook.figures.picture import Picture
from workbook.figures.plots.product_shapes import check_product
from workbook.figures.validation import PictureError
from workbook.learn.check.expressions import operands, parse_code, shape_of
from workbook.learn.check.reasons import Spot

Dims = tuple[int, ...]

_PART = re.compile(r"(d?)(W|b|A_prev|A)([0-9]*)")
# The initialisers know no examples: so many are drawn.
_EXAMPLES = 5
_LONGEST_NAME = 30


def of_error(error: BaseException, spot: Spot | None) -> str:
    """Return the call that draws the matrix product which failed in the learner's code.

    Parameters
    ----------
    error : BaseException
        The exception that the learner's function raised.
    spot : Spot or None
        The place in the learner's code; None if the code was not reached.

    Returns
    -------
    str
        Code such as ``show_product(W=(2, 3), A=(4, 5), b=(2, 1))``; empty if it was no product.
    """
    if spot is None or not isinstance(error, ValueError):
        return ""
    nodes = _factors(spot)
    shapes = {ast.unparse(node): shape_of(node, spot.frame) for node in nodes}
    known = {name: shape for name, shape in shapes.items() if shape is not None}
    # One product may hold the same variable twice; a call names each argument once.
    return _call(known) if nodes and len(known) == len(nodes) else ""


def of_answer(
    known: Function, case: PublicCase, wrong: Difference, function: Callable[..., Any]
) -> str:
    """Return the call that draws why a part of the answer has the wrong shape.

    A gradient has the shape of what it belongs to: it is drawn where that stands in the forward
    product, and does not fit there.

    Parameters
    ----------
    known : Function
        The function that the learner was to write.
    case : PublicCase
        The case whose answer it is.
    wrong : Difference
        A part whose shapes differ.
    function : callable
        The learner's function, which may have arguments of other names.
    """
    if wrong.got_shape is None:
        return ""
    if wrong.where in ("Z", "A", "AL"):
        return _call(_layer(known, case, "", function))
    found = _PART.fullmatch(wrong.where)
    if found is None:
        return ""
    number = found[3]
    if number and found[2] == "A":
        # dA1 belongs to what goes into layer 2.
        number = str(int(number) + 1)
    named = _layer(known, case, number, function)
    place = {"W": 0, "b": 2}.get(found[2], 1)
    shown = {
        wrong.where if i == place else name: wrong.got_shape if i == place else shape
        for i, (name, shape) in enumerate(named.items())
    }
    return _call(shown, only_wrong=True)


def drawn(call: str) -> Picture:
    """Return the picture that a line from `of_error` or `of_answer` draws."""
    from workbook.figures.plots.product_drawing import draw_product  # brings matplotlib

    line: Any = ast.parse(call, mode="eval").body
    named = dict(zip("WAb", map(ast.literal_eval, line.args), strict=False))
    for one in line.keywords:
        value = ast.literal_eval(one.value)
        named |= {one.arg: value} if one.arg else value
    return draw_product(check_product(list(named.items())))


def _factors(spot: Spot) -> list[ast.expr]:
    """Return the operands of the product that failed, and what is added to it in the same line."""
    found = operands(parse_code(spot.failing))
    if found is None:
        return []
    sign, left, right = found
    # An entry-by-entry product whose shapes do not fit may stand for the matrix product.
    if sign in ("@", "*"):
        return [left, right, *_added(spot.source, left, right)]
    inner = operands(left)
    # Only the sum of a product and a bias: other sums are no matrix product.
    if sign != "+" or inner is None or inner[0] != "@":
        return []
    return [inner[1], inner[2], right]


def _added(source: str, left: ast.expr, right: ast.expr) -> list[ast.expr]:
    """Return what the line adds to the product of two expressions, if it is one simple thing."""
    wanted = ast.dump(left), ast.dump(right)
    for node in ast.walk(parse_code(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            inner = operands(node.left)
            if inner is not None and (ast.dump(inner[1]), ast.dump(inner[2])) == wanted:
                return [node.right]
    return []


def _layer(
    known: Function, case: PublicCase, number: str, function: Callable[..., Any]
) -> dict[str, Dims]:
    """Return the right shapes of the forward product W A + b of a layer, by their names."""
    arguments = check_data(known.name).arguments
    given = dict(zip(arguments, case.args, strict=False))
    if "caches" in known.returns:
        given["caches"] = case.expected[known.returns.index("caches")]
    if arguments[1:3] == ("W", "b"):
        A, W, b = _arguments(function, arguments)[:3]
        return {W: np.shape(given["W"]), A: np.shape(case.args[0]), b: np.shape(given["b"])}
    if "cache" in given:
        # That of a whole layer is a pair: the linear cache and the activation's.
        cache = given["cache"]
        return _named(cache[0] if isinstance(cache[0], tuple) else cache, "")
    if "caches" in given:
        l = int(number or len(given["caches"]))
        return _named(given["caches"][l - 1][0], str(l))
    if not isinstance(case.expected, Mapping) or f"W{number}" not in case.expected:
        return {}
    W, b = case.expected[f"W{number}"].shape, case.expected[f"b{number}"].shape
    return {f"W{number}": W, _input(number): (W[1], _EXAMPLES), f"b{number}": b}


def _named(cache: tuple[Any, Any, Any], number: str) -> dict[str, Dims]:
    A_prev, W, b = cache
    return {f"W{number}": W.shape, _input(number): A_prev.shape, f"b{number}": b.shape}


def _input(number: str) -> str:
    """Return the name of what goes into a layer."""
    if not number:
        return "A_prev"
    return "X" if number == "1" else f"A{int(number) - 1}"


def _arguments(function: Callable[..., Any], given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the function's arguments, the learner's own where they are plain."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return given
    plain = tuple(one.name for one in found if one.kind is one.POSITIONAL_OR_KEYWORD)
    return plain if len(plain) == len(given) else given


def _call(named: Mapping[str, Dims], only_wrong: bool = False) -> str:
    """Return the code that draws a product of arrays with these names and shapes."""
    try:
        if check_product(list(named.items())).is_right and only_wrong:
            return ""
    except PictureError:
        # Not two or three, or more than two axes: there is no picture of it.
        return ""
    if any(len(name) > _LONGEST_NAME for name in named):
        return f"show_product({', '.join(map(str, named.values()))})"
    if all(name.isidentifier() for name in named):
        return f"show_product({', '.join(f'{name}={shape}' for name, shape in named.items())})"
    return f"show_product(**{dict(named)})"
