"""Training steps as HTML that folds, for a notebook; its colours are the page's."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.matrices import grid, summary
from workbook.learn.flow.steps import Flow, Step
from workbook.learn.flow.tracing import Call, Part, Value
from workbook.learn.flow.wording import (
    BACKWARD,
    COMPARED,
    COST,
    FORWARD,
    UPDATE,
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

_LEFT = "text-align:left;vertical-align:top"
_NUMBERS = "margin:0.2em 0;text-align:right;font-family:monospace;white-space:nowrap"
_INSIDE = "margin:0.2em 0 0.2em 1.4em"
_ROW = "display:flex;flex-wrap:wrap;gap:0 2em"
_CODE = "font-family:monospace;white-space:pre;overflow-x:auto;margin:0.3em 0"
_BAR = "border-left:4px solid currentColor;padding:0.4em 0.8em;margin:0.8em 0"
_HEADERS = ("gradient", "shape", "compared with", "largest difference", "result", "note")


def flow_html(flow: Flow) -> str:
    """Return the steps as HTML: every call and every comparison unfolds."""
    title = escape(heading(flow))
    parts = [f"<p><strong>{title}</strong></p>", _list(setup_facts(flow))]
    if flow.problem:
        excerpt = f'<pre style="{_CODE}">{escape(flow.excerpt)}</pre>' if flow.excerpt else ""
        parts.append(f'<div style="{_BAR}">{escape(flow.problem)}{excerpt}</div>')
    if flow.advice:
        parts.append(f'<p style="{_BAR}"><strong>{escape(flow.advice)}</strong></p>')
    for step in flow.steps:
        name = escape(step_heading(step, flow))
        said = f": {escape(cost_change(step))}" if step.cost is not None else ""
        is_open = len(flow.steps) == 1 or bool(flow.problem and step is flow.steps[-1])
        parts.append(_details(f"<strong>{name}</strong>{said}", _step(step), is_open))
    if len(flow.costs) > 1:
        parts.append(_table("The cost", ("when", "cost"), cost_rows(flow)))
    return f'<div role="group" aria-label="{title}">{"".join(parts)}</div>'


def _step(step: Step) -> str:
    titles = {
        "L_model_forward": FORWARD,
        "compute_cost": COST,
        "L_model_backward": BACKWARD,
        "update_parameters": UPDATE,
    }
    parts = []
    for call in step.calls:
        parts += [f"<p><strong>{titles[call.name]}</strong></p>", _call(call)]
    if step.gradients:
        parts.append(f"<p><strong>Gradients and finite differences</strong><br>{COMPARED}</p>")
        rows = [_gradient_row(one) for one in step.gradients]
        parts.append(_table("Every gradient", _HEADERS, rows))
        parts += map(_gradient, step.gradients)
    if step.after:
        parts.append("<p><strong>The parameters before and after the step</strong></p>")
        for key, before in step.before.items():
            body = _beside(("before", "after"), key, before, step.after[key])
            parts.append(_details(f"{escape(key)} {before.shape}", body))
    return "".join(parts)


def _call(call: Call) -> str:
    layer = f", layer {call.layer}" if call.layer is not None else ""
    given = ", ".join(map(_short, call.inputs))
    given = f"({given})" if len(given) <= 120 else "(...)"
    failed = f" <strong>{call_ending(call)}</strong>" if call.failed else ""
    summary = f"<code>{escape(call.name + given)}</code>{layer}{failed}"
    parts = [_values("in", call.inputs), *map(_call, call.inner), _values("out", call.outputs)]
    return _details(summary, "".join(parts), call.failed)


def _short(value: Value) -> str:
    if value.structure:
        return value.name
    (part,) = value.parts
    if part.shape is None:
        return f"{value.name}={short_text(part.content)}"
    return value.name if part.label == value.name else f"{value.name}={part.label}"


def _values(way: str, values: Sequence[Value]) -> str:
    """Return what goes in, or comes out, with its numbers: side by side where there is room."""
    return f'<div style="{_INSIDE};{_ROW}">{"".join(_value(way, one) for one in values)}</div>'


def _value(way: str, value: Value) -> str:
    name = f"{way} {value.name}"
    if value.structure:
        known = f"{escape(name)} = <code>{escape(value.structure)}</code>"
        arrays = [part for part in value.parts if part.shape is not None]
        inside = "".join(_array(part.label, part) for part in arrays)
        inside = f'<div style="{_ROW}">{inside}</div>'
        return _details(known, inside) if arrays else f"<div>{known}</div>"
    (part,) = value.parts
    if part.shape is None:
        return f"<div>{escape(name)} = {escape(short_text(part.content))}</div>"
    return _array(name if part.label == value.name else f"{name} = {part.label}", part)


def _array(name: str, part: Part) -> str:
    return f"<div>{_matrix(f'{name} {part.shape}', part.content)}</div>"


def _gradient_row(gradient: Gradient) -> tuple[str, ...]:
    shape = str(gradient.own.shape) if gradient.own is not None else ""
    difference = "" if gradient.difference is None else f"{gradient.difference:.1e}"
    marks = {"agrees": "✓ ", "DIFFERS": "✗ ", "missing": "✗ ", "wrong shape": "✗ "}
    verdict = marks.get(gradient.verdict, "") + gradient.verdict
    return gradient.name, shape, gradient.of, difference, verdict, gradient.note


def _gradient(gradient: Gradient) -> str:
    if gradient.own is None or gradient.numeric is None:
        return f'<p style="{_INSIDE}">{escape(comparison(gradient))}</p>'
    heads = ("yours", f"finite differences of {gradient.of}")
    body = _beside(heads, gradient.name, gradient.own, compared_entries(gradient))
    return _details(escape(comparison(gradient)), body, gradient.verdict == "DIFFERS")


def _beside(heads: tuple[str, str], name: str, left: NDArray[Any], right: NDArray[Any]) -> str:
    like = np.concatenate([left.ravel(), np.ma.compressed(right)])
    both = zip(heads, (left, right), strict=True)
    tables = "".join(f"<div>{_matrix(f'{name}, {head}', one, like)}</div>" for head, one in both)
    return f'<div style="{_ROW}">{tables}</div>'


def _matrix(label: str, array: NDArray[Any], like: NDArray[Any] | None = None) -> str:
    """Return an array as a table whose headers are its indices."""
    if not array.size:
        return f"{escape(label)}: no entries"
    shown = grid(array, like=like)
    factor = f", times {shown.factor}" if shown.factor else ""
    left_out = f"<br>{escape(summary(np.ma.compressed(array)))}" if shown.cut else ""
    head = "".join(f'<th scope="col">{j}</th>' for j in shown.column_indices)
    rows = "".join(
        f'<tr><th scope="row">{i}</th>{"".join(f"<td>{cell}</td>" for cell in row)}</tr>'
        for i, row in zip(shown.row_indices, shown.rows, strict=True)
    )
    # The style stands once, for there are thousands of cells.
    return (
        f'<table style="{_NUMBERS}">{_caption(f"{label}{factor}", left_out)}'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col" style="{_LEFT}">{one}</th>' for one in headers)
    body = ""
    for first, *others in rows:
        cells = "".join(f'<td style="{_LEFT}">{escape(cell)}</td>' for cell in others)
        body += f'<tr><th scope="row" style="{_LEFT}">{escape(first)}</th>{cells}</tr>'
    return (
        f'<table style="margin:0.5em 0">{_caption(caption)}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _caption(text: str, more: str = "") -> str:
    style = f"{_LEFT};color:inherit;caption-side:top;white-space:nowrap"
    return f'<caption style="{style}">{escape(text)}{more}</caption>'


def _details(summary: str, body: str, is_open: bool = False) -> str:
    opened = " open" if is_open else ""
    return f'<details style="{_INSIDE}"{opened}><summary>{summary}</summary>{body}</details>'


def _list(items: Iterator[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
