"""The picture of a moment as SVG, with the page's colour for words and lines."""

from collections.abc import Iterator

from workbook.figures.html import Html, element
from workbook.learn.flow.moments.scene import (
    COLOURS,
    RoundedBox,
    Scene,
    SceneItem,
    Segment,
    UnitCircle,
    WordsAround,
)

# Dots run along the lines that are lit, twice, and for nobody who wants no motion.
_STYLE = """
.wb-flow-dot { display: none }
.wb-flow-text {
  paint-order: stroke; stroke: var(--jp-layout-color0, transparent); stroke-width: 3px
}
@media (prefers-reduced-motion: no-preference) {
  .wb-flow-dot { display: inline; opacity: 0; animation: wb-flow-run 0.9s ease-in-out 2 }
}
@keyframes wb-flow-run {
  from { transform: translate(0, 0); opacity: 1 }
  to { transform: translate(var(--across), var(--down)); opacity: 1 }
}
"""
# The letters are at the least and at the most so many times as large: the picture of three layers
# fits a window of 400 pixels, and is scrolled in a narrower one.
_SMALLEST, _LARGEST = 0.72, 1.3


def scene_svg(scene: Scene) -> Html:
    """Return a picture as an SVG element, with its title and its description."""
    width, height = scene.size
    shapes = [one for mark in scene.marks for one in _drawn(mark)]
    return element(
        "svg", element("title", scene.title), element("desc", scene.description),
        element("style", Html(_STYLE)), *shapes,
        xmlns="http://www.w3.org/2000/svg", role="img",
        aria_label=f"{scene.title}. {scene.description}", viewBox=f"0 0 {width:g} {height:g}",
        style=f"display:block;width:100%;max-width:{width * _LARGEST:g}px;"
              f"min-width:{width * _SMALLEST:g}px;color:inherit;font-family:sans-serif",
    )  # fmt: skip


def _drawn(mark: SceneItem) -> Iterator[Html]:
    if isinstance(mark, WordsAround):
        yield _words(mark)
    elif isinstance(mark, Segment):
        yield from _line(mark)
    elif isinstance(mark, UnitCircle):
        x, y = mark.at
        yield element("circle", cx=f"{x:g}", cy=f"{y:g}", r=f"{mark.radius:g}", **_outline(mark))
    else:
        (x, y), (width, height) = mark.at, mark.size
        yield element("rect", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}",
                      rx=6, **_outline(mark))  # fmt: skip


def _colour(name: str) -> str:
    return "currentColor" if name in ("text", "faint") else COLOURS[name]


def _outline(mark: UnitCircle | RoundedBox) -> dict[str, str]:
    colour = _colour(mark.colour)
    look = {
        "fill": colour if mark.is_full else "none",
        "stroke": colour,
        "stroke_width": "2.5" if mark.colour == "failed" else "1.4",
    }
    if mark.is_dashed:
        look["stroke_dasharray"] = "4 3"
    if mark.colour == "faint":
        look["stroke_opacity"] = "0.55"
    return look


def _line(line: Segment) -> Iterator[Html]:
    (x1, y1), (x2, y2) = line.start, line.end
    look = {"stroke": _colour(line.colour), "stroke_width": f"{line.width:.2f}"}
    if line.is_dashed:
        look["stroke_dasharray"] = "7 4"
    if line.colour == "faint":
        look["stroke_opacity"] = "0.4"
    yield element("line", x1=f"{x1:g}", y1=f"{y1:g}", x2=f"{x2:g}", y2=f"{y2:g}", **look)
    if line.is_run and line.colour != "faint":
        yield element(
            "circle", cx=f"{x1:g}", cy=f"{y1:g}", r="4.5", fill=_colour(line.colour),
            style=f"--across:{x2 - x1:g}px;--down:{y2 - y1:g}px", **{"class": "wb-flow-dot"},
        )  # fmt: skip


def _words(words: WordsAround) -> Html:
    x, y = words.at
    fill = "#fff" if words.colour == "white" else _colour(words.colour)
    return element(
        "text", words.text, x=f"{x:g}", y=f"{y:g}", fill=fill, font_size=f"{words.size:g}",
        text_anchor="middle", dominant_baseline="central",
        font_weight="bold" if words.is_bold else None,
        # Where lines cross words, the page's ground stands between them.
        **{"class": "wb-flow-text" if words.colour == "text" else None},
    )  # fmt: skip
