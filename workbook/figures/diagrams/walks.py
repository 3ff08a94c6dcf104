"""Picture of lab 14: two walks in a ravine, of plain descent and of descent with momentum."""

import math

from workbook.figures.diagrams.colours import BACKWARD, FORWARD, LINE
from workbook.figures.diagrams.drawing import Drawing, Label, Line, Look, Point, Shape
from workbook.figures.diagrams.parts import dot, path

_STEEP = 25.0


def walks() -> Drawing:
    """Return plain descent and descent with momentum in a ravine, from the same start."""
    rows = (
        ("plain descent, learning rate 0.075: to and fro between the walls", 0.0, 0.075, 8.0),
        (
            "momentum, learning rate 0.25: to and fro cancels, so it may go faster",
            0.8,
            0.25,
            200.0,
        ),
    )
    shapes = [shape for row in rows for shape in _walk(*row)]
    return Drawing(392.0, tuple(shapes))


def _walk(title: str, beta: float, rate: float, top: float) -> list[Shape]:
    """Return the map of a ravine, and the places that a rule visits in it."""

    def at(along: float, across: float) -> Point:
        return 700.0 + 68.0 * along, top + 104.0 - 26.0 * across

    shapes: list[Shape] = [Label(Line(title, 10.0, bold=True), 14.0, top + 10.0, "left")]
    for height in (3.0, 12.0, 30.0):
        wide, high = math.sqrt(2 * height), math.sqrt(2 * height / _STEEP)
        turn = [math.tau * k / 72 for k in range(73)]
        ring = [at(wide * math.cos(t), high * math.sin(t)) for t in turn]
        shapes.append(path([p for p in ring if p[0] < 890.0], Look(edge=LINE, width=1.0, line=":")))
    (along, across), (v_along, v_across) = (-9.0, 2.3), (0.0, 0.0)
    places = [(along, across)]
    for _ in range(24):
        v_along = beta * v_along + (1 - beta) * along
        v_across = beta * v_across + (1 - beta) * _STEEP * across
        along, across = along - rate * v_along, across - rate * v_across
        places.append((along, across))
    colour = BACKWARD if beta == 0 else FORWARD
    shapes.append(path([at(*one) for one in places], Look(edge=colour, width=1.4)))
    shapes += [dot(*at(*one), colour, 3.0) for one in places]
    shapes += [Label(Line("start"), *at(-9.0, 3.0)), dot(*at(0.0, 0.0), LINE, 5.0)]
    return shapes
