"""`draw_graph(...)`: what a number was made of, as boxes and arrows; PyTorch's graph, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from workbook.figures.picture import BLUE, GREY, INK, SKY, Picture, style
from workbook.figures.problems import PictureError

#: More boxes than this nobody can read.
MOST_NODES = 30
_WIDE, _HIGH = 1.9, 1.0


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
        name = " = ".join([*known, sign] if sign else known) or f"{value.data:g}"
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
        name = " = ".join([*known, str(node.name()).rpartition("::")[2]])
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


def _visit(value: Any, parents: Any, order: list[Any]) -> None:
    """Append a value to the order, after all that it was made of."""
    if len(order) > MOST_NODES:
        raise PictureError(f"the graph has more than {MOST_NODES} numbers: draw a smaller one")
    if any(value is one for one in order):
        return
    for parent in parents(value):
        _visit(parent, parents, order)
    order.append(value)


def _place(order: Sequence[Any], value: Any) -> int:
    return next(place for place, one in enumerate(order) if one is value)


def positions(nodes: Sequence[Node]) -> list[tuple[float, float]]:
    """Return where each box stands: as far right as its longest way from the left takes it."""
    columns: list[int] = []
    for node in nodes:
        columns.append(max((columns[parent] + 1 for parent in node.parents), default=0))
    users = {parent: columns[i] for i, n in reversed([*enumerate(nodes)]) for parent in n.parents}
    # What nothing was made of stands just before its first use.
    columns = [
        users[i] - 1 if not node.parents and i in users else columns[i]
        for i, node in enumerate(nodes)
    ]
    places = []
    for i, column in enumerate(columns):
        together = [j for j, other in enumerate(columns) if other == column]
        row = together.index(i) - (len(together) - 1) / 2
        # Shifted a little by column, so that an arrow does not run through a box in its way.
        places.append((3.1 * column, -1.7 * row + 0.35 * (column % 2)))
    return places


def _draw(nodes: tuple[Node, ...]) -> Picture:
    places = positions(nodes)
    xs, ys = zip(*places, strict=True)
    width, height = max(xs) - min(xs) + 3.2, max(ys) - min(ys) + 2.0
    with style():
        picture = Picture(figsize=(min(9.0, 1.05 * width), min(9.0, 1.05 * width) / width * height))
        ax = picture.add_axes((0.0, 0.0, 1.0, 1.0))
        ax.set(xlim=(min(xs) - 1.6, max(xs) + 1.6), ylim=(min(ys) - 1.0, max(ys) + 1.0))
        ax.set_axis_off()
        size = min(9.0, 9.5 * picture.get_figwidth() / width)
        for i, node in enumerate(nodes):
            _box(ax, node, places[i], size)
            for number, parent in enumerate(node.parents):
                twice = node.parents.count(parent) > 1
                bend = (0.25 if number % 2 else -0.25) if twice else 0.0
                slope = f"{node.slopes[number]:.4g}" if node.slopes else ""
                _arrow(ax, places[parent], places[i], bend, slope, size)
    picture.alt = _words(nodes)
    return picture


def _box(ax: Axes, node: Node, place: tuple[float, float], size: float) -> None:
    x, y = place
    face = "white" if node.parents else SKY
    box = {"boxstyle": "round,pad=0.45", "facecolor": face, "edgecolor": INK, "linewidth": 1.0}
    text = "\n".join([node.name, *node.lines])
    ax.text(x, y, text, ha="center", va="center", fontsize=size, bbox=box, zorder=3)


def _arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    bend: float,
    slope: str,
    size: float,
) -> None:
    """Draw an arrow from a parent to what was made of it, with its slope beside the middle."""
    (x0, y0), (x1, y1) = start, end
    begin, stop = (x0 + _WIDE / 2, y0), (x1 - _WIDE / 2, y1)
    ax.add_patch(
        FancyArrowPatch(
            begin, stop, connectionstyle=f"arc3,rad={bend}", arrowstyle="-|>", mutation_scale=11,
            color=GREY, shrinkA=0, shrinkB=2, zorder=2,
        )
    )  # fmt: skip
    if slope:
        # The middle of the bow: half of the bend times the length, to its right.
        x = (begin[0] + stop[0]) / 2 + bend / 2 * (stop[1] - begin[1])
        y = (begin[1] + stop[1]) / 2 - bend / 2 * (stop[0] - begin[0])
        around = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        ax.text(
            x, y, slope, ha="center", va="center", fontsize=size, color=BLUE, bbox=around, zorder=4
        )


def _words(nodes: Sequence[Node]) -> str:
    """Return the graph in words."""
    said = []
    for node in nodes:
        made = [nodes[parent].name for parent in node.parents]
        of = f" made of {' and '.join(made)}" if made else ""
        slopes = f", slopes {', '.join(f'{s:.4g}' for s in node.slopes)}" if node.slopes else ""
        said.append(f"{', '.join([node.name, *node.lines])}{of}{slopes}")
    return f"A graph of {len(nodes)} boxes, from left to right: {'; '.join(said)}."
