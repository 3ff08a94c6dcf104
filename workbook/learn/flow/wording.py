"""Sentences about training steps, for terminals and for notebooks."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from workbook.course.text import shorten
from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.matrices import four_digits
from workbook.learn.flow.steps import Flow, TrainingStep
from workbook.learn.flow.tracing import Call

#: Titles of the four calls of a training step.
CALL_TITLES = {
    "L_model_forward": "Forward: from X to AL",
    "compute_cost": "The cost",
    "L_model_backward": "Backward: from the cost to the gradients",
    "update_parameters": "Update: every parameter against its gradient",
}
COMPARED = (
    "Each gradient beside its finite differences: (J(w + h) - J(w - h)) / (2 h), one entry at a "
    "time, with the same forward pass and cost. dA holds no 1/m, so it is compared with m J."
)
_LONGEST_TEXT = 60
# Of more costs than this, only some are listed.
_MOST_COSTS = 12


def flow_heading(flow: Flow) -> str:
    """Return the heading of all steps."""
    steps = flow.setting.steps
    what = "One training step" if steps == 1 else f"{steps} training steps"
    return f"{what} of the network {' -> '.join(map(str, flow.setting.layers))}"


def setup_facts(flow: Flow) -> Iterator[str]:
    """Yield sentences on the functions, the data and the learning rate."""
    setting = flow.setting
    yield f"Functions: {flow.source}."
    yield f"Data: {setting.data} X is {setting.X.shape}, Y is {setting.Y.shape}."
    yield f"Start: {setting.start}"
    yield f"Learning rate: {four_digits(setting.learning_rate)}."
    if flow.steps and len(flow.steps) < setting.steps and not flow.problem:
        yield "Only the first and the last step are shown, and the cost of the steps between them."


def step_heading(step: TrainingStep, flow: Flow) -> str:
    """Return the heading of one step."""
    return f"Step {step.number} of {flow.setting.steps}"


def call_ending(call: Call) -> str:
    """Return how a call ended that raised an exception."""
    return "did not return" if any(one.failed for one in call.inner) else "failed here"


def comparison(gradient: Gradient) -> str:
    """Return the result of comparing one gradient, on one line."""
    shape = f"  {gradient.own.shape}" if gradient.own is not None else ""
    text = f"{gradient.name}{shape}  {gradient.verdict}"
    if gradient.verdict == "undecided":
        small = gradient.difference is not None
        text += ": too small beside the rounding error of the cost" if small else ": not finite"
    if gradient.difference is not None:
        text += f"; largest difference {gradient.difference:.1e}"
    return f"{text}; {gradient.note}" if gradient.note else text


def compared_entries(gradient: Gradient) -> Any:
    """Return the finite differences without the entries that were not compared.

    Returns
    -------
    numpy.ma.MaskedArray
        Of the gradient's shape; the others are masked.
    """
    assert gradient.numeric is not None
    assert gradient.compared is not None
    return np.ma.masked_array(gradient.numeric, ~gradient.compared)


def cost_change(step: TrainingStep) -> str:
    """Return a sentence on how the step changed the cost."""
    assert step.cost is not None
    if not np.isfinite(step.cost):
        return f"The cost is {step.cost}, {_not_finite(step.cost)}"
    if step.cost_after is None:
        return f"The cost before the step: {step.cost:.8g}"
    if not np.isfinite(step.cost_after):
        after = f"and is {step.cost_after} after it"
        return f"The cost was {step.cost:.8g} before the step {after}, {_not_finite(step.cost)}"
    fall = step.cost - step.cost_after
    how = f"falls by {fall:.3g}" if fall > 0 else f"rises by {-fall:.3g}" if fall else "stays"
    return f"The cost {how}: {step.cost:.8g} before the step, {step.cost_after:.8g} after it."


def _not_finite(cost: float) -> str:
    name = "not a number" if np.isnan(cost) else "infinite"
    return (
        f"{name}. The reason is the logarithm of an answer AL that is exactly 0 or 1, or numbers "
        "that grow without bound. Try a smaller learning rate or smaller inputs."
    )


def cost_rows(flow: Flow) -> list[tuple[str, str]]:
    """Return pairs of a moment and its cost; of many, only some."""
    last = len(flow.costs) - 1
    rows = [
        ("at the start" if i == 0 else f"after step {i}", f"{cost:.8g}")
        for i, cost in enumerate(flow.costs)
    ]
    if len(rows) <= _MOST_COSTS:
        return rows
    chosen = sorted({round(i) for i in np.geomspace(1, last, _MOST_COSTS - 1)} | {0})
    return [rows[i] for i in chosen]


def short_text(content: Any) -> str:
    """Return a value that is not an array as a short text."""
    if isinstance(content, float | np.floating):
        return f"{float(content):.8g}"
    text = content if isinstance(content, str) else str(content)
    return shorten(text, _LONGEST_TEXT)
