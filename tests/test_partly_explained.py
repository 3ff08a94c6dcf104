"""Answers that known mistakes explain in part: what is said of the keys that are missing."""

from itertools import pairwise

import numpy as np
import pytest

from grader_tests.catalogue import Misconception
from tests.reference import COURSE, entries, reference
from tests.test_diagnosis import named
from workbook import relu_backward, sigmoid_backward
from workbook.build.mistakes import find_known_mistakes
from workbook.course.cases import check_data
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.known import known_mistakes
from workbook.diagnosis.observation import observe

linear_activation_backward = COURSE.reference("linear_activation_backward")


def back(AL, Y, caches, last=0):
    """Return the gradients down to a layer."""
    grads, L = {}, len(caches)
    dA = (AL - Y) / (AL * (1 - AL))
    for l in range(L, max(0, min(last, L - 1)), -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


def two_layers_only(AL, Y, caches):
    return back(AL, Y, caches, len(caches) - 2)


def without_the_first_and_one_doubled(AL, Y, caches):
    grads, L = back(AL, Y, caches, 1), len(caches)
    return grads | {f"db{L}": 2 * grads[f"db{L}"]}


def larger_and_without_the_last(layer_dims):
    pairs = list(pairwise(layer_dims))[:-1]
    parameters = {}
    for l, (before, here) in enumerate(pairs, 1):
        parameters[f"W{l}"] = np.random.randn(here, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((here, 1))
    return parameters


def test_a_layer_less_is_not_said_of_an_answer_that_lacks_more():
    said = named("L_model_backward", two_layers_only)
    assert said == "grads lacks the keys of all layers but the last two in 2 of 3 cases."


@pytest.mark.parametrize(
    ("name", "function", "missing", "said"),
    [
        (
            "L_model_backward",
            without_the_first_and_one_doubled,
            "The gradients of the first layer are missing",
            "db of the output layer is 2 times what should be there",
        ),
        (
            "initialize_parameters_deep",
            larger_and_without_the_last,
            "The last layer is missing",
            "as in the rules of Xavier and He",
        ),
    ],
)
def test_what_else_is_wrong_is_told_and_not_again_which_keys_are_missing(
    name, function, missing, said
):
    first, second = named(name, function).splitlines()
    assert first.startswith(missing)
    assert said in second


def test_what_is_said_of_several_results_is_said_once_of_all():
    def all_turned(dZ, cache):
        return tuple(-one for one in COURSE.reference("linear_backward")(dZ, cache))

    said = "Each of `dA_prev`, `dW` and `db` comes out as if it had the other sign."
    assert named("linear_backward", all_turned) == said


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_of_a_sum_for_the_mean_with_another_mistake_no_other_m_is_told():
    wrong = [(one.sentence, one.function) for one in entries("compute_cost", Misconception)]
    source = COURSE.solution("compute_cost").read_text(encoding="utf-8")
    found = find_known_mistakes(wrong, source, "compute_cost", check_data("compute_cost").cases)
    said = [text for one in found if len(one.sentences) > 1 for text in one.sentences]
    assert any("the division by m were left out" in text for text in said)
    assert not any("m were the number of" in text for text in said)


def test_what_is_there_with_wrong_numbers_is_not_said_to_be_missing():
    def turned_and_without_the_last_db(AL, Y, caches):
        grads = back(1 - AL, 1 - Y, caches)
        del grads[f"db{len(caches)}"]
        return grads

    said = named("L_model_backward", turned_and_without_the_last_db)
    assert "dW and db of the output layer are missing" not in said
    assert "the db with the highest number were never stored" in said


def test_of_keys_that_are_missing_here_and_there_those_of_one_case_are_named():
    def every_other_layer(AL, Y, caches):
        kept = range(len(caches), 0, -2)
        grads = back(AL, Y, caches)
        return {key: grads[key] for l in kept for key in (f"dA{l - 1}", f"dW{l}", f"db{l}")}

    said = named("L_model_backward", every_other_layer)
    assert said == "grads lacks keys in 2 of 3 cases, the first time `dA1`, `dW2` and `db2`."


def test_what_holds_of_dZ_in_several_cases_is_said_once():
    def with_z_for_its_sigmoid(dA, cache, activation):
        linear_cache, Z = cache
        dZ = dA * Z * (1 - Z) if activation == "sigmoid" else dA * (Z.mean() < Z)
        return COURSE.reference("linear_backward")(dZ, linear_cache)

    first, second = named("linear_activation_backward", with_z_for_its_sigmoid).splitlines()
    assert first.startswith("dZ is dA times (Z (1 - Z))")
    assert "in the cases “a sigmoid layer" in first
    assert "a sigmoid layer" not in second


def test_gradients_that_come_back_are_not_said_to_be_new_parameters():
    said = named("update_parameters", lambda params, grads, learning_rate: grads)
    assert said.startswith("The keys are those of the gradients, with a d in front. The new")
    assert "are to come back" in said


def test_a_key_by_another_number_is_not_said_to_be_none_at_all():
    def older_keys_of_the_output_layer(AL, Y, caches):
        L = len(caches)
        grads = back(AL, Y, caches)
        return {f"dA{L}": grads[f"dA{L - 1}"]} | {key: grads[key] for key in (f"dW{L}", f"db{L}")}

    said = named("L_model_backward", older_keys_of_the_output_layer)
    assert "no dA at all" not in said


def test_of_keys_that_are_all_others_no_mistakes_are_told_together():
    def by_kind(n_x, n_h, n_y):
        made = COURSE.reference("initialize_parameters")(n_x, n_h, n_y)
        W, b = ({key: made[key] for key in made if key[0] == letter} for letter in "Wb")
        return {"weights": W, "biases": b}

    said = named("initialize_parameters", by_kind)
    assert said == "parameters lacks every key of W and b: its keys are weights and biases."


def test_of_a_mistake_that_shows_in_missing_keys_alone_nothing_is_said_of_numbers():
    def hidden_layers_alone_and_as_sigmoid(AL, Y, caches):
        grads, L = {}, len(caches)
        dA, _, _ = linear_activation_backward((AL - Y) / (AL * (1 - AL)), caches[-1], "sigmoid")
        for l in range(L - 1, 0, -1):
            dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid")
            grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
        return grads

    said = named("L_model_backward", hidden_layers_alone_and_as_sigmoid)
    assert "dW and db of the output layer are missing. They come with" in said
    assert "dAL goes into the layer before it" not in said


def test_keys_too_many_are_those_of_one_case():
    def a_layer_more(layer_dims):
        dims = [*layer_dims, layer_dims[-1]]
        return COURSE.reference("initialize_parameters_deep")(dims)

    said = named("initialize_parameters_deep", a_layer_more)
    assert said == "parameters has further keys, the first time `W4` and `b4`."


def test_misspelt_keys_are_named_although_a_layer_is_missing():
    def small_and_without_the_last(layer_dims):
        parameters = COURSE.reference("initialize_parameters_deep")(layer_dims)
        last = len(layer_dims) - 1
        return {key.lower(): parameters[key] for key in parameters if key != f"W{last}"}

    said = named("initialize_parameters_deep", small_and_without_the_last)
    assert "has the key `w1`: did you mean `W1`? The same" in said


def test_only_what_is_none_is_said_to_be_none():
    def without_layer_1(AL, Y, caches):
        grads, L = back(AL, Y, caches), len(caches)
        none = dict.fromkeys(("dA0", "dW1", "db1")) if L == 3 else {}
        other = {"dA1": np.sin(50 * grads["dA1"])} if L == 4 else {}
        return grads | none | other

    said = named("L_model_backward", without_layer_1)
    assert said.startswith("dA0, dW1 and db1 are None in the case “3 inputs, layers of 4, 2 and")


def of_linear_backward(dW, db):
    """Return what is said of a linear_backward with other dW and db."""

    def answer(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dW(dZ, A_prev), db(dZ, A_prev)

    return diagnose("linear_backward", observe(answer, check_data("linear_backward").cases))


def by_examples(dZ, A_prev):
    return dZ @ A_prev.T / dZ.shape[1]


def by_rows(dZ, A_prev):
    return dZ @ A_prev.T / len(A_prev)


def test_a_mistake_is_not_named_for_a_part_that_shows_nothing_of_it():
    undivided = of_linear_backward(by_rows, lambda dZ, A_prev: dZ.sum(axis=1, keepdims=True))
    flat = of_linear_backward(by_rows, lambda dZ, A_prev: dZ.mean(axis=1))
    both = of_linear_backward(
        by_rows, lambda dZ, A_prev: dZ.sum(axis=1, keepdims=True) / len(A_prev)
    )
    said = "dW and db are divided by the number of inputs"
    assert both.startswith(said)
    assert said not in undivided + flat
    assert "1 / the number of inputs times dZ @ A_prev.T" in undivided
    assert "flat" in flat


def test_two_mistakes_stored_together_both_show():
    known = known_mistakes(check_data("linear_backward"))
    pairs = [one.sentences for one in known if len(one.sentences) > 1]
    rows = [pair for pair in pairs if pair[0].startswith("dW and db are divided by the number of")]
    assert rows
    assert not [pair for pair in rows if "left out" in pair[1]]


def test_what_goes_wrong_with_both_activations_is_said_once():
    def answer(dA, cache, asked):
        slope = {"relu": relu_backward, "sigmoid": sigmoid_backward}[asked]
        return reference.linear_backward(slope(cache[1], dA), cache[0])

    name = "linear_activation_backward"
    found = diagnose(name, observe(answer, check_data(name).cases))
    said = (
        'With activation "relu" and "sigmoid", the answer comes out as if dA and Z were exchanged.'
    )
    assert found == said


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_what_goes_wrong_with_one_activation_is_said_of_that_one(activation):
    def answer(dA, cache, asked):
        Z = dA if asked == activation else cache[1]
        slope = {"relu": relu_backward, "sigmoid": sigmoid_backward}[asked]
        return reference.linear_backward(slope(dA, Z), cache[0])

    name = "linear_activation_backward"
    found = diagnose(name, observe(answer, check_data(name).cases))
    starts = {
        "sigmoid": 'With activation "sigmoid", the answer comes out as if dA stood in the place',
        "relu": "ReLU's gradient is blocked where dA is negative.",
    }
    assert found.startswith(starts[activation])


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (lambda layer, layers: layer < layers - 1, "parameters lacks the keys of the last two"),
        (lambda layer, layers: layer > 2, "parameters lacks the keys of the first two layers."),
    ],
)
def test_two_layers_left_out_are_not_told_as_one(kept, said):
    def answer(layer_dims):
        made = reference.initialize_parameters_deep(layer_dims)
        return {k: one for k, one in made.items() if kept(int(k[1:]), len(layer_dims) - 1)}

    name = "initialize_parameters_deep"
    found = diagnose(name, observe(answer, check_data(name).cases))
    assert found.startswith(said)
    assert "Only" not in found
