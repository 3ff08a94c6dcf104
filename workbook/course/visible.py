"""Comparison of an answer with the right one of a public case, part by part."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, check_data
from workbook.course.compare import Difference, differences, split
from workbook.course.exercises import Function
from workbook.course.random_order import as_in_right_order


def wanted_parts(returns: Sequence[str], expected: Any) -> list[tuple[str, int, Any]]:
    """Return the parts of a right answer: the name, the position among the values, what is right.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    expected : object
        The right answer. Each key of a dictionary is a part.
    """
    if isinstance(expected, dict):
        return [(key, 0, {key: value}) for key, value in expected.items()]
    values = expected if len(returns) > 1 else (expected,)
    return [(name, at, values[at]) for at, name in enumerate(returns)]


def part_differences(name: str, got: Any, want: Any, case: PublicCase) -> tuple[Difference, ...]:
    """Return the differences between a part of an answer and the right one of a public case."""
    in_array = isinstance(got, np.ndarray) and got.ndim == 1 and isinstance(want, list | tuple)
    if in_array and all(isinstance(one, int | float) for one in want):
        # A series of numbers in an array is one in a list.
        got = got.tolist()
    return tuple(differences(name, as_in_right_order(got, want, case), want))


def faults(known: Function, answer: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Yield each part in which an answer fails a public case, and a sentence on it.

    Raises
    ------
    AssertionError
        If the answer to a public case does not have its parts.
    """
    for case in check_data(known.name).cases:
        parts = split(answer(*copy.deepcopy(case.args)), known.returns)
        for part, at, want in wanted_parts(known.returns, case.expected):
            for found in part_differences(known.returns[at], parts[at], want, case):
                yield part, f"in the visible check ({case.title}), {found.message}"
