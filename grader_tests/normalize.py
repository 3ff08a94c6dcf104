"""Hidden tests of normalize."""

import numpy as np
import pytest

from grader_tests.draws import steady
from grader_tests.lab_support import assert_computes
from grader_tests.support import Case
from solutions.normalize import normalize as reference
from workbook.course.compare import alike, array_of_numbers, assert_same, split

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


def small_feature(X_train, X_test, row=2):
    """Give a feature the mean 0 and the deviation 2e-3 in the training set, which is not 0."""
    mean, spread = X_train[row].mean(), X_train[row].std()
    for X in (X_train, X_test):
        X[row] = 2e-3 * (X[row] - mean) / spread


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
        small_feature(X_train, X_test)
        # A feature that is not constant may begin and end as if it were.
        X_train[1, : m_train // 2] = X_train[1, -1] = X_train[1, 0]
        got, _ = split(student(X_train, X_test), RETURNS)
        want = reference(X_train, X_test)[0]
        is_array = isinstance(got, np.ndarray) and got.shape == want.shape
        assert not (is_array and alike(got[:2], want[:2]) and alike(got[2], X_train[2])), (
            "a feature is left undivided because its deviation is small: there is nothing to "
            "divide by only where it is 0"
        )
        assert_same("X_train", got, want)
    # A deviation of 2e-6 is not 0 either; here a tiny number beside it may show, but no more.
    tiny = X_train.copy()
    tiny[2] *= 1e-3
    got, _ = split(student(tiny, X_test), RETURNS)
    spread = float(np.std(array_of_numbers("X_train", got, tiny.shape)[2]))
    others = alike(np.asarray(got)[:2], want[:2])
    assert abs(spread - 1) < 0.05 or not others, (
        f"a feature of a very small deviation gets the deviation {spread:.2g}: is it taken for a "
        "constant one?"
    )
    # Raw data are often whole numbers.
    X_train, X_test = np.rint(10 * X_train).astype(int), np.rint(10 * X_test).astype(int)
    got, _ = split(student(X_train[:2], X_test[:2]), RETURNS)
    assert_same("X_train of whole numbers", got, reference(X_train[:2], X_test[:2])[0])


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
        # Written so that nan is not said to be large.
        assert not np.abs(got[1]).max() > 1e4, (
            f"the constant feature of {name} is divided by a tiny number; it should not be divided"
        )
        assert_same(f"the constant feature of {name}", got[1], want[1])
    # Of a single example every feature is constant.
    X_train, X_test = steady_case(rng, 4, 1)
    parts = split(student(X_train, X_test), RETURNS)
    for name, got, want in zip(RETURNS, parts, reference(X_train, X_test), strict=True):
        assert_same(f"{name}, where one example is all there is to learn from,", got, want)


@pytest.mark.points(1)
def test_normalize_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and returns new arrays"""
    X_train, X_test = steady_case(rng)
    assert_computes(student, (X_train, X_test), (-X_train, X_test + 1), "X_train or X_test")
    # New arrays come back, and two, of two sets that are normal already, and equal.
    normal = np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]])
    student(normal, normal.copy())
