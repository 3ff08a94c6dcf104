"""Pictures of the labs: secants, a signal on its way, masks, receipts, a test; and two walks."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from workbook.figures.diagrams.colours import (
    BACKWARD,
    FAINT,
    FORWARD,
    GREY,
    INK,
    LINE,
    NONE,
    PAPER,
)
from workbook.figures.diagrams.drawing import (
    Arrow,
    Box,
    Circle,
    Drawing,
    Label,
    Line,
    Look,
    Point,
    Shape,
)
from workbook.figures.diagrams.parts import arrow, dot, path
from workbook.figures.diagrams.walks import walks

_CURVE = Look(edge=LINE, width=2.0)
_TANGENT = Look(edge=FORWARD, width=2.0, line="--")
_SECANT = Look(edge=BACKWARD, width=2.4)


# --- Lab 12: the slope of a secant ----------------------------------------------------------------

# The curve is y = u^2 / 2 + u^3 / 6 in units of 80 pixels, about the point where it is measured.
_UNIT, _PLACE, _STEP = 80.0, 0.7, 0.9


def _height(u: float) -> float:
    return u * u / 2 + u**3 / 6


def secants() -> Drawing:
    """Return the one-sided and the central difference, as secants beside the tangent."""
    sides = (
        ("one-sided: from here to one step on", 230.0, (_PLACE, _PLACE + _STEP)),
        ("central: from one step back to one step on", 680.0, (_PLACE - _STEP, _PLACE + _STEP)),
    )
    shapes = [shape for side in sides for shape in _secant(*side)]
    shapes += _legend(
        362.0, (("the curve", _CURVE), ("its tangent", _TANGENT), ("what is measured", _SECANT))
    )
    return Drawing(384.0, tuple(shapes))


def _legend(y: float, entries: Sequence[tuple[str, Look]]) -> list[Shape]:
    """Return what the lines of a picture are, in a row."""
    shapes: list[Shape] = []
    for number, (said, look) in enumerate(entries):
        x = 450.0 + (number - len(entries) / 2) * 230.0
        shapes += [path([(x, y), (x + 44.0, y)], look), Label(Line(said), x + 54.0, y, "left")]
    return shapes


def _secant(title: str, middle: float, ends: tuple[float, float]) -> list[Shape]:
    """Return a curve with its tangent, and the secant through two of its points."""

    def at(u: float, y: float) -> Point:
        return middle + (u - _PLACE) * _UNIT, 285.0 - y * _UNIT

    def line(through: float, slope: float, begin: float, end: float, look: Look) -> Arrow:
        height = _height(through)
        return path([at(u, height + slope * (u - through)) for u in (begin, end)], look)

    curve = [at(u / 20, _height(u / 20)) for u in range(-18, 40)]
    first, last = ends
    secant = (_height(last) - _height(first)) / (last - first)
    tangent = _PLACE + _PLACE**2 / 2
    shapes: list[Shape] = [
        Label(Line(title, 10.0, bold=True), middle, 16.0),
        path(curve, _CURVE),
        line(_PLACE, tangent, 0.1, 2.0, _TANGENT),
        line(first, secant, first - 0.15, last + 0.25, _SECANT),
    ]
    shapes += [dot(*at(u, _height(u)), BACKWARD, 5.0) for u in ends]
    shapes += [dot(*at(_PLACE, _height(_PLACE)), FORWARD, 5.0)] if _PLACE not in ends else []
    low = 318.0
    for u in sorted({_PLACE, *ends}):
        x, y = at(u, _height(u))
        word = "\N{GREEK SMALL LETTER THETA}" + (
            "" if u == _PLACE else " + h" if u > _PLACE else " - h"
        )
        shapes += [path([(x, y + 7), (x, low - 12)], Look(edge=FAINT, width=1.0, line=":"))]
        shapes += [Label(Line(word, 9.0, code=True), x, low)]
    return shapes


# --- Lab 13: a signal on its way through many layers ----------------------------------------------

_LAYERS = 30


def whispers() -> Drawing:
    """Return what is left of a signal after each of 30 layers that multiply it by one factor."""
    shapes: list[Shape] = []
    for row, factor in enumerate((0.9, 1.0, 1.1)):
        shapes += _row_of_bars(factor, 8.0 + 122.0 * row)
    return Drawing(390.0, (*shapes, Label(Line("layer 1"), 196.0, 376.0), _last_layer()))


def _last_layer() -> Label:
    return Label(Line(f"layer {_LAYERS}"), 180.0 + 23.0 * _LAYERS - 16.0, 376.0, "right")


def _row_of_bars(factor: float, top: float) -> list[Shape]:
    """Return a bar for each layer, as high as the signal there; the tallest are cut off."""
    low, most = top + 108.0, 100.0
    left = f"{factor**_LAYERS:.2g} times as loud at the end" if factor != 1 else "as loud as before"
    left += ", cut off here" if factor > 1 else ""
    shapes: list[Shape] = [
        Label(Line(f"each layer: times {factor}", 9.5, bold=True), 6.0, low - 66.0, "left"),
        Label(Line(left, 8.0), 6.0, low - 46.0, "left"),
        path([(180.0, low), (880.0, low)], Look(edge=FAINT, width=1.0)),
    ]
    look = Look(FORWARD if factor <= 1 else BACKWARD, NONE, 0.0, round=1.0)
    for layer in range(_LAYERS):
        height = min(22.0 * factor ** (layer + 1), most)
        shapes.append(Box(186.0 + 23.0 * layer, low - height, 15.0, height, (), look))
    return shapes


# --- Lab 15: masks --------------------------------------------------------------------------------

_SIZES = (3, 5, 5, 1)
# The units of the two hidden layers that are silent, in each of three steps.
_SILENT = (((1, 3), (0,)), ((0,), (2, 4)), ((2, 4), (1,)))


def masks() -> Drawing:
    """Return the same network in three steps of a training with dropout."""
    shapes: list[Shape] = []
    for step, silent in enumerate(_SILENT):
        left = 20.0 + 300.0 * step
        shapes.append(Label(Line(f"step {step + 1}", 10.0, bold=True), left + 130.0, 14.0))
        shapes += _masked(left, silent)
    word = "crossed out: silent in this step, and its weights with it"
    return Drawing(286.0, (*shapes, Label(Line(word), 450.0, 270.0)))


def _masked(left: float, silent: tuple[tuple[int, ...], ...]) -> list[Shape]:
    """Return a network in which some hidden units are silent."""
    quiet = {(layer, unit) for layer, units in enumerate(silent, 1) for unit in units}
    at = {
        (layer, unit): (left + 20.0 + 75.0 * layer, 140.0 + 42.0 * (unit - (size - 1) / 2))
        for layer, size in enumerate(_SIZES)
        for unit in range(size)
    }
    thin = Look(edge=LINE, width=1.0)
    shapes: list[Shape] = [
        path([at[one], at[two]], thin)
        for one in at
        for two in at
        if two[0] == one[0] + 1 and one not in quiet and two not in quiet
    ]
    for one, (x, y) in at.items():
        look = Look(GREY, FAINT, 1.2, "--") if one in quiet else Look(PAPER, FORWARD, 1.8)
        shapes.append(Circle(x, y, 14.0, Line(""), look))
        if one in quiet:
            shapes += [
                path([(x - 8, y - 8 * way), (x + 8, y + 8 * way)], Look(edge=INK, width=1.6))
                for way in (1, -1)
            ]
    return shapes


# --- Lab 16: receipts -----------------------------------------------------------------------------


def receipts() -> Drawing:
    """Return numbers that keep what they were made of, and the way back along their receipts."""
    names = (("x = 3", "counts 24"), ("y = 2 x = 6", "counts 12"), ("z = y² = 36", "counts 1"))
    boxes = [
        Box(
            30.0 + 330.0 * number, 54.0, 180.0, 62.0,
            (Line(said, 10.5, bold=True), Line(counts, 9.5, colour=BACKWARD)),
            Look(PAPER, INK, 1.4),
        )
        for number, (said, counts) in enumerate(names)
    ]  # fmt: skip
    shapes: list[Shape] = [*boxes]
    words = (("times 2", "times 2"), ("squared", "times 12"))
    for (one, two), (forward, back) in zip(pairwise(boxes), words, strict=True):
        there = [(one.right[0], 70.0), (two.left[0], 70.0)]
        home = [(two.left[0], 100.0), (one.right[0], 100.0)]
        shapes += arrow(there, Look(edge=FORWARD, width=1.8), Line(forward))
        shapes += arrow(home, Look(edge=BACKWARD, width=1.8, line="--"), Line(back), side="below")
    shapes += [
        Label(
            Line("forward: values, and a receipt for each", 9.5, bold=True, colour=FORWARD),
            450.0,
            18.0,
        ),
        Label(
            Line("backward: what each counts for z", 9.5, bold=True, colour=BACKWARD),
            450.0,
            154.0,
        ),
    ]
    return Drawing(176.0, tuple(shapes))


# --- Lab 17: what a test sees of a candidate ------------------------------------------------------


def looks() -> Drawing:
    """Return a candidate as its test sees it: what goes in, what comes back, and four questions."""
    plain, closed = Look(PAPER, INK, 1.4), Look(GREY, INK, 1.4)
    columns = (
        ("what goes in", 20.0, "dZ, A_prev, W, b", "of any sizes from 1", plain),
        ("who is tested", 345.0, "candidate", "cannot be looked into", closed),
        ("what comes back", 670.0, "dA_prev, dW, db", "shapes of A_prev, W, b?", plain),
    )
    below = (
        ("inputs: as before?", "copies, kept aside", "compared after the call"),
        ("answer: the same?", "candidate, once more", "another layer between"),
        ("numbers: equal?", "slopes of the cost", "measured, not looked up"),
    )
    shapes: list[Shape] = []
    boxes = []
    for (title, left, name, said, look), (asked, other, how) in zip(columns, below, strict=True):
        middle = left + 105.0
        lines = Line(name, 10.5, bold=True, code=True), Line(said, 9.0)
        boxes.append(Box(left, 34.0, 210.0, 66.0, lines, look))
        lower = Line(other, 10.0, bold=True), Line(how, 9.0)
        shapes.append(Box(left, 166.0, 210.0, 60.0, lower, Look(PAPER, BACKWARD, 1.4, "--")))
        shapes.append(Label(Line(title, 10.0, bold=True), middle, 16.0))
        both = [(middle, 166.0), (middle, 100.0)]
        shapes += arrow(both, Look(edge=BACKWARD, width=1.8, line="--"), Line(asked), side="right")
    for (one, two), word in zip(pairwise(boxes), ("called", "returns"), strict=True):
        way = [(one.right[0], 67.0), (two.left[0], 67.0)]
        shapes += arrow(way, Look(edge=FORWARD, width=1.8), Line(word))
    word = "asked for many layers: one example, one unit, one input, numbers of 1e6 and of 1e-6"
    return Drawing(264.0, (*boxes, *shapes, Label(Line(word), 450.0, 248.0)))


def by_lab() -> dict[str, Callable[[], Drawing]]:
    """Return the pictures, by the names of their files."""
    return {
        "secants_12": secants,
        "whispers_13": whispers,
        "walks_14": walks,
        "masks_15": masks,
        "receipts_16": receipts,
        "looks_17": looks,
    }
