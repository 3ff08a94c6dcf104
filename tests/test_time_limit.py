"""A check in a browser's tab ends, where nothing can interrupt Python."""

import contextlib
import itertools
import sys

import numpy as np
import pytest

from workbook.learn.check.check import make_card
from workbook.learn.check.time_limit import TooLongError, time_limit


def endless(A, W, b):
    while True:
        pass


def endless_in_spite_of_errors(A, W, b):
    while True:
        with contextlib.suppress(Exception):
            A = A + 1


def endless_in_one_line(A, W, b):
    return sum(1 for _ in itertools.count())


@pytest.mark.parametrize("function", [endless, endless_in_spite_of_errors, endless_in_one_line])
def test_what_never_ends_is_stopped_with_its_line(function):
    with (
        pytest.raises(TooLongError, match=r"still computing after 0.05 seconds.* in line \d+: `"),
        time_limit(0.05, anywhere=True),
    ):
        make_card(function, "linear_forward")


def test_endless_calls_through_other_code_end_before_the_stack_of_a_browser_does():
    deepest = []

    def linear_forward(A, W, b):
        deepest.append(len(deepest))
        return sorted([A], key=lambda A: linear_forward(A, W, b))

    limit = sys.getrecursionlimit()
    with time_limit(60, anywhere=True):
        card = make_card(linear_forward)
    assert "calls itself endlessly" in card.failed[0].verdict.message
    assert len(deepest) < 250 * len(card.failed)
    assert sys.getrecursionlimit() == limit


def test_a_right_answer_is_as_right_with_the_limit():
    def linear_forward(A, W, b):
        return sum((W[:, [k]] * A[k] for k in range(len(A))), np.zeros((1, 1))) + b, (A, W, b)

    with time_limit(60, anywhere=True):
        assert not make_card(linear_forward).failed


def test_elsewhere_nothing_is_stopped():
    with time_limit(0.0):
        assert sum(1 for _ in range(1000)) == 1000
