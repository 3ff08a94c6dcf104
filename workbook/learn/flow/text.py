"""Training steps as text for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.text import wrap
from workbook.learn.check.display import TEXT_WIDTH, StyledLine, print_lines
from workbook.learn.flow import wording
from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.matrices import MOST_COLUMNS, grid, lines, range_and_mean
from workbook.learn.flow.steps import Flow, TrainingStep
from workbook.learn.flow.tracing import NBSP, Call, Value

if TYPE_CHECKING:
    from rich.console import Console

#: A line has at least so many characters.
NARROWEST = 60
_NUMBER_WIDTH = 9
_UPDATED = ("out", "parameters")


def flow_text(flow: Flow) -> str:
    """Return the steps as plain text, in lines of at most 80 characters."""
    return "\n".join(line for line, _ in _flow_lines(flow, TEXT_WIDTH))


def print_flow(flow: Flow, console: "Console | None" = None) -> None:
    """Print the steps in the terminal.

    Parameters
    ----------
    flow : Flow
        Training steps, from `workbook.learn.flow.steps.train`.
    console : rich.console.Console, optional
        Where to print; by default, the terminal.
    """
    print_lines(lambda width: _flow_lines(flow, max(width, NARROWEST)), console)


def _flow_lines(flow: Flow, width: int) -> Iterator[StyledLine]:
    yield from _wrapped(wording.flow_heading(flow), width, "bold")
    for fact in wording.setup_facts(flow):
        yield from _wrapped(fact, width, "", "  ")
    for step in flow.steps:
        yield "", ""
        yield "", ""
        yield from _step_lines(step, flow, width)
    if len(flow.costs) > 1:
        yield from _headed("The cost", width)
        for when, cost in wording.cost_rows(flow):
            yield f"  {when:>14}  {cost}", ""
    if flow.problem:
        yield from _headed(flow.problem, width, "bold red")
        for line in flow.excerpt.splitlines():
            yield f"    {line}", ""
    if flow.advice:
        yield from _headed(flow.advice, width)


def _headed(text: str, width: int, style: str = "bold") -> Iterator[StyledLine]:
    """Yield an empty line, and a heading or a sentence that stands out."""
    yield "", ""
    yield from _wrapped(text, width, style)


def _step_lines(step: TrainingStep, flow: Flow, width: int) -> Iterator[StyledLine]:
    title = wording.step_heading(step, flow)
    yield title, "bold"
    yield "=" * len(title), "bold"
    for call in step.calls:
        yield from _headed(wording.CALL_TITLES[call.name], width)
        yield from _call_lines(call, width, 2)
    if step.gradients:
        yield from _headed(wording.COMPARED, width)
        for gradient in step.gradients:
            yield from _gradient_lines(gradient, width)
    if step.after:
        yield from _headed("The parameters before and after the step", width)
        for key, array in step.before.items():
            yield f"  {key}  {array.shape}", ""
            yield from _beside(("before", "after"), array, step.after[key], width)
    if step.cost is not None:
        yield from _headed(wording.cost_change(step), width)


def _call_lines(call: Call, width: int, indent: int) -> Iterator[StyledLine]:
    space = " " * indent
    layer = f"  (layer {call.layer})" if call.layer is not None else ""
    yield f"{space}{call.name}{layer}", "cyan"
    for value in call.inputs:
        yield from _value_lines("in ", value, width, indent + 2)
    for one in call.inner:
        yield from _call_lines(one, width, indent + 4)
    if call.inner and call.outputs:
        yield f"{space}{call.name}{layer} returns", "cyan"
    for value in call.outputs:
        yield from _value_lines("out", value, width, indent + 2)
    if call.failed:
        yield f"{space}{call.name} {wording.call_ending(call)}", "bold red"


def _value_lines(way: str, value: Value, width: int, indent: int) -> Iterator[StyledLine]:
    space, head = " " * indent, f"{way} {value.name}"
    if not value.structure:
        (part,) = value.parts
        known = f" = {part.label}" if part.label != value.name else ""
        if part.shape is None:
            yield f"{space}{head} = {wording.short_text(part.content)}", ""
            return
        yield f"{space}{head}{known}  {part.shape}{', as above' * part.seen}", ""
        if not part.seen:
            yield from _array_lines(part.content, width, indent + 6)
        return
    yield from _wrapped(f"{head} = {value.structure}", width, "", space, " " * (indent + 6))
    for part in value.parts:
        # The parameters after the step are shown later, beside those before it.
        if part.shape is not None and not part.seen and (way, value.name) != _UPDATED:
            yield f"{space}    {part.label}  {part.shape}", ""
            yield from _array_lines(part.content, width, indent + 6)


def _array_lines(array: NDArray[Any], width: int, indent: int) -> Iterator[StyledLine]:
    space = " " * indent
    shown = grid(array, columns=max(3, min(MOST_COLUMNS, (width - indent - 7) // _NUMBER_WIDTH)))
    first = f"{shown.factor} x  " if shown.factor else ""
    for i, line in enumerate(lines(shown)):
        yield f"{space}{first if i == 0 else ' ' * len(first)}{line}", ""
    if shown.cut:
        yield f"{space}{range_and_mean(array)}", "dim"


def _gradient_lines(gradient: Gradient, width: int) -> Iterator[StyledLine]:
    style = {"agrees": "green", "DIFFERS": "bold red"}.get(gradient.verdict, "yellow")
    yield from _wrapped(wording.comparison(gradient), width, style, "  ", "      ")
    if gradient.own is not None and gradient.numeric is not None:
        heads = ("yours", f"finite differences of {gradient.of}")
        yield from _beside(heads, gradient.own, wording.compared_entries(gradient), width)


def _beside(
    heads: tuple[str, str], left: NDArray[Any], right: NDArray[Any], width: int
) -> Iterator[StyledLine]:
    """Yield two arrays of the same shape side by side, with the same number of digits."""
    like = np.concatenate([left.ravel(), np.ma.compressed(right)])
    for columns in range(MOST_COLUMNS, 2, -1):
        one, two = (grid(array, columns=columns, like=like) for array in (left, right))
        texts = lines(one), lines(two)
        factor = f"{one.factor} x" if one.factor else ""
        wide = max(len(heads[0]), len(factor), *map(len, texts[0])) + 3
        if 6 + wide + max(map(len, texts[1])) <= width:
            break
    yield f"      {heads[0]:{wide}}{heads[1]}", "dim"
    if factor:
        yield f"      {factor:{wide}}{factor}", "dim"
    for a, b in zip(*texts, strict=True):
        yield f"      {a:{wide}}{b}", ""
    if one.cut:
        for head, array in zip(heads, (left, np.ma.compressed(right)), strict=True):
            yield from _wrapped(f"{head}: {range_and_mean(array)}", width, "dim", "      ")


def _wrapped(
    text: str, width: int, style: str, indent: str = "", further: str | None = None
) -> Iterator[StyledLine]:
    for line in wrap(text, width, indent, further):
        yield line.replace(NBSP, " "), style
