"""The story so far: the functions in the training loop, and the labs around them."""

from workbook.course.exercises import NOTEBOOKS, position
from workbook.figures.diagrams.colours import FAINT, INK, LINE, NONE
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import THIN, arrow, pitch
from workbook.figures.diagrams.steps import ROW, CycleStep

# Upper edges: the initialiser and three labs, the steps of the loop, the lab below them.
_FIRST, _STEPS, _BELOW = 40.0, 188.0, 316.0
_LAB = Look("#f2f2f2", INK, 1.2, "--")
_TRAINING, _ALL = (20.0, 20.0, 860.0, 432.0), (6.0, 6.0, 888.0, 484.0)

_INITIALISE = CycleStep("initialise", 32.0, 218.0)
_LOOP = (
    CycleStep("forward", 32.0, 218.0),
    CycleStep("cost", 290.0, 124.0),
    CycleStep("backward", 454.0, 212.0),
    CycleStep("update", 718.0, 150.0),
)

# What the learner does in each lab.
_LABS = {
    "train_it": ("data go in, predictions and their accuracy come out; mini-batches",),
    "check_it": ("finite differences", "find the faulty gradient"),
    "initialise_it": ("Xavier and He", "gradients that vanish"),
    "descend_better": ("momentum, RMSProp", "and Adam"),
    "generalise": ("penalties, dropout, early stopping",),
    "test_it": ("a test of what", "others have written"),
    "meet_the_frameworks": ("autograd, a class of your own, PyTorch, TensorFlow, JAX",),
}


def story() -> Drawing:
    """Return all that the course builds: the training loop, and each lab beside its subject."""
    rows = max(len(step.exercises) for step in _LOOP)
    parts = [_step(_INITIALISE, _FIRST, max(len(_INITIALISE.exercises), 2))]
    parts += [_step(step, _STEPS, rows) for step in _LOOP]
    boxes = [box for box, *_ in parts]
    shapes = [*_frame(_ALL, "meet_the_frameworks"), *_frame(_TRAINING, "train_it")]
    shapes += [shape for part in parts for shape in part]
    shapes += _flow(boxes)
    shapes += _labs(boxes)
    return Drawing(_ALL[1] + _ALL[3] + 6, tuple(shapes))


def _step(step: CycleStep, top: float, rows: int) -> tuple[Box, *tuple[Shape, ...]]:
    """Return the box of a step, its word and a line for each of its exercises."""
    box = step.box(top, rows, Look(edge=step.colour, width=1.8))
    shapes: list[Shape] = [step.title(box)]
    for _, text, y in step.rows(box):
        shapes.append(Label(Line(text, 8.5, code=True), box.top[0], y + ROW / 2))
    return (box, *shapes)


def _flow(boxes: list[Box]) -> list[Shape]:
    """Return the arrows of the training: what each step hands to the next, and the way back."""
    start, forward, cost, backward, update = boxes
    x = start.x + 60
    down = [(x, start.bottom[1]), (x, forward.y)]
    shapes = [*arrow(down, THIN, Line("parameters", code=True), side="right")]
    pairs = ((forward, cost, "AL"), (cost, backward, "AL"), (backward, update, "grads"))
    for one, two, said in pairs:
        shapes += arrow([one.right, two.left], THIN, Line(said, 8.0, code=True))
    caches = forward.y - 20
    left, right = forward.x + forward.width - 30, backward.x + 34
    path = [(left, forward.y), (left, caches), (right, caches), (right, backward.y)]
    look = Look(edge=FAINT, width=1.4, line="--")
    shapes += arrow(path, look, Line("caches", code=True))
    low = _BELOW + 84
    first, last = forward.x + 40, update.bottom[0]
    ends = (update.bottom, (last, low), (first, low), (first, forward.bottom[1]))
    again = Line("again with the new parameters")
    return [*shapes, Arrow(ends, THIN), Label(again, (first + last) / 2, low + 13)]


def _labs(boxes: list[Box]) -> list[Shape]:
    """Return the labs that are about one step, each tied to it."""
    start, _, cost, backward, update = boxes
    above = start.height
    beside = Box(cost.x, _FIRST, 146.0, above, _words("initialise_it"), _LAB)
    over = Box(backward.x, _FIRST, backward.width, above, _words("check_it"), _LAB)
    last = Box(update.x, _FIRST, update.width, above, _words("descend_better"), _LAB)
    below = Box(cost.x - 68, _BELOW, cost.width + 136, 58.0, _words("generalise"), _LAB)
    judging = Box(backward.bottom[0] - 70, _BELOW, 140.0, 58.0, _words("test_it"), _LAB)
    ties = ((beside.left, start.right), (over.bottom, backward.top), (last.bottom, update.top),
            (below.top, cost.bottom), (judging.top, backward.bottom))  # fmt: skip
    tied = [Arrow(ends, Look(edge=LINE, width=1.2, line=":"), head=False) for ends in ties]
    return [beside, over, last, below, judging, *tied]


def _words(name: str) -> tuple[Line, ...]:
    """Return the lines on a lab: its number and title, and what the learner does in it."""
    lab = NOTEBOOKS[position(name)]
    title = Line(f"{lab.number} {lab.title}", 9.0, bold=True)
    return (title, *(Line(words, 8.5) for words in _LABS[name]))


def _frame(place: tuple[float, float, float, float], lab: str) -> list[Shape]:
    """Return the frame of a lab that is about everything inside the frame."""
    x, y, width, height = place
    title, *words = _words(lab)
    low = y + height - pitch(title) / 2 - 6
    return [
        Box(x, y, width, height, (), Look(NONE, FAINT, 1.2, "--")),
        Label(title, x + 14, low, "left"),
        *(Label(line, x + width - 14, low, "right") for line in words),
    ]
