"""Naming mistakes: those of the catalogue, in any style, and those that no list holds."""

import contextlib
import io

import numpy as np
import pytest

from grader_tests.catalogue import Accepted, Misconception
from tests import other_styles
from tests.reference import COURSE, catalogue, each_function, entries, sample
from workbook.course.cases import check_data
from workbook.course.hidden_tests import AnswerError
from workbook.course.scripted import as_function
from workbook.course.verdicts import Raised
from workbook.diagnosis.diagnosis import diagnose, observe
from workbook.diagnosis.observation import Observation, Outcome
from workbook.learn.check.check import make_card

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

WRONG = catalogue("linear_backward")
reference = COURSE.reference


def named(name, function):
    """Return what an answer is taken for; what it prints is not shown."""
    if isinstance(function, type):
        # By its right name, as a learner's class, which exceptions tell.
        function = type(name, (function,), {})
    with contextlib.redirect_stdout(io.StringIO()):
        return diagnose(name, observe(as_function(function), check_data(name).cases), function)


@pytest.mark.in_turns(3)
@each_function
def test_each_known_mistake_is_named_and_no_right_answer(name):
    known = entries(name, Misconception)
    found = {entry.name: named(name, entry.function) for entry in known}
    assert found == {entry.name: entry.sentence for entry in known}
    right = [reference(name), *(one.function for one in entries(name, Accepted))]
    assert [named(name, function) for function in right] == [None] * len(right)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["initialize_parameters", "initialize_he"])
def test_chance_changes_no_name(name):
    for entry in sample([*entries(name, Misconception), *entries(name, Accepted)], 3):
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
    assert named("linear_backward", answer) == "\n".join(sentences)


def test_two_mistakes_are_named_where_one_of_them_ends_most_calls():
    def answer(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dZ @ A_prev / dZ.shape[1], np.sum(dZ, axis=1, keepdims=True)

    mistakes = WRONG.A_prev_not_transposed, WRONG.db_without_1_over_m
    sentences = [one.declared.sentence for one in mistakes]
    assert named("linear_backward", answer) == "\n".join(sentences)


# Answers that no list holds.


def test_an_input_that_is_changed_is_named_with_its_place():
    def answer(dZ, cache):
        found = reference("linear_backward")(dZ, cache)
        cache[1][:] = 0
        return found

    assert named("linear_backward", answer).startswith(
        "The function changes its input `cache[1]` in place"
    )


def test_several_changed_inputs_are_named_in_the_plural():
    def refills(params, grads, v, *others):
        found = reference("update_with_momentum")(params, grads, v, *others)
        for own, new in zip((params, v), found, strict=True):
            own.update(new)
        return params, v

    def in_place(dZ, cache):
        found = reference("linear_backward")(dZ, cache)
        for array in cache[:2]:
            array[:] = 0
        return found

    assert "own `params` and `v` are refilled: afterwards other values stand under their keys" in (
        named("update_with_momentum", refills)
    )
    assert named("linear_backward", in_place).startswith(
        "The function changes its inputs `cache[0]` and `cache[1]` in place: the caller holds the "
        "same arrays, which have other numbers in them afterwards."
    )


def test_a_second_call_that_differs_is_named():
    calls = []

    def answer(dZ, cache):
        calls.append(1)
        return reference("linear_backward")(dZ * (1.0 if len(calls) < 5 else 2.0), cache)

    assert named("linear_backward", answer).startswith("A later call with the same inputs gives")


m = 4
leftover = np.ones((3, 4))
EPSILON = 1e-3


def with_globals(dZ, cache):
    dA_prev, dW, db = reference("linear_backward")(dZ, cache)
    squares = [m * entry for entry in (dW, db)]
    return dA_prev + 0 * leftover.sum() * EPSILON, squares[0], db.T if dZ.shape == () else db


def test_data_of_another_cell_are_named_and_constants_and_functions_are_not():
    assert named("linear_backward", with_globals) == (
        "dW is 4 times what should be there, in every entry.\nThe function uses `leftover` and `m` "
        "from outside: what stands there from another cell or an earlier call need not belong to "
        "these inputs."
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


def test_extra_keys_hide_no_mistake():
    wrong = catalogue("L_model_backward").dAL_divided_by_m

    def answer(AL, Y, caches):
        return wrong(AL, Y, caches) | {f"dA{len(caches)}": AL, "note": "extra"}

    assert named("L_model_backward", answer) == wrong.declared.sentence


def test_the_card_and_the_judge_get_the_same_name():
    wrong = catalogue("L_model_forward").caches_reversed

    def L_model_forward(X, parameters):
        return wrong(X, parameters)

    assert make_card(L_model_forward).diagnosis == wrong.declared.sentence


def misspelt_and_large(layer_dims):
    """Return weights ten times too large under keys in small letters."""
    right = reference("initialize_parameters_deep")(layer_dims)
    return {key.replace("W", "w"): 10 * value for key, value in right.items()}


def test_a_misspelt_key_hides_no_mistake_in_what_stands_there():
    assert named("initialize_parameters_deep", misspelt_and_large) == (
        "Every W is about 10 times too large.\n"
        "parameters has the key `w1`: did you mean `W1`? The same goes for `W2` and `W3`."
    )


def test_some_of_a_few_numbers_are_not_taken_for_a_mistake():
    def stops_late(costs, patience):
        """The best epoch is also sought among epochs that should not have been run."""
        return reference("early_stopping")(costs, patience + 2)

    assert "those after the stop too" not in named("early_stopping", stops_late)


def test_a_number_with_a_fraction_is_no_epoch():
    def half_of_an_epoch(costs, patience):
        best, stop = reference("early_stopping")(costs, patience)
        return best + 0.25, stop

    said = named("early_stopping", half_of_an_epoch)
    assert "which is no whole number" in said
    assert "too late" not in said


def test_values_too_many_are_not_told_to_be_flat():
    def not_in_a_cache(A, W, b):
        return W @ A + b, A[0], W, b

    assert named("linear_forward", not_in_a_cache).count("flat") == 0


def test_costs_that_two_networks_share_do_no_harm():
    kept = []

    class Shared(reference("NeuralNetwork")):
        def __init__(self, *given):
            super().__init__(*given)
            self.costs = kept

    assert "costs" in named("NeuralNetwork", Shared)


def test_answers_are_not_called_right_where_a_list_lacks_an_entry():
    def answers(X, parameters):
        AL, caches = COURSE.reference("L_model_forward")(X, parameters)
        if len(caches) == 1:
            raise ValueError("no hidden layer")
        return AL, caches[:-1]

    said = make_card(answers, "L_model_forward").diagnosis
    assert "The output layer's cache is missing" in said
    assert "come back are right" not in said
