"""`draw_graph(...)`: what a number was made of, as boxes and arrows; PyTorch's graph, too."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from workbook.figures.picture import BLUE, GREY, INK, SKY, Picture, style
from workbook.figures.validation import PictureError

#: More boxes than this nobody can read.
MOST_NODES = 30
# Lengths are in inches of a picture that need not be made smaller.
_WIDE, _HIGH, _COLUMN, _ROW, _WIDEST = 1.1, 0.62, 1.85, 0.95, 9.0

#: The column and the row of a box, or of a place that an arrow passes; rows count from the middle.
Position = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """One number of a graph.

    Attributes
    ----------
    name : str
        Its name, or the operation that it came from.
    lines : tuple of str
        What is known of it, such as its data and its gradient.
    parents : tuple of int
        What it was made of, by place in the graph; each parent comes before it.
    slopes : tuple of float
        Its derivative with respect to each parent; empty where that is not known.
    """

    name: str
    lines: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    slopes: tuple[float, ...] = ()


def draw_graph(result: Any, **names: Any) -> Picture:
    """Draw the numbers that a result was made of, from left to right.

    Parameters
    ----------
    result : Value or torch.Tensor
        Your own Value, or a tensor of PyTorch's that was computed from others.
    **names : Value or torch.Tensor
        Numbers that are to be drawn with a name, as in ``draw_graph(z, x=x)``.

    Returns
    -------
    Picture
        A matplotlib figure. On each arrow stands the slope of this one operation, if it is kept.

    Raises
    ------
    PictureError
        If the result does not know what it was made of, or the graph is too large to be read.
    """
    nodes = tuple(_of_pytorch(result, names) if hasattr(result, "grad_fn") else _own(result, names))
    return _draw(nodes)


def _own(result: Any, names: dict[str, Any]) -> Iterator[Node]:
    """Yield the nodes of the learner's own graph, parents first."""
    order: list[Any] = []
    _visit(result, lambda value: _attribute(value, "parents"), order)
    for value in order:
        parents = _attribute(value, "parents")
        known = [name for name, one in names.items() if one is value]
        sign = str(getattr(value, "sign", ""))
        lines = tuple(f"{word} {_attribute(value, word):.4g}" for word in ("data", "grad"))
        name = ": ".join([*known, sign] if sign else known) or f"{value.data:g}"
        slopes = tuple(getattr(value, "slopes", ()))
        yield Node(name, lines, tuple(_place(order, one) for one in parents), slopes)


def _of_pytorch(result: Any, names: dict[str, Any]) -> Iterator[Node]:
    """Yield the nodes of PyTorch's graph, those first to which the gradient goes."""
    if result.grad_fn is None:
        raise PictureError("this tensor was not computed from one with requires_grad=True")
    order: list[Any] = []
    _visit(result.grad_fn, _next, order)
    for node in order:
        leaf = getattr(node, "variable", None)
        known = [name for name, one in names.items() if one is leaf or one.grad_fn is node]
        name = ": ".join([*known, str(node.name()).rpartition("::")[2]])
        lines = () if leaf is None or leaf.grad is None else (f"grad {leaf.grad.item():.4g}",)
        yield Node(name, lines, tuple(_place(order, one) for one in _next(node)))


def _next(node: Any) -> list[Any]:
    # None stands for a number that needs no gradient, such as the 2 in x * 2.
    return [following for following, _ in node.next_functions if following is not None]


def _attribute(value: Any, name: str) -> Any:
    try:
        return getattr(value, name)
    except AttributeError:
        raise PictureError(
            f"draw_graph looks at `{name}`, which this {type(value).__name__} has not: it draws "
            "Values that keep data, grad and parents, as the released class does"
        ) from None


def _visit(box: Any, parents: Callable[[Any], Iterable[Any]], order: list[Any]) -> None:
    """Append a box to the order, after all that it was made of."""
    if len(order) > MOST_NODES:
        raise PictureError(f"the graph has more than {MOST_NODES} numbers: draw a smaller one")
    if any(box is one for one in order):
        return
    for parent in parents(box):
        _visit(parent, parents, order)
    order.append(box)


def _place(order: Sequence[Any], value: Any) -> int:
    return next(place for place, one in enumerate(order) if one is value)


def layout(nodes: Sequence[Node]) -> dict[tuple[int, ...], Position]:
    """Return where each box stands, and by where its long arrows pass.

    Columns run from left to right: each box stands to the right of all that it was made of. An
    arrow over several columns has a place in each, as a box has, so that it runs through no box.

    Returns
    -------
    dict
        ``(i,)`` is the place of node i, ``(parent, i, column)`` one of an arrow to it.
    """
    columns: list[int] = []
    for node in nodes:
        columns.append(max((columns[parent] + 1 for parent in node.parents), default=0))
    uses: dict[int, int] = {}
    for column, node in zip(columns, nodes, strict=True):
        uses |= {p: min(column, uses.get(p, column)) for p in node.parents}
    for i, node in enumerate(nodes):
        # What nothing was made of stands just before its first use.
        if not node.parents and i in uses:
            columns[i] = uses[i] - 1
    members: dict[int, list[tuple[int, ...]]] = {column: [] for column in sorted(set(columns))}
    for i, node in enumerate(nodes):
        members[columns[i]].append((i,))
        for parent in dict.fromkeys(node.parents):
            for column in range(columns[parent] + 1, columns[i]):
                members[column].append((parent, i, column))
    places: dict[tuple[int, ...], Position] = {}
    for column, here in members.items():
        here.sort(key=lambda one: _height_of_parents(one, nodes, places))
        for row, one in enumerate(here):
            places[one] = (float(column), (len(here) - 1) / 2 - row)
    return places


def _height_of_parents(
    one: tuple[int, ...], nodes: Sequence[Node], places: dict[tuple[int, ...], Position]
) -> float:
    """Return how far down a box belongs, seen from what it was made of."""
    parents = one[:1] if len(one) > 1 else nodes[one[0]].parents
    rows = [places[(parent,)][1] for parent in parents if (parent,) in places]
    return -sum(rows) / len(rows) if rows else 0.0


def _draw(nodes: tuple[Node, ...]) -> Picture:
    places = {one: (_COLUMN * x, _ROW * y) for one, (x, y) in layout(nodes).items()}
    xs, ys = zip(*places.values(), strict=True)
    left, right = min(xs) - _WIDE / 2 - 0.1, max(xs) + _WIDE / 2 + 0.1
    low, high = min(ys) - _HIGH / 2 - 0.2, max(ys) + _HIGH / 2 + 0.2
    scale = min(1.0, _WIDEST / (right - left))
    with style():
        picture = Picture(figsize=(scale * (right - left), scale * (high - low)))
        ax = picture.add_axes((0.0, 0.0, 1.0, 1.0))
        ax.set(xlim=(left, right), ylim=(low, high))
        ax.set_axis_off()
        for i, node in enumerate(nodes):
            _box(ax, node, places[(i,)], scale)
            for number, parent in enumerate(node.parents):
                by = [place for one, place in places.items() if one[:2] == (parent, i)]
                twice = node.parents.count(parent) > 1
                bow = 0.0 if not twice else 0.22 if number == 0 else -0.22
                slope = f"{node.slopes[number]:.4g}" if node.slopes else ""
                _arrow(ax, [places[(parent,)], *by, places[(i,)]], bow, slope, scale)
    picture.alt = _words(nodes)
    return picture


def _box(ax: Axes, node: Node, place: Position, scale: float) -> None:
    """Draw a box; what nothing was made of is filled."""
    x, y = place
    corner, face = (x - _WIDE / 2, y - _HIGH / 2), "white" if node.parents else SKY
    shape = "round,pad=0,rounding_size=0.08"
    ax.add_patch(
        FancyBboxPatch(corner, _WIDE, _HIGH, shape, facecolor=face, edgecolor=INK, zorder=3)
    )
    text = "\n".join([node.name, *node.lines])
    # A name such as AccumulateGrad fills the box.
    size = min(9.0, 120.0 / max(map(len, text.splitlines())))
    ax.text(x, y, text, ha="center", va="center", fontsize=scale * size, zorder=4)


def _arrow(ax: Axes, by: list[Position], bow: float, slope: str, scale: float) -> None:
    """Draw an arrow through these places, bent up or down, with its slope on it."""
    (x0, y0), *between, (x1, y1) = by
    points = [(x0 + _WIDE / 2, y0 + bow), *between, (x1 - _WIDE / 2, y1 + bow)]
    ax.add_patch(
        FancyArrowPatch(
            path=Path(points), arrowstyle="-|>", mutation_scale=10 * scale, color=GREY, zorder=2
        )
    )
    if slope:
        (xa, ya), (xb, yb) = points[:2]
        around = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        # Nearer to one of its ends: arrows cross in the middle.
        part = 0.72 if bow < 0 else 0.36
        x, y = xa + part * (xb - xa), ya + part * (yb - ya)
        ax.text(
            x, y, slope, ha="center", va="center", fontsize=8.5 * scale, color=BLUE, bbox=around,
            zorder=4,
        )  # fmt: skip


def _words(nodes: Sequence[Node]) -> str:
    """Return the graph in words."""
    said = []
    for node in nodes:
        made = [nodes[parent].name for parent in node.parents]
        of = f" made of {' and '.join(made)}" if made else ""
        slopes = f", slopes {', '.join(f'{s:.4g}' for s in node.slopes)}" if node.slopes else ""
        said.append(f"{', '.join([node.name, *node.lines])}{of}{slopes}")
    return f"A graph of {len(nodes)} boxes, from left to right: {'; '.join(said)}."
