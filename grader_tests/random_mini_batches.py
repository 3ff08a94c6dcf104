"""Hidden tests of random_mini_batches."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.support import Case
from workbook.course.compare import array_of_numbers, split
from workbook.course.kinds import kind
from workbook.course.words import counted

RETURNS = ("mini_batches",)


def numbered_examples(m, n_x=3):
    """Return examples that can be told apart: example i holds i in every row, and so does Y."""
    number = np.arange(float(m)).reshape(1, m)
    return number + 100 * np.arange(float(n_x)).reshape(n_x, 1), number.copy()


def examples(m, n_x=3):
    """Return the same, of numbers that are not whole, and labels that are."""
    X, Y = numbered_examples(m, n_x)
    # Of numbers that float32 holds as they are, an answer that begins with it loses nothing.
    return (7.12345 - X).astype("f4").astype(float), Y.astype(int)


def public_cases():
    """Inputs of the visible checks."""
    for title, m, size, seed in (
        ("7 examples, mini-batches of 3, seed 1", 7, 3, 1),
        ("6 examples, mini-batches of 2, seed 2", 6, 2, 2),
        ("3 examples, mini-batches of 4, seed 3", 3, 4, 3),
    ):
        X, Y = numbered_examples(m, 2)
        yield Case(title, (X, Y, size, seed))


def batches_of(student, X, Y, size, seed):
    """Return the pairs of arrays, or raise AssertionError if they are none."""
    (batches,) = split(student(X, Y, size, seed), RETURNS)
    assert isinstance(batches, list | tuple), (
        f"the function returned {kind(batches)}; it should return a list of mini-batches"
    )
    for number, pair in enumerate(batches, 1):
        is_pair = isinstance(pair, list | tuple) and len(pair) == 2
        size = f" of {len(pair)}" if isinstance(pair, list | tuple) else ""
        assert is_pair, (
            f"mini-batch {number} is {kind(pair)}{size}; it should be a pair, X_batch and Y_batch"
        )
    pairs = [tuple(pair) for pair in batches]
    for X_batch, Y_batch in pairs:
        for name, part, rows in (("X_batch", X_batch, len(X)), ("Y_batch", Y_batch, 1)):
            is_truth = isinstance(part, np.ndarray) and part.dtype == bool
            shape = array_of_numbers(name, part.astype(int) if is_truth else part).shape
            is_matrix = len(shape) == 2 and shape[0] == rows
            assert is_matrix, f"{name} has shape {shape}; it should have {counted(rows, 'row')}"
        assert X_batch.shape[1] == Y_batch.shape[1], "X_batch and Y_batch differ in length"
    return pairs


@pytest.mark.points(1)
def test_batches_sizes(student, rng):
    """Every mini-batch is full, but for the last one, which holds what is left"""
    # Where only the batches were shuffled, the short one would be the last of 11 six times.
    for m, size in ((10, 4), (12, 4), (3, 8), (9, 1), (70, 17), *[(41, 4)] * 6):
        X, Y = examples(m)
        # Labels may be truths.
        pairs = batches_of(student, X, Y % 2 == 1, size, int(rng.integers(1000)))
        sizes = [Y_batch.shape[1] for _, Y_batch in pairs]
        want = [min(size, m - start) for start in range(0, m, size)]
        assert sizes == want, f"{m} examples by {size} give mini-batches of {sizes}"
        given = {tuple(column) for column in X.T}
        strange = sum(tuple(c) not in given for X_batch, _ in pairs for c in np.asarray(X_batch).T)
        assert not strange, f"{strange} columns are none of the examples"


@pytest.mark.points(1)
def test_batches_hold_each_example_once(student, rng):
    """Every example is in exactly one mini-batch"""
    for m, size in ((20, 6), (12, 4), (5, 8)):
        # So many rows that no shuffle leaves them as they are.
        X, Y = examples(m, 8)
        pairs = batches_of(student, X, Y, size, int(rng.integers(1000)))
        assert pairs, "there are no mini-batches"
        assert len(pairs) > 1 or m <= size, "all examples come in one mini-batch"
        found = np.hstack([X_batch for X_batch, _ in pairs])
        times = [int(np.sum(np.all(found == x[:, None], axis=0))) for x in X.T]
        missing, again = sum(t == 0 for t in times), sum(t > 1 for t in times)
        assert not missing, f"{missing} of {m} examples are missing"
        assert not again, f"{again} of {m} examples come more than once"


@pytest.mark.points(1)
def test_batches_keep_pairs(student, rng):
    """Every example keeps its own label"""
    # So many rows that no shuffle leaves them as they are.
    X, Y = numbered_examples(24, 8)
    # Whole numbers, as raw data are.
    X = X.astype(int)
    pairs = batches_of(student, X, Y, 7, int(rng.integers(1000)))
    assert pairs, "there are no mini-batches"
    assert len(pairs) > 1, "all examples come in one mini-batch"
    X_all, Y_all = (np.hstack(parts) for parts in zip(*pairs, strict=True))
    wrong = int(np.sum(X_all[0] != Y_all[0]))
    assert not wrong, f"{wrong} of {X_all.shape[1]} examples have the label of another one"
    rows = X_all - X_all[:1] == 100 * np.arange(8.0).reshape(8, 1)
    assert rows.all(), "the rows of an example have changed places"


def order_of(student, X, Y, rng):
    """Return the examples of all mini-batches of 8, in their order."""
    return [batch[0].tolist() for batch, _ in batches_of(student, X, Y, 8, rng)]


@pytest.mark.points(1)
def test_batches_order_inputs_unchanged(student, rng):
    """The order is random, of a seed (the same again) or a generator (a new one); inputs stay"""
    X, Y = numbered_examples(30)
    before = copy.deepcopy((X, Y))
    first, second = (int(seed) for seed in rng.choice(1000, 2, replace=False))
    orders = []
    for seed in (first, second, first):
        orders.append(order_of(student, X, Y, seed))
        assert_unchanged(before, (X, Y), "X or Y")
    given = [list(range(start, min(start + 8, 30))) for start in range(0, 30, 8)]
    assert orders[0] != given, "the examples come in the order in which they were given"
    # By chance one of 30 examples is followed by the one that it was followed by.
    drawn = np.concatenate(orders[0])
    still = int(np.sum(np.diff(drawn) == 1))
    assert still < 15, f"{still} of 29 examples are still followed by the one that came after them"
    assert orders[0] != orders[1], "two seeds give the same order"
    assert orders[0] == orders[2], "one seed gives two orders"
    # 0 is a seed like any other, and there are many orders.
    several = [order_of(student, X, Y, seed) for seed in (*range(12), 0)]
    assert several[0] == several[-1], "the seed 0 gives two orders"
    others = [one for one in several[1:-1] if several.count(one) > 1]
    assert not others, f"{len(others)} of 11 seeds give the same order as another seed"
    # One mini-batch of all examples is in a random order, too.
    whole = [x for batch, _ in batches_of(student, X, Y, 40, first) for x in batch[0].tolist()]
    assert whole != X[0].tolist(), (
        "where one mini-batch holds all examples, they come in the order in which they were given"
    )
    # A generator begins as its seed does, and goes on from where it is.
    seed = int(rng.integers(2**62))
    generator = np.random.default_rng(seed)
    one, other = order_of(student, X, Y, generator), order_of(student, X, Y, generator)
    assert sorted(x for batch in one for x in batch) == sorted(X[0]), (
        "with a generator, not each example comes once"
    )
    assert one != given, "with a generator, the examples come in the order in which they were given"
    assert one != other, "one generator gives the same order twice"
    by_seed = order_of(student, X, Y, seed)
    assert one == by_seed, "a new generator gives another order than its seed"
