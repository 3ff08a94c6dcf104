"""Hidden tests of decayed_learning_rate."""

import pytest

from grader_tests.draws import moved
from grader_tests.support import Case
from solutions.decayed_learning_rate import decayed_learning_rate as reference
from workbook.course.compare import assert_same, split

RETURNS = ("learning_rate",)


def public_cases():
    """Inputs of the visible checks."""
    yield Case("epoch 3, every epoch", (0.5, 0.25, 3, 1))
    yield Case("epoch 17, every 5 epochs", (0.2, 0.5, 17, 5))
    yield Case("the first epoch", (0.1, 0.3, 0, 10))


def rate_of(student, *args):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(*args), RETURNS)[0]


@pytest.mark.points(1)
def test_rate_falls(student, rng):
    """It is the first learning rate, divided by 1 + decay_rate times the epoch"""
    rate, decay = moved(rng, (0.8, 2.7), 0.1)
    for epoch in (0, 1, 2, 9, 40):
        got = rate_of(student, rate, decay, epoch, 1)
        assert_same(f"the rate of epoch {epoch}", got, reference(rate, decay, epoch, 1))


@pytest.mark.points(1)
def test_rate_falls_in_stairs(student, rng):
    """It stays the same for time_interval epochs, then takes the next stair"""
    rate, decay = moved(rng, (0.8, 2.7), 0.1)
    for epoch in (0, 6, 7, 13, 14, 41):
        got = rate_of(student, rate, decay, epoch, 7)
        assert_same(f"the rate of epoch {epoch}", got, reference(rate, decay, epoch, 7))
