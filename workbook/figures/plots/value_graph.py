"""`draw_graph(...)`: the computation graph of a number, the learner's own or PyTorch's."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from workbook.figures.picture import BLUE, GREY, INK, SKY, Picture, style
from workbook.figures.validation import PictureError

#: A graph with more boxes than this would be unreadable.
MOST_NODES = 30
# Lengths in inches, before a wide picture is scaled down.
_WIDE, _HIGH, _COLUMN, _ROW, _WIDEST = 1.1, 0.62, 1.85, 0.95, 9.0

#: Column and row of a box, or of a point that an arrow passes; rows count from the middle.
Position = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """One number in a computation graph.

    Attributes
    ----------
    name : str
        Its name, or the operation that computed it.
    lines : tuple of str
        Further lines in its box, such as its data and its gradient.
    parents : tuple of int
        Indices of its operands in the graph; each operand comes before it.
    slopes : tuple of float
        Its derivative with respect to each parent; empty if unknown.
    """

    name: str
    lines: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    slopes: tuple[float, ...] = ()


def draw_graph(result: Any, **names: Any) -> Picture:
    """Draw the computation graph of a result, from left to right.

    Parameters
    ----------
    result : Value or torch.Tensor
        Your own Value, or a PyTorch tensor that was computed from others.
    **names : Value or torch.Tensor
        Names for numbers in the graph, as in ``draw_graph(z, x=x)``.

    Returns
    -------
    Picture
        A matplotlib figure. Each arrow is labelled with the slope of its operation, if known.

    Raises
    ------
    PictureError
        If the result does not record its operands, or the graph is too large to be read.
    """
    nodes = tuple(
        _pytorch_nodes(result, names) if hasattr(result, "grad_fn") else _own_nodes(result, names)
    )
    return _draw(nodes)


def _own_nodes(result: Any, names: dict[str, Any]) -> Iterator[Node]:
    """Yield the nodes of the graph of the learner's own class, parents first."""
    order: list[Any] = []
    _append(result, _parents, order)
    for value in order:
        known = [name for name, one in names.items() if one is value]
        sign = str(getattr(value, "sign", ""))
        lines = tuple(f"{word} {_attribute(value, word):.4g}" for word in ("data", "grad"))
        name = ": ".join([*known, sign] if sign else known) or f"{value.data:g}"
        slopes = tuple(getattr(value, "slopes", ()))
        yield Node(name, lines, _indices(order, _parents(value)), slopes)


def _pytorch_nodes(result: Any, names: dict[str, Any]) -> Iterator[Node]:
    """Yield the nodes of PyTorch's graph, parents first."""
    if result.grad_fn is None:
        raise PictureError("this tensor was not computed from one with requires_grad=True")
    order: list[Any] = []
    _append(result.grad_fn, _next, order)
    for node in order:
        leaf = getattr(node, "variable", None)
        known = [name for name, one in names.items() if one is leaf or one.grad_fn is node]
        name = ": ".join([*known, str(node.name()).rpartition("::")[2]])
        lines = () if leaf is None or leaf.grad is None else (f"grad {leaf.grad.item():.4g}",)
        yield Node(name, lines, _indices(order, _next(node)))


def _parents(value: Any) -> Any:
    return _attribute(value, "parents")


def _next(node: Any) -> list[Any]:
    # None stands for a number that needs no gradient, such as the 2 in x * 2.
    return [following for following, _ in node.next_functions if following is not None]


def _attribute(value: Any, name: str) -> Any:
    try:
        return getattr(value, name)
    except AttributeError:
        raise PictureError(
            f"draw_graph needs the attribute `{name}`, which this {type(value).__name__} does not "
            "have: it draws Values with data, grad and parents, as the released class has them"
        ) from None


def _append(box: Any, parents: Callable[[Any], Iterable[Any]], order: list[Any]) -> None:
    """Append a value to the order, after all of its ancestors."""
    if len(order) > MOST_NODES:
        raise PictureError(f"the graph has more than {MOST_NODES} numbers: draw a smaller one")
    if any(box is one for one in order):
        return
    for parent in parents(box):
        _append(parent, parents, order)
    order.append(box)


def _indices(order: Sequence[Any], values: Iterable[Any]) -> tuple[int, ...]:
    """Return the places of these very objects in the order."""
    places = {id(one): place for place, one in enumerate(order)}
    return tuple(places[id(value)] for value in values)


def layout(nodes: Sequence[Node]) -> dict[tuple[int, ...], Position]:
    """Return the position of each box, and the points that long arrows pass.

    Each box stands in a column to the right of its parents. An arrow across several columns gets a
    position in each of them, as a box does, so that it does not run through a box.

    Returns
    -------
    dict
        Key ``(i,)`` for node i, key ``(parent, i, column)`` for an arrow from its parent.
    """
    columns: list[int] = []
    for node in nodes:
        columns.append(max((columns[parent] + 1 for parent in node.parents), default=0))
    uses: dict[int, int] = {}
    for column, node in zip(columns, nodes, strict=True):
        uses |= {p: min(column, uses.get(p, column)) for p in node.parents}
    for i, node in enumerate(nodes):
        # A node without parents stands just before its first use.
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
    """Return how far down a box belongs, judged by the rows of its parents."""
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
    picture.alt = _description(nodes)
    return picture


def _box(ax: Axes, node: Node, place: Position, scale: float) -> None:
    """Draw a box; a node without parents is filled."""
    x, y = place
    corner, face = (x - _WIDE / 2, y - _HIGH / 2), "white" if node.parents else SKY
    shape = "round,pad=0,rounding_size=0.08"
    box = FancyBboxPatch(corner, _WIDE, _HIGH, shape, facecolor=face, edgecolor=INK, zorder=3)
    ax.add_patch(box)
    text = "\n".join([node.name, *node.lines])
    # A long name such as AccumulateGrad gets smaller letters.
    size = min(9.0, 120.0 / max(map(len, text.splitlines())))
    ax.text(x, y, text, ha="center", va="center", fontsize=scale * size, zorder=4)


def _arrow(ax: Axes, by: list[Position], bow: float, slope: str, scale: float) -> None:
    """Draw an arrow through these positions, bent up or down, with its slope on it."""
    (x0, y0), *between, (x1, y1) = by
    points = [(x0 + _WIDE / 2, y0 + bow), *between, (x1 - _WIDE / 2, y1 + bow)]
    look: Any = {"arrowstyle": "-|>", "mutation_scale": 10 * scale, "color": GREY, "zorder": 2}
    ax.add_patch(FancyArrowPatch(path=Path(points), **look))
    if slope:
        (xa, ya), (xb, yb) = points[:2]
        around = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        # Nearer to one end, because arrows cross in the middle.
        part = 0.72 if bow < 0 else 0.36
        x, y = xa + part * (xb - xa), ya + part * (yb - ya)
        ax.text(
            x, y, slope, ha="center", va="center", fontsize=8.5 * scale, color=BLUE, bbox=around,
            zorder=4,
        )  # fmt: skip


def _description(nodes: Sequence[Node]) -> str:
    """Return the graph in words."""
    said = []
    for node in nodes:
        made = [nodes[parent].name for parent in node.parents]
        of = f" made of {' and '.join(made)}" if made else ""
        slopes = f", slopes {', '.join(f'{s:.4g}' for s in node.slopes)}" if node.slopes else ""
        said.append(f"{', '.join([node.name, *node.lines])}{of}{slopes}")
    return f"A graph of {len(nodes)} boxes, from left to right: {'; '.join(said)}."
