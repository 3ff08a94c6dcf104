"""One layer from near by: its forward block and its backward block, with one exercise marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook.course.exercises import NOTEBOOKS, Exercise, position
from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, MARK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import arrow, here_flag, pitch

#: The exercises that the blocks are about, the innermost first.
FORWARD_BLOCKS = ("linear_forward", "linear_activation_forward", "L_model_forward")
BACKWARD_BLOCKS = ("linear_backward", "linear_activation_backward", "L_model_backward")

_INNER_TOP, _INNER_HEIGHT = 104.0, 70.0
_LINEAR, _BEND = (196.0, 212.0), (524.0, 186.0)
_CACHE_TOP, _CACHE_HEIGHT = 226.0, 46.0
_LAYER = (164.0, 72.0, 578.0, 234.0)
_MODEL = (120.0, 40.0, 668.0, 300.0)
_HEIGHT = 348.0
_ONCE_A_LAYER = "once for each layer"
# Where the names of what comes in and goes out stand, outside of all frames.
_LEFT, _RIGHT, _ABOVE = 60.0, 842.0, 22.0


@dataclass(frozen=True)
class _Way:
    """What differs between the way there and the way back."""

    colour: str
    exercises: tuple[str, str, str]
    linear: tuple[str, ...]
    bend: tuple[Line, ...]


_THERE = _Way(
    FORWARD,
    FORWARD_BLOCKS,
    ("Z = W A_prev + b",),
    (Line("relu or sigmoid", code=True), Line("A = g(Z)", 8.5)),
)
_BACK = _Way(
    BACKWARD,
    BACKWARD_BLOCKS,
    ("dW, db and dA_prev", "from dZ and the cache"),
    (
        Line("relu_backward or", code=True),
        Line("sigmoid_backward", code=True),
        Line("dZ = dA · slope at Z", 8.5),
    ),
)


def forward_block(exercise: Exercise) -> Drawing:
    """Return one layer on the way there, with this exercise, one of `FORWARD_BLOCKS`, marked."""
    linear, bend, shapes = _parts(_THERE, exercise)
    flow = Look(edge=FORWARD, width=1.8)
    start, end = (10.0, linear.left[1]), (890.0, linear.left[1])
    shapes += [Arrow((start, linear.left), flow), *_over(start, _LEFT, "A_prev", "(n_prev, m)")]
    shapes += arrow([linear.right, bend.left], flow, *_said("Z", "(n_l, m)"))
    shapes += [Arrow((bend.right, end), flow), *_over(end, _RIGHT, "A", "(n_l, m)")]
    for outside, inside, label in _parameters(linear, "W (n_l, n_prev)", "b (n_l, 1)"):
        shapes += [Arrow((outside, inside), flow), label]
    return _with_caches(linear, bend, shapes, "keeps", down=True)


def backward_block(exercise: Exercise) -> Drawing:
    """Return one layer on the way back, with this exercise, one of `BACKWARD_BLOCKS`, marked."""
    linear, bend, shapes = _parts(_BACK, exercise)
    flow = Look(edge=BACKWARD, width=1.8)
    end, start = (10.0, linear.left[1]), (890.0, linear.left[1])
    shapes += [Arrow((start, bend.right), flow), *_over(start, _RIGHT, "dA", "(n_l, m)")]
    shapes += arrow([bend.left, linear.right], flow, *_said("dZ", "(n_l, m)"))
    shapes += [Arrow((linear.left, end), flow), *_over(end, _LEFT, "dA_prev", "(n_prev, m)")]
    for outside, inside, label in _parameters(linear, "dW (n_l, n_prev)", "db (n_l, 1)"):
        shapes += [Arrow((inside, outside), flow), label]
    return _with_caches(linear, bend, shapes, "reads", down=False)


def _over(point: tuple[float, float], x: float, *texts: str) -> list[Label]:
    """Return lines of text that stand above an arrow at the height of a point."""
    lines = _said(*texts)
    tops = [point[1] - 8 - pitch(line) * (len(lines) - n - 0.5) for n, line in enumerate(lines)]
    return [Label(line, x, y) for line, y in zip(lines, tops, strict=True)]


def _parameters(
    linear: Box, weights: str, biases: str
) -> Iterator[tuple[tuple[float, float], tuple[float, float], Label]]:
    """Yield both ends of the arrows of W and b, or of their gradients, and their labels."""
    for share, name, align, gap in ((0.3, weights, "right", -8), (0.7, biases, "left", 8)):
        x = linear.x + share * linear.width
        (line,) = _said(name)
        yield (x, 8.0), (x, linear.y), Label(line, x + gap, _ABOVE, align)


def _with_caches(linear: Box, bend: Box, shapes: list[Shape], word: str, down: bool) -> Drawing:
    """Return the drawing with the caches and the arrows down to them, or up from them."""
    caches = _caches(linear, bend)
    look, said = Look(edge=FAINT, width=1.4, line="--"), Line(word, colour=FAINT)
    for box, cache in zip((linear, bend), caches, strict=True):
        ends = [box.bottom, cache.top] if down else [cache.top, box.bottom]
        shapes += arrow(ends, look, said, side="right")
    return Drawing(_HEIGHT, (*shapes, *caches))


def _said(*texts: str) -> list[Line]:
    return [Line(text, 8.5, code=True) for text in texts]


def _parts(way: _Way, exercise: Exercise) -> tuple[Box, Box, list[Shape]]:
    """Return the two boxes of a layer, and all that stands for functions around them."""
    inner, layer, model = (NOTEBOOKS[position(name)] for name in way.exercises)
    shapes = _frame(_MODEL, model, _ONCE_A_LAYER, exercise)
    shapes += _frame(_LAYER, layer, "one layer", exercise)
    name = Line(f"{inner.number} {inner.name}", 9.0, code=True, bold=True)
    linear = _box(_LINEAR, (name, *(Line(one, 8.5) for one in way.linear)), way.colour)
    if inner == exercise:
        linear, tag = _marked(linear)
        shapes.append(tag)
    bend = _box(_BEND, way.bend, way.colour)
    return linear, bend, [*shapes, linear, bend]


def _box(place: tuple[float, float], lines: tuple[Line, ...], colour: str) -> Box:
    x, width = place
    return Box(x, _INNER_TOP, width, _INNER_HEIGHT, lines, Look(edge=colour, width=1.8))


def _marked(box: Box) -> tuple[Box, Box]:
    """Return a box as the current one, and its flag."""
    lines = tuple(replace(line, colour=PAPER) for line in box.lines)
    look = Look(MARK, MARK, 3.0)
    return replace(box, lines=lines, look=look), here_flag(box.x + 4, box.y + box.height - 1)


def _frame(
    place: tuple[float, float, float, float], function: Exercise, said: str, current: Exercise
) -> list[Shape]:
    """Return the frame of a function around those that it calls."""
    x, y, width, height = place
    here = function == current
    look = Look("#f7f7f7" if said == _ONCE_A_LAYER else "#ececec", MARK if here else FAINT,
                3.0 if here else 1.0, "-" if here else ":")  # fmt: skip
    name = Line(f"{function.number} {function.name}", 9.0, code=True, bold=True)
    words = Line(said, 8.5, colour=FAINT)
    shapes: list[Shape] = [
        Box(x, y, width, height, (), look),
        Label(name, x + 12, y + height - 15, "left"),
        Label(words, x + width - 12, y + height - 15, "right"),
    ]
    return [*shapes, here_flag(x + width - 108, y - 19)] if here else shapes


def _caches(linear: Box, bend: Box) -> tuple[Box, Box]:
    """Return the boxes of the two caches, which together are the layer's cache."""
    said = (("linear cache", "(A_prev, W, b)"), ("activation cache", "Z"))
    look = Look(PAPER, FAINT, 1.4, "--")
    one, two = (
        Box(box.x, _CACHE_TOP, box.width, _CACHE_HEIGHT, (Line(name), Line(held, code=True)), look)
        for box, (name, held) in zip((linear, bend), said, strict=True)
    )
    return one, two
