"""The pictures of a network: every name and every shape is what the solutions really return."""

import json
import re

import numpy as np
import pytest
from PIL import Image

from tests.reference import COURSE, ROOT, reference
from workbook.figures.diagrams.autograd_graph import autograd_graph
from workbook.figures.diagrams.autograd_record import RecordedNode, record
from workbook.figures.diagrams.catalogue import LESSON_5, LESSON_9, diagrams
from workbook.figures.diagrams.computation_graph import computation_graph
from workbook.figures.diagrams.drawing import Arrow, Box, Circle, Label
from workbook.figures.diagrams.layer_graph import layer_graph
from workbook.figures.diagrams.network import NamedShape
from workbook.figures.diagrams.render import overlaps, render

VALUE = re.compile(r"(\w+) (\([\d, ]*\))")

each_network = pytest.mark.parametrize(
    ("sizes", "m"),
    [LESSON_9, LESSON_5, ((4, 3, 2, 1), 9), ((2, 1), 1), ((9, 8, 7, 6, 5, 1), 4)],
    ids=str,
)


@pytest.fixture
def run(monkeypatch):
    """Run one iteration with the reference solutions; return all arrays by their names."""

    def one_iteration(sizes, m):
        rng = np.random.default_rng(0)
        X, Y = rng.standard_normal((sizes[0], m)), (rng.random((1, m)) > 0.5).astype(float)
        parameters = reference.initialize_parameters_deep(list(sizes))
        AL, caches = reference.L_model_forward(X, parameters)
        cost = reference.compute_cost(AL, Y)
        came_in = {"linear_activation_backward": [], "linear_backward": []}
        for caller, name in (
            ("L_model_backward", "linear_activation_backward"),
            ("linear_activation_backward", "linear_backward"),
        ):
            monkeypatch.setattr(
                COURSE.module(f"solutions.{caller}"), name, listening(name, came_in[name])
            )
        grads = COURSE.reference("L_model_backward")(AL, Y, caches)
        # What L_model_backward computes on the way and does not return: it was passed on.
        last = len(caches)
        between = {
            f"dA{last - n}": dA for n, dA in enumerate(came_in["linear_activation_backward"])
        }
        between |= {f"dZ{last - n}": dZ for n, dZ in enumerate(came_in["linear_backward"])}
        arrays = {"X": X, "Y": Y, "AL": AL, "J": cost, "dAL": between[f"dA{last}"], **parameters}
        for n, ((A_prev, W, b), Z) in enumerate(caches, 1):
            assert W is parameters[f"W{n}"]
            assert b is parameters[f"b{n}"]
            arrays |= {f"A{n - 1}": A_prev, f"Z{n}": Z}
        return {**arrays, f"A{last}": AL, **between, **grads}

    def listening(name, heard):
        right = COURSE.reference(name)

        def listens(gradient, *others):
            heard.append(gradient)
            return right(gradient, *others)

        return listens

    return one_iteration


def boxes_of(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Box)]


def labels_of(drawing):
    return [shape.line.text for shape in drawing.shapes if isinstance(shape, Label)]


def values_of(drawing):
    """Return the names on the arrows of a drawing, with the shapes that stand beside them."""
    found = {}
    for text in labels_of(drawing):
        *synonyms, last = text.split(" = ")
        if match := VALUE.fullmatch(last):
            for name in (*synonyms, match[1]):
                found.setdefault(name, set()).add(match[2])
    return found


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_network
def test_every_array_and_its_shape_are_those_of_the_solutions(run, sizes, m):
    expected = {name: {str(np.shape(array))} for name, array in run(sizes, m).items()}
    assert values_of(computation_graph(sizes, m)) == expected
    # The way there alone has no gradient.
    drawing = computation_graph(sizes, m, backward=False)
    forward = {name: shapes for name, shapes in expected.items() if not name.startswith("d")}
    assert values_of(drawing) == forward
    assert overlaps(render(drawing)) == []


def evaluated(formula, arrays, m):
    """Return both sides of a formula that a box shows, with these arrays."""
    name, right = formula.split(" = ")
    right = re.sub(r"Σ (\w+)", r"sums(\1)", right.replace("ᵀ", ".T"))
    # Two names side by side are a product of matrices, except where they are divided.
    right = re.sub(r"([\w.]) (?=[A-Za-z])", r"\1 @ ", right)
    given = {"sums": lambda Z: Z.sum(axis=1, keepdims=True), "max": np.maximum, "exp": np.exp}
    return arrays[name], eval(right, {**given, **arrays, "m": m})


def test_the_formulas_in_the_boxes_give_what_the_solutions_give(run):
    sizes, m = LESSON_9
    arrays = run(sizes, m)
    lines = [
        line.text
        for s in computation_graph(*LESSON_9).shapes
        if isinstance(s, Box)
        for line in s.lines
    ]
    formulas = [text for text in lines if " = " in text and "slope" not in text]
    # Two a layer on the way there, three a layer on the way back, and the derivative of the cost.
    assert len(formulas) == 2 * 3 + 3 * 3 + 1
    for formula in formulas:
        found, expected = evaluated(formula, arrays, m)
        np.testing.assert_allclose(found, expected, rtol=1e-12, err_msg=formula)


def test_each_layer_calls_what_the_solutions_call():
    boxes = [
        s.lines[0].text
        for s in computation_graph(*LESSON_9).shapes
        if isinstance(s, Box) and s.lines
    ]
    for name, count in {
        "linear_forward": 3, "relu": 2, "sigmoid": 1, "compute_cost": 1, "linear_cache": 0,
        "linear cache": 3, "activation cache": 3,
        "linear_backward": 3, "relu_backward": 2, "sigmoid_backward": 1,
    }.items():  # fmt: skip
        assert boxes.count(name) == count


def test_gradients_go_up_and_activations_go_down():
    drawing = computation_graph(*LESSON_9)
    upright = [
        (a.points[0][1], a.points[-1][1], a.points[0][0])
        for a in drawing.shapes
        if isinstance(a, Arrow) and a.points[0][0] == a.points[-1][0]
    ]
    left = {x for _, _, x in upright if x < 450}
    assert len(left) == 1
    assert all((end > start) == (x in left) for start, end, x in upright)
    # Into layer 1, Z and A of each layer, and the cost; dA and dZ of each layer, and dAL.
    assert len(upright) == (1 + 2 * 3 + 1) + (2 * 3 + 1)


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_network
def test_the_layer_graph_counts_what_the_solutions_make(sizes, m):
    drawing = layer_graph(sizes)
    parameters = reference.initialize_parameters_deep(list(sizes))
    shapes = {name: {str(array.shape)} for name, array in parameters.items()}
    assert values_of(drawing) == shapes
    (total,) = [text for text in labels_of(drawing) if "in all" in text]
    count = sum(array.size for array in parameters.values())
    assert total.endswith(f"{count} parameters in all")
    assert overlaps(render(drawing)) == []


def test_a_unit_is_a_circle_and_a_weight_is_a_line():
    sizes = (4, 5, 3, 1)
    shapes = layer_graph(sizes).shapes
    assert sum(isinstance(shape, Circle) for shape in shapes) == sum(sizes)
    assert sum(isinstance(shape, Arrow) for shape in shapes) == 4 * 5 + 5 * 3 + 3 * 1


# What PyTorch records


def recorded():
    """Return the record of the network of lesson 9 that PyTorch has made."""
    rows = json.loads((ROOT / "tests/recorded_autograd.json").read_text(encoding="utf-8"))
    return tuple(
        RecordedNode(
            row["kind"],
            tuple(NamedShape(s["name"], tuple(s["shape"])) for s in row["saved"]),
            tuple(row["inputs"]),
            row["leaf"],
            tuple(row["shape"]),
        )
        for row in rows
    )


@pytest.mark.slow
def test_every_node_of_the_record_is_drawn_with_what_it_saves():
    drawing = autograd_graph(recorded(), *LESSON_9)
    assert overlaps(render(drawing)) == []
    boxes = [tuple(line.text for line in box.lines) for box in boxes_of(drawing)]
    for node in recorded():
        if node.leaf:
            name = "X" if node.leaf == "A0" else node.leaf
            assert (node.kind, f"{name}.grad {node.shape}") in boxes
        elif node.saved:
            saved = ", ".join(map(str, node.saved))
            assert (node.kind, f"saves {saved}") in boxes
        else:
            assert (node.kind, "saves nothing") in boxes
    kinds = [node.kind for node in recorded()]
    assert sorted(box[0] for box in boxes if box and box[0] in kinds) == sorted(kinds)


def test_an_edge_of_the_record_is_an_arrow():
    arrows = [s for s in autograd_graph(recorded(), *LESSON_9).shapes if isinstance(s, Arrow)]
    edges = sum(len(node.inputs) for node in recorded())
    ours = 1 + 2 * 3  # dAL, and for each layer dZ and dA
    assert len(arrows) == edges + ours


def test_our_side_of_the_record_agrees_with_the_solutions(run):
    arrays = run(*LESSON_9)
    drawing = autograd_graph(recorded(), *LESSON_9)
    written = " ".join(drawing.texts())
    for name, shape in VALUE.findall(written):
        if name not in ("AL", "grad"):
            assert shape == str(np.shape(arrays[name])), name
    for name in arrays:
        if name.startswith("d"):
            assert f"{name} " in written


def test_what_pytorch_saves_are_arrays_of_ours_of_the_same_shape(run):
    arrays = run(*LESSON_9)
    saved = [one for node in recorded() for one in node.saved]
    assert {one.name for one in saved} == {"A0", "A1", "A2", "A3", "W1", "W2", "W3", "Y"}
    for one in saved:
        assert one.shape == np.shape(arrays[one.name])


def test_the_record_is_what_pytorch_records_here():
    pytest.importorskip("torch", reason="PyTorch is an optional extra")
    assert record(*LESSON_9) == recorded()


def test_the_committed_picture_of_the_record_was_made_by_pytorch():
    (picture,) = [one for one in diagrams() if one.needs]
    with Image.open(ROOT / "visual_representation" / picture.file) as image:
        assert image.info["Drawing"] == autograd_graph(recorded(), *LESSON_9).digest()
