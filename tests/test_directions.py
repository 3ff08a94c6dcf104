"""Wrong answers of which no cause is known: where, how far and in which direction."""

import contextlib
import io
import logging
import re

import numpy as np
import pytest

from tests.reference import COURSE
from tests.test_where import activated, cost, linear_backward, said, update
from tests.test_wrong_by_kind import ANSWERS
from workbook import sigmoid_backward
from workbook.course.cases import check_data
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import diagnose, observe

reference = COURSE.reference


def clipped_AL(least):
    return lambda AL, Y: reference("compute_cost")(np.clip(AL, least, 1 - least), Y)


def with_other_gradients(change):
    def answer(params, grads, rate):
        return reference("update_parameters")(
            params, {key: change(array) for key, array in grads.items()}, rate
        )

    return answer


def momentum_of(share):
    def answer(params, grads, v, learning_rate, beta):
        return reference("update_with_momentum")(params, grads, v, learning_rate, share)

    return answer


def leaky(A, cache, activation):
    return (np.where(cache[1] < 0, 0.3 * cache[1], A) if activation == "relu" else A), cache


CLAUSES = [
    ("compute_cost", clipped_AL(0.02), "cost is too small (3.912 where 6.195 belongs) in the case"),
    (
        "compute_cost",
        cost(lambda J, m: max(J, 0.7)),
        "cost is too large (0.7 where 0.5427 belongs)",
    ),
    (
        "compute_cost",
        cost(lambda J, m: J + 0.3 * (J > 2) - 0.2 * (J < 1)),
        "cost is too large in the cases “3 examples, two of the answers sure and wrong” and “20 "
        "examples, all of the answers sure and wrong” and too small in the case “5 examples",
    ),
    (
        "compute_cost",
        cost(lambda J, m: np.float64(J + 0.3 * (J > 2) - 0.2 * (J < 1))),
        "cost is too large in the cases “3 examples, two of the answers sure and wrong” and “20 "
        "examples, all of the answers sure and wrong” and too small in the case “5 examples",
    ),
    (
        "compute_cost",
        cost(lambda J, m: J - 1e-4 * J**2),
        "cost is nearly right, a little too small (",
    ),
    (
        "update_parameters",
        with_other_gradients(lambda dW: np.clip(dW, -1, 1)),
        "W1 and W2 are wrong only where dW is above 1 or below -1.",
    ),
    (
        "update_parameters",
        with_other_gradients(lambda dW: dW / np.linalg.norm(dW)),
        "Every W is off by a multiple of dW, which differs from array to array. The same holds for "
        "b.",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W + rate**2 * dW),
        "Every W is W plus learning_rate**2 times dW. The same holds for b.",
    ),
    (
        "compute_cost",
        cost(lambda J, m: np.nan if m == 1 else 2 - J),
        "cost is nan in the case “1 example”.",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: 0.75 * W - 0.3 * dW),
        "Every W is 0.75 times W minus 0.3 times dW, where W minus 0.3 times dW belongs",
    ),
    (
        "update_with_momentum",
        momentum_of(0.8),
        "Every W is W minus 0.01 times dW in grads minus 0.04 times dW in v, where W minus 0.0125",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W + rate * np.arctan(dW)),
        "Every W and b is changed the wrong way, and by another amount.",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W - rate * np.arctan(dW)),
        "Every W and b is changed in the right direction, but too little.",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W - rate * dW * np.abs(dW) ** 0.3),
        "Every W and b is changed in the right direction, but too much in ",
    ),
    (
        "update_parameters",
        update(
            lambda key, W, dW, rate, L: (
                np.where(W > 0, W, np.nan) + np.sin(dW) if key == "W1" else W + np.sin(dW)
            )
        ),
        "W1 is nan or infinite in ",
    ),
    (
        "linear_backward",
        linear_backward(lambda dA, dW, db, m: (np.clip(dA, -0.5, 0.5), dW, db)),
        "dA_prev is cut off at both ends: no value is above 0.5 or below -0.5",
    ),
    (
        "linear_backward",
        linear_backward(lambda dA, dW, db, m: (dA, dW + np.sin(9 * dW), db)),
        r"dW is wrong in every entry: too large in",
    ),
    ("linear_activation_forward", activated(leaky), "A is wrong only where Z in the cache is neg"),
]


CLAUSES += [
    (
        "compute_cost",
        cost(lambda J, m: min(J, 0.5)),
        "cost is 0.5 in every case, where more belongs each time.",
    ),
    (
        "compute_cost",
        lambda AL, Y: np.full((7, 7), 0.5),
        "cost has shape (7, 7) where a single number belongs.",
    ),
    (
        "compute_cost",
        lambda AL, Y: -(Y.T * np.log(AL) + (1 - Y.T) * np.log(1 - AL)),
        "cost has another shape, for example (5, 5) where a single number belongs, as if a row had",
    ),
]


CLAUSES += [
    (
        "compute_cost",
        cost(lambda J, m: J * m / (m - 1) if m > 1 else J),
        "cost is m / (m - 1) times what should be there, in every entry. In the case “1 example” "
        "the numbers are right.",
    ),
    (
        "compute_cost",
        lambda AL, Y: reference("compute_cost")(np.clip(Y, 1e-9, 1 - 1e-9), AL),
        "cost is too large (for example 7.",
    ),
    (
        "linear_forward",
        lambda A, W, b: (W @ A + b - A.sum(), (A, W, b)),
        "Z has the same error in every entry of an array.",
    ),
    (
        "linear_forward",
        lambda A, W, b: (W @ A + b, (A, W, np.repeat(b, A.shape[1], axis=1))),
        "b in the cache has the right column several times, side by side: the shape is (2, 4), and "
        "should be (2, 1).",
    ),
    (
        "linear_forward",
        lambda A, W, b: (W @ A + (b.T if len(W) == A.shape[1] else b), (A, W, b)),
        "Z is wrong in 6 of 9 entries in the case “3 inputs, 3 units, 3 examples”",
    ),
    (
        "linear_backward",
        lambda dZ, cache: (cache[1].T @ dZ, dZ @ cache[0].T / dZ.shape[1] + 1e-4 * cache[1],
                           dZ.mean(axis=1, keepdims=True)),
        "dW is the right value plus 0.0001 times W.",
    ),
]  # fmt: skip


def product_of(first, last):
    """Return a linear_forward whose products leave out inputs at the two ends."""

    def answer(A, W, b):
        some = slice(first, len(A) - last)
        return W[:, some] @ A[some] + b, (A, W, b)

    return answer


def without_the_last_example(dZ, cache):
    dA_prev, _, db = reference("linear_backward")(dZ, cache)
    return dA_prev, dZ[:, :-1] @ cache[0][:, :-1].T / dZ.shape[1], db


def last_input_alone(A, W, b):
    return W[:, -1:] @ A[-1:] + b, (A, W, b)


def whole_numbers(A, cache, activation):
    return np.trunc(A) if activation == "relu" else A, cache


CLAUSES += [
    (
        "linear_forward",
        product_of(0, 1),
        "Z is the right value minus the last column of W times the last row of A.",
    ),
    (
        "linear_forward",
        product_of(1, 0),
        "Z is the right value minus the first column of W times the first row of A.",
    ),
    ("linear_forward", last_input_alone, "Z is b plus the last column of W times the last row of"),
    (
        "linear_backward",
        without_the_last_example,
        "dW is the right value minus 1 / m times the last column of dZ times the last row of A_pr",
    ),
    (
        "linear_activation_forward",
        activated(whole_numbers),
        "A has whole numbers only in the case “relu: 3 inputs, 2 units, 4 examples”: those between",
    ),
]


@pytest.mark.parametrize(("name", "function", "start"), CLAUSES, ids=range(len(CLAUSES)))
def test_where_and_in_which_direction_is_said(name, function, start):
    assert said(name, function)[0].startswith(start)


def test_a_wrong_array_that_stands_in_two_places_is_told():
    def answer(A_prev, W, b, activation):
        A, (linear_cache, Z) = reference("linear_activation_forward")(A_prev, W, b, activation)
        A = A if activation == "relu" else np.tanh(Z)
        return A, (linear_cache, A)

    assert "Z in the cache is the same as your A." in said("linear_activation_forward", answer)


def test_no_shape_is_told_that_was_not_returned():
    def over_units(dZ, cache):
        dA_prev, dW, _ = reference("linear_backward")(dZ, cache)
        return dA_prev, -dW, dZ.mean(axis=0)

    cases = check_data("linear_backward").cases
    found = diagnose("linear_backward", observe(over_units, cases))
    assert "db has, for example, 4 entries where 2 belong" in found
    assert "(4, 1)" not in found


@pytest.mark.in_turns(2)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("first", range(5))
def test_no_answer_is_only_told_to_be_wrong(first, caplog):
    with caplog.at_level(logging.DEBUG, "workbook.diagnosis"):
        for _, wrong in ANSWERS[first::25]:
            function = wrong.function()
            with contextlib.redirect_stdout(io.StringIO()):
                seen = observe(as_function(function), check_data(wrong.name).cases)
            sentences = diagnose(wrong.name, seen, function) or ""
            assert not re.search(r"^\S+ ((is|are) wrong([.;]| in the cases? ))", sentences, re.M), (
                sentences
            )
    # No diagnosis has failed.
    assert not caplog.records


def told(name, function):
    return diagnose(name, observe(function, check_data(name).cases))


def test_the_case_is_told_where_an_array_is_flat_in_one_alone():
    def answer(A, W, b):
        Z, cache = reference("linear_forward")(A, W, b)
        return np.squeeze(Z), cache

    end = "It shows in the case “2 inputs, 3 units, 1 example”."
    assert told("linear_forward", answer).endswith(end)


def test_keys_that_an_earlier_call_has_left_are_told():
    def answer(layer_dims, parameters={}):  # noqa: B006 - the mistake
        return parameters | (
            parameters.update(reference("initialize_parameters_deep")(layer_dims)) or parameters
        )

    found = told("initialize_parameters_deep", answer)
    said = "parameters still holds keys of an earlier call, the first time `W2`, `b2`, `W3` and"
    assert found.startswith(said)


def test_a_key_that_every_call_adds_is_not_left_from_an_earlier_call():
    def answer(n_x, n_h, n_y):
        return {**reference("initialize_parameters")(n_x, n_h, n_y), "L": 2}

    found = told("initialize_parameters", answer)
    assert found == "parameters has a further key, `L`, where only keys of `W` and `b` belong."


def test_cases_stand_in_the_sentence_that_they_belong_to():
    def answer(grads_list, sizes):
        grads = reference("accumulate_gradients")(grads_list, sizes)
        return {key: 0 if key[1] == "W" and len(sizes) == 1 else one for key, one in grads.items()}

    found = said("accumulate_gradients", answer)[0]
    assert found.endswith("belongs in the case “one batch”. Its numbers are wrong, too.")


def all_units_but_the_last(dA, cache, activation):
    gradient = dA.copy()
    gradient[-1] = 0
    return reference("linear_activation_backward")(gradient, cache, activation)


def stored_after_the_slope(AL, Y, caches):
    grads = reference("L_model_backward")(AL, Y, caches)
    for l in range(1, len(caches)):
        grads[f"dA{l}"] = grads[f"dA{l}"] * (caches[l - 1][1] > 0)
    return grads


def A_prev_for_Z(dA, cache, activation):
    linear_cache, Z = cache
    gradient = dA * (linear_cache[0] > 0) if activation == "relu" else sigmoid_backward(dA, Z)
    return reference("linear_backward")(gradient, linear_cache)


def largest_of_a_column(A, cache, activation):
    return np.max(cache[1], 0) if activation == "relu" else A, cache


def bias_over_m(A, W, b):
    return W @ A + b / A.shape[1], (A, W, b)


# What is said must hold for this answer, and must not be chance.
UNTRUE = [
    ("linear_forward", bias_over_m, "number of"),
    ("linear_activation_backward", all_units_but_the_last, "of b", " b is "),
    ("linear_activation_backward", A_prev_for_Z, "of b", " b is "),
    # dW and db are right, so that dZ is right, too.
    ("L_model_backward", stored_after_the_slope, "dZ"),
    ("linear_activation_forward", activated(largest_of_a_column), "flat"),
    ("linear_activation_forward", activated(whole_numbers), "above"),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("name", "function", "untrue"), [(a, b, c) for a, b, *c in UNTRUE])
def test_what_chance_or_another_array_speaks_against_is_not_said(name, function, untrue):
    sentences = told(name, function)
    assert sentences
    assert not any(text in sentences for text in untrue)


def test_no_single_case_is_told_where_an_array_is_squeezed_in_all():
    def answer(X, parameters):
        AL, caches = reference("L_model_forward")(X, parameters)
        return AL.squeeze(axis=0), caches

    found = told("L_model_forward", answer)
    assert found == "AL is squeezed: the shape is, for example, (5,), and should be (1, 5)."


def test_arrays_of_one_name_are_not_told_to_be_wrong_in_networks_where_they_are_right():
    def answer(AL, Y, caches):
        grads = reference("L_model_backward")(AL, Y, caches)
        for l in range(len(caches) - 1):
            for key in (f"dA{l}", f"dW{l + 1}", f"db{l + 1}"):
                grads[key] = grads[key] + np.sin(9 * grads[key]) + 0.1
        return grads

    found = told("L_model_backward", answer)
    assert found.startswith("The output layer is right, and it goes wrong from the layer before")
    assert "dA2" not in found
