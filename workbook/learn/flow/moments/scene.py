"""The picture of a moment as lines, circles, boxes and words, which SVG and matplotlib draw."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbook.learn.flow.matrices import four_digits
from workbook.learn.flow.moments.moment import NEW, Moment, Walkthrough
from workbook.learn.flow.moments.values import all_there

#: The colour of a mark: that of a part of the step, that of the page's text, or a faint one.
Colour = Literal["text", "faint", "start", "forward", "cost", "backward", "update", "failed"]

# Pixels: from column to column, from unit to unit, a unit's radius, and what is left around.
_COLUMN, _ROW, _RADIUS, _LEFT, _TOP = 98, 62, 23, 36, 46
# The boxes of the cost and of a cache, and what is left between units and boxes.
_COST, _CACHE, _GAP = (92, 76), (94, 58), 18
# From the middle of the last layer's unit down to the box of the cost, at the least.
_TO_COST = 46
# Of a larger layer, so many units are drawn.
_MOST_UNITS = 6
_THINNEST, _WIDEST = 0.7, 4.5


@dataclass(frozen=True)
class Segment:
    """A straight line; along one that is run, the numbers move from its start to its end."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    colour: Colour
    is_dashed: bool = False
    is_run: bool = False


@dataclass(frozen=True)
class UnitCircle:
    """A unit."""

    at: tuple[float, float]
    radius: float
    colour: Colour
    is_full: bool = False
    is_dashed: bool = False


@dataclass(frozen=True)
class RoundedBox:
    """A rectangle with round corners, given by its upper left corner."""

    at: tuple[float, float]
    size: tuple[float, float]
    colour: Colour
    is_full: bool = False
    is_dashed: bool = False


@dataclass(frozen=True)
class WordsAround:
    """A line of text around a point; white on what is full."""

    at: tuple[float, float]
    text: str
    size: float = 13
    colour: Colour | Literal["white"] = "text"
    is_bold: bool = False


SceneItem = Segment | UnitCircle | RoundedBox | WordsAround


@dataclass(frozen=True)
class Scene:
    """A picture.

    Attributes
    ----------
    size : (float, float)
        Width and height in pixels.
    marks : tuple of SceneItem
        What is drawn, in this order.
    title, description : str
        What it is, and what is to be seen on it, for those who do not see it.
    """

    size: tuple[float, float]
    marks: tuple[SceneItem, ...]
    title: str
    description: str


def scene_of(walk: Walkthrough, at: int, point: int = 0) -> Scene:
    """Return the picture of a moment.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    at : int
        Which one.
    point : int
        The example whose numbers stand in the units.
    """
    return _Drawing(walk, at, point).scene()


def short(value: float) -> str:
    """Return a number in a few characters."""
    if not math.isfinite(value):
        return str(float(value))
    if value == 0 or 0.001 <= abs(value) < 1000:
        text = f"{value:.3g}"
        return "0" if text == "-0" else text
    return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")


class _Drawing:
    """What is needed while one picture is drawn."""

    def __init__(self, walk: Walkthrough, at: int, point: int) -> None:
        self.walk, self.at, self.point = walk, at, point
        self.moment: Moment = walk.moments[at]
        self.values, self.known = self.moment.values, walk.known(at)
        self.shown = [min(n, _MOST_UNITS) for n in walk.layers]
        self.middle = _TOP + _ROW * max(self.shown) / 2
        # The lines from the layer before pass above the box of the cost.
        lowest = _ROW * (self.shown[-2] - 1) / 2 * (_COST[0] / 2) / _COLUMN
        self.cost = self.middle + max(_TO_COST, lowest + 6)
        self.below = max(_TOP + _ROW * max(self.shown), self.cost + _COST[1])
        self.width = _LEFT + _COLUMN * walk.depth + _COST[0] / 2 + 4
        self.lit: Colour = self.moment.phase
        if self.moment.standing == "failed":
            self.lit = "failed"
        elif self.moment.is_grey:
            self.lit = "faint"

    def scene(self) -> Scene:
        marks = [*self._edges(), *self._units(), *self._heads(), *self._cost(), *self._caches()]
        layers = " → ".join(map(str, self.walk.layers))
        return Scene(
            (self.width, self.below + _GAP + _CACHE[1] + 4), tuple(marks),
            f"The network {layers}: {self.walk.written(self.moment.title)}", self._said(),
        )  # fmt: skip

    def _place(self, layer: int, unit: int) -> tuple[float, float]:
        many = self.shown[layer]
        return _LEFT + _COLUMN * layer, self.middle + _ROW * (unit - (many - 1) / 2)

    def _edges(self) -> Iterator[Segment]:
        is_moving = self.moment.phase in ("forward", "backward")
        for l in range(1, self.walk.depth + 1):
            W = self._weights(l)
            largest = abs(W).max() if W is not None else 0.0
            is_lit = self.moment.layer == l and "activation" not in self.moment.function
            for k in range(self.shown[l]):
                for j in range(self.shown[l - 1]):
                    weight = 0.0 if W is None else float(W[k, j])
                    share = abs(weight) / largest if largest > 0 and math.isfinite(largest) else 0.0
                    ends = [self._place(l - 1, j), self._place(l, k)]
                    if self.moment.phase == "backward":
                        ends.reverse()
                    yield Segment(
                        *_between(*ends), _THINNEST + (_WIDEST - _THINNEST) * share,
                        self.lit if is_lit else "faint", weight < 0, is_lit and is_moving,
                    )  # fmt: skip

    def _weights(self, l: int) -> Any:
        """Return the weights of a layer: after the update, the new ones."""
        new, old = f"W{l}{NEW}", f"W{l}"
        name = new if new in self.known and new in self.values else old
        W = self.values.get(name) if name == new or old in self.known else None
        fits = W is not None and W.shape == (self.walk.layers[l], self.walk.layers[l - 1])
        return W if fits else None

    def _units(self) -> Iterator[SceneItem]:
        for layer, many in enumerate(self.shown):
            made = self._made_in(layer)
            for k in range(many):
                yield from self._unit(layer, k, made)
            if many < self.walk.layers[layer]:
                x, y = self._place(layer, many - 1)
                yield WordsAround((x, y + _ROW / 2 + 3), f"{self.walk.layers[layer]} units", 11)

    def _unit(self, layer: int, k: int, made: bool) -> Iterator[SceneItem]:
        x, y = self._place(layer, k)
        value = self._number(self._outward(layer), k)
        colour: Colour = self.lit if made else "faint" if value is None else "text"
        is_full = made and colour not in ("faint", "failed")
        yield UnitCircle((x, y), _RADIUS, colour, is_full, colour == "failed")
        ink: Colour | Literal["white"] = "white" if is_full else "text"
        yield WordsAround((x, y), "·" if value is None else short(value), 13, ink, made)
        back = self._backward_name(layer)
        gradient = self._number(back, k)
        if gradient is not None:
            yield WordsAround((x, y + _RADIUS + 8), f"∂ {short(gradient)}", 11.5, is_bold=made)

    def _made_in(self, layer: int) -> bool:
        """Return whether this moment's numbers stand in a layer's units."""
        moment, last = self.moment, self.walk.depth
        if moment.phase == "start":
            return layer == 0
        if moment.layer is None:
            return layer == last and moment.phase != "update"
        back = moment.function == "linear_backward"
        return moment.phase != "update" and layer == moment.layer - back

    def _outward(self, layer: int) -> str:
        """Return the name of what a unit of a layer holds: Z until its activation is there."""
        A, Z = f"A{layer}", f"Z{layer}"
        return Z if A not in self.known and Z in self.known else A

    def _backward_name(self, layer: int) -> str:
        dA, dZ = f"dA{layer}", f"dZ{layer}"
        return dZ if dZ in self.known else dA

    def _number(self, name: str, k: int) -> float | None:
        array = self.values.get(name) if name in self.known else None
        if array is None or k >= array.shape[0] or self.point >= array.shape[1]:
            return None
        return float(array[k, self.point])

    def _heads(self) -> Iterator[WordsAround]:
        for layer in range(self.walk.depth + 1):
            name = self.walk.name_shown(self._outward(layer))
            x = _LEFT + _COLUMN * layer
            yield WordsAround((x, 14), "input" if layer == 0 else f"layer {layer}", 12)
            known = [name]
            back = self._backward_name(layer)
            if back in self.known:
                known.append(f"∂ {self.walk.name_shown(back)}")
            yield WordsAround((x, 31), ", ".join(known), 12, is_bold=self._made_in(layer))

    def _cost(self) -> Iterator[SceneItem]:
        """Yield the box of the cost, below the last layer's unit."""
        middle, _ = self._place(self.walk.depth, 0)
        y = self.cost
        names = [one for one in ("J", f"J{NEW}") if one in self.known and one in self.values]
        is_now = bool({"J", f"J{NEW}"} & set(self.moment.makes))
        colour: Colour = self.lit if is_now else "text" if names else "faint"
        is_full = is_now and colour not in ("faint", "failed")
        yield RoundedBox((middle - _COST[0] / 2, y), _COST, colour, is_full, colour == "failed")
        ink: Colour | Literal["white"] = "white" if is_full else "text"
        yield WordsAround((middle, y + 16), "cost J", 12, ink)
        texts = [four_digits(float(self.values[one])) for one in names] or ["·"]
        for i, text in enumerate(texts):
            said = f"→ {text}" if i else text
            yield WordsAround((middle, y + 38 + 21 * i), said, 15, ink, is_bold=True)

    def _caches(self) -> Iterator[SceneItem]:
        for l, state in enumerate(self.walk.cache_states(self.at), 1):
            x, y = _LEFT + _COLUMN * l, self.below + _GAP
            lit = state.endswith("now")
            colour: Colour = self.lit if lit else "faint" if state == "empty" else "text"
            is_full = lit and colour not in ("faint", "failed")
            yield RoundedBox((x - _CACHE[0] / 2, y), _CACHE, colour, is_full, state == "empty")
            ink: Colour | Literal["white"] = "white" if is_full else "text"
            names = ", ".join(map(self.walk.name_shown, (f"A{l - 1}", f"W{l}", f"b{l}", f"Z{l}")))
            for i, text in enumerate((f"cache {l}", names, state)):
                yield WordsAround((x, y + 13 + 17 * i), text, 11.5, ink, is_bold=i == 2 and lit)

    def _said(self) -> str:
        """Return in words what is drawn."""
        told = []
        for layer in range(self.walk.depth + 1):
            for name in (self._outward(layer), self._backward_name(layer)):
                numbers = [self._number(name, k) for k in range(self.shown[layer])]
                if None not in numbers:
                    listed = ", ".join(short(one) for one in numbers if one is not None)
                    told.append(f"{self.walk.name_shown(name)}: {listed}")
        caches = [f"cache {l} {one}" for l, one in enumerate(self.walk.cache_states(self.at), 1)]
        if all_there(("J",), self.values) and "J" in self.known:
            told.append(f"cost J: {four_digits(float(self.values['J']))}")
        return f"Column {self.point}. {'; '.join(told)}. {'; '.join(caches)}."


def _between(
    start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the line from the edge of one unit to that of the other."""
    across, down = end[0] - start[0], end[1] - start[1]
    share = (_RADIUS + 1) / math.hypot(across, down)
    dx, dy = across * share, down * share
    return (start[0] + dx, start[1] + dy), (end[0] - dx, end[1] - dy)


#: Colours on which white words can be read, and which stand out on a white and on a black page:
#: blue, purple, orange and green that the colour-blind can tell apart; words and places say the
#: same.
COLOURS: dict[str, str] = {
    "start": "#5F5F5F", "forward": "#0072B2", "cost": "#8A4FA3", "backward": "#B54A00",
    "update": "#00795A", "failed": "#C62828",
}  # fmt: skip
