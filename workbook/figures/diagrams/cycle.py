"""The training cycle: four steps again and again, with one exercise marked."""

from workbook.course.exercises import Exercise, of_step
from workbook.figures.diagrams.drawing import (
    BACKWARD,
    FAINT,
    FORWARD,
    INK,
    MARK,
    PAPER,
    Arrow,
    Box,
    Drawing,
    Label,
    Line,
    Look,
    Shape,
    arrow,
    here_flag,
)

_ROW, _HEAD = 24.0, 24.0
_TOP = 136.0
#: Each step: its word, its left edge and its width.
_INITIALISE = ("initialise", 6.0, 222.0)
_STEPS = (
    ("forward", 6.0, 222.0),
    ("cost", 272.0, 120.0),
    ("backward", 448.0, 226.0),
    ("update", 730.0, 164.0),
)
_COLOURS = {"forward": FORWARD, "backward": BACKWARD}
_THIN = Look(edge=INK, width=1.4)


def training_cycle(exercise: Exercise) -> Drawing:
    """Return the training cycle with this exercise marked."""
    rows = max(len(of_step(word)) for word, _, _ in _STEPS)
    # The first step stands above the others: more rows than two push these down.
    first = len(of_step(_INITIALISE[0]))
    top = _TOP + max(first - 2, 0) * _ROW
    bottom = top + _HEAD + rows * _ROW + 6
    shapes: list[Shape] = []
    start = _step(_INITIALISE, 24.0, max(first, 2), exercise)
    boxes = [_step(step, top, rows, exercise) for step in _STEPS]
    middle = top + (bottom - top) / 2
    outer = [step[0] for step in boxes]
    shapes += [shape for step in [start, *boxes] for shape in step]
    x = _INITIALISE[1] + 30
    shapes += arrow(
        [(x, start[0].y + start[0].height), (x, top)], _THIN,
        Line("parameters", code=True), side="right",
    )  # fmt: skip
    for left, right, said in zip(outer, outer[1:], ("AL", "AL, Y", "grads"), strict=False):
        ends = [(left.x + left.width, middle), (right.x, middle)]
        shapes += arrow(ends, _THIN, Line(said, code=True))
    shapes += _caches(outer[0], outer[2])
    shapes += _again(outer[0], outer[3], bottom)
    return Drawing(bottom + 72, tuple(shapes))


def _step(
    step: tuple[str, float, float], top: float, rows: int, exercise: Exercise
) -> tuple[Box, *tuple[Shape, ...]]:
    """Return the box of a step, its word and a row for each of its exercises."""
    word, x, width = step
    exercises = of_step(word)
    current = exercise in exercises
    edge = _COLOURS.get(word, INK)
    look = Look(edge=MARK if current else edge, width=3.0 if current else 1.4)
    outer = Box(x, top, width, _HEAD + rows * _ROW + 6, (), look)
    shapes: list[Shape] = [Label(Line(word, 10.0, bold=True, colour=edge), x + width / 2, top + 14)]
    y = top + _HEAD + (rows - len(exercises)) * _ROW / 2
    for one in exercises:
        shapes.append(_row(one, exercise, x + 5, y, width - 10))
        y += _ROW
    if current:
        shapes.append(here_flag(x + width - 104, top - 20, 20.0))
    return (outer, *shapes)


def _row(one: Exercise, current: Exercise, x: float, y: float, width: float) -> Box:
    """Return the row of an exercise: light on dark if it is the current one."""
    here = one == current
    line = Line(
        f"{one.number} {one.name}", 8.5, code=True, bold=here, colour=PAPER if here else INK
    )
    face = MARK if here else PAPER
    return Box(x, y + 1, width, _ROW - 2, (line,), Look(face, face, 0.0, round=3.0))


def _caches(forward: Box, backward: Box) -> tuple[Shape, ...]:
    """Return the arrow of the caches, which pass the cost by."""
    bottom = forward.y + forward.height
    start, end = forward.x + forward.width - 40, backward.x + 40
    path = [(start, bottom), (start, bottom + 18), (end, bottom + 18), (end, bottom)]
    look = Look(edge=FAINT, width=1.4, line="--")
    return arrow(path, look, Line("caches", code=True), side="below")


def _again(first: Box, last: Box, bottom: float) -> list[Shape]:
    low = bottom + 46
    start, end = last.x + last.width / 2, first.x + 40
    path = ((start, bottom), (start, low), (end, low), (end, bottom))
    said = Line("again with the new parameters, for example 1000 times")
    return [Arrow(path, _THIN), Label(said, (start + end) / 2, low + 13)]
