"""Mini-batches in a random order of the learner's own pass; other answers do not."""

import numpy as np
import pytest

from workbook.learn.check.check import make_card

NAME = "random_mini_batches"


def cut(X, Y, size, order):
    return [
        (X[:, order[i : i + size]], Y[:, order[i : i + size]]) for i in range(0, len(order), size)
    ]


def shuffled(X, Y, size, seed):
    order = np.arange(X.shape[1])
    np.random.default_rng(seed).shuffle(order)
    return cut(X, Y, size, order)


def legacy(X, Y, size, seed):
    return cut(X, Y, size, np.random.RandomState(seed).permutation(X.shape[1]))


def reference(X, Y, size, seed):
    return tuple(cut(X, Y, size, np.random.default_rng(seed).permutation(X.shape[1])))


@pytest.mark.parametrize("answer", [shuffled, legacy, reference])
def test_any_random_order_passes(answer):
    assert not make_card(answer, NAME).failed


def as_given(X, Y, size, seed):
    return cut(X, Y, size, np.arange(X.shape[1]))


def labels_apart(X, Y, size, seed):
    return [(a, Y[:, : a.shape[1]]) for a, _ in legacy(X, Y, size, seed)]


def one_missing(X, Y, size, seed):
    return legacy(X, Y, size, seed)[1:]


def one_twice(X, Y, size, seed):
    (X_batch, Y_batch), *others = legacy(X, Y, size, seed)
    X_batch[:, 0] = X_batch[:, -1] + 1
    return [(X_batch, Y_batch), *others]


def other_sizes(X, Y, size, seed):
    return legacy(X, Y, size + 1, seed)


def not_cut(X, Y, size, seed):
    return X[:, ::-1], Y[:, ::-1]


def of_nan(X, Y, size, seed):
    return [(a * np.nan, b) for a, b in legacy(X, Y, size, seed)]


def rows(X, Y, size, seed):
    return [(a.T, b.T) for a, b in legacy(X, Y, size, seed)]


@pytest.mark.parametrize(
    "answer",
    [as_given, labels_apart, one_missing, one_twice, other_sizes, not_cut, of_nan, rows],
)
def test_anything_else_fails(answer):
    assert make_card(answer, NAME).failed
