"""What is unusual about the inputs of a call is told in words, without their entries."""

import numpy as np
import pytest

from grader_tests.update_parameters import how_it_moves
from tests.submissions import COURSE
from workbook.course.hidden_tests import run
from workbook.course.unusual_inputs import unusual


def weights(*layers, letters="W"):
    return {f"{letters}{layer}": layer for layer in layers}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((1.5, [3, 2, 1], "relu"), ""),
        ((weights(1, 2, 3), weights(3, 2, 1, letters="dW")), ""),
        ((weights(*range(1, 13)),), "this was a network of 12 layers"),
        (([["let", "start", weights(*range(1, 13), letters="dW")]],),
         "this was a network of 12 layers"),
        ((np.ones((2, 1000)), (np.ones((2000, 3)), np.ones(3000))), ""),
        ((np.ones((2, 1001)), (np.ones((3, 5)), 1)), "these were 1001 examples"),
        (({"W1": np.ones((3, 2000))}, np.ones((2, 5))), ""),
        ((np.ones((2000, 5)), np.ones((3, 2000))), ""),
        ((np.ones((2, 1001)), weights(*range(1, 13))),
         "this was a network of 12 layers, with 1001 examples"),
        ((weights(2, 3, 1),),
         "this was a network whose dictionary has its keys in another order"),
        ((weights(*range(12, 0, -1)), 0.1),
         "this was a network of 12 layers, whose parameters come in the dictionary from the last "
         "layer on"),
        ((weights(11, *range(1, 11)), 0.1),
         "this was a network of 11 layers, whose dictionary has its keys in another order"),
    ],
)  # fmt: skip
def test_layers_order_and_examples_are_told(args, said):
    assert unusual(args) == said


def test_how_a_parameter_moves_is_told():
    def update(change):
        return lambda params, grads, rate: {k: v - change(grads[f"d{k}"], rate)
                                            for k, v in params.items()}  # fmt: skip

    for change, told in (
        (lambda g, rate: min(rate, 1) * g, "W4 moves as if the learning rate were 1, but it"),
        (lambda g, rate: rate * np.clip(g, -1, 1), "W1 moves as if its gradient were cut off"),
    ):
        assert told in " ".join(messages(update(change)))
    # Nothing is said of what moves as it should.
    found = messages(update(lambda g, rate: rate * (g if len(g) == 1 else np.sign(g))))
    assert found
    assert not any("as if the learning rate" in message for message in found)
    # Of one number, a factor would be found in any case.
    assert "b3 moves" not in " ".join(messages(update(lambda g, rate: rate * np.clip(g, -5, 5))))


def test_a_number_in_the_place_of_another_is_not_told_to_be_cut_off():
    gradient = np.array([[0.9], [0.5], [-1.2]])
    params, grads = {"b1": np.zeros((3, 1))}, {"db1": gradient}
    moved = {"b1": -gradient[[1, 1, 2]]}
    assert how_it_moves((params, grads, 1.0), moved, ["b1"]) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda dA: dA / 2, "is too small: its largest error is 0.5 times its largest right entry"),
        (lambda dA: 2 * dA, "is too large: its largest error is 1 times its largest right entry"),
        (lambda dA: -2 * dA, "is not right: its largest error is 3 times"),
        (lambda dA: np.roll(dA, 1, axis=1), "is not right: its largest error is"),
        (lambda dA: dA * np.nan, "entries that are not numbers (nan)"),
    ],
)
def test_how_sure_answers_are_wrong_is_told(change, said):
    right = COURSE.reference("L_model_backward")

    def backward(*given):
        grads = right(*given)
        return {**grads, "dA0": change(grads["dA0"])}

    (found,) = (one for one in messages(backward, "L_model_backward") if "very sure" in one)
    assert said in found


def messages(answer, name="update_parameters"):
    return [one.message for one in run(COURSE.hidden_tests(name), answer, 1) if not one.passed]


def test_a_hidden_test_that_fails_in_deep_networks_alone_says_so():
    right = COURSE.reference("update_parameters")

    def one_digit(params, grads, learning_rate):
        updated = right(params, grads, learning_rate)
        return {key: value for key, value in updated.items() if len(key) == 2}

    found = messages(one_digit)
    assert found
    assert all("; this was a network of 12 layers" in message for message in found)
    # What fails everywhere has nothing to do with that.
    found = messages(lambda params, grads, learning_rate: None)
    assert len(found) == len(COURSE.hidden_tests("update_parameters"))
    assert not any("this was a network" in message for message in found)


def test_what_fails_in_the_same_words_with_other_inputs_has_nothing_to_do_with_these():
    right = COURSE.reference("update_with_momentum")
    found = messages(lambda *given, **named: (*right(*given, **named), 0), "update_with_momentum")
    # One test at least is passed.
    assert 0 < len(found) < len(COURSE.hidden_tests("update_with_momentum"))
    assert not any("this was a network" in message for message in found)


@pytest.mark.parametrize(
    "name", ["update_parameters", "L_model_backward", "update_with_momentum", "update_with_adam"]
)
def test_arrays_of_texts_are_named_and_not_computed_with(name):
    def texts(value):
        if isinstance(value, dict):
            return {key: texts(entry) for key, entry in value.items()}
        return tuple(map(texts, value)) if isinstance(value, tuple) else value.astype(str)

    right = COURSE.reference(name)
    found = run(COURSE.hidden_tests(name), lambda *args, **named: texts(right(*args, **named)), 0)
    assert not [verdict.message for verdict in found if "raised" in verdict.message]
