"""Training steps as text for a terminal."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.matrices import grid, lines, summary
from workbook.learn.flow.steps import Flow, Step
from workbook.learn.flow.tracing import NBSP, Call, Part, Value
from workbook.learn.flow.wording import (
    CALL_TITLES,
    COMPARED,
    call_ending,
    compared_entries,
    comparison,
    cost_change,
    cost_rows,
    heading,
    setup_facts,
    short_text,
    step_heading,
)

if TYPE_CHECKING:
    from rich.console import Console

#: A line and its style in a terminal.
StyledLine = tuple[str, str]

_NARROWEST = 60
_NUMBER_WIDTH = 9
_MOST_COLUMNS = 6
_UPDATED = ("out", "parameters")


def flow_text(flow: Flow, width: int = 80) -> str:
    """Return the steps as plain text, in lines of at most this many characters."""
    return "\n".join(line for line, _ in _flow_lines(flow, max(width, _NARROWEST)))


def print_flow(flow: Flow, console: "Console | None" = None) -> None:
    """Print the steps in the terminal.

    Parameters
    ----------
    flow : Flow
        Training steps, from `workbook.learn.flow.steps.train`.
    console : rich.console.Console, optional
        Where to print; by default, the terminal.
    """
    from rich.console import Console
    from rich.text import Text

    console = console or Console()
    for line, style in _flow_lines(flow, max(console.width, _NARROWEST)):
        # As Text, because rich would take square brackets for markup.
        console.print(Text(line, style), soft_wrap=True)


def _flow_lines(flow: Flow, width: int) -> Iterator[StyledLine]:
    yield from _wrapped(heading(flow), width, "bold")
    for fact in setup_facts(flow):
        yield from _wrapped(fact, width, "", "  ")
    for step in flow.steps:
        yield "", ""
        yield "", ""
        yield from _step_lines(step, flow, width)
    if len(flow.costs) > 1:
        yield "", ""
        yield "The cost", "bold"
        for when, cost in cost_rows(flow):
            yield f"  {when:>14}  {cost}", ""
    if flow.problem:
        yield "", ""
        yield from _wrapped(flow.problem, width, "bold red")
        for line in flow.excerpt.splitlines():
            yield f"    {line}", ""
    if flow.advice:
        yield "", ""
        yield from _wrapped(flow.advice, width, "bold")


def _step_lines(step: Step, flow: Flow, width: int) -> Iterator[StyledLine]:
    title = step_heading(step, flow)
    yield title, "bold"
    yield "=" * len(title), "bold"
    for call in step.calls:
        yield "", ""
        yield CALL_TITLES[call.name], "bold"
        yield from _call_lines(call, width, 2)
    if step.gradients:
        yield "", ""
        yield from _wrapped(COMPARED, width, "bold")
        for gradient in step.gradients:
            yield from _gradient_lines(gradient, width)
    if step.after:
        yield "", ""
        yield "The parameters before and after the step", "bold"
        yield from _parameter_lines(step.before, step.after, width)
    if step.cost is not None:
        yield "", ""
        yield from _wrapped(cost_change(step), width, "bold")


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
        yield f"{space}{call.name} {call_ending(call)}", "bold red"


def _value_lines(way: str, value: Value, width: int, indent: int) -> Iterator[StyledLine]:
    space, head = " " * indent, f"{way} {value.name}"
    if not value.structure:
        (part,) = value.parts
        known = f" = {part.label}" if part.label != value.name else ""
        if part.shape is None:
            yield f"{space}{head} = {short_text(part.content)}", ""
            return
        yield f"{space}{head}{known}  {part.shape}{', as above' * part.seen}", ""
        if not part.seen:
            yield from _array_lines(part.content, width, indent + 6)
        return
    yield from _wrapped(f"{head} = {value.structure}", width, "", space, " " * (indent + 6))
    for part in value.parts:
        # The parameters after the step are shown later, beside those before it.
        if part.shape is not None and not part.seen and (way, value.name) != _UPDATED:
            yield from _part_lines(part, width, indent + 4)


def _part_lines(part: Part, width: int, indent: int) -> Iterator[StyledLine]:
    yield f"{' ' * indent}{part.label}  {part.shape}", ""
    yield from _array_lines(part.content, width, indent + 2)


def _array_lines(array: NDArray[Any], width: int, indent: int) -> Iterator[StyledLine]:
    space = " " * indent
    shown = grid(array, columns=max(3, min(_MOST_COLUMNS, (width - indent - 7) // _NUMBER_WIDTH)))
    first = f"{shown.factor} x  " if shown.factor else ""
    for i, line in enumerate(lines(shown)):
        yield f"{space}{first if i == 0 else ' ' * len(first)}{line}", ""
    if shown.cut:
        yield f"{space}{summary(array)}", "dim"


def _gradient_lines(gradient: Gradient, width: int) -> Iterator[StyledLine]:
    style = {"agrees": "green", "DIFFERS": "bold red"}.get(gradient.verdict, "yellow")
    yield from _wrapped(comparison(gradient), width, style, "  ", "      ")
    if gradient.own is not None and gradient.numeric is not None:
        numeric = compared_entries(gradient)
        heads = ("yours", f"finite differences of {gradient.of}")
        yield from _beside(heads, gradient.own, numeric, width)


def _parameter_lines(
    before: Mapping[str, Any], after: Mapping[str, Any], width: int
) -> Iterator[StyledLine]:
    for key, array in before.items():
        yield f"  {key}  {array.shape}", ""
        yield from _beside(("before", "after"), array, after[key], width)


def _beside(
    heads: tuple[str, str], left: NDArray[Any], right: NDArray[Any], width: int
) -> Iterator[StyledLine]:
    """Yield two arrays of the same shape side by side, with the same number of digits."""
    like = np.concatenate([left.ravel(), np.ma.compressed(right)])
    for columns in range(_MOST_COLUMNS, 2, -1):
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
            yield from _wrapped(f"{head}: {summary(array)}", width, "dim", "      ")


def _wrapped(
    text: str, width: int, style: str, indent: str = "", further: str | None = None
) -> Iterator[StyledLine]:
    below = indent if further is None else further
    for line in textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=below, break_long_words=False
    ):
        yield line.replace(NBSP, " "), style
