"""What fails the visible check never earns full marks, whatever the inputs of a grading are."""

import numpy as np
import pytest

from tests.reference import COURSE, each_function
from tests.seeds import gets_full_marks
from workbook.course.exercises import find_function
from workbook.course.hidden_tests import run
from workbook.course.scripted import as_function
from workbook.course.visible import faults
from workbook.learn.check.check import make_card


def added(number):
    """Return a change of each array of an answer."""
    return lambda array: array + number


def changed(name, change):
    """Return the reference with a change of each array that it returns."""
    reference = COURSE.reference(name)

    def walk(value):
        if isinstance(value, dict):
            return {key: walk(entry) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(map(walk, value))
        return change(value) if isinstance(value, np.ndarray) else value

    return lambda *args: walk(reference(*args))


def test_an_error_that_only_the_check_shows_costs_points():
    name = "L_layer_model"
    answer = changed(name, added(1e-6))
    (failed,) = [v for v in run(COURSE.hidden_tests(name), answer, 0) if not v.passed]
    assert failed.name == "test_model_keys_and_shapes"
    assert failed.points == 0
    assert failed.message.startswith("in the visible check (")
    answer.__name__ = name
    assert make_card(answer).failed


def same_if_all_stay(A, keep_prob, mask):
    return A if keep_prob == 1 and A.shape == (2, 3) else A * mask / keep_prob


def changed_by_shape(Z):
    slope = COURSE.reference("relu_derivative")(Z)
    # The shape of a public case, which no hidden test has.
    Z *= 2.0 if Z.shape == (2, 3) else 1.0
    return slope


@pytest.mark.parametrize(
    ("name", "answer", "test"),
    [
        ("dropout_forward", same_if_all_stay, "test_forward_inputs_unchanged"),
        ("relu_derivative", changed_by_shape, "test_relu_slope_inputs_unchanged"),
    ],
)
def test_what_a_call_does_besides_costs_points(name, answer, test):
    (failed,) = [v for v in run(COURSE.hidden_tests(name), answer, 0) if not v.passed]
    assert failed.name == test
    assert failed.points == 0
    assert "in the visible check" in failed.message
    assert not gets_full_marks(name, answer, 0)
    assert gets_full_marks(name, COURSE.reference(name), 0)


@each_function
def test_no_right_answer_has_a_fault(name):
    known, reference = find_function(name), COURSE.reference(name)
    assert list(faults(known, as_function(reference))) == []
