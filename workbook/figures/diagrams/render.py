"""Matplotlib figures of drawings, and a check for labels that cannot be read."""

from itertools import combinations
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle as CirclePatch
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase

from workbook.figures.diagrams.colours import PAPER
from workbook.figures.diagrams.drawing import Arrow, Box, Circle, Drawing, Label, Look, Shape
from workbook.figures.diagrams.parts import pitch, stack
from workbook.figures.picture import Picture

#: Pixels of a canvas per inch of the figure.
PER_INCH = 100.0
_HEAD = (9.0, 4.0)
# Pixels at the edge of a text's extent that another shape may touch: letters rarely reach it.
_TOUCH = 1.0
# Paper around a text that stands on the page, in pixels.
_PLATE_PAD = 3.0
_PLATE = "plate"


def render(drawing: Drawing) -> Picture:
    """Return the figure of a drawing.

    The figure is unknown to pyplot, and the learner's own settings do not change it.
    """
    with style.context("default"):
        size = (drawing.width / PER_INCH, drawing.height / PER_INCH)
        figure = Picture(figsize=size, dpi=PER_INCH, facecolor="none")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, drawing.width)
        axes.set_ylim(drawing.height, 0)
        for number, shape in enumerate(drawing.shapes):
            _draw(axes, shape, f"shape-{number}", 1 + number / len(drawing.shapes))
        _put_on_plates(axes)
    return figure


def _put_on_plates(axes: Axes) -> None:
    """Put a plate of paper behind each text that stands on the page and not in a box."""
    boxes = [patch.get_window_extent() for patch in axes.patches if patch.get_fill()]
    for text in axes.texts:
        extent = text.get_window_extent()
        if text.get_text() and not any(_inside(extent, box) for box in boxes):
            corner = (extent.x0 - _PLATE_PAD, axes.bbox.y1 - extent.y1 - _PLATE_PAD)
            size = (extent.width + 2 * _PLATE_PAD, extent.height + 2 * _PLATE_PAD)
            plate = FancyBboxPatch(
                corner, *size, "round,pad=0,rounding_size=4", facecolor=PAPER, linewidth=0,
                zorder=0.5, gid=_PLATE,
            )  # fmt: skip
            axes.add_patch(plate)


def _draw(axes: Axes, shape: Shape, name: str, order: float) -> None:
    match shape:
        case Box():
            _box(axes, shape, name, order)
        case Circle():
            at = shape.x, shape.y
            patch = CirclePatch(at, shape.radius, gid=name, zorder=order, **_area(shape.look))
            axes.add_patch(patch)
            _text(axes, Label(shape.line, *at), f"in {name}")
        case Label():
            _text(axes, shape, name)
        case Arrow():
            _arrow(axes, shape, name, order)


def _box(axes: Axes, box: Box, name: str, order: float) -> None:
    corner = min(box.look.round, box.width / 2, box.height / 2)
    patch = FancyBboxPatch(
        (box.x, box.y), box.width, box.height, f"round,pad=0,rounding_size={corner}",
        gid=name, zorder=order, **_area(box.look),
    )  # fmt: skip
    axes.add_patch(patch)
    top = box.y + (box.height - sum(map(pitch, box.lines))) / 2
    for label in stack(box.lines, box.top[0], top):
        _text(axes, label, f"in {name}")


def _area(look: Look) -> dict[str, Any]:
    return {
        "facecolor": look.face,
        "edgecolor": look.edge,
        "linewidth": look.width,
        "linestyle": look.line,
    }


def _text(axes: Axes, label: Label, name: str) -> None:
    line = label.line
    axes.text(
        label.x, label.y, line.text, fontsize=line.size, color=line.colour, ha=label.align,
        va="center_baseline", gid=name,
        family="DejaVu Sans Mono" if line.code else "DejaVu Sans",
        weight="bold" if line.bold else "normal", zorder=3, parse_math=False,
    )  # fmt: skip


def _arrow(axes: Axes, arrow: Arrow, name: str, order: float) -> None:
    look, points = arrow.look, list(arrow.points)
    if arrow.head:
        (x0, y0), (x1, y1) = points[-2:]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        deep, half = _HEAD
        # The line ends where the head begins; otherwise its end would blunt the tip.
        points[-1] = base = (x1 - deep * dx, y1 - deep * dy)
        sides = [
            (base[0] - half * dy, base[1] + half * dx),
            (base[0] + half * dy, base[1] - half * dx),
        ]
        head = Polygon([(x1, y1), *sides], color=look.edge, lw=0, gid=f"{name} head", zorder=order)
        axes.add_patch(head)
    xs, ys = zip(*points, strict=True)
    axes.add_line(
        Line2D(xs, ys, color=look.edge, linewidth=look.width, linestyle=look.line, gid=name,
               zorder=order, solid_capstyle="butt", solid_joinstyle="round")
    )  # fmt: skip


def overlaps(figure: Figure) -> list[str]:
    """Return a sentence for each label that is covered, crossed, cut off or outside its box.

    Parameters
    ----------
    figure : Figure
        A figure from `render`, which marks the box that each text belongs to.
    """
    figure.draw_without_rendering()
    texts = [t for axes in figure.axes for t in axes.texts if t.get_visible() and t.get_text()]
    extents = [text.get_window_extent().padded(-_TOUCH) for text in texts]
    patches = [patch for axes in figure.axes for patch in axes.patches]
    # What each takes up is computed once, and not again for each text.
    areas = {
        patch.get_gid(): (patch.get_window_extent(), patch.get_zorder())
        for patch in patches
        if patch.get_gid() != _PLATE
    }
    lines = [
        line.get_transform().transform_path(line.get_path())
        for axes in figure.axes
        for line in axes.lines
    ]
    found = []
    for text, extent in zip(texts, extents, strict=True):
        if not _inside(extent, figure.bbox):
            found.append(f"{text.get_text()!r} is cut off at the edge of the figure")
        found += _against_areas(text, extent, areas)
        found += [
            f"{text.get_text()!r} is crossed by a line"
            for line in lines
            if line.intersects_bbox(extent, False)
        ]
    for (one, first), (two, second) in combinations(zip(texts, extents, strict=True), 2):
        if first.overlaps(second):
            found.append(f"{one.get_text()!r} and {two.get_text()!r} overlap")
    return found


def _against_areas(
    text: Text, extent: Bbox, areas: dict[str | None, tuple[Bbox, float]]
) -> list[str]:
    """Return a sentence for each box that a text leaves, crosses or is covered by."""
    own, said = (text.get_gid() or "").removeprefix("in "), repr(text.get_text())
    order = areas[own][1] if own in areas else text.get_zorder()
    found = []
    for gid, (box, above) in areas.items():
        if gid == own:
            if not _inside(extent, box):
                found.append(f"{said} does not fit into its box")
        elif extent.overlaps(box) and not _inside(extent, box):
            found.append(f"{said} lies across the edge of another shape")
        elif extent.overlaps(box) and above > order:
            found.append(f"{said} lies in a shape that it does not belong to")
    return found


def _inside(inner: BboxBase, outer: BboxBase) -> bool:
    return bool(outer.contains(*inner.min) and outer.contains(*inner.max))
