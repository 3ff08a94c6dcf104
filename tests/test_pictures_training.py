"""Training as pictures: cost, boundary, activations, gradients, weights."""

import copy

import numpy as np
import pytest

from solutions.compute_cost import compute_cost
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from tests.pictured import assert_looks_like, axes_named, clipped, overlapping, said
from tests.trained import COSTS, GRADS, HISTORY, LAST, X, Y, first_parameters
from workbook import (
    activation_histograms,
    cost_curve,
    decision_boundary,
    gradient_histograms,
    weight_changes,
)


def deep(layers):
    return first_parameters([2, *[3] * (layers - 1), 1], 0.8)


# Cost against iteration.


def test_the_cost_curve_holds_every_cost():
    picture = cost_curve(COSTS)
    (axes,) = picture.axes
    np.testing.assert_allclose(axes.lines[0].get_ydata(), COSTS)
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), np.arange(200))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("iteration", "cost J")
    assert axes.get_ylim()[0] == 0
    AL, _ = L_model_forward(X, HISTORY[0])
    assert f"200 costs, from {compute_cost(AL, Y):.4g} to {COSTS[-1]:.4g}" in picture.alt
    assert f"{COSTS[-1]:.4g}" in said(picture)
    assert clipped(picture) == overlapping(picture) == []


def test_costs_of_every_hundredth_iteration():
    axes = cost_curve([0.6, 0.5, 0.4], every=100).axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), [0, 100, 200])


def test_runs_are_compared_by_colour_and_by_line_style():
    picture = cost_curve({"slow": COSTS, "fast": [0.7, 0.4], "wild": [0.7, 2.0, 0.1]})
    axes = picture.axes[0]
    lines = [line for line in axes.lines if line.get_label() in ("slow", "fast", "wild")]
    assert len({line.get_color() for line in lines}) == 3
    assert len({line.get_linestyle() for line in lines}) == 3
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["slow", "fast", "wild"]
    assert "wild: 3 costs, from 0.7 to 0.1." in picture.alt
    assert clipped(picture) == []


def test_costs_that_fall_far_are_drawn_on_a_logarithmic_axis():
    axes = cost_curve(list(np.exp(-np.arange(20.0)))).axes[0]
    assert axes.get_yscale() == "log"
    assert axes.get_ylabel() == "cost J, logarithmic"


def test_the_lowest_cost_is_named_where_it_is_not_the_last():
    assert "the lowest is 0.2, at iteration 20" in cost_curve([0.5, 0.3, 0.2, 0.9], every=10).alt


def test_the_cost_of_guessing_is_named_where_training_starts_there():
    start = cost_curve([np.log(2), 0.5])
    assert "ln 2 = 0.693: every answer is 0.5" in said(start)
    assert "ln 2" not in said(cost_curve([0.9, 0.5]))


def test_a_single_cost_and_costs_as_arrays():
    picture = cost_curve([0.7])
    assert "one cost, 0.7" in picture.alt
    picture.png()
    for costs in (np.array(COSTS), np.array(COSTS)[:, None], [np.array(0.7), np.array(0.6)]):
        cost_curve(costs)
    cost_curve([0.0, 0.0]).png()
    cost_curve([-1.0, -2.0]).png()


# The decision boundary.


def test_the_boundary_is_that_of_the_learners_own_forward_function():
    picture = decision_boundary(LAST, X, Y, L_model_forward, resolution=40)
    axes = axes_named(picture, "boundary")
    AL, _ = L_model_forward(X, LAST)
    right = np.mean((AL > 0.5) == Y)
    assert axes.get_title("left") == f"{100 * right:.0f}% right"
    # On the line that is drawn the network answers 0.5, as nearly as the grid is fine.
    line = axes.collections[-3].get_paths()[0].vertices
    answers, _ = L_model_forward(line.T, LAST)
    assert np.abs(answers - 0.5).max() < 0.25
    assert np.abs(answers - 0.5).mean() < 0.06


def test_the_examples_are_where_they_belong_and_told_apart_by_shape():
    axes = axes_named(decision_boundary(LAST, X, Y, L_model_forward, resolution=10), "boundary")
    zeros, ones = axes.collections[-2:]
    np.testing.assert_allclose(zeros.get_offsets(), X[:, Y[0] == 0].T)
    np.testing.assert_allclose(ones.get_offsets(), X[:, Y[0] == 1].T)
    assert len(zeros.get_paths()[0].vertices) != len(ones.get_paths()[0].vertices)
    assert axes.get_xlim()[0] < X[0].min() < X[0].max() < axes.get_xlim()[1]


def test_moments_are_drawn_side_by_side_each_with_its_share_of_right_answers():
    moments, numbers = [HISTORY[i] for i in (0, 50, 200)], [0, 50, 200]
    picture = decision_boundary(moments, X, Y, L_model_forward, numbers, resolution=20)
    titles = [axes.get_title("left") for axes in picture.axes if axes.get_title("left")]
    for title, number, parameters in zip(titles, numbers, moments, strict=True):
        AL, _ = L_model_forward(X, parameters)
        share = f"{100 * np.mean((AL > 0.5) == Y):.0f}% right"
        assert title.startswith(f"iteration {number}: {share}")
    assert clipped(picture) == overlapping(picture) == []


def test_of_many_moments_nine_are_drawn():
    picture = decision_boundary(HISTORY, X, Y, L_model_forward, resolution=5)
    assert "9 of 201 moments are drawn." in picture.alt
    assert "moment 0:" in picture.alt
    assert "moment 200:" in picture.alt


def test_where_there_is_no_boundary_that_is_said():
    constant = {"W1": np.zeros((1, 2)), "b1": np.ones((1, 1))}
    picture = decision_boundary(constant, X, Y, L_model_forward)
    assert "50% right, no boundary" in said(picture)
    assert "all answers are on one side" in picture.alt


def test_one_example_all_in_a_row_and_a_forward_that_returns_AL_alone():
    decision_boundary(LAST, X[:, :1], Y[:, :1], L_model_forward).png()
    row = np.vstack([np.arange(4.0), np.zeros(4)])
    alone = decision_boundary(LAST, row, Y[:, :4], lambda X, P: L_model_forward(X, P)[0])
    assert clipped(alone) == []


def test_a_slow_forward_function_gets_a_coarser_grid(monkeypatch):
    asked = []
    clock = iter(np.arange(0, 1000, 0.5))
    monkeypatch.setattr(
        "workbook.figures.plots.decision_boundary.perf_counter", lambda: next(clock)
    )

    def forward(X, parameters):
        asked.append(X.shape[1])
        return L_model_forward(X, parameters)

    decision_boundary(LAST, X, Y, forward)
    assert asked == [900, 900 + X.shape[1]]


# Activations and gradients.


def test_activations_are_those_of_the_forward_pass():
    picture = activation_histograms(LAST, X, L_model_forward)
    AL, caches = L_model_forward(X, LAST)
    activations = {"A1": caches[1][0][0], "A2": caches[2][0][0], "A3": AL}
    for name, A in activations.items():
        axes = axes_named(picture, name)
        shares, edges, _ = axes.patches[0].get_data()
        assert shares.sum() == pytest.approx(100)
        np.testing.assert_allclose(shares, 100 * np.histogram(A, edges)[0] / A.size)
        assert str(A.shape) in axes.get_title("left")
    zero = np.mean(activations["A1"] == 0)
    assert f"{100 * zero:.0f}% are 0" in axes_named(picture, "A1").get_title("left")
    spreads = axes_named(picture, "spread").lines[0].get_ydata()
    expected = [np.sqrt(np.mean(A**2)) for A in activations.values()]
    np.testing.assert_allclose(spreads, expected)
    assert clipped(picture) == overlapping(picture) == []


def test_units_that_never_answer_are_counted():
    dead = copy.deepcopy(LAST)
    dead["b1"][:2] = -100
    picture = activation_histograms(dead, X, L_model_forward)
    assert "2 of 5 units always 0" in axes_named(picture, "A1").get_title("left")


def test_small_weights_make_activations_and_gradients_vanish_and_that_is_said():
    small = first_parameters([2, 10, 10, 10, 10, 1], 0.01)
    picture = activation_histograms(small, X, L_model_forward)
    assert "they vanish on the way to the output" in said(picture)
    AL, caches = L_model_forward(X, small)
    grads = L_model_backward(AL, Y, caches)
    assert "they vanish on the way back to the input" in said(gradient_histograms(grads, "dA"))
    large = first_parameters([2, 10, 10, 10, 10, 1], 3.0)
    assert "they explode on the way to the output" in said(
        activation_histograms(large, X, L_model_forward)
    )


def test_gradients_are_those_of_the_backward_pass():
    picture = gradient_histograms(GRADS)
    for l in (1, 2, 3):
        shares, edges, _ = axes_named(picture, f"dW{l}").patches[0].get_data()
        dW = GRADS[f"dW{l}"]
        np.testing.assert_allclose(shares, 100 * np.histogram(dW, edges)[0] / dW.size)
    assert gradient_histograms(GRADS, "dA").axes[0].get_label() == "dA0"


def test_one_layer_one_example_and_gradients_that_are_all_zero():
    one = first_parameters([2, 1])
    assert len(activation_histograms(one, X[:, :1], L_model_forward).axes) == 1
    picture = gradient_histograms({"dW1": np.zeros((3, 2)), "dW2": np.zeros((1, 3))})
    assert "all are 0" in picture.alt
    picture.png()
    for value in (1e300, 1e-300, 5e-324):
        gradient_histograms({"dW1": np.array([[value, -value]]), "dW2": np.ones((1, 1))}).png()


def test_of_a_thousand_layers_twelve_are_drawn_and_all_are_measured():
    network = deep(1000)
    picture = activation_histograms(network, X, L_model_forward)
    assert "12 of 1000" in said(picture)
    assert "12 of them are drawn." in picture.alt
    assert len(axes_named(picture, "spread").lines[0].get_ydata()) == 1000
    assert clipped(picture) == []
    weights = weight_changes([network, deep(1000) | {"b1": np.ones((3, 1))}])
    assert "(9 of 1000 layers)" in said(weights)


# Weights.


def test_every_weight_is_a_line():
    picture = weight_changes(HISTORY)
    for l in (1, 2, 3):
        lines = axes_named(picture, f"W{l}").lines
        drawn = np.array([line.get_ydata() for line in lines])
        expected = np.stack([moment[f"W{l}"].ravel() for moment in HISTORY], axis=1)
        np.testing.assert_allclose(drawn, expected)
    moved = axes_named(picture, "moved").lines[0].get_ydata()
    W = [moment["W1"] for moment in HISTORY]
    expected = [np.linalg.norm(one - W[0]) / np.linalg.norm(W[0]) for one in W]
    np.testing.assert_allclose(moved, expected)
    assert f"moved {expected[-1]:.3g} times the size of its start" in picture.alt
    assert clipped(picture) == overlapping(picture) == []


def test_many_weights_are_a_band_with_the_median():
    rng = np.random.default_rng(0)
    moments = [
        {"W1": rng.standard_normal((50, 2)), "b1": np.zeros((50, 1)),
         "W2": rng.standard_normal((1, 50)), "b2": np.zeros((1, 1))}
        for _ in range(3)
    ]  # fmt: skip
    axes = axes_named(weight_changes(moments, [0, 10, 20]), "W1")
    (line,) = axes.lines
    np.testing.assert_allclose(line.get_ydata(), [np.median(one["W1"]) for one in moments])
    np.testing.assert_array_equal(line.get_xdata(), [0, 10, 20])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "all", "middle half", "median",
    ]  # fmt: skip


def test_a_long_history_of_a_large_network_is_thinned():
    moments = [{"W1": np.full((1, 100_000), float(i)), "b1": np.zeros((1, 1))} for i in range(150)]
    axes = axes_named(weight_changes(moments), "W1")
    steps = axes.lines[0].get_xdata()
    assert (steps[0], steps[-1], len(steps)) == (0, 149, 99)
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), steps)


def test_weights_that_begin_as_zeros():
    zeros = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    ones = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}
    assert "moved 1.41 times" in weight_changes([zeros, ones]).alt


def test_pictures_look_as_before(tmp_path):
    picture = decision_boundary(HISTORY[::100], X, Y, L_model_forward, [0, 100, 200], resolution=40)
    assert_looks_like(picture, "decision_boundary", tmp_path)
    picture = activation_histograms(LAST, X, L_model_forward)
    assert_looks_like(picture, "activation_histograms", tmp_path)
