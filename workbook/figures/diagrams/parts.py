"""Parts that several diagrams share: arrows with words beside them, stacked lines, headings."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from workbook.figures.diagrams.colours import LINE, MARK, PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Circle, Label, Line, Look, Point, Shape

#: An arrow of what is handed on.
THIN = Look(edge=LINE, width=1.4)
#: The words at the current exercise.
HERE = "you are here"


def arrow(
    points: Iterable[Point], look: Look, *lines: Line, side: str = "above"
) -> tuple[Shape, ...]:
    """Return an arrow, and lines of text beside the middle of its longest segment.

    Parameters
    ----------
    points : iterable of (float, float)
        Points of the arrow, the head last.
    look : Look
        Style of the arrow.
    *lines : Line
        Text beside the arrow.
    side : str
        "above", "below" or "right" of that segment.
    """
    path = tuple(points)
    (x0, y0), (x1, y1) = max(
        pairwise(path), key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1])
    )
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    total = sum(map(pitch, lines))
    if side == "right":
        return (Arrow(path, look), *stack(lines, x + 6, y - total / 2, "left"))
    return (Arrow(path, look), *stack(lines, x, y + 5 if side == "below" else y - 5 - total))


def stack(lines: Iterable[Line], x: float, top: float, align: str = "center") -> list[Label]:
    """Return lines of text, one below another, from this height on."""
    labels = []
    for line in lines:
        labels.append(Label(line, x, top + pitch(line) / 2, align))
        top += pitch(line)
    return labels


def column_headings(
    columns: Iterable[tuple[tuple[float, float], str, str, str]], title_y: float, code_y: float
) -> list[Shape]:
    """Return the headings of columns, each a title and a name in code below it.

    Parameters
    ----------
    columns : iterable of ((float, float), str, str, str)
        Left edge and width of each column, its title, the name in code, the title's colour.
    title_y, code_y : float
        Middle of the titles, and of the names.
    """
    return [
        label
        for (x, width), title, code, colour in columns
        for label in (
            Label(Line(title, 10.0, bold=True, colour=colour), x + width / 2, title_y),
            Label(Line(code, 9.0, code=True), x + width / 2, code_y),
        )
    ]


def here_flag(x: float, y: float, height: float = 19.0) -> Box:
    """Return the flag that says "you are here", to stand on the edge of a box."""
    line = Line(HERE, 8.5, bold=True, colour=PAPER)
    return Box(x, y, 96.0, height, (line,), Look(MARK, PAPER, 1.0, round=3.0))


def pitch(line: Line) -> float:
    """Return the height of a line of text in pixels, with its leading."""
    return line.size * 100 / 72 * 1.22


def shifted(shape: Shape, right: float) -> Shape:
    """Return a shape, moved to the right by a number of pixels."""
    if isinstance(shape, Arrow):
        return replace(shape, points=tuple((x + right, y) for x, y in shape.points))
    return replace(shape, x=shape.x + right)


def path(points: Iterable[Point], look: Look) -> Arrow:
    """Return a line through points, without a head."""
    return Arrow(tuple(points), look, head=False)


def dot(x: float, y: float, colour: str, radius: float = 4.0) -> Circle:
    """Return a filled circle without a word."""
    return Circle(x, y, radius, Line(""), Look(colour, colour))
