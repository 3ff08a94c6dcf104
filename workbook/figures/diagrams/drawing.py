"""Drawings as plain data: boxes, labels, arrows and circles on a canvas.

Lengths are in pixels. The canvas is 900 pixels wide, like the text of a notebook; x runs to the
right and y down.

The names of these classes and of their attributes are part of a drawing's digest, and so of every
image that has been written.
"""

import hashlib
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from workbook.figures.diagrams.colours import INK, NONE, PAPER

DRAWING_WIDTH = 900.0

#: Solid, dashed or dotted.
Stroke = Literal["-", "--", ":"]
Point = tuple[float, float]


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
    def left(self) -> Point:
        """Middle of the left edge."""
        return self.x, self.y + self.height / 2

    @property
    def right(self) -> Point:
        """Middle of the right edge."""
        return self.x + self.width, self.y + self.height / 2

    @property
    def top(self) -> Point:
        """Middle of the upper edge."""
        return self.x + self.width / 2, self.y

    @property
    def bottom(self) -> Point:
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

    points: tuple[Point, ...]
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
    shapes: tuple[Shape, ...]
    width: float = DRAWING_WIDTH

    def texts(self) -> list[str]:
        """Return all text in the diagram."""
        return [line.text for shape in self.shapes for line in lines_of(shape)]

    def colours(self) -> tuple[list[str], list[str]]:
        """Return the colours of areas, and the colours of lines and letters."""
        looks = [shape.look for shape in self.shapes if not isinstance(shape, Label)]
        letters = [line.colour for shape in self.shapes for line in lines_of(shape)]
        faces = {look.face for look in looks} - {NONE}
        return sorted({PAPER, *faces}), sorted({*letters, *(look.edge for look in looks)})

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


def _rounded(value: Any) -> Any:
    """Round lengths to a tenth of a pixel, since the last digits of sums differ by machine."""
    if isinstance(value, float):
        return round(value, 1) + 0.0
    if isinstance(value, tuple):
        return tuple(map(_rounded, value))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: _rounded(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **parts)
    return value
