"""Examples in a random order: where the right answer holds them so, any other order is right."""

from math import factorial
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase

# The order of so few examples may by chance be the one in which they were given.
_CHANCE = 100


def as_in_right_order(got: Any, want: Any, case: PublicCase) -> Any:
    """Return the right answer in the place of one that has the same examples in another order.

    Parameters
    ----------
    got : object
        The learner's answer, or a part of it.
    want : object
        The right one: only of pairs of arrays that hold the inputs' columns is the order free.
    case : PublicCase
        The inputs, of which the first two are the examples and their labels.

    Returns
    -------
    object
        `want` if the answer differs from it in the order only, else the answer itself.
    """
    given, right, found = _columns([case.args[:2]]), _columns(want), _columns(got)
    if given is None or right is None or found is None:
        return got
    if not (_same_examples(right, given) and _same_examples(found, given)):
        return got
    same_sizes = [part.shape for part in found] == [part.shape for part in right]
    all_found, all_given = np.hstack(found), np.hstack(given)
    unchanged = np.array_equal(all_found, all_given)
    random = not unchanged or factorial(all_given.shape[1]) < _CHANCE
    return want if same_sizes and random else got


def _columns(pairs: Any) -> list[np.ndarray[Any, Any]] | None:
    """Return each pair of matrices as one, with an example and its label in each column."""
    if not isinstance(pairs, list | tuple) or not pairs:
        return None
    found = []
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return None
        if not all(isinstance(one, np.ndarray) and one.ndim == 2 for one in pair):
            return None
        if pair[0].shape[1] != pair[1].shape[1]:
            return None
        # What is refused for its type is not accepted for its order.
        if any(one.dtype.kind not in "iuf" or one.dtype == np.float16 for one in pair):
            return None
        found.append(np.vstack(pair).astype(float))
    return found if len({len(one) for one in found}) == 1 else None


def _same_examples(one: list[np.ndarray[Any, Any]], other: list[np.ndarray[Any, Any]]) -> bool:
    """Return whether both hold the same columns, in whatever order."""
    return sorted(np.hstack(one).T.tolist()) == sorted(np.hstack(other).T.tolist())
