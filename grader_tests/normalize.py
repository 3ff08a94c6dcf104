"""Hidden tests of normalize."""

import copy

import numpy as np
import pytest

from grader_tests.draws import steady
from grader_tests.support import Case, assert_unchanged
from solutions.normalize import normalize as reference
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("X_train", "X_test")


def random_case(rng, n_x=4, m_train=7, m_test=5):
    """Return training and test examples whose features have different means and sizes."""
    mean = rng.uniform(2, 9, (n_x, 1))
    size = rng.uniform(0.5, 4, (n_x, 1))
    X_train = mean + size * rng.standard_normal((n_x, m_train))
    # The test set lies elsewhere, so that statistics of its own are others.
    X_test = mean + size * (1 + 1.5 * rng.standard_normal((n_x, m_test)))
    return X_train, X_test


@steady
def steady_case(rng, n_x=4, m_train=7, m_test=5):
    """Return the same, with one number in each set that lies far out."""
    X_train, X_test = random_case(rng, n_x, m_train, m_test)
    X_train[0, 0] += 30.0
    X_test[1, 0] += 100.0
    return X_train, X_test


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(11)
    for title, sizes in (
        ("3 features, 5 examples to learn from, 4 to test", (3, 5, 4)),
        ("4 features, 4 examples each", (4, 4, 4)),
    ):
        yield Case(title, tuple(np.round(X, 1) for X in random_case(rng, *sizes)))
    X_train, X_test = (np.round(X, 1) for X in random_case(rng, 3, 4, 2))
    X_train[1], X_test[1] = 3.0, [3.0, 5.0]
    yield Case("the second of 3 features is constant in the training set", (X_train, X_test))


@pytest.mark.points(1)
def test_normalize_train(student, rng):
    """In the training set every feature gets mean 0 and standard deviation 1"""
    for n_x, m_train in ((4, 7), (3, 30)):
        X_train, X_test = steady_case(rng, n_x, m_train)
        got, _ = split(student(X_train, X_test), RETURNS)
        assert_same("X_train", got, reference(X_train, X_test)[0])


@pytest.mark.points(1)
def test_normalize_test(student, rng):
    """The test set is treated with the mean and the deviation of the training set"""
    for m_test in (5, 1, 7):
        X_train, X_test = steady_case(rng, 4, 7, m_test)
        _, got = split(student(X_train, X_test), RETURNS)
        assert_same("X_test", got, reference(X_train, X_test)[1])


@pytest.mark.points(1)
def test_normalize_constant_feature(student, rng):
    """A feature that is constant in the training set does no harm: nothing is divided by 0"""
    X_train, X_test = steady_case(rng, 3)
    X_train[1], X_test[1, 1] = 2.0, 2.0
    parts = split(student(X_train, X_test), RETURNS)
    for name, got, want in zip(RETURNS, parts, reference(X_train, X_test), strict=True):
        got = array_of_numbers(name, got, want.shape)
        assert_same(f"the constant feature of {name}", got[1], want[1])


@pytest.mark.points(1)
def test_normalize_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged"""
    X_train, X_test = steady_case(rng)
    before = copy.deepcopy((X_train, X_test))
    answer = split(student(X_train, X_test), RETURNS)
    assert_unchanged(before, (X_train, X_test), "X_train or X_test")
    answer = [array_of_numbers(*one) for one in zip(RETURNS, answer, strict=True)]
    moved = any(not np.array_equal(part, X) for part, X in zip(answer, before, strict=True))
    assert moved, "what comes back is what was given"
