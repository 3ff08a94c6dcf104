"""The call hierarchy: the training program, the exercises, and the functions that are given."""

from dataclasses import dataclass

from workbook.course.exercises import Exercise, find
from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, INK, MARK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.parts import HERE

#: The activations that the course gives, and the exercise that calls each.
GIVEN = {
    "linear_activation_forward": ("relu", "sigmoid"),
    "linear_activation_backward": ("relu_backward", "sigmoid_backward"),
}
#: What the training program itself calls: once, and in every iteration.
ONCE = ("initialize_parameters", "initialize_parameters_deep")
EVERY_ITERATION = ("L_model_forward", "compute_cost", "L_model_backward", "update_parameters")

# Left edge and width of each column: the program, and three levels of calls.
_COLUMNS = ((6.0, 104.0), (156.0, 236.0), (436.0, 240.0), (720.0, 174.0))
_HEADINGS = ("in every iteration", "once for each layer", "within a layer")
_TOP, _GAP, _BOX, _MARKED = 32.0, 8.0, 25.0, 41.0


@dataclass(frozen=True)
class CallTree:
    """A function that is called, and the calls that it makes itself."""

    name: str
    calls: tuple["CallTree", ...] = ()

    def names(self) -> list[str]:
        """Return the names of this function and of all below it."""
        return [self.name, *(name for call_tree in self.calls for name in call_tree.names())]


def call_tree(name: str) -> CallTree:
    """Return a function with all that it calls, as the lessons' headers say."""
    exercise = find(name)
    called = exercise.uses if exercise else ()
    return CallTree(name, tuple(call_tree(one) for one in (*called, *GIVEN.get(name, ()))))


def called_functions() -> set[str]:
    """Return the names of all functions that the hierarchy shows."""
    return {name for one in (*ONCE, *EVERY_ITERATION) for name in call_tree(one).names()}


def call_hierarchy(exercise: Exercise) -> Drawing:
    """Return the call hierarchy with this exercise marked.

    The forward exercises see the forward half in full, the backward ones the backward half, and
    the others see both.
    """
    trees = [call_tree(name) for name in EVERY_ITERATION]
    # The cost ends the forward half: it calls nothing, and is in no half of its own.
    name = "L_model_forward" if exercise.name == "compute_cost" else exercise.name
    halves = [tree for tree in trees if name in tree.names() and tree.calls]
    shown = [tree if not halves or tree in halves else CallTree(tree.name) for tree in trees]
    shapes: list[Shape] = []
    y, called = _TOP, []
    for name in ONCE:
        box, y = _place(CallTree(name), 1, y, exercise, shapes)
        called.append(box)
    once_bottom = y
    y += 26
    for tree in shown:
        box, y = _place(tree, 1, y, exercise, shapes)
        called.append(box)
    shapes += _headings(once_bottom + 12, any(tree.calls for tree in shown))
    (x, width), middle = _COLUMNS[0], (called[0].y + called[-1].y) / 2
    words = (Line("the training"), Line("program"))
    program = Box(x, middle - 8, width, 42.0, words, Look(width=1.4))
    return Drawing(y + 4, (*shapes, program, *_fork(program, called)))


def _place(
    tree: CallTree, column: int, y: float, current: Exercise, shapes: list[Shape]
) -> tuple[Box, float]:
    """Add a function and what it calls to the shapes, from this height down.

    Returns
    -------
    box : Box
        The function.
    bottom : float
        Where the next function may begin.
    """
    below, bottom = [], y
    for one in tree.calls:
        box, bottom = _place(one, column + 1, bottom, current, shapes)
        below.append(box)
    height = _MARKED if tree.name == current.name else _BOX
    bottom = max(bottom, y + height + _GAP)
    middle = (below[0].left[1] + below[-1].left[1]) / 2 if below else y + (height + _GAP) / 2
    own = _function(tree.name, column, middle - height / 2, height, current)
    shapes.append(own)
    shapes += _fork(own, below)
    return own, bottom


def _function(name: str, column: int, top: float, height: float, current: Exercise) -> Box:
    x, width = _COLUMNS[column]
    exercise = find(name)
    if exercise is None:
        line = Line(f"{name} (given)", 8.0, code=True)
        return Box(x, top, width, height, (line,), Look(edge=FAINT, width=1.0, line="--"))
    text = f"{exercise.number} {name}"
    if exercise == current:
        bold = Line(text, 8.5, code=True, bold=True, colour=PAPER)
        lines = (bold, Line(HERE, 8.0, colour=PAPER))
        return Box(x, top, width, height, lines, Look(MARK, PAPER, 2.0))
    edge = BACKWARD if "backward" in name else FORWARD if "forward" in name else INK
    line = Line(text, 8.5, code=True)
    return Box(x, top, width, height, (line,), Look(edge=edge, width=1.4))


def _fork(caller: Box, called: list[Box]) -> list[Shape]:
    """Return the arrows from a function to those that it calls."""
    look = Look(edge=FAINT, width=1.2)
    shapes: list[Shape] = []
    for start, end in ((caller.right, box.left) for box in called):
        bend = end[0] - 22
        corners = ((bend, start[1]), (bend, end[1])) if start[1] != end[1] else ()
        shapes.append(Arrow((start, *corners, end), look))
    return shapes


def _headings(y: float, deep: bool) -> list[Label]:
    """Return the words above the columns, which say how often the functions below them run."""
    words = [(1, "once, at the start", _TOP - 14)]
    words += [(n, text, y) for n, text in enumerate(_HEADINGS if deep else _HEADINGS[:1], 1)]
    middles = [x + width / 2 for x, width in _COLUMNS]
    return [Label(Line(text, colour=FAINT), middles[n], at) for n, text, at in words]
