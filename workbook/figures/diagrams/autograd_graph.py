"""Diagram of the graph that PyTorch records for a network, beside the course's own caches."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbook.figures.diagrams.autograd_record import RecordedNode
from workbook.figures.diagrams.colours import BACKWARD, FAINT, GREY, INK, PALE
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look, Shape
from workbook.figures.diagrams.network import Layer, layers_of
from workbook.figures.diagrams.parts import THIN, arrow, column_headings

# Left edge and width of the columns: leaves, PyTorch's nodes, the course's own functions.
_LEAF, _NODE, _OWN = (6.0, 176.0), (232.0, 244.0), (566.0, 322.0)
_TOP, _BOX, _STEP, _BETWEEN = 58.0, 44.0, 64.0, 26.0
_HEADINGS = (
    (_LEAF, "gathered in", ".grad", INK),
    (_NODE, "PyTorch's record", "cost.grad_fn", INK),
    (_OWN, "our caches, our functions", "L_model_backward", INK),
)
_OWN_FLOW = Look(edge=BACKWARD, width=1.4)


@dataclass(frozen=True)
class _Row:
    """A node on the chain from the cost to the input, its leaves, its layer and its upper edge."""

    node: RecordedNode
    leaves: tuple[RecordedNode, ...]
    layer: int
    y: float


def autograd_graph(
    graph: Sequence[RecordedNode], layer_dims: Sequence[int], examples: int
) -> Drawing:
    """Return PyTorch's graph of a network beside the course's caches.

    Parameters
    ----------
    graph : sequence of RecordedNode
        The answer of `record` for the same sizes.
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    examples : int
        Number of examples, m.
    """
    layers = layers_of(layer_dims, examples)
    rows = _rows(graph, len(layers))
    shapes = column_headings(_HEADINGS, 14.0, 32.0)
    parts = [
        _own_functions(layer, [row for row in rows if row.layer == layer.number])
        for layer in layers
    ]
    # Frames first, because the arrow from a layer ends inside the frame of the next layer.
    shapes += [part[0] for part in parts] + [shape for part in parts for shape in part[1:]]
    shapes += _cost(layers[-1], rows)
    boxes = [_node(row) for row in rows]
    shapes += boxes
    for row, box in zip(rows, boxes, strict=True):
        shapes += _leaves(row, box)
    for one, two in pairwise(boxes):
        shapes.append(Arrow((one.bottom, two.top), THIN))
    bottom = boxes[-1].y + _BOX + _STEP
    return Drawing(bottom + 62, (*shapes, *_remarks(bottom + 8)))


def _rows(graph: Sequence[RecordedNode], depth: int) -> list[_Row]:
    """Return the chain of nodes, with a gap between layers."""
    rows: list[_Row] = []
    # The cost, which stands first, belongs to no layer; the last layer follows it.
    y, layer = _TOP, 0
    for node in (node for node in graph if not node.leaf):
        leaves = tuple(graph[place] for place in node.inputs if graph[place].leaf)
        rows.append(_Row(node, leaves, layer, y))
        y += _STEP
        # The node that has the weights as a leaf is the last one of its layer.
        if not layer or any(leaf.leaf == f"W{layer}" for leaf in leaves):
            layer = layer - 1 if layer else depth
            y += _BETWEEN
    return rows


def _node(row: _Row) -> Box:
    x, width = _NODE
    lines = [Line(row.node.kind, 9.0, code=True, bold=True)]
    kept = ", ".join(map(str, row.node.saved))
    lines.append(Line(f"saves {kept}" if kept else "saves nothing", 8.5))
    return Box(x, row.y, width, _BOX, tuple(lines), Look(edge=INK, width=1.4))


def _leaves(row: _Row, box: Box) -> list[Shape]:
    """Return the leaves of a node: parameters to the left of it, the input below it."""
    shapes: list[Shape] = []
    for leaf in row.leaves:
        name = "X" if leaf.leaf == "A0" else leaf.leaf
        lines = (Line(leaf.kind, 8.5, code=True), Line(f"{name}.grad {leaf.shape}", 8.5))
        look = Look(GREY, FAINT, 1.2)
        if leaf.leaf.startswith("A"):
            x, y = box.x, box.y + _STEP
            below = Box(x, y, box.width, _BOX, lines, look)
            shapes += [below, Arrow((box.bottom, below.top), THIN)]
        else:
            x, width = _LEAF
            aside = Box(x, box.y, width, _BOX, lines, look)
            shapes += [aside, Arrow((box.left, aside.right), THIN)]
    return shapes


def _own_functions(layer: Layer, rows: list[_Row]) -> list[Shape]:
    """Return a layer's frame, then the course's functions beside PyTorch's nodes of that layer."""
    (x, width), n = _OWN, layer.number
    first, last = rows[0].y, rows[-1].y + _BOX
    frame = Look(PALE, "#bbbbbb", 1.0, ":")
    shapes: list[Shape] = [Box(x - 8, first - 8, width + 16, last - first + 16, (), frame)]
    look = Look(edge=BACKWARD, width=1.4)
    kept = (layer.input("A"), layer.value("W"), layer.value("b"))
    activation = (
        Line(f"{layer.activation}_backward", 9.0, code=True, bold=True),
        Line(f"reads {layer.value('Z')} in caches[{n - 1}]", 8.5),
    )
    linear = (
        Line("linear_backward", 9.0, code=True, bold=True),
        Line(f"reads {', '.join(map(str, kept))} in caches[{n - 1}]", 8.5),
        Line(f"gives {layer.value('dW')}, {layer.value('db')}, {layer.input('dA')}", 8.5),
    )
    upper = Box(x, first, width, _BOX, activation, look)
    lower = Box(x, rows[1].y, width, last - rows[1].y, linear, look)
    between = Line(str(layer.value("dZ")), 8.5, code=True)
    out = (lower.bottom[0], lower.bottom[1] + _BETWEEN + _STEP - _BOX)
    shapes += [upper, lower, *arrow([upper.bottom, lower.top], _OWN_FLOW, between, side="right")]
    passed = Line(str(layer.input("dA")), 8.5, code=True)
    return [*shapes, *arrow([lower.bottom, out], _OWN_FLOW, passed, side="right")]


def _cost(last: Layer, rows: list[_Row]) -> list[Shape]:
    """Return the box that starts the course's backward pass, beside PyTorch's node of the cost."""
    x, width = _OWN
    lines = (
        Line("derivative of m J", 9.0, bold=True),
        Line(f"reads AL {last.value('A').shape} and Y {last.value('A').shape}", 8.5),
    )
    box = Box(x, rows[0].y, width, _BOX, lines, Look(edge=BACKWARD, width=1.4))
    said = Line(f"dAL = {last.value('dA')}", 8.5, code=True)
    return [box, *arrow([box.bottom, (box.bottom[0], rows[1].y)], _OWN_FLOW, said, side="right")]


def _remarks(y: float) -> list[Shape]:
    said = (
        "PyTorch keeps an activation's result A; our cache keeps Z. The slope follows from either.",
        "PyTorch's gradients are those of J, as our dW and db are; our dA and dZ are m times that.",
    )
    return [Label(Line(text, 9.0), 8.0, y + 12 + 19 * n, "left") for n, text in enumerate(said)]
