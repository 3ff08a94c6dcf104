"""Diagram of a network's architecture: units, weights, activations, parameter counts."""

import math
from collections.abc import Sequence
from itertools import pairwise, product

from workbook.course.words import counted
from workbook.figures.diagrams import drawing
from workbook.figures.diagrams.colours import FAINT, FORWARD, GREY, INK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Circle, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.network import Layer, layers_of
from workbook.figures.diagrams.parts import stack

_TOP, _STEP, _RADIUS, _MARGIN = 76.0, 54.0, 19.0, 84.0
_LINE = Look(edge="#9a9a9a", width=0.8)


def layer_graph(layer_dims: Sequence[int]) -> Drawing:
    """Return the diagram of a network's architecture.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    """
    layers = layers_of(layer_dims)
    across = (drawing.DRAWING_WIDTH - 2 * _MARGIN) / len(layers)
    tall = max(layer_dims) * _STEP
    columns = [
        [
            (_MARGIN + n * across, _TOP + tall / 2 + (unit - (size - 1) / 2) * _STEP)
            for unit in range(size)
        ]
        for n, size in enumerate(layer_dims)
    ]
    shapes: list[Shape] = [
        Arrow(_weight(one, two), _LINE, head=False)
        for before, after in pairwise(columns)
        for one, two in product(before, after)
    ]
    # Input units compute nothing, so they are dashed.
    parts = [(_input_captions(layers[0]), "x", Look(GREY, INK, 1.6, "--"))]
    for layer in layers:
        parts.append((_captions(layer), "a", Look(PAPER, FORWARD, 2.8 if layer.last else 1.6)))
    words: list[Label] = []
    for column, ((above, below), letter, look) in zip(columns, parts, strict=True):
        for unit, (x, y) in enumerate(column, 1):
            shapes.append(Circle(x, y, _RADIUS, Line(f"{letter}{unit}", 8.5), look))
        words += [*stack(above, x, 8.0), *stack(below, x, _TOP + tall + 4)]
    counts = [layer.parameters for layer in layers]
    sums = f"{' + '.join(map(str, counts))} = " if len(counts) > 1 else ""
    total = Line(f"{sums}{counted(sum(counts), 'parameter')} in all", 10.0, bold=True)
    words.append(Label(total, drawing.DRAWING_WIDTH / 2, _TOP + tall + 92))
    return Drawing(_TOP + tall + 108, (*shapes, *words))


def _weight(one: drawing.Point, two: drawing.Point) -> tuple[drawing.Point, drawing.Point]:
    """Return the ends of the line of a weight, which runs between the edges of two units."""
    (x0, y0), (x1, y1) = one, two
    share = _RADIUS / math.dist(one, two)
    dx, dy = share * (x1 - x0), share * (y1 - y0)
    return (x0 + dx, y0 + dy), (x1 - dx, y1 - dy)


def _input_captions(first: Layer) -> tuple[list[Line], list[Line]]:
    """Return the text above the input and the text below it."""
    above = [Line("layer 0", 10.0, bold=True), Line("the input X")]
    return above, [Line(counted(first.before, "number")), Line("no parameters")]


def _captions(layer: Layer) -> tuple[list[Line], list[Line]]:
    """Return the text above a layer and the text below it."""
    above = [
        Line(f"layer {layer.number}", 10.0, bold=True),
        Line("the output" if layer.last else "hidden"),
        Line(layer.activation, code=True),
    ]
    arithmetic = f"{layer.units} · {layer.before} + {layer.units} = {layer.parameters}"
    below = [
        Line(counted(layer.units, "unit")),
        *(Line(str(layer.value(letter)), code=True) for letter in "Wb"),
        Line(arithmetic, colour=FAINT),
    ]
    return above, below
