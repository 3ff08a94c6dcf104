"""What the hidden tests of random numbers share: statistics that a right answer never fails.

The probabilities that the docstrings give are those of a right answer that is refused by chance,
whatever its generator draws. All tests of a function together refuse it less than once in 10**9
times.
"""

from typing import Any

import numpy as np

from grader_tests.support import numbers
from workbook.course.numbers_in_words import spread_of

# A statistic of random numbers may lie this many standard errors from its expectation.
STANDARD_ERRORS = 8.0


def many_numbers(parameters: dict[str, Any], right: dict[str, tuple[int, ...]]):
    """Return arrays of the answer by key, whatever their shapes, for statistics on them.

    Parameters
    ----------
    parameters : dict
        The answer for a large network.
    right : dict
        The shape that each of the arrays should have, by key.
    """
    # "w1" and "W_1" are for the test of the keys to judge.
    found = {str(key).replace("_", "").capitalize(): value for key, value in parameters.items()}
    found |= parameters
    weights = {key: numbers(found, key) for key in right}
    sizes = {int(np.prod(shape)) for shape in right.values()}
    least = min(min(shape) for shape in right.values())
    # Numbers that are random, but always as many, do not depend on the sizes asked for.
    assert any(W.size in sizes for W in weights.values()), (
        "no weight matrix has as many entries as the sizes ask for"
    )
    for key, W in weights.items():
        # On fewer numbers than a single row holds, statistics say nothing.
        assert W.size >= least, f"{key} has only {W.size} entries in a large network"
        _assert_no_copies(key, W)
    return weights


def _assert_no_copies(key: str, W: np.ndarray) -> None:
    """Raise AssertionError if two rows, or two columns, of a large matrix go together.

    Then the matrix holds fewer numbers than it seems to, and what a statistic says of them depends
    on luck. The cosine of two lines of n normal numbers is beyond r with a probability of at most
    (1 - r**2)**((n - 1) / 2), which is 10**-15 here: for all 9900 pairs, once in 10**11 times.
    """
    if W.ndim != 2 or min(W.shape) < 60:
        return
    for lines, what in ((W, "rows"), (W.T, "columns")):
        some = lines - W.mean()
        lengths = np.sqrt(np.einsum("ij,ij->i", some, some))
        cosines = some @ some.T / np.maximum(np.outer(lengths, lengths), 1e-300)
        np.fill_diagonal(cosines, 0.0)
        limit = np.sqrt(1.0 - 10.0 ** (-30 / (some.shape[1] - 1)))
        assert np.abs(cosines).max() <= limit, (
            f"two {what} of {key} go together, as if one were made from the other; every weight "
            "should be drawn by itself"
        )


def assert_scales(weights: dict[str, np.ndarray]) -> None:
    """Raise AssertionError unless all weights, and those of each layer, have the deviation 0.01."""
    for key, W in weights.items():
        assert_scale(key, W)
    if weights:
        together = np.concatenate([W.ravel() for W in weights.values()])
        assert_scale("all weights together", together)


def assert_scale(key: str, W: np.ndarray) -> None:
    """Raise AssertionError unless the numbers have the standard deviation 0.01.

    The root mean square of n normal numbers has a relative standard error of 1 / sqrt(2 n). For n
    of 4000 and more it lies 8 of them off once in 6 10**14 times (from the chi-squared
    distribution).
    """
    ratio = float(np.sqrt(np.mean(W**2))) / 0.01
    assert abs(ratio - 1.0) <= STANDARD_ERRORS / np.sqrt(2 * W.size), (
        f"{spread_of(W)} of {key} is {ratio:.3g} times what it should be"
    )


def assert_normal(key: str, W: np.ndarray) -> None:
    """Raise AssertionError unless the numbers are normal around 0, whatever their scale.

    That is, unless their mean is near 0, and the mean of their sizes as large a part of their root
    mean square as it is for normal numbers (Geary's statistic): sqrt(2 / pi) = 0.798, where it is
    0.866 for uniform ones. Of n normal numbers, both have nearly normal errors with the standard
    deviations 1 / sqrt(n) and sqrt((1 - 3 / pi) / n): they lie 8 of them off about once in 10**14
    times.
    """
    size, normal = _mean_size(key, W, STANDARD_ERRORS / np.sqrt(W.size)), np.sqrt(2 / np.pi)
    assert abs(size - normal) <= STANDARD_ERRORS * np.sqrt((1 - 3 / np.pi) / W.size), (
        f"{key} is not normal: the mean size of its entries is {size:.2f} of their root mean "
        f"square; of normal numbers it is {normal:.2f}"
    )


def assert_near_normal(key: str, W: np.ndarray) -> None:
    """Raise AssertionError unless 4000 numbers are around 0, and much like normal ones.

    Of so few, chance would decide how near. Geary's statistic of normal numbers has the standard
    deviation 0.0034 here, and their mean one of 0.016: they are never outside of these bounds.
    Geary's statistic is 0.866 for uniform numbers, 0.707 for those of Laplace, and 0.764 for
    logistic ones, which `assert_normal` refuses where there are more.
    """
    # A mean of a tenth, too, never is; where there are more numbers, `assert_normal` refuses it.
    size = _mean_size(key, W, 0.2)
    assert 0.737 < size < 0.83, (
        f"{key} is not normal: the mean size of its entries is {size:.2f} of their root mean "
        "square; of normal numbers it is 0.80"
    )


def _mean_size(key: str, W: np.ndarray, largest_mean: float) -> float:
    """Return the mean size of numbers as a part of their root mean square.

    Check that they vary, and that their mean is at most ``largest_mean`` of it.
    """
    sigma = float(np.sqrt(np.mean(W**2)))
    assert sigma > 0, f"{key} is zero everywhere; it should be random"
    # Of normal numbers, even of 4 bytes, no three share their size: once in 10**11 times.
    largest = float(np.abs(W).max())
    assert np.sum(np.abs(W) == largest) < 3, (
        f"the largest size in {key} is that of several entries, as if they were cut off or rounded"
    )
    # Numbers that are the same in several layers are found elsewhere: they are not rounded.
    different = len(np.unique(np.abs(W)))
    assert different > 0.3 * W.size, (
        f"the {W.size} entries of {key} are of {different} sizes only, as if they were rounded"
    )
    offset = float(np.mean(W)) / sigma
    assert abs(offset) <= largest_mean, (
        f"{key} is not centred: its mean is {offset:.2g} of its root mean square"
    )
    return float(np.mean(np.abs(W))) / sigma


def _assert_even(key: str, W: np.ndarray) -> None:
    """Raise AssertionError if a row, or a column, of a large matrix has another scale.

    The root mean square of n normal numbers is below a third of their standard deviation, or above
    twice it, with a probability of at most exp(-0.65 n) and exp(-0.8 n) (Chernoff's bound): less
    than once in 10**13 times for all lines of at least 60 numbers.
    """
    if W.ndim != 2 or min(W.shape) < 60:
        return
    squares = W**2
    for axis, what in ((1, "row"), (0, "column")):
        sizes = np.sqrt(squares.mean(axis) / squares.mean())
        for index in (int(np.argmin(sizes)), int(np.argmax(sizes))):
            assert 1 / 3 < sizes[index] < 2, (
                f"the numbers in {what} {index} of {key} are {sizes[index]:.2g} times as large as "
                "those of the whole matrix; all of them should come from the same distribution"
            )


def assert_normals(weights: dict[str, np.ndarray]) -> None:
    """Raise AssertionError unless all weights, and those of each layer, are normal around 0."""
    for key, W in weights.items():
        assert_normal(key, W)
        _assert_even(key, W)
    # Each by its own scale.
    alike = [(W / np.sqrt(np.mean(W**2))).ravel() for W in weights.values()]
    assert_normal("all weights together", np.concatenate(alike))


def assert_lines_vary(weights: dict[str, np.ndarray]) -> None:
    """Raise AssertionError if the rows, or the columns, of a large matrix are made alike.

    The sums of n lines of normal numbers, and their squared lengths, vary from line to line. The
    mean square of the sums, and the variance of the squared lengths, is below a tenth of what it
    should be with a probability of at most exp(-0.7 n), from the chi-squared distribution: once in
    10**18 times for the 60 lines and more that are here.
    """
    for key, W in weights.items():
        if W.ndim != 2 or min(W.shape) < 60:
            continue
        sigma = float(np.sqrt(np.mean(W**2)))
        for axis, what in ((1, "row"), (0, "column")):
            lines = W / (sigma * np.sqrt(W.shape[axis]))
            assert np.mean(lines.sum(axis) ** 2) > 0.1, (
                f"the numbers in each {what} of {key} add up to nearly 0, as if their mean had "
                "been taken off; every weight should be drawn by itself"
            )
            assert np.var((lines**2).sum(axis)) * W.shape[axis] > 0.2, (
                f"each {what} of {key} has nearly the same length, as if it had been divided by "
                "it; every weight should be drawn by itself"
            )


def assert_no_unit_twice(weights: dict[str, np.ndarray]) -> None:
    """Raise AssertionError if two rows, or two columns, of a long matrix hold the same numbers."""
    for key, W in weights.items():
        if W.ndim != 2 or min(W.shape) < 2:
            continue
        long, what = (W, "rows") if W.shape[0] > W.shape[1] else (W.T, "columns")
        ordered = long[np.lexsort(long.T)]
        assert np.any(ordered[1:] != ordered[:-1], axis=1).all(), (
            f"of the {len(long)} {what} of {key}, some hold the same numbers as others; every "
            "weight should be drawn by itself"
        )


class Drawn:
    """Random numbers of an answer, and what each comparison with others needs of them.

    Attributes
    ----------
    numbers : ndarray
        The numbers, in one row.
    sizes : ndarray
        Their different sizes, in order.
    """

    def __init__(self, W: np.ndarray) -> None:
        self.numbers = W.ravel()
        self.sizes = np.unique(np.abs(W))
        self._deviations = self.numbers - self.numbers.mean()

    def deviations(self, n: int) -> np.ndarray:
        """Return the first n numbers less their mean."""
        first = self.numbers[:n]
        return self._deviations if first.size == self.numbers.size else first - first.mean()

    def shared_with(self, other: "Drawn") -> float:
        """Return what part of these numbers are among the other ones, whatever their signs."""
        # A stable sort only merges what is sorted already.
        both = np.sort(np.concatenate([self.sizes, other.sizes]), kind="stable")
        if np.all(both[1:] != both[:-1]):
            return 0.0
        return float(np.isin(np.abs(self.numbers), other.sizes).mean())


def assert_independent(what: str, one: Drawn, other: Drawn) -> None:
    """Raise AssertionError if two arrays of random numbers are correlated, or share their numbers.

    The correlation is that of the entries at the same place; the same numbers may stand at others.
    Numbers that were drawn in float64 are all different, and of those in float32 few are equal. The
    correlation of n pairs of independent normal numbers exceeds r once in
    (1 - r**2)**(-(n - 2) / 2) times: r = 8 / sqrt(n) once in 10**13 and more.
    """
    n = min(one.numbers.size, other.numbers.size)
    # Rounded ones have few sizes, which is another test's question.
    shared = one.shared_with(other) if other.sizes.size > 0.9 * n else 0.0
    here, there = one.deviations(n), other.deviations(n)
    norms = float(np.linalg.norm(here) * np.linalg.norm(there))
    assert np.isfinite(norms), f"{what} holds numbers that are far too large"
    assert norms > 0, f"{what} should be random, but one holds the same number everywhere"
    assert shared < 0.3, f"{what} should be independent, but they share many of their numbers"
    correlation = float(here @ there) / norms
    assert abs(correlation) <= STANDARD_ERRORS / np.sqrt(n), (
        f"{what} should be independent, but their correlation is {correlation:.2g}"
    )
