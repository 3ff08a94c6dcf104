"""Hidden tests of early_stopping."""

import copy

import numpy as np
import pytest

from grader_tests.draws import moved
from grader_tests.support import Case, assert_unchanged
from solutions.early_stopping import early_stopping as reference
from workbook.course.compare import assert_same, split

RETURNS = ("best_epoch", "stop_epoch")

#: Falls, rises for three epochs, falls to its lowest, rises for good.
VALLEYS = [0.9, 0.7, 0.5, 0.6, 0.55, 0.52, 0.4, 0.3, 0.45, 0.5, 0.6, 0.7, 0.8]


def public_cases():
    """Inputs of the visible checks."""
    yield Case("two valleys, patience 2", (VALLEYS, 2))
    yield Case("two valleys, patience 4", (VALLEYS, 4))
    yield Case("falls to the end", ([1.0, 0.8, 0.5, 0.4], 2))
    yield Case("an equal cost is no new lowest", ([0.5, 0.4, 0.4, 0.4, 0.2], 2))
    yield Case("rises from the start, patience 1", ([0.3, 0.4, 0.2], 1))


def epochs_of(student, costs, patience):
    """Return the two epochs of the answer by name, or raise AssertionError."""
    return dict(zip(RETURNS, split(student(costs, patience), RETURNS), strict=True))


def assert_epochs(student, costs, patience, names=RETURNS):
    """Raise AssertionError unless the epochs of these names are right."""
    want = dict(zip(RETURNS, reference(list(costs), patience), strict=True))
    got = epochs_of(student, costs, patience)
    for name in names:
        assert_same(name, got[name], want[name])


def valley(rng, before, after):
    """Return costs that fall for some epochs and then rise for others."""
    falls = moved(rng, np.full(before, 0.03 / before), 0.1)
    down = [float(c) for c in 1.0 - falls.cumsum()]
    return down + [float(c) for c in down[-1] + moved(rng, np.full(after, 0.07), 0.1).cumsum()]


@pytest.mark.points(1)
def test_stops_after_patience(student, rng):
    """Training stops as soon as patience epochs in a row have brought no new lowest cost"""
    for before, patience in ((4, 3), (7, 1), (1, 5)):
        assert_epochs(student, valley(rng, before, 9), patience, ("stop_epoch",))


@pytest.mark.points(1)
def test_best_epoch(student, rng):
    """The best epoch is the one with the lowest cost of those that were run"""
    for before, patience in ((4, 3), (7, 1), (1, 5)):
        # What comes after the stop is never seen, however low it is.
        costs = [*valley(rng, before, 9), 0.01]
        assert_epochs(student, costs, patience, ("best_epoch",))


@pytest.mark.points(1)
def test_waiting_begins_anew(student, rng):
    """A new lowest cost sets the waiting back to 0; an equal one does not"""
    costs = [*valley(rng, 5, 2), 0.5, 0.6, 0.55, 0.7, 0.4]
    assert_epochs(student, costs, 3)
    flat = [*valley(rng, 3, 0), *[0.6] * 6, 0.1]
    assert_epochs(student, flat, 4)
    # Lower is lower, by however little.
    assert_epochs(student, [0.5, 0.5 - 1e-6, 0.6, 0.7], 2)


@pytest.mark.points(1)
def test_goes_on_to_the_end(student, rng):
    """Where patience never runs out, training goes on to the last epoch, one epoch alone too"""
    assert_epochs(student, valley(rng, 8, 0), 2)
    assert_epochs(student, valley(rng, 5, 3), 4)
    assert_epochs(student, [0.7], 1)


@pytest.mark.points(1)
def test_stopping_inputs_unchanged(student, rng):
    """It leaves the list of costs unchanged, and gives the same answer when called again"""
    costs = valley(rng, 5, 6)
    before = copy.deepcopy(costs)
    for _ in range(2):
        assert_epochs(student, costs, 3)
        assert_unchanged(before, costs, "the list of costs")
