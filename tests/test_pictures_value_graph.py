"""The graph of a number as a picture: its boxes, its arrows, and PyTorch's graph."""

import re
from types import SimpleNamespace

import pytest

from solutions.Value import Value
from tests.pictured import clipped, said
from workbook import draw_graph
from workbook.figures.picture import Picture
from workbook.figures.plots.value_graph import MOST_NODES, Node, layout
from workbook.figures.validation import PictureError


def unit():
    """Return the numbers of a unit with a penalty, after its backward."""
    w, x, b = Value(1.5), Value(2.0), Value(-0.5)
    a = (w * x + b).relu()
    cost = (a - 1) ** 2 + 0.1 * (w * w)
    cost.backward()
    return {"w": w, "x": x, "b": b, "a": a, "cost": cost}


def test_a_box_says_name_operation_data_and_gradient():
    numbers = unit()
    picture = draw_graph(numbers["cost"], **numbers)
    assert isinstance(picture, Picture)
    text = said(picture)
    for box in ("w data 1.5 grad 6.3", "a: relu data 2.5 grad 3", "cost: + data 2.475 grad 1"):
        assert box in " ".join(text.split())


def test_nothing_is_cut_off_and_no_two_boxes_overlap():
    numbers = unit()
    picture = draw_graph(numbers["cost"], **numbers)
    assert clipped(picture) == []
    (ax,) = picture.axes
    boxes = [patch.get_bbox() for patch in ax.patches if hasattr(patch, "get_bbox")]
    assert len(boxes) == 13
    for number, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[:number])


def test_the_words_of_the_picture_hold_the_graph():
    x = Value(3.0)
    z = (x * 2) ** 2
    z.backward()
    assert draw_graph(z, x=x, z=z).alt == (
        "A graph of 4 boxes, from left to right: x, data 3, grad 24; 2, data 2, grad 36; "
        "*, data 6, grad 12 made of x and 2, slopes 2, 3; "
        "z: ** 2, data 36, grad 1 made of *, slopes 12."
    )


def test_a_box_stands_to_the_right_of_what_it_was_made_of():
    nodes = [Node("a"), Node("b", parents=(0,)), Node("c", parents=(1,)), Node("d", parents=(2, 0))]
    places = layout(nodes)
    columns = [places[(i,)][0] for i in range(4)]
    assert columns == [0, 1, 2, 3]
    # The long arrow has a place of its own in each column between.
    for column in (1, 2):
        assert places[(0, 3, column)][0] == column
        assert places[(0, 3, column)] != places[(column,)]


def test_what_was_made_of_nothing_stands_before_its_first_use():
    nodes = [Node("a"), Node("b", parents=(0,)), Node("late"), Node("c", parents=(1, 2))]
    assert layout(nodes)[(2,)][0] == 1


def test_a_single_number_is_a_graph():
    assert draw_graph(Value(2.0)).alt.startswith("A graph of 1 boxes")


def test_a_number_used_twice_has_two_arrows():
    x = Value(3.0)
    (ax,) = draw_graph(x * x).axes
    arrows = [patch for patch in ax.patches if not hasattr(patch, "get_bbox")]
    assert len(arrows) == 2
    first, second = (arrow.get_path().vertices[0] for arrow in arrows)
    assert not (first == second).all()


# What cannot be drawn


def test_too_many_numbers():
    x = Value(1.0)
    for _ in range(MOST_NODES):
        x = x * 2
    with pytest.raises(PictureError, match=f"more than {MOST_NODES} numbers: draw a smaller one"):
        draw_graph(x)


def test_a_class_that_keeps_no_parents():
    value = SimpleNamespace(data=1.0, grad=0.0)
    with pytest.raises(
        PictureError, match="needs the attribute `parents`, which this SimpleNamespace does"
    ):
        draw_graph(value)


# PyTorch's graph, by what has its attributes


def backward_node(name, *following, leaf=None):
    node = SimpleNamespace(name=lambda: name, next_functions=[(one, 0) for one in following])
    if leaf is not None:
        node.variable = leaf
    return node


def test_pytorchs_graph_without_pytorch():
    grad = SimpleNamespace(item=lambda: 24.0)
    x = SimpleNamespace(grad=grad, grad_fn=None)
    leaf = backward_node("torch::autograd::AccumulateGrad", leaf=x)
    z = SimpleNamespace(grad_fn=backward_node("PowBackward0", backward_node("M", leaf, None)))
    assert draw_graph(z, x=x, z=z).alt == (
        "A graph of 3 boxes, from left to right: x: AccumulateGrad, grad 24; "
        "M made of x: AccumulateGrad; z: PowBackward0 made of M."
    )


def test_a_tensor_that_was_not_computed():
    with pytest.raises(PictureError, match=re.escape("requires_grad=True")):
        draw_graph(SimpleNamespace(grad_fn=None))


def test_pytorchs_graph_by_pytorch():
    torch = pytest.importorskip("torch", exc_type=ImportError)
    w, x = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in (1.5, 2.0))
    cost = (w * x).relu() + w * w
    cost.backward()
    alt = draw_graph(cost, w=w, x=x, cost=cost).alt
    for kind in ("MulBackward0", "ReluBackward0", "cost: AddBackward0", "w: AccumulateGrad"):
        assert kind in alt
    assert "w: AccumulateGrad, grad 5" in alt
