"""Hidden tests of early_stopping."""

import numpy as np
import pytest

from grader_tests.draws import moved
from grader_tests.lab_support import assert_computes
from grader_tests.support import Case
from solutions.early_stopping import early_stopping as reference
from workbook.course.compare import assert_same, split

RETURNS = ("best_epoch", "stop_epoch")

#: Falls, rises for three epochs, falls to its lowest, rises for good.
VALLEYS = [0.9, 0.7, 0.5, 0.6, 0.55, 0.52, 0.4, 0.3, 0.45, 0.5, 0.6, 0.7, 0.8]


def public_cases():
    """Inputs of the visible checks."""
    yield Case("two valleys, patience 2", (VALLEYS, 2))
    yield Case("two valleys, patience 4", (VALLEYS, 4))
    costs = [1.0, 0.8, 0.5, 0.6, 0.4, 0.55, 0.3, 0.35, 0.38]
    yield Case("patience never runs out", (costs, 3))
    yield Case("an equal cost is no new lowest, patience 6", ([0.5, 0.4, 0.4, 0.55, 0.45], 6))
    yield Case("the first cost is the lowest, patience 3", ([0.3, 0.4, 0.35, 0.5, 0.2], 3))
    yield Case("a small improvement, patience 1", ([0.3, 0.299999, 0.4, 0.2], 1))
    costs = [2.5, 1.8, 1.2, 1.2, 1.4, 1.3, 1.35]
    yield Case("costs above 1, two of them the lowest", (costs, 3))


def epochs_of(student, costs, patience):
    """Return the two epochs of the answer by name, or raise AssertionError."""
    return dict(zip(RETURNS, split(student(costs, patience), RETURNS), strict=True))


def assert_epochs(student, costs, patience, names=RETURNS, where=""):
    """Raise AssertionError unless the epochs of these names are right, of costs of some kind."""
    want = dict(zip(RETURNS, reference(list(costs), patience), strict=True))
    # The function gets a list of its own, so that a change of it is judged in one test only.
    got = epochs_of(student, list(costs), patience)
    for name in names:
        assert_same(name + where, got[name], want[name])


def valley(rng, before, after):
    """Return costs that fall for some epochs and then rise for others."""
    falls = moved(rng, np.full(before, 0.03 / before), 0.1)
    down = [float(c) for c in 1.0 - falls.cumsum()]
    return down + [float(c) for c in down[-1] + moved(rng, np.full(after, 0.07), 0.1).cumsum()]


def drawn(rng):
    """Return costs, patiences and words for the kind of costs: usual, very large, below 0."""
    return (
        (valley(rng, 1, 9), 5, ""),
        ([3e6 * cost for cost in valley(rng, 4, 9)], 3, ", of very large costs,"),
        ([cost - 2.0 for cost in valley(rng, 7, 9)], 1, ", of costs below 0,"),
    )


def waits(rng):
    """Return costs and patiences: a new lowest cost after a wait, and costs that are equal."""
    return (
        ([*valley(rng, 5, 2), 0.5, 0.6, 0.55, 0.7, 0.4], 3),
        ([*valley(rng, 3, 0), *[0.6] * 6, 0.1], 4),
        ([0.0, 0.0, 0.6, 0.7, 0.8], 2),
        ([*valley(rng, 3, 2), 0.4, 0.9, 0.4], 5),
    )


#: Lower is lower, by however little: costs and a patience.
LITTLE = [0.5003, 0.5003 - 1e-12, 0.6, 0.7, 0.8], 2
BY_LITTLE = ", where a cost is lower by very little,"


def to_the_end(rng):
    """Return costs and patiences that never run out."""
    return (valley(rng, 8, 0), 2), (valley(rng, 5, 3), 4), ([0.7], 1)


@pytest.mark.points(1)
def test_stops_after_patience(student, rng):
    """Training stops once patience epochs in a row bring no new lowest cost, else at the end"""
    for costs, patience, *where in (*drawn(rng), *to_the_end(rng)):
        assert_epochs(student, costs, patience, ("stop_epoch",), *where)


@pytest.mark.points(1)
def test_waiting_begins_anew(student, rng):
    """A new lowest cost sets the waiting back to 0; an equal one does not"""
    for costs, patience in waits(rng):
        assert_epochs(student, costs, patience, ("stop_epoch",))
    assert_epochs(student, *LITTLE, ("stop_epoch",), BY_LITTLE)


@pytest.mark.points(1)
def test_best_epoch(student, rng):
    """The best epoch is the one with the lowest cost of those that were run"""
    for costs, patience, where in drawn(rng):
        # What comes after the stop is never seen, however low it is.
        assert_epochs(student, [*costs, min(costs) - 1.0], patience, ("best_epoch",), where)


@pytest.mark.points(1)
def test_best_epoch_is_the_first(student, rng):
    """Of several equal lowest costs the first is the best, and the last epoch may be the best"""
    for costs, patience in (*waits(rng), *to_the_end(rng)):
        assert_epochs(student, costs, patience, ("best_epoch",))
    assert_epochs(student, *LITTLE, ("best_epoch",), BY_LITTLE)


@pytest.mark.points(1)
def test_stopping_inputs_unchanged(student, rng):
    """It leaves the list of costs unchanged, and gives the same answer when called again"""
    assert_computes(student, (valley(rng, 5, 6), 3), (valley(rng, 3, 8), 3), "the list of costs")
