"""One entry of what a moment makes, worked out with its numbers as on paper."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from workbook.learn.flow.moments.moment import NEW, Moment, Walkthrough
from workbook.learn.flow.moments.one_step import activation_of
from workbook.learn.flow.moments.scene import short
from workbook.learn.flow.moments.values import all_there

# A longer sum is not written out.
_MOST_TERMS = 5
# An entry with its left side, how it is worked out, what that gives, and what the function gave.
_Worked = tuple[str, str, float, float]


def one_entry(walk: Walkthrough, at: int, point: int = 0) -> str:
    """Return how one entry of the new numbers is worked out; empty where that says nothing.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    at : int
        Which one.
    point : int
        The example.
    """
    moment = walk.moments[at]
    work = _WORKED.get(moment.function)
    needed = [name.removesuffix("ᵀ") for row in moment.rows for name in row]
    arrays = [name for name in needed if name[-1].isdigit() or name.endswith(NEW)]
    if work is None or not all_there([*arrays, *moment.makes], moment.values):
        return ""
    try:
        with np.errstate(all="ignore"):
            left, how, right, given = work(walk, moment, point)
    except (IndexError, ValueError):
        # An array of a shape that does not belong here: the moment's note says so.
        return ""
    if not all(map(np.isfinite, (right, given))):
        return ""
    text = f"{left} = {how} = {short(right)}"
    if not np.isclose(right, given, rtol=1e-3, atol=1e-6):
        text += f"; your function gave {short(given)}"
    return walk.written(text)


def _linear_forward(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    l, values = moment.layer, moment.values
    weights, inputs = values[f"W{l}"][0], values[f"A{int(l or 1) - 1}"][:, point]
    bias = float(values[f"b{l}"][0, 0])
    how = f"{_products(weights, inputs)} + {_term(bias)}"
    return f"Z{l}[0, {point}]", how, float(weights @ inputs) + bias, values[f"Z{l}"][0, point]


def _activation(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    l, values = int(moment.layer or 1), moment.values
    z, name = float(values[f"Z{l}"][0, point]), activation_of(l, walk.depth)
    right = max(0.0, z) if name == "relu" else 1 / (1 + float(np.exp(-z)))
    how = f"max(0, {short(z)})" if name == "relu" else f"1 / (1 + exp({short(-z)}))"
    return f"A{l}[0, {point}]", how, right, values[f"A{l}"][0, point]


def _cost(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    if moment.phase == "update":
        raise ValueError("the answers after the step are not among the numbers")
    values = moment.values
    AL, Y = values[f"A{walk.depth}"][0], values["Y"][0]
    signs = [f"log {short(a)}" if y == 1 else f"log(1 - {short(a)})"
             for a, y in zip(AL, Y, strict=True)]  # fmt: skip
    logarithms = [np.log(a if y == 1 else 1 - a) for a, y in zip(AL, Y, strict=True)]
    right = -float(sum(logarithms)) / len(logarithms)
    return "J", f"-({_sum(signs)}) / {len(AL)}", right, float(values["J"])


def _from_cost(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    values, name = moment.values, f"dA{walk.depth}"
    a, y = float(values[f"A{walk.depth}"][0, point]), float(values["Y"][0, point])
    how = f"-({short(y)} / {short(a)} - {short(1 - y)} / {short(1 - a)})"
    right = -(y / a - (1 - y) / (1 - a)) if 0 < a < 1 else float("nan")
    return f"{name}[0, {point}]", how, right, values[name][0, point]


def _through_activation(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    l, values = int(moment.layer or 1), moment.values
    dA, z = float(values[f"dA{l}"][0, point]), float(values[f"Z{l}"][0, point])
    a = 1 / (1 + float(np.exp(-z)))
    is_relu = activation_of(l, walk.depth) == "relu"
    slope = float(z > 0) if is_relu else a * (1 - a)
    how = f"{short(dA)} * {short(slope)}" if is_relu else (
        f"{short(dA)} * {short(a)} * (1 - {short(a)})")  # fmt: skip
    return f"dZ{l}[0, {point}]", how, dA * slope, values[f"dZ{l}"][0, point]


def _through_weights(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    l, values = int(moment.layer or 1), moment.values
    dZ, A = values[f"dZ{l}"][0], values[f"A{l - 1}"][0]
    right = float(dZ @ A) / len(dZ)
    return f"dW{l}[0, 0]", f"({_products(dZ, A)}) / {len(dZ)}", right, values[f"dW{l}"][0, 0]


def _update(walk: Walkthrough, moment: Moment, point: int) -> _Worked:
    name, values, rate = f"W{moment.layer}", moment.values, walk.learning_rate
    w, dw = float(values[name][0, 0]), float(values[f"d{name}"][0, 0])
    how = f"{short(w)} - {short(rate)} * {_term(dw)}"
    return f"new {name}[0, 0]", how, w - rate * dw, values[f"{name}{NEW}"][0, 0]


_WORKED: dict[str, Callable[[Walkthrough, Moment, int], _Worked]] = {
    "linear_forward": _linear_forward,
    "linear_activation_forward": _activation,
    "compute_cost": _cost,
    "L_model_backward": _from_cost,
    "linear_activation_backward": _through_activation,
    "linear_backward": _through_weights,
    "update_parameters": _update,
}


def _products(left: Any, right: Any) -> str:
    return _sum([f"{_term(a)} * {_term(b)}" for a, b in zip(left, right, strict=True)])


def _term(value: float) -> str:
    text = short(float(value))
    return f"({text})" if text.startswith("-") else text


def _sum(terms: Sequence[str]) -> str:
    if len(terms) > _MOST_TERMS:
        terms = [*terms[: _MOST_TERMS - 2], "…", terms[-1]]
    return " + ".join(terms)
