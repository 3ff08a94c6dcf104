"""The training cycle: four steps again and again, with one exercise marked."""

from workbook.course.exercises import Exercise
from workbook.figures.diagrams.colours import FAINT, INK, MARK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import THIN, arrow, here_flag
from workbook.figures.diagrams.steps import ROW, CycleStep

_TOP = 136.0
_INITIALISE = CycleStep("initialise", 6.0, 222.0)
_STEPS = (
    CycleStep("forward", 6.0, 222.0),
    CycleStep("cost", 272.0, 120.0),
    CycleStep("backward", 448.0, 226.0),
    CycleStep("update", 730.0, 164.0),
)


def training_cycle(exercise: Exercise) -> Drawing:
    """Return the training cycle with this exercise marked."""
    rows = max(len(step.exercises) for step in _STEPS)
    # The first step stands above the others: more rows than two push these down.
    first = max(len(_INITIALISE.exercises), 2)
    top = _TOP + (first - 2) * ROW
    parts = [_step(_INITIALISE, 24.0, first, exercise)]
    parts += [_step(step, top, rows, exercise) for step in _STEPS]
    start, forward, cost, backward, update = (box for box, *_ in parts)
    shapes = [shape for part in parts for shape in part]
    x = start.x + 30
    parameters = Line("parameters", code=True)
    shapes += arrow([(x, start.bottom[1]), (x, top)], THIN, parameters, side="right")
    handed_on = ((forward, cost, "AL"), (cost, backward, "AL, Y"), (backward, update, "grads"))
    for left, right, said in handed_on:
        shapes += arrow([left.right, right.left], THIN, Line(said, code=True))
    shapes += _caches(forward, backward)
    shapes += _again(forward, update)
    return Drawing(forward.bottom[1] + 72, tuple(shapes))


def _step(
    step: CycleStep, top: float, rows: int, current: Exercise
) -> tuple[Box, *tuple[Shape, ...]]:
    """Return the box of a step, its word, a row for each of its exercises, and the flag, if any."""
    is_current = current in step.exercises
    look = Look(edge=MARK if is_current else step.colour, width=3.0 if is_current else 1.4)
    box = step.box(top, rows, look)
    shapes: list[Shape] = [step.title(box)]
    for one, text, y in step.rows(box):
        # The current exercise is light on dark.
        face, letters = (MARK, PAPER) if one == current else (PAPER, INK)
        line = Line(text, 8.5, code=True, bold=one == current, colour=letters)
        row = Look(face, face, 0.0, round=3.0)
        shapes.append(Box(box.x + 5, y + 1, box.width - 10, ROW - 2, (line,), row))
    if is_current:
        shapes.append(here_flag(box.x + box.width - 104, top - 20, 20.0))
    return (box, *shapes)


def _caches(forward: Box, backward: Box) -> tuple[Shape, ...]:
    """Return the arrow of the caches, which pass the cost by."""
    bottom = forward.bottom[1]
    start, end = forward.x + forward.width - 40, backward.x + 40
    path = [(start, bottom), (start, bottom + 18), (end, bottom + 18), (end, bottom)]
    look = Look(edge=FAINT, width=1.4, line="--")
    return arrow(path, look, Line("caches", code=True), side="below")


def _again(first: Box, last: Box) -> tuple[Shape, ...]:
    """Return the arrow from the last step back to the first."""
    (start, bottom), end = last.bottom, first.x + 40
    low = bottom + 46
    path = ((start, bottom), (start, low), (end, low), (end, bottom))
    said = Line("again with the new parameters, for example 1000 times")
    return Arrow(path, THIN), Label(said, (start + end) / 2, low + 13)
