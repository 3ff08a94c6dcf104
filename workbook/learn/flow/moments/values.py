"""The numbers of a training step by their names, from what was recorded of its calls."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from workbook.learn.flow.matrices import Array
from workbook.learn.flow.moments.moment import NEW
from workbook.learn.flow.steps import Setup, TrainingStep
from workbook.learn.flow.tracing import Call, Part

_NAME = re.compile(r"(?:d?A|d?Z|dW|db)\d+")
# Of a layer's cache, the input and Z, where the learner's own lines have made them.
_IN_CACHE = re.compile(r"caches\[(\d+)\](\[0\]\[0\]|\[1\])")


def values_of_step(setting: Setup, step: TrainingStep | None) -> dict[str, Any]:
    """Return all numbers of a step that are known, by name.

    Parameters
    ----------
    setting : Setup
        The setup of the training.
    step : TrainingStep or None
        What was recorded of the step; None if it never began.
    """
    found: dict[str, Any] = {"A0": setting.X, "Y": setting.Y}
    if step is None:
        return found
    found |= step.before
    found |= values_of_calls(step.calls, len(setting.layers) - 1)
    for gradient in step.gradients:
        if gradient.own is not None and _is_shown(gradient.own):
            found.setdefault(gradient.name, np.atleast_2d(gradient.own))
    found |= {f"{key}{NEW}": array for key, array in step.after.items()}
    costs = {"J": step.cost, f"J{NEW}": step.cost_after}
    return found | {name: cost for name, cost in costs.items() if cost is not None}


def values_of_calls(calls: Sequence[Call], depth: int) -> dict[str, Array]:
    """Return the arrays that were given to functions or returned by them, by name.

    Parameters
    ----------
    calls : sequence of Call
        Calls, with the calls inside them.
    depth : int
        Number of layers with weights.
    """
    found: dict[str, Array] = {}
    for part in _parts(calls):
        name = _name(part.label, depth)
        content = part.content
        if name and _is_shown(content):
            found.setdefault(name, np.atleast_2d(np.array(content, float)))
    return found


def _parts(calls: Sequence[Call]) -> Iterator[Part]:
    for call in calls:
        for value in call.inputs:
            yield from value.parts
        yield from _parts(call.inner)
        for value in call.outputs:
            yield from value.parts


def _name(label: str, depth: int) -> str:
    """Return the name of an array, or nothing if it has none here."""
    if label in ("X", "AL"):
        return "A0" if label == "X" else f"A{depth}"
    if _NAME.fullmatch(label):
        return label
    cached = _IN_CACHE.fullmatch(label)
    if cached is None:
        return ""
    return f"A{cached[1]}" if "[0]" in cached[2] else f"Z{int(cached[1]) + 1}"


def same_values(own: Any, other: Any) -> bool:
    """Return whether two numbers or arrays are the same, up to the digits of a recording."""
    one, two = np.asarray(own, float), np.asarray(other, float)
    return one.shape == two.shape and bool(np.allclose(one, two, rtol=1e-3, atol=1e-6))


def all_there(names: Sequence[str], values: Mapping[str, Any]) -> bool:
    """Return whether all these numbers are known."""
    return all(name in values for name in names)


def _is_shown(content: Any) -> bool:
    is_numbers = isinstance(content, np.ndarray) and content.dtype.kind in "biuf"
    return is_numbers and content.ndim <= 2 and content.size > 0
