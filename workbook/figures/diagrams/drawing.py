"""Drawings as plain data: boxes, labels, arrows and circles on a canvas.

Lengths are in pixels. The canvas is 900 pixels wide, like the text of a notebook; x runs to the
right and y down. Nothing is told by colour alone: a word or the style of a line says the same.

The names of these classes and of their attributes are part of a drawing's digest, and so of every
image that has been written.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

WIDTH = 900.0

# Dark on light, and distinct also in greyscale; the hues are those of Okabe and Ito.
INK = "#222222"
FAINT = "#6b6b6b"
PAPER = "#ffffff"
FORWARD = "#0072b2"
BACKWARD = "#b34700"
MARK = "#1a1a1a"

#: Solid, dashed or dotted.
Stroke = Literal["-", "--", ":"]


@dataclass(frozen=True)
class Line:
    """One line of text.

    Attributes
    ----------
    text : str
        The text, without line breaks.
    size : float
        Font size in points; a canvas has 100 pixels per inch.
    code : bool
        Whether to use a monospaced font.
    bold : bool
        Whether to use a bold font.
    colour : str
        Colour of the letters.
    """

    text: str
    size: float = 9.0
    code: bool = False
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Look:
    """Style of an area or an arrow.

    Attributes
    ----------
    face, edge : str
        Colours of the area and of its edge.
    width : float
        Width of the edge in points.
    line : Stroke
        Style of the edge.
    round : float
        Radius of the corners in pixels.
    """

    face: str = PAPER
    edge: str = INK
    width: float = 1.0
    line: Stroke = "-"
    round: float = 5.0


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text, one below another, in its middle."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    look: Look = Look()

    @property
    def left(self) -> tuple[float, float]:
        """Middle of the left edge."""
        return self.x, self.y + self.height / 2

    @property
    def right(self) -> tuple[float, float]:
        """Middle of the right edge."""
        return self.x + self.width, self.y + self.height / 2

    @property
    def top(self) -> tuple[float, float]:
        """Middle of the upper edge."""
        return self.x + self.width / 2, self.y

    @property
    def bottom(self) -> tuple[float, float]:
        """Middle of the lower edge."""
        return self.x + self.width / 2, self.y + self.height


@dataclass(frozen=True)
class Label:
    """A line of text outside any box, aligned to a point at its "center", "left" or "right"."""

    line: Line
    x: float
    y: float
    align: str = "center"


@dataclass(frozen=True)
class Arrow:
    """A line through points, with a head at the last point unless ``head`` is False."""

    points: tuple[tuple[float, float], ...]
    look: Look = Look()
    head: bool = True


@dataclass(frozen=True)
class Circle:
    """A circle, such as a unit of a layer, with a line of text in it."""

    x: float
    y: float
    radius: float
    line: Line
    look: Look = Look()


Shape = Box | Label | Arrow | Circle


@dataclass(frozen=True)
class Drawing:
    """A whole diagram: its shapes in the order in which they are drawn."""

    height: float
    shapes: tuple[Shape, ...] = field(default=())
    width: float = WIDTH

    def texts(self) -> list[str]:
        """Return all text in the diagram."""
        return [line.text for shape in self.shapes for line in lines_of(shape)]

    def colours(self) -> tuple[list[str], list[str]]:
        """Return the colours of areas, and the colours of lines and letters."""
        looks = [shape.look for shape in self.shapes if not isinstance(shape, Label)]
        letters = [line.colour for shape in self.shapes for line in lines_of(shape)]
        return sorted({PAPER, *(look.face for look in looks)}), sorted(
            {*letters, *(look.edge for look in looks)}
        )

    def digest(self) -> str:
        """Return a hash of the drawing that does not depend on the version of matplotlib."""
        return hashlib.sha256(repr(_rounded(self)).encode()).hexdigest()


def lines_of(shape: Shape) -> tuple[Line, ...]:
    """Return the lines of text in a shape."""
    match shape:
        case Box(lines=lines):
            return lines
        case Label(line=line) | Circle(line=line):
            return (line,)
    return ()


def arrow(
    points: Iterable[tuple[float, float]], look: Look, *lines: Line, side: str = "above"
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
        "above", "below", "left" or "right" of that segment.
    """
    path = tuple(points)
    (x0, y0), (x1, y1) = max(
        pairwise(path), key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1])
    )
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (Arrow(path, look), *_beside(x, y, side, lines))


def _beside(x: float, y: float, side: str, lines: tuple[Line, ...]) -> list[Label]:
    gap, heights = 5.0, [pitch(line) for line in lines]
    total = sum(heights)
    first = {"above": y - gap - total, "below": y + gap}.get(side, y - total / 2)
    labels = []
    for line, height in zip(lines, heights, strict=True):
        align = {"left": "right", "right": "left"}.get(side, "center")
        across = {"left": x - gap - 1, "right": x + gap + 1}.get(side, x)
        labels.append(Label(line, across, first + height / 2, align))
        first += height
    return labels


def headings(
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


def pitch(line: Line) -> float:
    """Return the height of a line of text in pixels, with its leading."""
    return line.size * 100 / 72 * 1.22


def shifted(shape: Shape, right: float) -> Shape:
    """Return a shape, moved to the right by a number of pixels."""
    if isinstance(shape, Arrow):
        return replace(shape, points=tuple((x + right, y) for x, y in shape.points))
    return replace(shape, x=shape.x + right)


def _rounded(drawing: Drawing) -> Drawing:
    """Round lengths to a tenth of a pixel, since the last digits of sums differ by machine."""

    def tenth(value: float) -> float:
        return round(value, 1) + 0.0

    def of(shape: Shape) -> Shape:
        match shape:
            case Arrow(points=points):
                return replace(shape, points=tuple((tenth(x), tenth(y)) for x, y in points))
            case Box(width=width, height=height):
                at = tenth(shape.x), tenth(shape.y)
                return replace(shape, x=at[0], y=at[1], width=tenth(width), height=tenth(height))
        return replace(shape, x=tenth(shape.x), y=tenth(shape.y))

    return replace(drawing, shapes=tuple(of(shape) for shape in drawing.shapes))
