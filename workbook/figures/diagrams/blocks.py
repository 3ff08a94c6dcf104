"""One layer in detail: its forward block and its backward block, with one exercise marked."""

from dataclasses import dataclass, replace

from workbook.course.exercises import NOTEBOOKS, Exercise, position
from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, GREY, MARK, PALE, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import arrow, here_flag, pitch, stack

#: The exercises that the blocks are about, the innermost first.
FORWARD_BLOCKS = ("linear_forward", "linear_activation_forward", "L_model_forward")
BACKWARD_BLOCKS = ("linear_backward", "linear_activation_backward", "L_model_backward")

# Left edge and width of the two boxes of a layer, each with its cache below it.
_LINEAR, _ACTIVATION = (196.0, 212.0), (524.0, 186.0)
_INNER_TOP, _INNER_HEIGHT = 104.0, 70.0
_CACHE_TOP, _CACHE_HEIGHT = 226.0, 46.0
_LAYER = (164.0, 72.0, 578.0, 234.0)
_MODEL = (120.0, 40.0, 668.0, 300.0)
_HEIGHT = 348.0
# Positions of the names of inputs and outputs, outside all frames.
_LEFT, _RIGHT, _ABOVE = 60.0, 842.0, 22.0


@dataclass(frozen=True)
class _Direction:
    """What differs between a forward block and a backward block."""

    colour: str
    exercises: tuple[str, str, str]
    linear: tuple[str, ...]
    activation: tuple[Line, ...]
    prefix: str
    cache_use: str


_FORWARD = _Direction(
    FORWARD,
    FORWARD_BLOCKS,
    ("Z = W A_prev + b",),
    (Line("relu or sigmoid", code=True), Line("A = g(Z)", 8.5)),
    "",
    "keeps",
)
_BACKWARD = _Direction(
    BACKWARD,
    BACKWARD_BLOCKS,
    ("dW, db and dA_prev", "from dZ and the cache"),
    (
        Line("relu_backward or", code=True),
        Line("sigmoid_backward", code=True),
        Line("dZ = dA · slope at Z", 8.5),
    ),
    "d",
    "reads",
)


def block(exercise: Exercise) -> Drawing:
    """Return one layer, forward or backward, with the exercise marked.

    Parameters
    ----------
    exercise : Exercise
        One of `FORWARD_BLOCKS` or of `BACKWARD_BLOCKS`.
    """
    is_forward = exercise.name in FORWARD_BLOCKS
    direction = _FORWARD if is_forward else _BACKWARD
    # All arrows of the backward pass point the other way.
    way = 1 if is_forward else -1
    linear, activation, shapes = _functions(direction, exercise)
    flow, d, y = Look(edge=direction.colour, width=1.8), direction.prefix, linear.left[1]
    left: list[Shape] = [Arrow(((10.0, y), linear.left)[::way], flow)]
    left += _over(y, _LEFT, f"{d}A_prev", "(n_prev, m)")
    between = arrow([linear.right, activation.left][::way], flow, *_code(f"{d}Z", "(n_l, m)"))
    right: list[Shape] = [Arrow((activation.right, (890.0, y))[::way], flow)]
    right += _over(y, _RIGHT, f"{d}A", "(n_l, m)")
    shapes += [*left, *between, *right] if is_forward else [*right, *between, *left]
    for share, name, align, gap in (
        (0.3, "W (n_l, n_prev)", "right", -8),
        (0.7, "b (n_l, 1)", "left", 8),
    ):
        x = linear.x + share * linear.width
        ends, (line,) = ((x, 8.0), (x, linear.y)), _code(d + name)
        shapes += [Arrow(ends[::way], flow), Label(line, x + gap, _ABOVE, align)]
    caches = [_cache(linear, "linear cache", "(A_prev, W, b)")]
    caches.append(_cache(activation, "activation cache", "Z"))
    look, said = Look(edge=FAINT, width=1.4, line="--"), Line(direction.cache_use, colour=FAINT)
    for box, cache in zip((linear, activation), caches, strict=True):
        shapes += arrow([box.bottom, cache.top][::way], look, said, side="right")
    return Drawing(_HEIGHT, (*shapes, *caches))


def _code(*texts: str) -> list[Line]:
    return [Line(text, 8.5, code=True) for text in texts]


def _over(y: float, x: float, *texts: str) -> list[Label]:
    """Return lines of text that end above an arrow at this height."""
    lines = _code(*texts)
    return stack(lines, x, y - 8 - sum(map(pitch, lines)))


def _functions(direction: _Direction, exercise: Exercise) -> tuple[Box, Box, list[Shape]]:
    """Return the two boxes of a layer, and the shapes of all functions, those boxes included."""
    inner, layer, model = (NOTEBOOKS[position(name)] for name in direction.exercises)
    shapes = _frame(_MODEL, PALE, model, "once for each layer", exercise)
    shapes += _frame(_LAYER, GREY, layer, "one layer", exercise)
    look = Look(edge=direction.colour, width=1.8)
    linear, activation = (
        Box(x, _INNER_TOP, width, _INNER_HEIGHT, lines, look)
        for (x, width), lines in (
            (_LINEAR, (_name(inner), *(Line(one, 8.5) for one in direction.linear))),
            (_ACTIVATION, direction.activation),
        )
    )
    if inner == exercise:
        lines = tuple(replace(line, colour=PAPER) for line in linear.lines)
        linear = replace(linear, lines=lines, look=Look(MARK, PAPER, 3.0))
        shapes.append(here_flag(linear.x + 4, linear.bottom[1] - 1))
    return linear, activation, [*shapes, linear, activation]


def _frame(
    place: tuple[float, float, float, float],
    face: str,
    function: Exercise,
    said: str,
    current: Exercise,
) -> list[Shape]:
    """Return the frame of a function around those that it calls."""
    x, y, width, height = place
    here = function == current
    look = Look(face, MARK, 3.0) if here else Look(face, FAINT, 1.0, ":")
    shapes: list[Shape] = [
        Box(x, y, width, height, (), look),
        Label(_name(function), x + 12, y + height - 15, "left"),
        Label(Line(said, 8.5, colour=FAINT), x + width - 12, y + height - 15, "right"),
    ]
    return [*shapes, here_flag(x + width - 108, y - 19)] if here else shapes


def _name(function: Exercise) -> Line:
    return Line(f"{function.number} {function.name}", 9.0, code=True, bold=True)


def _cache(box: Box, name: str, held: str) -> Box:
    """Return the box of a cache below the box of its function."""
    lines = (Line(name), Line(held, code=True))
    look = Look(PAPER, FAINT, 1.4, "--")
    return Box(box.x, _CACHE_TOP, box.width, _CACHE_HEIGHT, lines, look)
