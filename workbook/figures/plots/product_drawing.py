"""Pictures of matrix products as blocks, with lines between the sizes that must be equal."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from workbook.figures.picture import BLUE, GREY, INK, SKY, VERMILLION, YELLOW, Picture, style
from workbook.figures.plots.product_shapes import ArrayShape, EqualSizes, Product

# Everything below is in inches.
_WIDTH, _HIGHEST = 9.0, 2.2
_GAP, _NAME_HEIGHT, _LINE = 0.62, 0.55, 0.21
_SMALLEST, _LARGEST_CELL = 0.22, 0.34
# If sides differ by more than this factor, they are not to scale: the short ones would vanish.
_MOST_TO_SCALE = 10.0
_MOST_CELLS = 12
_LETTERS, _LETTER, _NARROWEST = 104, 0.075, 6.0


@dataclass(frozen=True)
class _Block:
    """The rectangle of one array in inches: left edge, upper edge, width and height."""

    x: float
    y: float
    width: float
    height: float


def draw_product(product: Product) -> Picture:
    """Return the picture of a product."""
    shapes = [*(factor.shape for factor in product.factors), product.result]
    names = [*(factor.name for factor in product.factors), "result"]
    sizes, to_scale = _sizes(shapes)
    words = [line for said in product.words for line in _lines(said)]
    if not to_scale:
        words.append("The sides are not to scale: the sizes differ too much.")
    text = _LINE * len(words) + 0.15
    bottom = text + 0.36 * len(product.links) + 0.2
    top = bottom + max(height for _, height in sizes)
    height = top + _NAME_HEIGHT + 0.4
    blocks = _blocks(sizes, names, shapes, top)
    across = blocks[-1].x + blocks[-1].width + 0.45
    width = max(across, max(map(len, words)) * _LETTER + 0.4, _NARROWEST)
    title = f"{product.formula}: {_summary(product)}"
    with style():
        picture = Picture(figsize=(width, height))
        picture.alt = "\n".join((title, *product.words))
        axes = picture.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.axis("off")
        axes.text(0.15, height - 0.1, title, weight="bold", va="top", fontsize=11)
        for block, name, shape in zip(blocks, names, shapes, strict=True):
            _block(axes, block, name, shape)
        _operators(axes, blocks)
        for depth, link in enumerate(product.links, 1):
            _link(axes, blocks, link, bottom - 0.36 * depth)
        for number, line in enumerate(words):
            axes.text(0.15, text - number * _LINE, line, va="top", fontsize=10, color=INK)
    return picture


def _lines(said: str) -> list[str]:
    """Wrap a sentence; a shape stays on one line."""
    whole = re.sub(r"(?<=\d), (?=\d)", ",\N{NO-BREAK SPACE}", said)
    return textwrap.wrap(whole, _LETTERS)


def _summary(product: Product) -> str:
    if product.result is None:
        return "the shapes do not fit"
    if product.is_right:
        return f"the shapes fit, and give {product.result}"
    return f"NumPy gives {product.result}, but not what a layer needs"


def _sizes(shapes: Sequence[ArrayShape | None]) -> tuple[list[tuple[float, float]], bool]:
    """Return the width and height of each block, and whether the sides are to scale."""
    known = [max(size, 1) for shape in shapes if shape for size in shape]
    largest = max(known, default=1)
    ratio = largest / min(known, default=1)
    to_scale = ratio <= _MOST_TO_SCALE
    # With this power of the sizes, the shortest side is still a tenth of the longest.
    power = 1.0 if to_scale else 1.0 / log10(ratio)
    sides = [[max(size, 1) ** power for size in _width_and_height(shape)] for shape in shapes]
    room = _WIDTH - _GAP * len(sides) - 1.4
    across = sum(width for width, _ in sides)
    scale = min(_HIGHEST / max(height for _, height in sides), room / across)
    if to_scale:
        scale = min(scale, _LARGEST_CELL)
    return [(max(w * scale, _SMALLEST), max(h * scale, _SMALLEST)) for w, h in sides], to_scale


def _width_and_height(shape: ArrayShape | None) -> tuple[int, int]:
    """Return the columns and rows to draw; a single axis is drawn as a row, as NumPy treats it."""
    if not shape:
        return 1, 1
    return (shape[0], 1) if len(shape) == 1 else (shape[1], shape[0])


def _blocks(
    sizes: Sequence[tuple[float, float]],
    names: Sequence[str],
    shapes: Sequence[ArrayShape | None],
    top: float,
) -> list[_Block]:
    """Return the blocks from left to right, each in a slot that is wide enough for its text."""
    slots = [
        max(width, 0.1 * len(name), 0.085 * len(_shape_text(shape)))
        for (width, _), name, shape in zip(sizes, names, shapes, strict=True)
    ]
    left = 0.45
    blocks = []
    for (width, height), slot in zip(sizes, slots, strict=True):
        blocks.append(_Block(left + (slot - width) / 2, top, width, height))
        left += slot + _GAP
    return blocks


def _shape_text(shape: ArrayShape | None) -> str:
    return "none" if shape is None else str(shape)


def _block(axes: Axes, block: _Block, name: str, shape: ArrayShape | None) -> None:
    color = "white" if shape is None else YELLOW if name == "result" else SKY
    axes.add_patch(
        Rectangle(
            (block.x, block.y - block.height), block.width, block.height,
            facecolor=to_rgba(color, 0.45), edgecolor=INK, linewidth=1.2, zorder=2, label=name,
            linestyle="--" if shape is None or len(shape) < 2 else "-",
        )
    )  # fmt: skip
    center = block.x + block.width / 2
    axes.text(center, block.y + 0.3, name, ha="center", weight="bold", fontsize=11)
    axes.text(center, block.y + 0.09, _shape_text(shape), ha="center", fontsize=10, color=GREY)
    if shape is None:
        axes.text(center, block.y - block.height / 2, "?", ha="center", va="center", fontsize=14)
        return
    columns, rows = _width_and_height(shape)
    if 0 < max(rows, columns) <= _MOST_CELLS:
        for i in range(1, rows):
            y = block.y - block.height * i / rows
            axes.plot([block.x, block.x + block.width], [y, y], color=GREY, lw=0.5, zorder=2)
        for j in range(1, columns):
            x = block.x + block.width * j / columns
            axes.plot([x, x], [block.y - block.height, block.y], color=GREY, lw=0.5, zorder=2)


def _operators(axes: Axes, blocks: Sequence[_Block]) -> None:
    """Write @, + and = between the blocks."""
    signs = ["@", "+", "="] if len(blocks) == 4 else ["@", "="]
    for sign, one, other in zip(signs, blocks, blocks[1:], strict=False):
        middle = (one.x + one.width + other.x) / 2
        axes.text(middle, one.y + 0.18, sign, ha="center", va="center", fontsize=14)


def _link(axes: Axes, blocks: Sequence[_Block], link: EqualSizes, level: float) -> None:
    """Draw a line between two sizes, with both numbers on it."""
    is_inner = link.second == 1
    color = VERMILLION if is_inner else BLUE
    dashes = "-" if link.fits else (0, (4, 2))
    one, other = blocks[link.first], blocks[link.second]
    thick: Any = {"color": color, "lw": 4.0, "solid_capstyle": "butt", "zorder": 3}
    if is_inner:
        # The columns of the left factor lie along its lower edge.
        start = one.x + one.width / 2
        below = one.y - one.height - 0.04
        axes.plot([one.x, one.x + one.width], [below, below], **thick)
    else:
        start = one.x - 0.05
        below = one.y - one.height
        axes.plot([start, start], [below, one.y], **thick)
    end = other.x - 0.05
    axes.plot([end, end], [other.y - other.height, other.y], **thick)
    axes.plot([start, start, end, end], [below, level, level, other.y - other.height],
              color=color, lw=1.6, linestyle=dashes, zorder=3, label=link.label)  # fmt: skip
    sign = "" if link.fits else "✗ "
    axes.text((start + end) / 2, level, f"{sign}{link.label}", ha="center", va="center", color=INK,
              weight="bold", fontsize=10.5, zorder=5,
              bbox={"facecolor": "white", "edgecolor": color, "pad": 2.5,
                    "linestyle": dashes})  # fmt: skip
