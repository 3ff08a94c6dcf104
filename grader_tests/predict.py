"""Hidden tests of predict."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.draws import DEEP, network
from grader_tests.lab_support import mixed
from grader_tests.support import Case, random_network
from solutions.L_model_forward import L_model_forward
from solutions.predict import predict as reference
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

RETURNS = ("predictions",)


def random_case(rng, layer_dims=(4, 3, 1), m=9):
    """Return examples and a network that answers both ways, on each side of 0.5, never near it.

    Its mean answer is not 0.5 either, so that another threshold gives another answer.
    """
    while True:
        X, _, parameters, AL, _ = random_network(rng, layer_dims, m)
        between = (np.minimum(0.5, AL.mean()) < AL) & (np.maximum(0.5, AL.mean()) > AL)
        told = m == 1 or (AL.min() < 0.5 < AL.max() and between.any())
        if told and np.abs(AL - 0.5).min() > 0.02:
            return X, parameters


def close_case(rng, layer_dims=(4, 3, 1), m=9, side=1.0):
    """Return the same of a network that is designed to decide, one answer of which is near 0.5.

    ``side`` is 1 if that answer lies above 0.5, and -1 if it lies below.
    """
    X, _, parameters, AL, _ = network(rng, layer_dims, m)
    logits = np.log(AL / (1 - AL))
    # The one in the middle.
    nearest = float(np.sort(logits[0])[m // 2])
    last = f"b{len(layer_dims) - 1}"
    # In an order of their own.
    return X, mixed(parameters | {last: parameters[last] - nearest + side * 1e-3}, 0)


def public_cases():
    """Inputs of the visible checks."""
    # With this seed both answers occur among the first n_x examples, and after them.
    rng = np.random.default_rng(13)
    for title, layer_dims, m in (
        ("3 inputs, layers of 2 and 1 units, 6 examples", (3, 2, 1), 6),
        ("2 inputs, 1 unit, 5 examples", (2, 1), 5),
    ):
        X, parameters = random_case(rng, layer_dims, m)
        # Its first answer is not the largest one.
        X = X[:, ::-1]
        # Rounding must not bring an answer to the other side.
        yield Case(title, (np.round(X, 4), {k: np.round(v, 4) for k, v in parameters.items()}))


@pytest.mark.points(1)
def test_predict_threshold(student, rng):
    """The answer is 1 where the network says more than 0.5, and 0 elsewhere"""
    for layer_dims, m in (((4, 1), 9), ((4, 3, 1), 9), DEEP):
        for side in (1.0, -1.0):
            X, parameters = close_case(rng, layer_dims, m, side)
            (got,) = split(student(X, parameters), RETURNS)
            want = reference(X, parameters)
            assert isinstance(got, np.ndarray | list), (
                f"predictions is {kind(got)}; it should be a NumPy array of numbers"
            )
            shape = np.shape(got)
            assert shape == want.shape, f"predictions has shape {shape}; it should be {want.shape}"
            wrong = int(np.sum(np.asarray(got, dtype=float) != want))
            near = np.abs(L_model_forward(X, parameters)[0] - 0.5) < 0.01
            where = "" if (np.asarray(got) != want)[~near].any() else ", of answers near 0.5"
            assert not wrong, f"{wrong} of {want.size} predictions are wrong{where}"


@pytest.mark.points(1)
def test_predict_numbers(student, rng):
    """There is one number for each example, 0 or 1, in an array of shape (1, m)"""
    X, _, parameters, _, _ = network(rng, (4, 3, 1), 14)
    opposite = {key: -array if key[1:] == "2" else array for key, array in parameters.items()}
    found = []
    for given in (parameters, opposite):
        (got,) = split(student(X, given), RETURNS)
        found.append(array_of_numbers("predictions", got, (1, 14)))
        assert set(np.unique(got)) <= {0, 1}, "predictions holds other numbers than 0 and 1"
    # Answers of exactly 0.5: either will do, but not one half.
    (got,) = split(student(X, {key: 0.0 * array for key, array in parameters.items()}), RETURNS)
    array_of_numbers("predictions", got, (1, 14))
    assert set(np.unique(got)) <= {0, 1}, "at exactly 0.5 a prediction is neither 0 nor 1"
    same = np.array_equal(*found)
    assert not same, "a network that says the opposite of another gets the same predictions"


@pytest.mark.points(1)
def test_predict_one_example_inputs_unchanged(student, rng):
    """It answers a single example as it answers many, and leaves its inputs unchanged"""
    X, parameters = close_case(rng)
    before = copy.deepcopy((X, parameters))
    want = reference(X, parameters)
    for i in range(X.shape[1] - 1):
        (got,) = split(student(X[:, i : i + 1].copy(), parameters), RETURNS)
        assert_same("the prediction of one example", got, want[:, i : i + 1])
    # Whole numbers, so far out that no answer is near 0.5.
    whole = np.array([[-20], [56], [-37], [-52]])
    (got,) = split(student(whole, parameters), RETURNS)
    assert_same("the prediction of whole numbers", got, reference(whole, parameters))
    student(X, parameters)
    assert_unchanged(before, (X, parameters), "X or parameters")
