"""Arguments, entries of a cache and of dictionaries that have changed places."""

import contextlib
import io
import json

import numpy as np
import pytest

from tests.reference import COURSE
from tests.test_where import said
from tests.wrong_by_kind.declared import changed
from workbook.course.cases import check_data
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import diagnose, observe

reference = COURSE.reference


def told(name, *texts):
    """Return what is said of the reference with some texts replaced."""
    function = changed(name, "", *texts).function()
    with contextlib.redirect_stdout(io.StringIO()):
        return diagnose(name, observe(as_function(function), check_data(name).cases), function)


CALL = "linear_backward(dZ, linear_cache)"
BELOW = "linear_activation_backward(dA, caches[l - 1], activation)"
PLACES = [
    (
        ("linear_activation_backward", CALL, "linear_backward(linear_cache, dZ)"),
        "`linear_backward` gets dZ in the place of cache: its arguments are dZ and cache, in this",
    ),
    (
        ("linear_activation_backward", CALL, "(lambda g: linear_backward(linear_cache, g))(dZ)"),
        "`linear_backward` gets a tuple in the place of dZ: its arguments are dZ and cache",
    ),
    (
        (
            "linear_activation_backward",
            f"return {CALL}",
            "A, W, b = linear_cache; return linear_backward(dZ, (W, A, b))",
        ),
        "`linear_backward` gets the entries of linear_cache in another order than they have there",
    ),
    (
        ("L_model_backward", BELOW, "linear_activation_backward(caches[l - 1], dA, activation)"),
        "`linear_activation_backward` gets dA in the place of cache: its arguments are dA, cache",
    ),
    (
        ("L_model_backward", BELOW, "linear_activation_backward(dA, activation, caches[l - 1])"),
        "`linear_activation_backward` gets a str in the place of cache",
    ),
    (
        ("linear_activation_forward", "(A_prev, W, b)", "(A_prev, b, W)"),
        "`linear_forward` gets W in the place of b: its arguments are A, W and b, in this order.",
    ),
    (
        ("linear_backward", "A_prev, W, b = cache", "W, b, A_prev = cache"),
        "`W` is the first entry of the cache, which is A_prev. The cache holds A_prev, W and b",
    ),
    (
        (
            "linear_activation_backward",
            "linear_cache, Z = cache",
            "(W, A, b), Z = cache; linear_cache = (A, W, b)",
        ),
        "`W` is the first entry of the cache, which is A_prev. The cache holds A_prev, W and b",
    ),
    (
        ("L_model_forward", '(A, parameters[f"W{l}"],', '(parameters[f"W{l}"], A,'),
        "`linear_activation_forward` gets A in the place of W: its arguments are A_prev, W, b",
    ),
    (
        (
            "L_model_forward",
            'A, parameters[f"W{l}"], parameters[f"b{l}"]',
            'A + 1, parameters[f"b{l}"], parameters[f"W{l}"]',
        ),
        '`linear_activation_forward` gets parameters["W1"] in the place of b: its arguments are',
    ),
    (
        ("L_model_forward", "        A, cache =", "        cache, A ="),
        "`linear_activation_forward` gets a tuple as its A_prev, where an array belongs: look at",
    ),
    (
        (
            "NeuralNetwork",
            "update_parameters(self.parameters, self.grads,",
            "update_parameters(self.grads, self.parameters,",
        ),
        "`update_parameters` gets a dict of gradients in the place of params: its arguments are",
    ),
    (
        ("linear_activation_forward", "Z, linear_cache =", "linear_cache, Z ="),
        "Several arrays in a tuple or a list are taken for a single array: look for a cache",
    ),
]


@pytest.mark.parametrize(("texts", "start"), PLACES, ids=range(len(PLACES)))
def test_what_has_changed_places_is_named(texts, start):
    assert told(*texts).startswith(start)


def paired(choose):
    """Return an answer that takes a chosen gradient for each parameter, by its number."""

    def answer(params, grads, learning_rate):
        chosen = choose([*params], grads)
        return {
            key: array - learning_rate * grads[to]
            for (key, array), to in zip(params.items(), chosen, strict=False)
        }

    return answer


PAIRINGS = [
    lambda keys, grads: [*grads],
    lambda keys, grads: [key for key in grads if key[1] != "A"],
    lambda keys, grads: [*grads][::-1],
    lambda keys, grads: [
        [one for one in grads if one[1] == key[0]][[k for k in keys if k[0] == key[0]].index(key)]
        for key in keys
    ],
]


@pytest.mark.parametrize("choose", PAIRINGS, ids=range(len(PAIRINGS)))
def test_a_pairing_by_position_is_named(choose):
    first, *_ = said("update_parameters", paired(choose))
    assert first.startswith("The entries of params and grads are paired by their position: in the")


def test_what_is_wrong_in_one_case_alone_is_no_pairing_by_position():
    def answer(params, grads, learning_rate):
        return reference("update_parameters")(params, grads, 0.3)

    assert "by their position" not in " ".join(said("update_parameters", answer))


KINDS = [
    (lambda slope: slope.tolist(), "slope is a list of the right numbers, where an array belongs"),
    (lambda slope: [*slope], "slope is a list of the right numbers, where an array belongs"),
    (lambda slope: (slope, slope + 1), "slope is a tuple of 2, of which the first entry is right"),
    (lambda slope: [slope - 1, slope + 1], "slope is a list of 2, where an array of numbers"),
]


@pytest.mark.parametrize(("change", "start"), KINDS, ids=range(len(KINDS)))
def test_what_stands_in_the_place_of_an_array_is_named(change, start):
    right = reference("relu_derivative")
    assert said("relu_derivative", lambda Z: change(right(Z)))[0].startswith(start)


def test_a_list_of_the_right_numbers_is_recognised_for_each_layer():
    def answer(*args):
        found = reference("update_parameters")(*args)
        return {key: json.loads(json.dumps(np.asarray(one).tolist())) for key, one in found.items()}

    start = "Every W and b is a list of the right numbers, where an array belongs"
    assert said("update_parameters", answer)[0].startswith(start)


def test_an_argument_to_which_the_function_gives_another_value_is_left_alone():
    def linear_backward(dZ, cache):
        cache = cache[0]
        return dZ @ cache @ dZ

    seen = observe(linear_backward, check_data("linear_backward").cases)
    assert "`linear_backward` gets" not in (diagnose("linear_backward", seen) or "")
