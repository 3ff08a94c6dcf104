"""What cannot be drawn: a sentence says what is wrong with it, and where."""

import copy
import re
from functools import partial

import numpy as np
import pytest

from solutions.compute_cost import compute_cost
from solutions.L_model_forward import L_model_forward
from tests.trained import COSTS, GRADS, HISTORY, LAST, X, Y, first_parameters, train
from workbook import (
    activation_histograms,
    cost_curve,
    cost_surface,
    decision_boundary,
    gradient_descent_bowl,
    gradient_histograms,
    learning_rate_slider,
    show,
    show_product,
    weight_changes,
)
from workbook.figures.validation import PictureError

SMALL, _, _ = train(first_parameters([2, 4, 1]), X, Y)
W1 = np.array([[0.5, -1.25, 2.0], [0.0, 3.0, -0.125]])


def nan_at(key):
    parameters = copy.deepcopy(LAST)
    parameters[key][0, 0] = np.nan
    return parameters


def without(key):
    return {name: value for name, value in LAST.items() if name != key}


def broken(X, parameters):
    raise ZeroDivisionError("division by zero")


def boundary(parameters=LAST, X=X, Y=Y, forward=L_model_forward, iterations=None):
    return decision_boundary(parameters, X, Y, forward, iterations)


def surface(history=SMALL, cost=compute_cost, **more):
    return cost_surface(history, X, Y, L_model_forward, cost, **more)


A_RATE = "a learning rate must be a finite number above 0"
RATES = [(rate, A_RATE) for rate in (0, -0.1, np.nan, np.inf, "0.1", None, True)]

#: What draws, and what it cannot draw with the beginning or a part of the sentence.
REFUSED = {
    "costs": (
        cost_curve,
        [
            ([], "costs is empty: append the cost to it in the training loop."),
            ({}, "costs is an empty dictionary"),
            (
                [0.7, 0.6, np.nan, np.nan],
                "costs[2] is nan, after 0.6. A smaller learning rate keeps the cost finite; "
                "costs[:2] can be drawn.",
            ),
            ([0.7, np.inf], "costs[1] is inf, after 0.7."),
            ([np.nan], "costs[0], the very first cost, is nan. Look at AL: log(0) is not finite."),
            (np.ones((2, 2)), "it has shape (2, 2)"),
            (0.7, "costs must be a list of numbers"),
            (["0.7"], "costs must be an array of real numbers"),
            ({"a": [0.7], "b": [np.inf]}, "costs['b'][0], the very first cost, is inf"),
            ({str(i): [0.7] for i in range(9)}, "costs holds 9 runs"),
        ],
    ),
    "every": (
        lambda every: cost_curve(COSTS, every=every),
        [(0, "every must be a whole number from 1; it is 0.")],
    ),
    "parameters": (
        boundary,
        [
            ({}, "parameters is empty: a network has at least one layer, W1 and b1."),
            ([], "parameters is empty: it needs the parameters of at least one moment."),
            (None, "parameters must be a list of parameters"),
            (without("b2"), "parameters has no b2: layers are numbered from 1 without a gap"),
            (without("W1"), "parameters has no W1"),
            (LAST | {"W99": LAST["W1"]}, "parameters has no W4"),
            (LAST | {"dW1": LAST["W1"]}, "parameters has the key 'dW1'"),
            (LAST | {1: LAST["W1"]}, "parameters has the key 1"),
            (LAST | {"W2": np.ones((3, 4))}, "W2 has shape (3, 4): it takes 4 inputs, but layer 1"),
            (LAST | {"b1": np.ones(5)}, "b1 has shape (5,); it must be a matrix"),
            (LAST | {"b1": np.ones((1, 5))}, "b1 must have shape (5, 1)."),
            (nan_at("W2"), "W2 holds 1 entry that cannot be drawn: W2[0, 0] is nan."),
            (LAST | {"b3": [["x"]]}, "b3 must be an array of real numbers"),
            ([LAST, LAST | {"W2": np.ones((3, 4))}], "W2 has shape (3, 4)"),
            ([LAST, SMALL[0]], "parameters[1] and parameters[0] are not from the same network"),
            ([LAST, LAST], "all 2 entries of parameters are the same arrays"),
        ],
    ),
    "examples": (
        lambda examples: boundary(LAST, *examples),
        [
            ((X.T, Y), "X has shape (60, 2): 60 numbers per example, but W1 takes 2. Examples are"),
            ((X.T, Y), "Did you mean X.T?"),
            ((X[0], Y), "X has shape (60,); it must be a matrix"),
            (
                (np.empty((2, 0)), np.empty((1, 0))),
                "X has shape (2, 0): it is empty, so there is nothing to draw.",
            ),
            (
                (np.full((2, 60), np.inf), Y),
                "X holds 120 entries that cannot be drawn: X[0, 0] is inf.",
            ),
            (
                (X, Y[0]),
                "Y has shape (60,); X has 60 columns, so Y must have shape (1, 60). Use Y.resh",
            ),
            ((X, Y[:, :5]), "Y has shape (1, 5)"),
            ((X, 2 * Y), "Y holds 2; every right answer must be 0 or 1"),
            ((X, Y - 0.5), "Y holds -0.5; every right answer"),
            ((X, np.where(Y, np.nan, 0)), "Y holds 30 entries that cannot be drawn"),
        ],
    ),
    "forward": (
        partial(boundary, LAST, X, Y),
        [
            (None, "forward must be one of your functions, named without parentheses"),
            (broken, "broken stopped with ZeroDivisionError: division by zero\nTo see the line"),
            (lambda X, P: None, "<lambda> returned None: is its `return` line missing?"),
            (lambda X, P: X[:1], "a sigmoid gives values between 0 and 1"),
            (lambda X, P: np.ones(3), "returned AL of shape (3,) for X of shape (2, 900)"),
            (
                lambda X, P: np.full((1, X.shape[1]), np.nan),
                "holds 900 entries that cannot be drawn",
            ),
            (lambda X, P: "AL", "must be an array of real numbers"),
        ],
    ),
    "three inputs": (
        lambda m: boundary(first_parameters([3, 1]), np.ones((3, m)), Y[:, :m]),
        [(5, "a decision boundary needs two inputs: X has 3 rows")],
    ),
    "moments": (
        lambda iterations: boundary(HISTORY[:2], iterations=iterations),
        [([0], "iterations has 1 entry, but there are 2 moments.")],
    ),
    "caches": (
        partial(activation_histograms, LAST, X),
        [
            (
                lambda X, P: L_model_forward(X, P)[0],
                "must return AL and the caches, one per layer",
            ),
            (
                lambda X, P: (L_model_forward(X, P)[0], [1, 2, 3]),
                "caches[1] must be ((A_prev, W, b)",
            ),
            (lambda X, P: (L_model_forward(X, P)[0], []), "there are 0 caches"),
        ],
    ),
    "gradients": (
        gradient_histograms,
        [
            ({}, "grads must be a dictionary"),
            ([1], "grads must be a dictionary"),
            ({"W1": 1}, 'grads has no key such as "dW1"; its keys are W1.'),
            ({"dW1": [[np.nan]]}, "dW1 holds 1 entry that cannot be drawn: dW1[0, 0] is nan."),
            ({"dW1": np.empty((0, 2))}, "dW1 has shape (0, 2): it is empty"),
        ],
    ),
    "kind of gradients": (
        partial(gradient_histograms, GRADS),
        [("dZ", 'kind must be "dW", "db" or "dA"; it is \'dZ\'.')],
    ),
    "histories": (
        weight_changes,
        [
            ([], "history is empty"),
            (LAST, "history must be a list of parameters, one dictionary per moment; it is a dict"),
            ([LAST], "history holds the parameters of one moment"),
            ([LAST] * 3, "all 3 entries of history are the same arrays"),
        ],
    ),
    "iterations": (
        partial(weight_changes, HISTORY),
        [([1, 2], "iterations has 2 entries, but there are 201 moments.")],
    ),
    "rates of the bowl": (gradient_descent_bowl, RATES),
    "rates of the slider": (learning_rate_slider, RATES),
    "steps": (
        partial(gradient_descent_bowl, 0.1),
        [(steps, "steps must be") for steps in (0, -1, 1001, 10**12, 2.5, True, None)],
    ),
    "directions": (
        lambda along: surface(along=along),
        [
            ("W1[0, 0]", "along takes two different parameters"),
            (("W1[0, 0]",), "along takes two different parameters"),
            (("W1[0, 0]", "W1[0, 0]"), "along takes two different parameters"),
            (
                ("W1[0, 0]", "W1"),
                "along names 'W1'; write a parameter as W1[0, 0]: one of W1, ..., b2",
            ),
            (("W1[0, 0]", "W9[0, 0]"), "along names 'W9[0, 0]'"),
            (("W1[0, 0]", "W1[4, 0]"), "along names W1[4, 0], but W1 has shape (4, 2)."),
            ((0, 1), "along names 0"),
        ],
    ),
    "histories without a surface": (
        surface,
        [
            ([], "history is empty"),
            (SMALL[:1], "the parameters in history never change"),
            (SMALL[:2], "the 2 moments of history lie on one line, and a surface needs two"),
        ],
    ),
    "costs of a surface": (
        lambda cost: surface(cost=cost, resolution=3),
        [
            (None, "cost must be one of your functions, named without parentheses"),
            (lambda AL, Y: AL, "must return one number; it has shape (1, 60)."),
            (
                lambda AL, Y: None,
                "what <lambda> returns must be an array of real numbers; it is None.",
            ),
            (lambda AL, Y: np.nan, "the cost is not finite anywhere around the path"),
            (lambda AL, Y: 1 / 0, "<lambda> stopped with ZeroDivisionError"),
        ],
    ),
    "no numbers": (
        lambda value: show(value, "W"),
        [
            (None, "W must be an array of real numbers; it is None."),
            ("relu", "W must be an array of real numbers; it is a str."),
            (np.array([[1j]]), "W must be an array of real numbers; it is an array of complex128."),
            ([[1, 2], [3]], "W is not an array: its rows have different lengths"),
            ({}, "W holds no array"),
            ({"a": "b"}, "W holds no array"),
        ],
    ),
    "no product": (
        lambda factors: show_product(*factors),
        [
            ((W1,), "show_product takes two matrices"),
            ((W1, W1, W1, W1), "It was given 4."),
            ((W1, np.ones((2, 2, 2))), "a matrix has two axes, not 3"),
            ((W1, "b"), "must be an array of real numbers; it is a str"),
        ],
    ),
}


@pytest.mark.parametrize(
    ("draw", "asked", "sentence"),
    [
        pytest.param(draw, asked, sentence, id=f"{what}, {number}")
        for what, (draw, table) in REFUSED.items()
        for number, (asked, sentence) in enumerate(table)
    ],
)
def test_what_cannot_be_drawn_is_told_in_a_sentence(draw, asked, sentence):
    with pytest.raises(PictureError, match=re.escape(sentence)) as error:
        draw(asked)
    assert error.value._render_traceback_() == [str(error.value)]
