"""Diagram of one training iteration, forward and backward, with every array and its shape."""

from collections.abc import Sequence

from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, INK
from workbook.figures.diagrams.drawing import WIDTH, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.network import Layer, NamedShape, layers_of
from workbook.figures.diagrams.parts import arrow, headings, shifted

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
_CACHE_LOOK = Look(face="#ececec", edge=FAINT, width=1.2)


def computation_graph(
    layer_dims: Sequence[int] = (4, 5, 3, 1), examples: int = 6, backward: bool = True
) -> Drawing:
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
    shapes = headings(_HEADINGS if backward else _HEADINGS[:2], 12.0, 29.0)
    entry: tuple[float, float] | None = None
    back: Box | None = None
    for layer in layers:
        y = _TOP + (layer.number - 1) * _LAYER
        forward = _forward_boxes(layer, y)
        caches = _caches(layer, y)
        shapes += [*_frames(layer, y, backward), *forward, *caches]
        shapes += _arrows_in(layer, entry, forward[0])
        shapes += _forward_arrows(layer, forward, caches)
        if backward:
            gradients = _backward_boxes(layer, y)
            shapes += [
                *gradients,
                *_arrows_out(layer, gradients, back),
                *_cache_arrows(layer, caches, gradients),
            ]
            back = gradients[1]
        entry = forward[1].bottom
    y = _TOP + len(layers) * _LAYER
    assert entry is not None
    shapes += _cost(layers[-1], entry, back, y)
    if not backward:
        # Without the columns of the backward pass, the rest is centred.
        spare = WIDTH - sum(_CACHE_COLUMN)
        shapes = [shifted(shape, spare / 2) for shape in shapes]
    return Drawing(y + 126, tuple(shapes))


def _frames(layer: Layer, y: float, backward: bool) -> list[Shape]:
    """Return the frames of a layer's columns, with their names."""
    frame = Look(face="#f7f7f7", edge="#bbbbbb", width=1.0, line=":")
    name, cache = f"layer {layer.number}", f"caches[{layer.number - 1}]"
    columns = [(_FORWARD_COLUMN, name), (_CACHE_COLUMN, cache), (_BACKWARD_COLUMN, name)]
    shapes: list[Shape] = []
    for (x, width), said in columns if backward else columns[:2]:
        shapes.append(Box(x - 8, y, width + 16, _FRAME, (), frame))
        shapes.append(Label(Line(said, 8.5, bold=True, colour=INK), x, y + 11, "left"))
    return shapes


def _rows(y: float) -> tuple[float, float]:
    """Return the upper edges of a layer's linear box and activation box."""
    first = y + 24
    return first, first + _BOX + _GAP


def _forward_boxes(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _FORWARD_COLUMN, _rows(y), layer.number
    formula = f"Z{n} = W{n} A{n - 1} + b{n}"
    rule = "max(0, {})" if layer.activation == "relu" else "1 / (1 + exp(-{}))"
    linear = _box(x, first, width, _FORWARD_LOOK, ("linear_forward", formula))
    activation = (layer.activation, f"A{n} = {rule.format(f'Z{n}')}")
    return linear, _box(x, second, width, _FORWARD_LOOK, activation)


def _caches(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _CACHE_COLUMN, _rows(y), layer.number
    linear = ("linear cache", f"(A{n - 1}, W{n}, b{n})")
    activation = ("activation cache", f"Z{n}")
    return (
        _box(x, first, width, _CACHE_LOOK, linear, function=False),
        _box(x, second, width, _CACHE_LOOK, activation, function=False),
    )


def _backward_boxes(layer: Layer, y: float) -> tuple[Box, Box]:
    (x, width), (first, second), n = _BACKWARD_COLUMN, _rows(y), layer.number
    formulas = (
        f"dW{n} = dZ{n} A{n - 1}ᵀ / m",
        f"db{n} = Σ dZ{n} / m",
        f"dA{n - 1} = W{n}ᵀ dZ{n}",
    )
    linear = _box(x, first, width, _BACKWARD_LOOK, ("linear_backward", *formulas))
    activation = (f"{layer.activation}_backward", f"dZ{n} = dA{n} · slope at Z{n}")
    return linear, _box(x, second, width, _BACKWARD_LOOK, activation)


def _box(
    x: float, y: float, width: float, look: Look, lines: tuple[str, ...], function: bool = True
) -> Box:
    """Return a box with a name, set as code if it is a function's, and formulas below it."""
    name, *formulas = lines
    head = Line(name, 9.5, code=function, bold=function)
    return Box(x, y, width, _BOX, (head, *(Line(one, 8.5) for one in formulas)), look)


def _code_lines(*values: NamedShape) -> list[Line]:
    return [Line(str(value), 9.0, code=True) for value in values]


def _arrows_in(layer: Layer, entry: tuple[float, float] | None, linear: Box) -> list[Shape]:
    """Return the arrows into a layer: activations from above, parameters from the left."""
    above = entry or (linear.top[0], _TOP - 42)
    words = _code_lines(layer.input("A"))
    if entry is None:
        words = [Line(f"X = {words[0].text}", 9.0, code=True)]
    shapes = list(arrow([above, linear.top], _FORWARD_LOOK, *words, side="right"))
    for letter, share in (("W", 0.42), ("b", 0.84)):
        y = linear.y + share * linear.height
        ends = [(_PARAMETERS, y), (linear.x, y)]
        shapes += arrow(ends, _FORWARD_LOOK, *_code_lines(layer.value(letter)))
    return shapes


def _forward_arrows(layer: Layer, forward: tuple[Box, Box], caches: tuple[Box, Box]) -> list[Shape]:
    """Return the arrows inside a layer's forward pass, and those into its caches."""
    linear, activation = forward
    shapes = list(
        arrow(
            [linear.bottom, activation.top],
            _FORWARD_LOOK,
            *_code_lines(layer.value("Z")),
            side="right",
        )
    )
    for box, cache, values in zip(forward, caches, _cached(layer), strict=True):
        shapes += arrow([box.right, cache.left], _CACHE_ARROW, *_code_lines(*values))
    return shapes


def _cache_arrows(layer: Layer, caches: tuple[Box, Box], back: tuple[Box, Box]) -> list[Shape]:
    return [
        shape
        for cache, box, values in zip(caches, back, _cached(layer), strict=True)
        for shape in arrow([cache.right, box.left], _CACHE_ARROW, *_code_lines(*values))
    ]


def _cached(layer: Layer) -> tuple[tuple[NamedShape, ...], tuple[NamedShape, ...]]:
    """Return the contents of a layer's linear cache and activation cache."""
    linear = (layer.input("A"), layer.value("W"), layer.value("b"))
    return linear, (layer.value("Z"),)


def _arrows_out(layer: Layer, gradients: tuple[Box, Box], above: Box | None) -> list[Shape]:
    """Return the arrows of a layer's gradients: up to the layer before, and to the right."""
    linear, activation = gradients
    up = above.bottom if above else (linear.top[0], _TOP - 42)
    words = _code_lines(layer.value("dZ"))
    shapes = list(arrow([activation.top, linear.bottom], _BACKWARD_LOOK, *words, side="right"))
    shapes += arrow([linear.top, up], _BACKWARD_LOOK, *_code_lines(layer.input("dA")), side="right")
    for letter, share in (("dW", 0.42), ("db", 0.84)):
        y = linear.y + share * linear.height
        ends = [(linear.x + linear.width, y), (_GRADIENTS, y)]
        shapes += arrow(ends, _BACKWARD_LOOK, *_code_lines(layer.value(letter)))
    return shapes


def _cost(last: Layer, entry: tuple[float, float], back: Box | None, y: float) -> list[Shape]:
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
