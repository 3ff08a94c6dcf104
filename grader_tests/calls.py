"""What the hidden tests share: calls that are sent together, and what follows from their inputs."""

import copy
from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from typing import Any

import numpy as np

from workbook.course.compare import alike
from workbook.course.visible import SAME_CALL


def called(student, calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the arguments of each call with what the function returns.

    While a class is graded, all of them are sent to the student's process at once, which makes the
    calls in their order, whatever is found in the first answers, until one of them raises.
    """
    each = getattr(student, "each", None)
    return zip(calls, each(calls) if each else (student(*args) for args in calls), strict=True)


def assert_unchanged(before: Any, after: Any, what: str) -> None:
    """Raise AssertionError if an input (array, or tuple, list or dict of inputs) has changed."""
    if not _equal(before, after):
        raise AssertionError(f"the function changes {what}: it must leave its inputs as they were")


def assert_sure_answers_stay(call: Callable[..., Any]) -> None:
    """Raise AssertionError if a function of AL and Y changes an AL that is nearly 0 or 1.

    Whoever cuts it off, so that its logarithm is finite, must do so in a copy.
    """
    AL, Y = np.array([[1e-12, 1 - 1e-12, 0.5]]), np.array([[0.0, 1.0, 1.0]])
    before = AL.copy()
    call(AL, Y)
    assert_unchanged(before, AL, "AL")


def assert_repeats(
    student: Callable[..., Any],
    part: Callable[[tuple[Any, ...], Any], Any],
    inputs: tuple[Any, ...],
    others: tuple[Any, ...],
    what: str,
    further: Sequence[tuple[Any, ...]] = (),
) -> None:
    """Raise AssertionError unless an answer follows from its inputs, which stay as they are.

    Whether it is right is not asked here: each call is compared with the first one.

    Parameters
    ----------
    student : callable
        The learner's function.
    part : callable
        Returns the part of an answer to look at, from the arguments and what came back.
    inputs : tuple
        The arguments, given to the function itself.
    others : tuple
        Arguments of the same shapes for which the answer must be another one.
    what : str
        Names of the arguments, for the message.
    further : sequence of tuple, optional
        Arguments of other sizes: what a call with them leaves behind must not matter.
    """
    before = copy.deepcopy(inputs)
    parts = starmap(part, called(student, [inputs, others, *further, inputs]))
    first = copy.deepcopy(next(parts))
    assert_unchanged(before, inputs, what)
    same = alike(next(parts), first)
    assert not same, "the answer stays the same when the test gives other inputs"
    *_, last = parts
    assert alike(last, first, SAME_CALL), "a later call with the same inputs gives another answer"


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_equal(one[k], other[k]) for k in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return np.array_equal(one, other)
