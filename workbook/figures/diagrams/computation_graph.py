"""One training iteration, forward and backward, with every array and its shape."""

from collections.abc import Sequence

from workbook.figures.diagrams.drawing import (
    BACKWARD,
    FAINT,
    FORWARD,
    INK,
    WIDTH,
    Box,
    Drawing,
    Label,
    Line,
    Look,
    Shape,
    arrow,
    shifted,
)
from workbook.figures.diagrams.network import Layer, NamedShape, layers_of

# Columns: what the boxes of the way there, of the caches and of the way back take.
_THERE, _CACHE, _BACK = (104.0, 172.0), (370.0, 122.0), (590.0, 188.0)
_TOP, _LAYER, _FRAME, _BOX, _GAP = 88.0, 262.0, 222.0, 73.0, 46.0
_PARAMETERS, _GRADIENTS = 8.0, 892.0

_FORWARD = Look(edge=FORWARD, width=1.6)
_BACKWARD = Look(edge=BACKWARD, width=1.6)
_KEEP = Look(edge=FAINT, width=1.3, line="--")
_CACHE_LOOK = Look(face="#ececec", edge=FAINT, width=1.2)


def computation_graph(
    layer_dims: Sequence[int] = (4, 5, 3, 1), examples: int = 6, backward: bool = True
) -> Drawing:
    """Return the flow of one iteration: down on the left, and back up on the right.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    examples : int
        Number of examples, m.
    backward : bool
        Whether the way back is drawn, too.
    """
    layers = layers_of(layer_dims, examples)
    shapes: list[Shape] = _headings(backward)
    entry: tuple[float, float] | None = None
    back: Box | None = None
    for layer in layers:
        y = _TOP + (layer.number - 1) * _LAYER
        there = _way_there(layer, y)
        caches = _caches(layer, y)
        shapes += [*_frames(layer, y, backward), *there, *caches]
        shapes += _enter(layer, entry, there[0])
        shapes += _keep(layer, there, caches)
        if backward:
            gradients = _way_back(layer, y)
            shapes += [
                *gradients,
                *_leave(layer, gradients, back),
                *_read(layer, caches, gradients),
            ]
            back = gradients[1]
        entry = there[1].bottom
    y = _TOP + len(layers) * _LAYER
    assert entry is not None
    shapes += _cost(layers[-1], entry, back, y)
    if not backward:
        # What is there stands in the middle, without the columns of the way back.
        shapes = [shifted(shape, (WIDTH - _CACHE[0] - _CACHE[1]) / 2) for shape in shapes]
    return Drawing(y + 126, tuple(shapes))


def _headings(backward: bool) -> list[Shape]:
    words = [
        ("forward, downwards", "L_model_forward", FORWARD, _THERE),
        ("memory", "caches", INK, _CACHE),
    ]
    if backward:
        words.append(("backward, upwards", "L_model_backward", BACKWARD, _BACK))
    return [
        Label(line, x + width / 2, y)
        for said, code, colour, (x, width) in words
        for line, y in (
            (Line(said, 10.0, bold=True, colour=colour), 12.0),
            (Line(code, 9.0, code=True), 29.0),
        )
    ]


def _frames(layer: Layer, y: float, backward: bool) -> list[Shape]:
    """Return the frames of a layer's parts, with their names."""
    frame = Look(face="#f7f7f7", edge="#bbbbbb", width=1.0, line=":")
    columns = [(_THERE, f"layer {layer.number}"), (_CACHE, f"caches[{layer.number - 1}]")]
    if backward:
        columns.append((_BACK, f"layer {layer.number}"))
    shapes: list[Shape] = []
    for (x, width), said in columns:
        shapes.append(Box(x - 8, y, width + 16, _FRAME, (), frame))
        shapes.append(Label(Line(said, 8.5, bold=True, colour=INK), x, y + 11, "left"))
    return shapes


def _rows(y: float) -> tuple[float, float]:
    """Return where the linear box and the activation's box of a layer begin."""
    first = y + 24
    return first, first + _BOX + _GAP


def _way_there(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _THERE, _rows(y), layer.number
    formula = f"Z{n} = W{n} A{n - 1} + b{n}"
    rule = "max(0, {})" if layer.activation == "relu" else "1 / (1 + exp(-{}))"
    linear = _box(x, first, width, _FORWARD, ("linear_forward", formula))
    bend = (layer.activation, f"A{n} = {rule.format(f'Z{n}')}")
    return linear, _box(x, second, width, _FORWARD, bend)


def _caches(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _CACHE, _rows(y), layer.number
    linear = ("linear cache", f"(A{n - 1}, W{n}, b{n})")
    bend = ("activation cache", f"Z{n}")
    return (
        _box(x, first, width, _CACHE_LOOK, linear, function=False),
        _box(x, second, width, _CACHE_LOOK, bend, function=False),
    )


def _way_back(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _BACK, _rows(y), layer.number
    formulas = (
        f"dW{n} = dZ{n} A{n - 1}ᵀ / m",
        f"db{n} = Σ dZ{n} / m",
        f"dA{n - 1} = W{n}ᵀ dZ{n}",
    )
    linear = _box(x, first, width, _BACKWARD, ("linear_backward", *formulas))
    bend = (f"{layer.activation}_backward", f"dZ{n} = dA{n} · slope at Z{n}")
    return linear, _box(x, second, width, _BACKWARD, bend)


def _box(
    x: float, y: float, width: float, look: Look, lines: tuple[str, ...], function: bool = True
) -> Box:
    """Return a box with a name, as code if it is a function's, and formulas below it."""
    name, *formulas = lines
    head = Line(name, 9.5, code=function, bold=function)
    return Box(x, y, width, _BOX, (head, *(Line(one, 8.5) for one in formulas)), look)


def _said(*values: NamedShape) -> list[Line]:
    return [Line(str(value), 9.0, code=True) for value in values]


def _enter(layer: Layer, entry: tuple[float, float] | None, linear: Box) -> list[Shape]:
    """Return the arrows of what goes into a layer: activations from above, parameters aside."""
    above = entry or (linear.top[0], _TOP - 42)
    words = _said(layer.input("A"))
    if entry is None:
        words = [Line(f"X = {words[0].text}", 9.0, code=True)]
    shapes = list(arrow([above, linear.top], _FORWARD, *words, side="right"))
    for letter, share in (("W", 0.42), ("b", 0.84)):
        y = linear.y + share * linear.height
        ends = [(_PARAMETERS, y), (linear.x, y)]
        shapes += arrow(ends, _FORWARD, *_said(layer.value(letter)))
    return shapes


def _keep(layer: Layer, there: tuple[Box, Box], caches: tuple[Box, Box]) -> list[Shape]:
    """Return the arrows inside a layer on the way there, and those into its caches."""
    linear, bend = there
    shapes = list(
        arrow([linear.bottom, bend.top], _FORWARD, *_said(layer.value("Z")), side="right")
    )
    for box, cache, values in zip(there, caches, _kept(layer), strict=True):
        shapes += arrow([box.right, cache.left], _KEEP, *_said(*values))
    return shapes


def _read(layer: Layer, caches: tuple[Box, Box], back: tuple[Box, Box]) -> list[Shape]:
    return [
        shape
        for cache, box, values in zip(caches, back, _kept(layer), strict=True)
        for shape in arrow([cache.right, box.left], _KEEP, *_said(*values))
    ]


def _kept(layer: Layer) -> tuple[tuple[NamedShape, ...], tuple[NamedShape, ...]]:
    """Return what the two caches of a layer hold."""
    linear = (layer.input("A"), layer.value("W"), layer.value("b"))
    return linear, (layer.value("Z"),)


def _leave(layer: Layer, gradients: tuple[Box, Box], above: Box | None) -> list[Shape]:
    """Return the arrows of a layer's gradients: up to the layer before, and out to the right."""
    linear, bend = gradients
    up = above.bottom if above else (linear.top[0], _TOP - 42)
    words = _said(layer.value("dZ"))
    shapes = list(arrow([bend.top, linear.bottom], _BACKWARD, *words, side="right"))
    shapes += arrow([linear.top, up], _BACKWARD, *_said(layer.input("dA")), side="right")
    for letter, share in (("dW", 0.42), ("db", 0.84)):
        y = linear.y + share * linear.height
        ends = [(linear.x + linear.width, y), (_GRADIENTS, y)]
        shapes += arrow(ends, _BACKWARD, *_said(layer.value(letter)))
    return shapes


def _cost(last: Layer, entry: tuple[float, float], back: Box | None, y: float) -> list[Shape]:
    """Return the cost below the last layer, and the derivative with which the way back begins."""
    x, width = _THERE
    look = Look(edge=INK, width=1.6)
    cost = _box(x, y + 18, width, look, ("compute_cost", "J, the mean loss"))
    answer, right = last.value("A"), NamedShape("Y", last.value("A").shape)
    line = Line(f"AL = {answer}", 9.0, code=True)
    shapes: list[Shape] = [cost, *arrow([entry, cost.top], _FORWARD, line, side="right")]
    middle = cost.y + cost.height / 2
    shapes += arrow([(_PARAMETERS, middle), cost.left], _FORWARD, *_said(right))
    ends = [cost.bottom, (cost.bottom[0], cost.bottom[1] + 28)]
    shapes += arrow(ends, _FORWARD, *_said(NamedShape("J", ())), side="right")
    if back is None:
        return shapes
    x, width = _BACK
    lines = ("derivative of m J", "dAL = (1 - Y)/(1 - AL) - Y/AL")
    start = _box(x, y + 18, width, _BACKWARD, lines, function=False)
    passed = _said(NamedShape("AL", answer.shape), right)
    shapes += [start, *arrow([cost.right, start.left], _KEEP, *passed)]
    gradient = Line(f"dAL = {last.value('dA')}", 9.0, code=True)
    shapes += arrow([start.top, back.bottom], _BACKWARD, gradient, side="right")
    return shapes
