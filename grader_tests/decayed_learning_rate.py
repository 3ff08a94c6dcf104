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
    # Rounded to the nearest and rounded up, these are other intervals.
    yield Case("epoch 19, every 5 epochs", (0.2, 0.5, 19, 5))
    yield Case("epoch 12, every 10 epochs", (0.4, 0.75, 12, 10))
    # Before the first interval has passed, more than half of it.
    yield Case("epoch 8, every 15 epochs", (0.3, 0.4, 8, 15))
    yield Case("the first epoch", (0.1, 0.3, 0, 10))


def rate_of(student, *args, **named):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(*args, **named), RETURNS)[0]


@pytest.mark.points(1)
def test_rate_falls(student, rng):
    """It is the first learning rate, divided by 1 + decay_rate times the epoch"""
    large, falls, small, hardly_falls = moved(rng, (25.0, 2.7, 2e-4, 4e-4), 0.1)
    cases = [(large, falls, epoch) for epoch in (0, 1, 2, 9, 40000)]
    for rate, decay, epoch in (*cases, (small, falls, 2), (large, hardly_falls, 40000)):
        got = rate_of(student, rate, decay, epoch)
        what = f"with time_interval left out, the rate of epoch {epoch}, relative to the first,"
        assert_same(what, got / rate, reference(rate, decay, epoch) / rate)


@pytest.mark.points(1)
def test_rate_falls_in_stairs(student, rng):
    """It stays the same for time_interval epochs, then takes the next stair"""
    rate, decay = moved(rng, (0.8, 2.7), 0.1)
    for epoch in (0, 6, 7, 13, 14, 41, 699):
        want = reference(rate, decay, epoch, 7)
        given, named = ((7,), {}) if epoch % 2 else ((), {"time_interval": 7})
        got = rate_of(student, rate, decay, epoch, *given, **named)
        assert_same(f"the rate of epoch {epoch}", got, want)
