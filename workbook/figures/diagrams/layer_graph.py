"""Diagram of a network's architecture: units, weights, activations, parameter counts."""

import math
from collections.abc import Sequence
from itertools import pairwise

from workbook.figures.diagrams.colours import FAINT, FORWARD, INK, PAPER
from workbook.figures.diagrams.drawing import (
    WIDTH,
    Arrow,
    Circle,
    Drawing,
    Label,
    Line,
    Look,
    Shape,
)
from workbook.figures.diagrams.network import Layer, layers_of
from workbook.figures.diagrams.parts import pitch
from workbook.figures.validation import counted

# A larger layer is drawn as its first units, dots, and its last unit.
_MOST_UNITS = 7
_TOP, _STEP, _RADIUS, _MARGIN = 76.0, 54.0, 19.0, 84.0
_LINE = Look(edge="#9a9a9a", width=0.8)


def layer_graph(layer_dims: Sequence[int] = (4, 5, 3, 1)) -> Drawing:
    """Return the diagram of a network's architecture.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    """
    layers = layers_of(layer_dims)
    sizes = [layers[0].before, *(layer.units for layer in layers)]
    across = (WIDTH - 2 * _MARGIN) / len(layers)
    tall = max(len(_units_drawn(size)) for size in sizes) * _STEP
    columns = [
        [(_MARGIN + n * across, y) for y in _heights(size, tall)] for n, size in enumerate(sizes)
    ]
    shapes: list[Shape] = []
    for layer, (before, after) in zip(layers, pairwise(columns), strict=True):
        shapes += _connections(layer, before, after)
    for number, (size, column) in enumerate(zip(sizes, columns, strict=True)):
        shapes += _units(number, size, column, layers)
    bottom = _TOP + tall
    for number in range(len(sizes)):
        shapes += _captions(number, columns[number][0][0], layers, bottom)
    counts = [layer.parameters for layer in layers]
    sums = f"{' + '.join(map(str, counts))} = " if len(counts) > 1 else ""
    total = Line(f"{sums}{counted(sum(counts), 'parameter')} in all", 10.0, bold=True)
    shapes.append(Label(total, WIDTH / 2, bottom + 92))
    return Drawing(bottom + 108, tuple(shapes))


def _units_drawn(size: int) -> list[int | None]:
    """Return the numbers of the units to draw, from 1; None stands for the units left out."""
    if size <= _MOST_UNITS:
        return list(range(1, size + 1))
    return [*range(1, _MOST_UNITS - 1), None, size]


def _heights(size: int, tall: float) -> list[float]:
    count = len(_units_drawn(size))
    return [_TOP + tall / 2 + (n - (count - 1) / 2) * _STEP for n in range(count)]


def _connections(
    layer: Layer, before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> list[Shape]:
    """Return a line for each weight between the units that are drawn."""
    return [
        Arrow(_line_between(one, two), _LINE, head=False)
        for one, unit in zip(before, _units_drawn(layer.before), strict=True)
        for two, other in zip(after, _units_drawn(layer.units), strict=True)
        if unit and other
    ]


def _line_between(
    one: tuple[float, float], two: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Return the ends of a line between the edges of two units."""
    (x0, y0), (x1, y1) = one, two
    share = _RADIUS / math.hypot(x1 - x0, y1 - y0)
    dx, dy = share * (x1 - x0), share * (y1 - y0)
    return (x0 + dx, y0 + dy), (x1 - dx, y1 - dy)


def _units(
    number: int, size: int, column: list[tuple[float, float]], layers: tuple[Layer, ...]
) -> list[Shape]:
    """Return the circles of a layer; input units compute nothing, so they are dashed."""
    letter = "x" if number == 0 else "a"
    if number == 0:
        look = Look("#ececec", INK, 1.6, "--")
    else:
        look = Look(PAPER, FORWARD, 2.8 if layers[number - 1].last else 1.6)
    shapes: list[Shape] = []
    for (x, y), unit in zip(column, _units_drawn(size), strict=True):
        if unit is None:
            shapes.append(Label(Line("⋮", 16.0, bold=True), x, y))
        else:
            shapes.append(Circle(x, y, _RADIUS, Line(f"{letter}{unit}", 8.5), look))
    return shapes


def _captions(number: int, x: float, layers: tuple[Layer, ...], bottom: float) -> list[Shape]:
    """Return the text above and below a layer."""
    if number == 0:
        above = [Line("layer 0", 10.0, bold=True), Line("the input X")]
        below = [Line(counted(layers[0].before, "number"), 9.0), Line("no parameters", 9.0)]
    else:
        layer = layers[number - 1]
        W, b = layer.value("W"), layer.value("b")
        above = [
            Line(f"layer {number}", 10.0, bold=True),
            Line("the output" if layer.last else "hidden"),
            Line(layer.activation, code=True),
        ]
        below = [
            Line(counted(layer.units, "unit")),
            Line(str(W), 9.0, code=True),
            Line(str(b), 9.0, code=True),
            Line(
                f"{layer.units} · {layer.before} + {layer.units} = {layer.parameters}", colour=FAINT
            ),
        ]
    return [*_stack(above, x, 12.0), *_stack(below, x, bottom + 8)]


def _stack(lines: list[Line], x: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for line in lines:
        shapes.append(Label(line, x, y + pitch(line) / 2 - 4))
        y += pitch(line)
    return shapes
