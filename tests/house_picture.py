"""The picture of the program's rooms, drawn from `test_house.ORDER` and from the imports.

``python -m tests.house_picture`` writes it; `test_house` sees that it is right.
"""

import ast
from itertools import pairwise
from pathlib import Path

from tests.test_house import ORDER, PROGRAM, modules, reached, room
from workbook.figures.diagrams.colours import FAINT, FORWARD, INK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Circle, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.write import png

FILE = PROGRAM.parent / "docs" / "house.png"

# The way of an answer: the rooms that it passes, and what happens there.
WAY = (
    ("grade.submissions", "a notebook is found and read as a submission"),
    ("grade.sandbox", "its cells run in the student's process, which answers by wire"),
    ("grade.judging", "the judge runs the hidden tests and makes a result"),
    ("grade.gradebook", "the gradebook gets the marks"),
    ("grade.report", "the page shows them"),
)

# Where the large rooms stand: left edge, top edge and width.
PLACES = {
    "cli": (20.0, 12.0, 420.0),
    "__init__": (460.0, 12.0, 420.0),
    "grade": (20.0, 92.0, 420.0),
    "learn": (460.0, 92.0, 420.0),
    "figures": (460.0, 334.0, 420.0),
    "build": (20.0, 444.0, 420.0),
    "diagnosis": (20.0, 524.0, 420.0),
    "course": (20.0, 604.0, 860.0),
}
HEIGHT = 756.0
HEAD, ROW = 42.0, 38.0
# The lane between the two columns, and the one left of the first.
MIDDLE, LEFT = 450.0, 9.0
THIN = Look(edge=INK, width=1.2)
WAY_LOOK = Look(edge=FORWARD, width=2.4)


def said(name: str) -> str:
    """Return the first line of what a room says of itself."""
    path = PROGRAM.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()[0]


def large(name: str) -> str:
    """Return the large room that a room is part of; all front doors of notebooks are one."""
    first = name.split(".")[0]
    return first if first in PLACES else "__init__"


def arrows() -> set[tuple[str, str]]:
    """Return which large room imports which, without what follows from other arrows."""
    direct = {(large(room(name)), large(to)) for name, path in modules().items()
              for to in reached(path)}  # fmt: skip
    direct = {(one, other) for one, other in direct if one != other}

    def far(one: str, seen: frozenset[str] = frozenset()) -> set[str]:
        nearer = {other for start, other in direct if start == one} - seen
        return nearer | {last for other in nearer for last in far(other, seen | {other})}

    return {
        (one, other) for one, other in direct
        if not any(other in far(between) for start, between in direct if start == one)
    }  # fmt: skip


def house() -> Drawing:
    """Return the picture: the rooms, what imports what, and the way of an answer."""
    boxes: dict[str, Box] = {}
    shapes: list[Shape] = []
    for name, (x, y, width) in PLACES.items():
        parts = [one for one in ORDER if one.startswith(f"{name}.")]
        boxes[name] = Box(x, y, width, HEAD + ROW * len(parts) + (2 if parts else 0), (), THIN)
        title = "workbook, earlier, data, landscapes" if name == "__init__" else name
        words = "Front doors: what notebooks import." if name == "__init__" else said(name)
        shapes += [boxes[name], *_text(x + 10, y + 13, title, words)]
        for number, part in enumerate(parts):
            boxes[part] = Box(
                x + 32, y + HEAD + number * ROW, width - 36, ROW - 4, (), Look(edge=FAINT)
            )
            shapes += [boxes[part], *_text(x + 40, boxes[part].y + 9, part, said(part))]
    shapes += [Arrow(_route(boxes, *pair), THIN) for pair in sorted(arrows())]
    shapes += _way(boxes)
    return Drawing(HEIGHT, tuple(shapes))


def _text(x: float, y: float, name: str, sentence: str) -> list[Shape]:
    bold = Line(name, 8.5, code=True, bold=True)
    return [Label(bold, x, y, "left"), Label(Line(sentence, 6.8, colour=FAINT), x, y + 15, "left")]


def _route(boxes: dict[str, Box], start: str, end: str) -> tuple[tuple[float, float], ...]:
    """Return the points of an arrow that crosses no room."""
    one, other = boxes[start], boxes[end]
    if one.x == other.x and not any(
        one.y < boxes[name].y < other.y and boxes[name].x == one.x for name in PLACES
    ):
        return one.bottom, (one.bottom[0], other.y)
    if end == "course":
        return one.bottom, (one.bottom[0], other.y)
    if one.x < MIDDLE < other.x:
        # From the left column into the top of a room of the right one.
        corner = other.y - 14
        down = one.x + one.width - 30
        return (
            (down, one.y + one.height), (down, corner), (other.x + 40, corner),
            (other.x + 40, other.y),
        )  # fmt: skip
    if one.right[0] > MIDDLE:
        # Out of the right column, down the lane in the middle.
        return one.left, (MIDDLE, one.left[1]), (MIDDLE, other.right[1]), other.right
    if other.width < 2 * MIDDLE and start == "cli":
        return one.left, (LEFT, one.left[1]), (LEFT, other.left[1]), other.left
    low = one.y + one.height - 12
    return (one.right[0], low), (MIDDLE, low), (MIDDLE, other.right[1]), other.right


def _way(boxes: dict[str, Box]) -> list[Shape]:
    """Return the way of an answer: an arrow through the rooms, with a number at each stop."""
    x = boxes["grade"].x + 16
    stops = [boxes[place].left[1] for place, _ in WAY]
    ends = [stops[0] + 26, *stops, stops[-1] - 32]
    shapes: list[Shape] = [
        Arrow(((x, start - 10), (x, end + 10)), WAY_LOOK, head=end == ends[-1])
        for start, end in pairwise(ends)
    ]
    for number, y in enumerate(stops, 1):
        white = Line(str(number), 8.0, bold=True, colour=PAPER)
        shapes.append(Circle(x, y, 10, white, Look(face=FORWARD, edge=FORWARD)))
    words = [f"{number} {what}" for number, (_, what) in enumerate(WAY, 1)]
    said = [f"The way of an answer: {', '.join(words[:2])},", f"{', '.join(words[2:])}."]
    low = HEIGHT - 50
    return [
        *shapes,
        *(Label(Line(text, 8.0, colour=FORWARD), 20.0, low + 16 * row, "left")
          for row, text in enumerate(said)),
        Label(Line("A thin arrow: imports.", 8.0), 20.0, low + 34, "left"),
    ]  # fmt: skip


if __name__ == "__main__":
    FILE.write_bytes(png(house()))
    print(f"written: {Path(FILE).name}")
