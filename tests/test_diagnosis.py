"""Naming mistakes: those of the catalogue, in any style, and those that no list holds."""

import contextlib
import io

import numpy as np
import pytest

from grader_tests.catalogue import Accepted, Misconception
from tests import other_styles
from tests.reference import COURSE, catalogue, each_function, entries
from workbook import sigmoid
from workbook.course.cases import check_data
from workbook.course.hidden_tests import AnswerError
from workbook.course.scripted import as_function
from workbook.course.verdicts import Raised
from workbook.diagnosis.diagnosis import diagnose, observe
from workbook.diagnosis.observation import Observation, Outcome
from workbook.learn.check.check import examine

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

#: Different code for the same function: only one sentence for both can be right.
SAME_FUNCTION = {
    ("compute_cost", "not_divided_by_m", "m_from_shape_0"),
    ("linear_activation_backward", "no_derivative", "dA_passed_on"),
    ("NeuralNetwork", "NeverStepped", "ZeroedBeforeTheStep"),
    ("update_parameters", "changed_in_place", "shallow_copy_changed_in_place"),
}


WRONG = catalogue("linear_backward")
reference = COURSE.reference


def named(name, function):
    """Return what an answer is taken for; what it prints is not shown."""
    if isinstance(function, type):
        # By its right name, as a learner's class, which exceptions tell.
        function = type(name, (function,), {})
    with contextlib.redirect_stdout(io.StringIO()):
        return diagnose(name, observe(as_function(function), check_data(name).cases), function)


@each_function
def test_each_known_mistake_is_named_and_no_right_answer(name):
    known = entries(name, Misconception)
    found = {entry.name: named(name, entry.function) for entry in known}
    assert found == {entry.name: entry.sentence for entry in known}
    right = [reference(name), *(one.function for one in entries(name, Accepted))]
    assert [named(name, function) for function in right] == [None] * len(right)


@pytest.mark.parametrize("name", ["initialize_parameters", "initialize_he"])
def test_chance_changes_no_name(name):
    for entry in [*entries(name, Misconception), *entries(name, Accepted)]:
        expected = getattr(entry, "sentence", None)
        assert {named(name, entry.function) for _ in range(10)} == {expected}


@pytest.mark.parametrize(
    ("name", "mistake", "function"),
    other_styles.MISTAKES,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_style_gets_the_same_name(name, mistake, function):
    assert named(name, function) == getattr(catalogue(name), mistake).declared.sentence


def test_two_mistakes_in_two_parts_get_both_names():
    def answer(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, (dZ @ A_prev.T).T / dZ.shape[1], np.sum(dZ, axis=1) / dZ.shape[1]

    mistakes = WRONG.dW_transposed, WRONG.db_without_keepdims
    sentences = [one.declared.sentence for one in mistakes]
    assert named("linear_backward", answer) == " ".join(sentences)


def test_two_mistakes_are_named_where_one_of_them_ends_most_calls():
    def answer(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dZ @ A_prev / dZ.shape[1], np.sum(dZ, axis=1, keepdims=True)

    mistakes = WRONG.A_prev_not_transposed, WRONG.db_without_1_over_m
    sentences = [one.declared.sentence for one in mistakes]
    assert named("linear_backward", answer) == " ".join(sentences)


# Answers that no list holds.


def linear_backward(change):
    """Return an answer whose right gradients are changed."""
    return lambda dZ, cache: change(*reference("linear_backward")(dZ, cache), dZ.shape[1])


def L_model_backward(change):
    def answer(AL, Y, caches):
        grads = reference("L_model_backward")(AL, Y, caches)
        change(grads, len(caches))
        return grads

    return answer


def all_layers(letters, change):
    """Change every array of grads whose key begins so."""

    def changed(grads, L):
        for key in grads:
            if key.startswith(letters):
                grads[key] = change(grads[key])

    return changed


def one_layer_lower(grads, L):
    for letters in ("dW", "db"):
        arrays = [grads.pop(f"{letters}{l}") for l in range(1, L + 1)]
        grads.update({f"{letters}{l}": array for l, array in enumerate(arrays)})


def cost(change):
    return lambda AL, Y: change(reference("compute_cost")(AL, Y), AL.shape[1])


def swapped_cache(A, W, b):
    Z, (A, W, b) = reference("linear_forward")(A, W, b)
    return Z, (b, A, W)


#: What is done to the right gradients of `linear_backward`, and what is said of it.
CHANGES = [
    (lambda dA, dW, db, m: (m * dA, dW, db), "dA_prev is exactly m times too large, where m is"),
    (lambda dA, dW, db, m: (dA, dW / m, db), "dW is exactly m times too small, where m is the"),
    (lambda dA, dW, db, m: (dA, dW, -db), "db is right but for the sign"),
    (lambda dA, dW, db, m: (dA.T, dW, db), "dA_prev is transposed: rows and columns have changed"),
    (lambda dA, dW, db, m: (dA, dW, db.T), "db is transposed"),
    (lambda dA, dW, db, m: (dA, db, dW), "The values are right, but the order is: dA_prev, dW"),
    (lambda dA, dW, db, m: (dA, dW, 3 * db), "db is 3 times what should be there, in every"),
    (lambda dA, dW, db, m: (dA, dW.astype("f2"), db), "dW is nearly right: look for a small"),
]
STRUCTURES = [
    *(("linear_backward", linear_backward(change), said) for change, said in CHANGES),
    ("linear_forward", swapped_cache, "cache holds the right values in another order."),
    (
        "L_model_backward",
        L_model_backward(all_layers("db", np.ravel)),
        "db3, db2, db1 and db4 are flat, with a single axis",
    ),
    (
        "L_model_backward",
        L_model_backward(one_layer_lower),
        "The keys of dW are one layer off: dW0 holds the value of dW1.",
    ),
    (
        "L_model_backward",
        L_model_backward(all_layers("d", lambda array: 2 * array)),
        "dA2, dW3, db3, dA1 and 6 more are 2 times what should be there",
    ),
    ("compute_cost", cost(lambda J, m: J * 2), "cost is 2 times what should be there"),
    ("compute_cost", cost(lambda J, m: J / m), "cost is exactly m times too small"),
    ("compute_cost", cost(lambda J, m: J + 1e-4), "cost is nearly right"),
]


@pytest.mark.parametrize(("name", "function", "said"), STRUCTURES, ids=range(len(STRUCTURES)))
def test_the_structure_of_an_answer_is_named(name, function, said):
    assert named(name, function).startswith(said)


def one_layer_again(layer_dims):
    found = reference("initialize_parameters_deep")(layer_dims)
    if len(layer_dims) > 2:
        size = found["W2"].size
        found["W2"] = found["W1"].ravel()[:size].reshape(found["W2"].shape).copy()
    return found


#: What is done to each right array, by its key, and what is said of it.
RANDOM = [
    (lambda key, W: W.T if key == "W2" else W, "W2 is transposed"),
    (lambda key, W: np.abs(W) if key == "W1" else W, "W1 is positive everywhere"),
    (
        lambda key, W: np.full_like(W, 0.01) if key[0] == "W" else W,
        "The same number is everywhere in W1 and W2",
    ),
    (
        lambda key, W: W * 10 * np.sqrt(2 * 100 / W.shape[1]),
        "The size of W1 and W2 depends on the number of inputs",
    ),
    (
        lambda key, W: np.random.uniform(-0.0173, 0.0173, W.shape) if key == "W1" else W,
        "W1 is not normal",
    ),
    (
        lambda key, W: np.random.default_rng(1).normal(0, 0.01, W.shape) if key == "W1" else W,
        "Every call gives the same W1: a random seed is set inside the function.",
    ),
]


@pytest.mark.parametrize(("change", "said"), RANDOM, ids=range(len(RANDOM)))
def test_what_is_wrong_with_random_numbers_is_named(change, said):
    def answer(*sizes):
        right = reference("initialize_parameters")(*sizes)
        return {key: change(key, array) for key, array in right.items()}

    assert named("initialize_parameters", answer).startswith(said)


def test_a_layer_that_begins_like_another_is_named():
    said = named("initialize_parameters_deep", one_layer_again)
    assert said == "W2 is drawn from the same numbers as an earlier layer: a seed is set again."


def test_an_input_that_is_changed_is_named_with_its_place():
    def answer(dZ, cache):
        found = reference("linear_backward")(dZ, cache)
        cache[1][:] = 0
        return found

    assert named("linear_backward", answer).startswith(
        "The function changes its input `cache[1]` in place"
    )


def test_a_second_call_that_differs_is_named():
    calls = []

    def answer(dZ, cache):
        calls.append(1)
        return reference("linear_backward")(dZ * (1.0 if len(calls) < 5 else 2.0), cache)

    assert named("linear_backward", answer).startswith("A second call with the same inputs gives")


m = 4
leftover = np.ones((3, 4))
EPSILON = 1e-3


def with_globals(dZ, cache):
    dA_prev, dW, db = reference("linear_backward")(dZ, cache)
    squares = [m * entry for entry in (dW, db)]
    return dA_prev + leftover.sum() * EPSILON, squares[0], db.T if dZ.shape == () else db


def test_data_of_another_cell_are_named_and_constants_and_functions_are_not():
    assert named("linear_backward", with_globals) == (
        "dW is 4 times what should be there, in every entry. The function uses `leftover` and `m` "
        "from outside: data of another cell need not belong to these inputs."
    )
    seen = observe(with_globals, check_data("linear_backward").cases)
    assert "leftover" not in diagnose("linear_backward", seen)


def right_with_a_global(AL, Y):
    return reference("compute_cost")(AL, Y) + 0 * m


def test_a_right_answer_may_use_a_global():
    assert named("compute_cost", right_with_a_global) is None


def test_a_name_without_a_value_is_named_where_only_the_exception_is_known():
    raised = Outcome(raised=Raised("NameError", ("dZ_prev",), "name 'dZ_prev' is not defined"))
    seen = Observation((raised,) * len(check_data("linear_backward").cases), raised)
    assert diagnose("linear_backward", seen).startswith(
        "`dZ_prev` is not an argument of the function"
    )


def test_a_proxy_may_say_what_the_function_behind_it_raised():
    wrong = catalogue("update_parameters").wrong_gradient_key

    def proxy(*args):
        try:
            return wrong(*args)
        except KeyError as error:
            answer = AnswerError("your function raised KeyError in its line 3")
            answer.raised = Raised("KeyError", (error.args[0],), str(error))
            raise answer from None

    seen = observe(proxy, check_data("update_parameters").cases)
    assert diagnose("update_parameters", seen) == wrong.declared.sentence


@pytest.mark.parametrize(
    "answer",
    [
        lambda dZ, cache: None,
        lambda dZ, cache: 1 / 0,
        lambda dZ, cache: dZ @ dZ,
        lambda dZ, cache: {"dW": 1},
        lambda dZ, cache: (sigmoid, object(), "text"),
        lambda dZ, cache: (10**400, True, np.array(["a"])),
        lambda dZ, cache: tuple(np.random.default_rng(0).random((k, k)) for k in (1, 2, 3)),
    ],
)
def test_what_is_unknown_gets_no_name(answer):
    assert named("linear_backward", answer) is None


def test_a_list_that_holds_itself_ends():
    endless = []
    endless.extend([endless, endless, endless])
    assert named("linear_backward", lambda dZ, cache: endless) is None


def test_extra_keys_hide_no_mistake():
    wrong = catalogue("L_model_backward").dAL_divided_by_m

    def answer(AL, Y, caches):
        return wrong(AL, Y, caches) | {f"dA{len(caches)}": AL, "note": "extra"}

    assert named("L_model_backward", answer) == wrong.declared.sentence


def test_a_missing_key_is_not_taken_for_the_mistake_that_lacks_more():
    def answer(AL, Y, caches):
        grads = reference("L_model_backward")(AL, Y, caches)
        del grads["db1"]
        return grads

    assert named("L_model_backward", answer) is None


def test_the_card_and_the_judge_get_the_same_name():
    wrong = catalogue("L_model_forward").caches_reversed

    def L_model_forward(X, parameters):
        return wrong(X, parameters)

    assert examine(L_model_forward).diagnosis == wrong.declared.sentence
