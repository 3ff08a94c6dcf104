"""The concept map: what the course is about, and how its ideas are connected."""

from workbook.course.exercises import of_step
from workbook.course.words import noun
from workbook.figures.diagrams.colours import BACKWARD, FORWARD, INK
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import THIN, arrow, stack

_HEIGHT = 514.0
# The rows of boxes: their upper edges, and the height of a box.
_ROWS, _TALL = (20.0, 176.0, 308.0, 430.0), 66.0


def concept_map() -> Drawing:
    """Return the ideas of the course as boxes, and as arrows what one does to another."""
    unit = _box(24, 0, 170, "a unit", "a weighted sum,", "then an activation")
    network = _box(330, 0, 150, "a network", "layers of units")
    parameters = _box(600, 0, 210, "parameters", "weights W and biases b", step="initialise")
    examples = _box(24, 1, 130, "examples X", "one in each column")
    forward = _box(236, 1, 186, "forward propagation", "layer by layer", step="forward",
                   colour=FORWARD)  # fmt: skip
    answers = _box(492, 1, 116, "answers AL", "between 0 and 1")
    cost = _box(700, 1, 150, "cost J", "how wrong they are", step="cost")
    caches = _box(236, 2, 130, "caches", "what each layer", "has seen")
    rule = _box(236, 3, 130, "the chain rule", "rates multiply")
    backward = _box(476, 2, 190, "backward propagation", "from the last layer back",
                    step="backward", colour=BACKWARD)  # fmt: skip
    gradients = _box(476, 3, 172, "gradients", "slopes ∂J/∂W and ∂J/∂b")
    update = _box(748, 3, 108, "update", "a step downhill", step="update")
    shapes: list[Shape] = [unit, network, parameters, examples, forward, answers, cost,
                                  caches, rule, backward, gradients, update]  # fmt: skip
    straight = (
        (unit, network, "many make"), (network, parameters, "has"), (examples, forward, "enter"),
        (forward, answers, "gives"), (answers, cost, "against Y"),
        (caches, backward, "are used in"),
    )  # fmt: skip
    for one, two, words in straight:
        shapes += arrow([one.right, two.left], THIN, _words(words))
    rate = _words("times the"), _words("learning rate")
    shapes += arrow([gradients.right, update.left], THIN, *rate)
    shapes += arrow([forward.bottom, (forward.bottom[0], caches.y)], THIN, _words("keeps"),
                    side="right")  # fmt: skip
    finds = [(gradients.top[0], backward.bottom[1]), gradients.top]
    shapes += arrow(finds, THIN, _words("finds"), side="right")
    shapes += _bent(parameters, forward, cost, rule, backward, update)
    return Drawing(_HEIGHT, tuple(shapes))


def _bent(
    parameters: Box, forward: Box, cost: Box, rule: Box, backward: Box, update: Box
) -> list[Shape]:
    """Return the arrows that turn a corner."""
    down, between = parameters.x + 60, parameters.y + parameters.height + 52
    used = ((down, parameters.bottom[1]), (down, between), (forward.top[0], between), forward.top)
    shapes = [*arrow(used, THIN, _words("are used in"))]
    low = backward.y + backward.height / 2
    begins = [cost.bottom, (cost.bottom[0], low), (backward.x + backward.width, low)]
    shapes += [Arrow(tuple(begins), THIN), *stack([_words("where it begins")], 770, low + 6)]
    deep = backward.y + backward.height - 14
    half = (rule.x + rule.width + backward.x) / 2
    ruled = (rule.right, (half, rule.right[1]), (half, deep), (backward.x, deep))
    shapes += [Arrow(ruled, THIN), Label(_words("is the rule of"), half + 6, deep + 34, "left")]
    right = 876.0
    changes = (update.right, (right, update.right[1]), (right, parameters.right[1]),
               parameters.right)  # fmt: skip
    word = Label(_words("changes"), right - 5, parameters.right[1] + 12, "right")
    return [*shapes, Arrow(changes, THIN), word]


def _box(x: float, row: int, width: float, title: str, *words: str, step: str = "",
         colour: str = INK) -> Box:  # fmt: skip
    """Return the box of an idea, with the notebooks of its step, if it is one."""
    lines = [Line(title, 10.0, bold=True, colour=colour), *(Line(word, 8.5) for word in words)]
    if step:
        numbers = [str(one.number) for one in of_step(step)]
        notebooks = f"{noun(len(numbers), 'notebook')} {', '.join(numbers)}"
        lines.append(Line(notebooks, 8.5, colour=colour))
    return Box(x, _ROWS[row], width, _TALL, tuple(lines), Look(edge=colour, width=1.6))


def _words(text: str) -> Line:
    return Line(text, 8.5)
