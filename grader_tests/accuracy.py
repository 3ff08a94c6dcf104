"""Hidden tests of accuracy."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.support import Case
from solutions.accuracy import accuracy as reference
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("share",)


def random_case(rng, m=12):
    """Return predictions and labels of which no other count gives the accuracy.

    Right ones, right zeros, missed ones and false alarms all occur, and the share that is right
    is neither one half nor the share of the ones, by whatever they are divided.
    """
    while True:
        predictions, Y = rng.integers(0, 2, (2, 1, m)).astype(float)
        zeros, ones = np.sum((1 - predictions) * (1 - Y)), np.sum(predictions * Y)
        missed, alarms = np.sum((1 - predictions) * Y), np.sum(predictions * (1 - Y))
        right = zeros + ones
        others = {ones / max(ones + missed, 1), ones / max(ones + alarms, 1), ones / m, 0.5}
        if min(zeros, ones, missed, alarms) > 0 and right / m not in others:
            return predictions, Y


def public_cases():
    """Inputs of the visible checks."""
    yield Case(
        "5 examples, 3 of them right",
        (np.array([[1.0, 0, 0, 1, 1]]), np.array([[1.0, 0, 1, 0, 1]])),
    )
    yield Case("4 examples, all right", (np.array([[0.0, 1, 0, 0]]), np.array([[0.0, 1, 0, 0]])))
    yield Case(
        "8 examples, 2 of them right",
        (np.array([[0.0, 0, 0, 1, 1, 0, 1, 0]]), np.array([[1.0, 1, 1, 1, 0, 0, 0, 1]])),
    )
    # 5 of 7 has no end, and ones that are found, missed and invented: 4, 0 and 2.
    yield Case(
        "7 examples, 5 of them right",
        (np.array([[1.0, 1, 1, 1, 1, 1, 0]]), np.array([[1.0, 1, 0, 1, 0, 1, 0]])),
    )


def one_number(got):
    """Return the only number of an answer, which may stand in an array."""
    array = array_of_numbers("the accuracy", got, None if isinstance(got, np.ndarray) else ())
    assert array.size == 1, f"the accuracy has shape {array.shape}; one number is expected"
    return float(array.reshape(()))


@pytest.mark.points(1)
def test_accuracy_share(student, rng):
    """It is the share of the examples whose prediction is the right answer"""
    many = rng.permutation(np.arange(251.0) % 2).reshape(1, 251)
    for predictions, Y in (
        random_case(rng, 12),
        [one.astype(int) for one in random_case(rng, 25)],
        # Nearly all are right, the first and the last among them.
        (np.where(np.arange(251) // 4 != 31, many, 1 - many), many),
    ):
        (got,) = split(student(predictions, Y), RETURNS)
        value = one_number(got)
        want = reference(predictions, Y)
        # Any other count is off by a whole example; single precision is no mistake.
        assert abs(value - want) < 1e-6, f"it is off by {abs(value - want):.2g}"


@pytest.mark.points(1)
def test_accuracy_single_number(student, rng):
    """It is a single number: 1 if all are right, 0 if none is"""
    _, Y = random_case(rng)
    # Both may be whole numbers, or truths.
    for predictions, labels, want in (
        (Y.astype(bool), Y.astype(int), 1.0),
        (1 - Y, Y.astype(bool), 0.0),
    ):
        (got,) = split(student(predictions.copy(), labels), RETURNS)
        assert_same("the accuracy", got, want)


@pytest.mark.points(1)
def test_accuracy_inputs_unchanged(student, rng):
    """It works for one example, and leaves its inputs unchanged"""
    for label in (0.0, 1.0):
        for prediction in (0.0, 1.0):
            (got,) = split(student(np.array([[prediction]]), np.array([[label]])), RETURNS)
            assert one_number(got) == float(prediction == label), (
                "one example alone is judged wrongly"
            )
    predictions, Y = random_case(rng)
    before = copy.deepcopy((predictions, Y))
    student(predictions, Y)
    assert_unchanged(before, (predictions, Y), "predictions or Y")
