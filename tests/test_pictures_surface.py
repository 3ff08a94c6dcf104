"""The loss surface: a bowl, the learner's own network, and the learning rate."""

import re
from itertools import pairwise

import ipywidgets
import numpy as np
import pytest

from solutions.compute_cost import compute_cost
from solutions.L_model_forward import L_model_forward
from tests.pictured import assert_looks_like, axes_named, clipped, overlapping, said
from tests.trained import first_parameters, moons, train
from workbook import cost_surface, gradient_descent_bowl, learning_rate_slider
from workbook.figures.picture import Picture
from workbook.figures.plots.descent import START, behaviour, bowl_cost, descend
from workbook.figures.sliders import learning_rate as sliders
from workbook.figures.validation import PictureError

X, Y = moons()
HISTORY, COSTS, _ = train(first_parameters([2, 4, 1]), X, Y)


def surface(history=HISTORY, cost=compute_cost, **more):
    """Draw the surface of the network that was trained."""
    return cost_surface(history, X, Y, L_model_forward, cost, **more)


def fails(sentence):
    return pytest.raises(PictureError, match=re.escape(sentence))


def path_on(axes):
    return np.column_stack(
        next(line for line in axes.lines if line.get_label() == "path").get_data()
    )


# The bowl.


def test_the_path_is_gradient_descent_on_the_bowl():
    path = descend(0.1, 5)
    np.testing.assert_array_equal(path[0], START)
    h = 1e-6
    for here, there in pairwise(path):
        measured = [
            (bowl_cost(here + h * unit) - bowl_cost(here - h * unit)) / (2 * h)
            for unit in np.eye(2)
        ]
        np.testing.assert_allclose(there, here - 0.1 * np.array(measured), atol=1e-7)


@pytest.mark.parametrize(
    ("rate", "kind"),
    [
        (0.001, "crawling"),
        (0.02, "crawling"),
        (0.03, "converging"),
        (0.125, "converging"),
        (0.126, "oscillating"),
        (0.249, "oscillating"),
        (0.25, "oscillating"),
        (0.251, "diverging"),
        (1e6, "diverging"),
    ],
)
def test_the_verdict_is_what_the_path_does(rate, kind):
    assert behaviour(rate, 30)[0] == kind
    path = descend(rate, 30)
    across, left = path[:, 1], np.abs(path[-1, 0] / path[0, 0])
    jumps = np.diff(np.sign(across[np.abs(across) > 1e-12])) != 0
    assert jumps.any() == (kind in ("oscillating", "diverging"))
    assert (np.abs(across[-1]) > np.abs(across[0])) == (kind == "diverging")
    if kind in ("crawling", "converging"):
        assert (left > 0.5) == (kind == "crawling")


def test_a_path_without_end_ends():
    path = descend(1e300, 1000)
    assert np.isfinite(path).all()
    assert np.isfinite(bowl_cost(path)).all()
    gradient_descent_bowl(1e300).png()


def test_the_bowl_shows_the_path_from_two_sides():
    picture = gradient_descent_bowl(0.1, 30)
    relief, flat = axes_named(picture, "surface"), axes_named(picture, "contours")
    path = descend(0.1, 30)
    np.testing.assert_allclose(path_on(flat), path)
    x, y, z = relief.lines[-1].get_data_3d()
    np.testing.assert_allclose(np.column_stack([x, y]), path)
    np.testing.assert_allclose(z, bowl_cost(path))
    labels = (relief.get_xlabel(), relief.get_ylabel(), relief.get_zlabel())
    assert labels == ("w1", "w2", "cost J")
    assert "learning rate 0.1: converging" in said(picture)
    assert clipped(picture) == overlapping(picture) == []


def test_a_path_that_leaves_the_bowl_is_not_drawn_into_the_air():
    picture = gradient_descent_bowl(0.4, 30)
    x, y, _ = axes_named(picture, "surface").lines[-1].get_data_3d()
    assert np.abs(x).max() <= 5
    assert np.abs(y).max() <= 2.5
    assert axes_named(picture, "contours").get_ylim() == (-2.5, 2.5)
    assert "diverging" in said(picture)


# The learner's own network.


def test_the_surface_is_the_cost_of_the_learners_own_network():
    along = ("W1[2, 1]", "b2[0, 0]")
    picture = surface(along=along, resolution=7)
    relief, flat = axes_named(picture, "surface"), axes_named(picture, "contours")
    assert (flat.get_xlabel(), flat.get_ylabel()) == along
    path = path_on(flat)
    np.testing.assert_allclose(path[:, 0], [moment["W1"][2, 1] for moment in _drawn_moments()])
    np.testing.assert_allclose(path[:, 1], [moment["b2"][0, 0] for moment in _drawn_moments()])
    x, y, z = relief.lines[-1].get_data_3d()
    for i in (0, len(x) // 2, -1):
        parameters = {key: value.copy() for key, value in HISTORY[-1].items()}
        parameters["W1"][2, 1], parameters["b2"][0, 0] = x[i], y[i]
        AL, _ = L_model_forward(X, parameters)
        assert z[i] == pytest.approx(compute_cost(AL, Y))
    assert clipped(picture) == overlapping(picture) == []


def _drawn_moments():
    # Of 201 moments 200 are drawn, the first and the last among them.
    return [HISTORY[round(i)] for i in np.linspace(0, 200, 200)]


def test_the_surface_holds_the_costs_at_its_corners():
    heights = []
    along = ("W1[0, 0]", "W1[0, 1]")
    picture = surface(cost=_kept(compute_cost, heights), resolution=5, along=along)
    flat = axes_named(picture, "contours")
    parameters = {key: value.copy() for key, value in HISTORY[-1].items()}
    parameters["W1"][0] = flat.get_xlim()[0], flat.get_ylim()[0]
    AL, _ = L_model_forward(X, parameters)
    assert compute_cost(AL, Y) == pytest.approx(heights[0])


def _kept(function, answers):
    def kept(AL, Y):
        answers.append(function(AL, Y))
        return answers[-1]

    return kept


def test_without_names_the_two_directions_of_most_movement():
    picture = surface(resolution=5)
    flat = axes_named(picture, "contours")
    moments = _drawn_moments()
    rows = np.array([np.concatenate([W.ravel() for W in one.values()]) for one in moments])
    moved = rows - rows[-1]
    sizes = np.linalg.svd(moved, compute_uv=False)
    share = np.sum(sizes[:2] ** 2) / np.sum(sizes**2)
    path = path_on(flat)
    assert np.sum(path**2) / np.sum(moved**2) == pytest.approx(share)
    assert f"show {100 * share:.0f}% of the path's movement" in picture.alt
    np.testing.assert_allclose(path[-1], 0, atol=1e-12)
    assert path[0, 0] < 0


def test_holes_where_the_cost_is_not_finite():
    def cost(AL, Y):
        return compute_cost(AL, Y) if AL.mean() < 0.5 else np.inf

    picture = surface(cost=cost, resolution=9)
    assert re.search(
        r"At \d+ of 81 points the cost is not finite: they are left blank.", picture.alt
    )
    picture.png()


def test_one_moment_with_two_named_parameters_and_one_example():
    picture = cost_surface(
        HISTORY[-1:], X[:, :1], Y[:, :1], lambda X, P: L_model_forward(X, P)[0], compute_cost,
        along=("W1[0, 0]", "W1[0, 1]"), resolution=4,
    )  # fmt: skip
    assert len(path_on(axes_named(picture, "contours"))) == 1
    picture.png()


def test_a_slow_network_gets_a_coarser_grid_and_a_very_slow_one_a_sentence(monkeypatch):
    def clock(seconds):
        times = iter([0.0, seconds])
        monkeypatch.setattr("workbook.figures.plots.cost_surface.perf_counter", lambda: next(times))

    for seconds, calls in ((0.001, 41**2), (0.004, 21**2), (0.02, 13**2)):
        clock(seconds)
        answers = []
        surface(HISTORY[::50], _kept(compute_cost, answers))
        assert len(answers) == calls + len(HISTORY[::50]) + 1
    clock(3.0)
    with fails(
        "one forward pass and its cost take 3 seconds, and a surface needs 169 of them. Give"
    ):
        surface()


# The slider.


@pytest.mark.slow
def test_without_a_kernel_four_learning_rates_and_a_sentence():
    picture = learning_rate_slider()
    assert isinstance(picture, Picture)
    assert picture.alt.startswith("Without widgets there is no slider here")
    for kind in ("crawling", "converging", "oscillating", "diverging"):
        assert f": {kind}" in said(picture)
    assert len(picture.axes) == 8
    assert clipped(picture) == overlapping(picture) == []


@pytest.mark.slow
@pytest.mark.parametrize("steps", [10, 200, 1000])
def test_the_four_are_of_four_kinds_whatever_the_number_of_steps(steps):
    picture = learning_rate_slider(steps=steps)
    titles = {axes.get_title("left").split(": ")[-1] for axes in picture.axes} - {""}
    assert titles == {"crawling", "converging", "oscillating", "diverging"}
    picture.png()


@pytest.mark.slow
def test_the_slider_draws_anew_and_says_what_it_does(monkeypatch):
    monkeypatch.setattr(sliders, "has_widgets", lambda: True)
    found = learning_rate_slider(0.1)
    assert isinstance(found.followed[0], ipywidgets.FloatLogSlider)
    seen = []
    for rate, kind in ((0.005, "crawling"), (0.1, "converging"), (0.2, "oscillating"),
                       (0.3, "diverging")):  # fmt: skip
        found.followed[0].value = rate
        assert f"Learning rate {rate:.3g}: {kind}" in said(found._canvas.picture)
        np.testing.assert_allclose(
            axes_named(found._canvas.picture, "cost").lines[0].get_ydata(),
            bowl_cost(descend(rate, 30)),
        )
        assert clipped(found._canvas.picture) == []
        seen.append(found.shown.value)
        assert f'alt="Learning rate {rate:.3g}: {kind}' in seen[-1]
    assert len(set(seen)) == 4


@pytest.mark.slow
def test_a_front_end_without_widgets_gets_the_four_from_the_same_cell(monkeypatch):
    monkeypatch.setattr(sliders, "has_widgets", lambda: True)
    found = learning_rate_slider(1e9)
    # The slider stands within its ends.
    assert found.followed[0].value == pytest.approx(10**-0.4)
    bundle = found._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert bundle["text/html"].startswith("<p>Without widgets there is no slider here")
    assert "0.22 is oscillating." in bundle["text/plain"]


def test_pictures_look_as_before(tmp_path):
    assert_looks_like(gradient_descent_bowl(0.22), "gradient_descent_bowl", tmp_path)
