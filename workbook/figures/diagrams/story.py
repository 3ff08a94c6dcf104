"""The story so far: the functions in the training loop, and the labs around them."""

from dataclasses import dataclass

from workbook.course.exercises import NOTEBOOKS, of_step, position
from workbook.figures.diagrams.drawing import (
    BACKWARD,
    FAINT,
    FORWARD,
    INK,
    PAPER,
    Arrow,
    Box,
    Drawing,
    Label,
    Line,
    Look,
    Shape,
    arrow,
    pitch,
)

_ROW, _HEAD = 24.0, 24.0
# Upper edges: the initialiser and three labs, the steps of the loop, the lab below them.
_FIRST, _STEPS, _BELOW = 40.0, 188.0, 316.0
_THIN = Look(edge=INK, width=1.4)
_LAB = Look("#f2f2f2", INK, 1.2, "--")
_TRAINING, _ALL = (20.0, 20.0, 860.0, 432.0), (6.0, 6.0, 888.0, 484.0)


@dataclass(frozen=True)
class _Step:
    """A step of the training: its word, and where it stands."""

    word: str
    x: float
    width: float
    colour: str = INK


_INITIALISE = _Step("initialise", 32.0, 218.0)
_LOOP = (
    _Step("forward", 32.0, 218.0, FORWARD),
    _Step("cost", 290.0, 124.0),
    _Step("backward", 454.0, 212.0, BACKWARD),
    _Step("update", 718.0, 150.0),
)


# What the two frames say.
_DATA = "data go in, predictions and their accuracy come out; mini-batches"
_FRAMEWORKS = "autograd, a class of your own, PyTorch, TensorFlow, JAX"


# What one does in each lab.
_LABS = {
    "train_it": (_DATA,),
    "check_it": ("finite differences", "find the faulty gradient"),
    "initialise_it": ("Xavier and He", "gradients that vanish"),
    "descend_better": ("momentum, RMSProp", "and Adam"),
    "generalise": ("penalties, dropout, early stopping",),
    "meet_the_frameworks": (_FRAMEWORKS,),
}


def story() -> Drawing:
    """Return all that the course builds: the training loop, and each lab at what it is about."""
    rows = max(len(of_step(step.word)) for step in _LOOP)
    start = _step(_INITIALISE, _FIRST, max(len(of_step(_INITIALISE.word)), 2))
    steps = [_step(step, _STEPS, rows) for step in _LOOP]
    boxes = [start[0], *(step[0] for step in steps)]
    shapes: list[Shape] = [*_frame(_ALL, "meet_the_frameworks"), *_frame(_TRAINING, "train_it")]
    shapes += [shape for step in (start, *steps) for shape in step]
    shapes += _flow(boxes)
    shapes += _labs(boxes)
    return Drawing(_ALL[1] + _ALL[3] + 6, tuple(shapes))


def _step(step: _Step, top: float, rows: int) -> tuple[Box, *tuple[Shape, ...]]:
    """Return the box of a step, its word and a line for each of its exercises."""
    look = Look(edge=step.colour, width=1.8)
    box = Box(step.x, top, step.width, _HEAD + rows * _ROW + 6, (), look)
    middle = step.x + step.width / 2
    word = Line(step.word, 10.0, bold=True, colour=step.colour)
    shapes: list[Shape] = [Label(word, middle, top + 14)]
    exercises = of_step(step.word)
    y = top + _HEAD + (rows - len(exercises)) * _ROW / 2 + _ROW / 2
    for exercise in exercises:
        name = Line(f"{exercise.number} {exercise.name}", 8.5, code=True)
        shapes.append(Label(name, middle, y))
        y += _ROW
    return (box, *shapes)


def _flow(boxes: list[Box]) -> list[Shape]:
    """Return the arrows of the training: what each step hands to the next, and the way back."""
    start, forward, cost, backward, update = boxes
    x = start.x + 60
    down = [(x, start.bottom[1]), (x, forward.y)]
    shapes = [*arrow(down, _THIN, Line("parameters", code=True), side="right")]
    pairs = ((forward, cost, "AL"), (cost, backward, "AL"), (backward, update, "grads"))
    for one, two, said in pairs:
        shapes += arrow([one.right, two.left], _THIN, Line(said, 8.0, code=True))
    caches = forward.y - 20
    left, right = forward.x + forward.width - 30, backward.x + 34
    path = [(left, forward.y), (left, caches), (right, caches), (right, backward.y)]
    look = Look(edge=FAINT, width=1.4, line="--")
    shapes += arrow(path, look, Line("caches", code=True))
    low = _BELOW + 84
    first, last = forward.x + 40, update.x + update.width / 2
    ends = ((last, update.bottom[1]), (last, low), (first, low), (first, forward.bottom[1]))
    again = Line("again with the new parameters")
    return [*shapes, Arrow(ends, _THIN), Label(again, (first + last) / 2, low + 13)]


def _labs(boxes: list[Box]) -> list[Shape]:
    """Return the labs that are about one step, each tied to it."""
    start, _, cost, backward, update = boxes
    above = start.height
    beside = Box(cost.x, _FIRST, 146.0, above, _words("initialise_it"), _LAB)
    over = Box(backward.x, _FIRST, backward.width, above, _words("check_it"), _LAB)
    last = Box(update.x, _FIRST, update.width, above, _words("descend_better"), _LAB)
    below = Box(cost.x - 68, _BELOW, cost.width + 136, 58.0, _words("generalise"), _LAB)
    ties = ((beside.left, start.right), (over.bottom, backward.top), (last.bottom, update.top),
            (below.top, cost.bottom))  # fmt: skip
    tied = [Arrow(ends, Look(edge=INK, width=1.2, line=":"), head=False) for ends in ties]
    return [beside, over, last, below, *tied]


def _words(name: str) -> tuple[Line, ...]:
    """Return the lines on a lab: its number and title, and what one does in it."""
    lab = NOTEBOOKS[position(name)]
    title = Line(f"{lab.number} {lab.title}", 9.0, bold=True)
    return (title, *(Line(words, 8.5) for words in _LABS[name]))


def _frame(place: tuple[float, float, float, float], lab: str) -> list[Shape]:
    """Return the frame of a lab that is about all that stands in it."""
    x, y, width, height = place
    title, *words = _words(lab)
    low = y + height - pitch(title) / 2 - 6
    return [
        Box(x, y, width, height, (), Look(PAPER, FAINT, 1.2, "--")),
        Label(title, x + 14, low, "left"),
        *(Label(line, x + width - 14, low, "right") for line in words),
    ]
