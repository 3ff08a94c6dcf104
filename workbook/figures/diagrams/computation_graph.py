"""Diagram of one training iteration, forward and backward, with every array and its shape."""

from collections.abc import Sequence

from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, GREY, INK, PALE
from workbook.figures.diagrams.drawing import (
    DRAWING_WIDTH,
    Box,
    Drawing,
    Label,
    Line,
    Look,
    Point,
    Shape,
)
from workbook.figures.diagrams.network import Layer, NamedShape, layers_of
from workbook.figures.diagrams.parts import arrow, column_headings, shifted

# Left edge and width of the columns: the forward pass, the caches, the backward pass.
_FORWARD_COLUMN, _CACHE_COLUMN, _BACKWARD_COLUMN = (104.0, 172.0), (370.0, 122.0), (590.0, 188.0)
_TOP, _LAYER, _FRAME, _BOX, _GAP = 88.0, 262.0, 222.0, 73.0, 46.0
_PARAMETERS, _GRADIENTS = 8.0, 892.0

_HEADINGS = (
    (_FORWARD_COLUMN, "forward, downwards", "L_model_forward", FORWARD),
    (_CACHE_COLUMN, "memory", "caches", INK),
    (_BACKWARD_COLUMN, "backward, upwards", "L_model_backward", BACKWARD),
)

_FORWARD_LOOK = Look(edge=FORWARD, width=1.6)
_BACKWARD_LOOK = Look(edge=BACKWARD, width=1.6)
_CACHE_ARROW = Look(edge=FAINT, width=1.3, line="--")
_CACHE_LOOK = Look(GREY, FAINT, 1.2)


def computation_graph(layer_dims: Sequence[int], examples: int, backward: bool = True) -> Drawing:
    """Return the diagram of one iteration: forward down the left, backward up the right.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    examples : int
        Number of examples, m.
    backward : bool
        Whether to draw the backward pass as well.
    """
    layers = layers_of(layer_dims, examples)
    shapes = column_headings(_HEADINGS if backward else _HEADINGS[:2], 12.0, 29.0)
    entry: Point | None = None
    back: Box | None = None
    for layer in layers:
        y = _TOP + (layer.number - 1) * _LAYER
        forward = _forward_boxes(layer, y)
        caches = _caches(layer, y)
        shapes += [*_frames(layer, y, backward), *forward, *caches]
        shapes += _arrows_in(layer, entry, forward[0])
        down = [forward[0].bottom, forward[1].top]
        shapes += arrow(down, _FORWARD_LOOK, *_code_lines(layer.value("Z")), side="right")
        shapes += _cache_arrows(layer, forward, caches)
        if backward:
            gradients = _backward_boxes(layer, y)
            shapes += [*gradients, *_arrows_out(layer, gradients, back)]
            shapes += _cache_arrows(layer, caches, gradients)
            back = gradients[1]
        entry = forward[1].bottom
    y = _TOP + len(layers) * _LAYER
    assert entry is not None
    shapes += _cost(layers[-1], entry, back, y)
    if not backward:
        # Without the columns of the backward pass, the rest is centred.
        spare = DRAWING_WIDTH - sum(_CACHE_COLUMN)
        shapes = [shifted(shape, spare / 2) for shape in shapes]
    return Drawing(y + 126, tuple(shapes))


def _frames(layer: Layer, y: float, backward: bool) -> list[Shape]:
    """Return the frames of a layer's columns, with their names."""
    frame = Look(PALE, "#bbbbbb", 1.0, ":")
    name, cache = f"layer {layer.number}", f"caches[{layer.number - 1}]"
    columns = [(_FORWARD_COLUMN, name), (_CACHE_COLUMN, cache), (_BACKWARD_COLUMN, name)]
    shapes: list[Shape] = []
    for (x, width), said in columns if backward else columns[:2]:
        shapes.append(Box(x - 8, y, width + 16, _FRAME, (), frame))
        shapes.append(Label(Line(said, 8.5, bold=True, colour=INK), x, y + 11, "left"))
    return shapes


def _forward_boxes(layer: Layer, y: float) -> tuple[Box, Box]:
    n = layer.number
    linear = ("linear_forward", f"Z{n} = W{n} A{n - 1} + b{n}")
    rule = f"max(0, Z{n})" if layer.activation == "relu" else f"1 / (1 + exp(-Z{n}))"
    activation = (layer.activation, f"A{n} = {rule}")
    return _boxes(_FORWARD_COLUMN, y, _FORWARD_LOOK, linear, activation)


def _caches(layer: Layer, y: float) -> tuple[Box, Box]:
    n = layer.number
    linear = ("linear cache", f"(A{n - 1}, W{n}, b{n})")
    activation = ("activation cache", f"Z{n}")
    return _boxes(_CACHE_COLUMN, y, _CACHE_LOOK, linear, activation, function=False)


def _backward_boxes(layer: Layer, y: float) -> tuple[Box, Box]:
    n = layer.number
    linear = (
        "linear_backward",
        f"dW{n} = dZ{n} A{n - 1}ᵀ / m",
        f"db{n} = Σ dZ{n} / m",
        f"dA{n - 1} = W{n}ᵀ dZ{n}",
    )
    activation = (f"{layer.activation}_backward", f"dZ{n} = dA{n} · slope at Z{n}")
    return _boxes(_BACKWARD_COLUMN, y, _BACKWARD_LOOK, linear, activation)


def _boxes(
    column: Point,
    y: float,
    look: Look,
    linear: tuple[str, ...],
    activation: tuple[str, ...],
    function: bool = True,
) -> tuple[Box, Box]:
    """Return a layer's linear box and its activation box, one below the other in a column."""
    x, width = column
    first = _box(x, y + 24, width, look, linear, function)
    return first, _box(x, first.bottom[1] + _GAP, width, look, activation, function)


def _box(
    x: float, y: float, width: float, look: Look, lines: tuple[str, ...], function: bool = True
) -> Box:
    """Return a box with a name, set as code if it is a function's, and formulas below it."""
    name, *formulas = lines
    head = Line(name, 9.5, code=function, bold=function)
    return Box(x, y, width, _BOX, (head, *(Line(one, 8.5) for one in formulas)), look)


def _code_lines(*values: NamedShape) -> list[Line]:
    return [Line(str(value), 9.0, code=True) for value in values]


def _arrows_in(layer: Layer, entry: Point | None, linear: Box) -> list[Shape]:
    """Return the arrows into a layer: activations from above, parameters from the left."""
    above = entry or (linear.top[0], _TOP - 42)
    synonym = "" if entry else "X = "
    word = Line(f"{synonym}{layer.input('A')}", 9.0, code=True)
    shapes = list(arrow([above, linear.top], _FORWARD_LOOK, word, side="right"))
    for letter, y in _sides("W", "b", linear):
        ends = [(_PARAMETERS, y), (linear.x, y)]
        shapes += arrow(ends, _FORWARD_LOOK, *_code_lines(layer.value(letter)))
    return shapes


def _arrows_out(layer: Layer, gradients: tuple[Box, Box], above: Box | None) -> list[Shape]:
    """Return the arrows of a layer's gradients: up to the layer before, and to the right."""
    linear, activation = gradients
    up = above.bottom if above else (linear.top[0], _TOP - 42)
    words = _code_lines(layer.value("dZ"))
    shapes = list(arrow([activation.top, linear.bottom], _BACKWARD_LOOK, *words, side="right"))
    shapes += arrow([linear.top, up], _BACKWARD_LOOK, *_code_lines(layer.input("dA")), side="right")
    for letter, y in _sides("dW", "db", linear):
        ends = [(linear.x + linear.width, y), (_GRADIENTS, y)]
        shapes += arrow(ends, _BACKWARD_LOOK, *_code_lines(layer.value(letter)))
    return shapes


def _sides(first: str, second: str, box: Box) -> tuple[tuple[str, float], ...]:
    """Return two letters, each with the height of its arrow at the side of a box."""
    return (first, box.y + 0.42 * box.height), (second, box.y + 0.84 * box.height)


def _cache_arrows(layer: Layer, left: tuple[Box, Box], right: tuple[Box, Box]) -> list[Shape]:
    """Return the arrows into a layer's caches, or out of them, with what the caches hold."""
    linear = _code_lines(layer.input("A"), layer.value("W"), layer.value("b"))
    activation = _code_lines(layer.value("Z"))
    return [
        shape
        for start, end, words in zip(left, right, (linear, activation), strict=True)
        for shape in arrow([start.right, end.left], _CACHE_ARROW, *words)
    ]


def _cost(last: Layer, entry: Point, back: Box | None, y: float) -> list[Shape]:
    """Return the cost below the last layer, and the derivative that starts the backward pass."""
    x, width = _FORWARD_COLUMN
    look = Look(edge=INK, width=1.6)
    cost = _box(x, y + 18, width, look, ("compute_cost", "J, the mean loss"))
    answer, right = last.value("A"), NamedShape("Y", last.value("A").shape)
    line = Line(f"AL = {answer}", 9.0, code=True)
    shapes: list[Shape] = [cost, *arrow([entry, cost.top], _FORWARD_LOOK, line, side="right")]
    middle = cost.y + cost.height / 2
    shapes += arrow([(_PARAMETERS, middle), cost.left], _FORWARD_LOOK, *_code_lines(right))
    ends = [cost.bottom, (cost.bottom[0], cost.bottom[1] + 28)]
    shapes += arrow(ends, _FORWARD_LOOK, *_code_lines(NamedShape("J", ())), side="right")
    if back is None:
        return shapes
    x, width = _BACKWARD_COLUMN
    lines = ("derivative of m J", "dAL = (1 - Y)/(1 - AL) - Y/AL")
    start = _box(x, y + 18, width, _BACKWARD_LOOK, lines, function=False)
    passed = _code_lines(NamedShape("AL", answer.shape), right)
    shapes += [start, *arrow([cost.right, start.left], _CACHE_ARROW, *passed)]
    gradient = Line(f"dAL = {last.value('dA')}", 9.0, code=True)
    shapes += arrow([start.top, back.bottom], _BACKWARD_LOOK, gradient, side="right")
    return shapes
