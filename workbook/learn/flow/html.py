"""Training steps as HTML that folds, for a notebook; its colours are the page's."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.figures.html import BAR, CODE, Html, element, group, joined, table
from workbook.learn.flow import wording
from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.matrices import grid, range_and_mean
from workbook.learn.flow.steps import Flow, TrainingStep
from workbook.learn.flow.tracing import Call, Part, Value

_NUMBERS = "margin:0.2em 0;text-align:right;font-family:monospace;white-space:nowrap"
_INSIDE = "margin:0.2em 0 0.2em 1.4em"
_ROW = "display:flex;flex-wrap:wrap;gap:0 2em"
_HEADERS = ("gradient", "shape", "compared with", "largest difference", "result", "note")


def flow_html(flow: Flow) -> Html:
    """Return the steps as HTML: every call and every comparison unfolds."""
    title = wording.flow_heading(flow)
    facts = (element("li", fact) for fact in wording.setup_facts(flow))
    parts = [element("p", element("strong", title)), element("ul", *facts)]
    if flow.problem:
        excerpt = [element("pre", flow.excerpt, style=CODE)] if flow.excerpt else []
        parts.append(element("div", flow.problem, *excerpt, style=BAR))
    if flow.advice:
        parts.append(element("p", element("strong", flow.advice), style=BAR))
    for step in flow.steps:
        name = element("strong", wording.step_heading(step, flow))
        said = f": {wording.cost_change(step)}" if step.cost is not None else ""
        is_open = len(flow.steps) == 1 or bool(flow.problem and step is flow.steps[-1])
        parts.append(_details([name, said], _step(step), is_open))
    if len(flow.costs) > 1:
        parts.append(table("The cost", ("when", "cost"), [("", wording.cost_rows(flow))]))
    return group(title, parts)


def _step(step: TrainingStep) -> list[Html]:
    parts = []
    for call in step.calls:
        parts += [element("p", element("strong", wording.CALL_TITLES[call.name])), _call(call)]
    if step.gradients:
        title = element("strong", "Gradients and finite differences")
        parts.append(element("p", title, element("br"), wording.COMPARED))
        rows = [_gradient_row(one) for one in step.gradients]
        parts.append(table("Every gradient", _HEADERS, [("", rows)]))
        parts += map(_gradient, step.gradients)
    if step.after:
        parts.append(element("p", element("strong", "The parameters before and after the step")))
        for key, before in step.before.items():
            body = _beside(("before", "after"), key, before, step.after[key])
            parts.append(_details([f"{key} {before.shape}"], [body]))
    return parts


def _call(call: Call) -> Html:
    layer = f", layer {call.layer}" if call.layer is not None else ""
    given = ", ".join(map(_short, call.inputs))
    given = f"({given})" if len(given) <= 120 else "(...)"
    failed = [" ", element("strong", wording.call_ending(call))] if call.failed else []
    summary = [element("code", call.name + given), layer, *failed]
    parts = [_values("in", call.inputs), *map(_call, call.inner), _values("out", call.outputs)]
    return _details(summary, parts, call.failed)


def _short(value: Value) -> str:
    if value.structure:
        return value.name
    (part,) = value.parts
    if part.shape is None:
        return f"{value.name}={wording.short_text(part.content)}"
    return value.name if part.label == value.name else f"{value.name}={part.label}"


def _values(way: str, values: Sequence[Value]) -> Html:
    """Return what goes in, or comes out, with its numbers: side by side where there is room."""
    return element("div", *(_value(way, one) for one in values), style=f"{_INSIDE};{_ROW}")


def _value(way: str, value: Value) -> Html:
    name = f"{way} {value.name}"
    if value.structure:
        known = [f"{name} = ", element("code", value.structure)]
        arrays = [_array(part.label, part) for part in value.parts if part.shape is not None]
        if not arrays:
            return element("div", *known)
        return _details(known, [element("div", *arrays, style=_ROW)])
    (part,) = value.parts
    if part.shape is None:
        return element("div", f"{name} = {wording.short_text(part.content)}")
    return _array(name if part.label == value.name else f"{name} = {part.label}", part)


def _array(name: str, part: Part) -> Html:
    return element("div", _matrix(f"{name} {part.shape}", part.content))


def _gradient_row(gradient: Gradient) -> tuple[str, ...]:
    shape = str(gradient.own.shape) if gradient.own is not None else ""
    difference = "" if gradient.difference is None else f"{gradient.difference:.1e}"
    mark = "✓ " if gradient.verdict == "agrees" else "✗ " if gradient.is_wrong else ""
    verdict = mark + gradient.verdict
    return gradient.name, shape, gradient.of, difference, verdict, gradient.note


def _gradient(gradient: Gradient) -> Html:
    if gradient.own is None or gradient.numeric is None:
        return element("p", wording.comparison(gradient), style=_INSIDE)
    heads = ("yours", f"finite differences of {gradient.of}")
    body = _beside(heads, gradient.name, gradient.own, wording.compared_entries(gradient))
    return _details([wording.comparison(gradient)], [body], gradient.verdict == "DIFFERS")


def _beside(heads: tuple[str, str], name: str, left: NDArray[Any], right: NDArray[Any]) -> Html:
    like = np.concatenate([left.ravel(), np.ma.compressed(right)])
    both = zip(heads, (left, right), strict=True)
    tables = (element("div", _matrix(f"{name}, {head}", one, like)) for head, one in both)
    return element("div", *tables, style=_ROW)


def _matrix(label: str, array: NDArray[Any], like: NDArray[Any] | None = None) -> Html:
    """Return an array as a table whose headers are its indices."""
    if not array.size:
        return joined([f"{label}: no entries"])
    shown = grid(array, like=like)
    caption = [f"{label}, times {shown.factor}" if shown.factor else label]
    if shown.cut:
        caption += [element("br"), range_and_mean(np.ma.compressed(array))]
    rows = ((i, *row) for i, row in zip(shown.row_indices, shown.rows, strict=True))
    headers = ("", *shown.column_indices)
    # The style stands once, for there are thousands of cells.
    return table(joined(caption), headers, [("", rows)], style=_NUMBERS, cell_style=None)


def _details(summary: Sequence[str], body: Sequence[str], is_open: bool = False) -> Html:
    return element("details", element("summary", *summary), *body, style=_INSIDE, open=is_open)
