"""Sentences on numbers that are not finite, or not random as they should be."""

from collections.abc import Iterator
from typing import Any

import numpy as np

#: A statistic of n random numbers may lie this many standard errors from its expectation. Chance
#: alone exceeds it less than once in 10**14 draws.
STANDARD_ERRORS = 8.0


def not_finite(array: np.ndarray[Any, Any]) -> str:
    """Return how many entries are nan, and how many infinite."""
    nan, infinite = int(np.isnan(array).sum()), int(np.isinf(array).sum())
    parts = []
    if nan:
        what = "entry that is not a number" if nan == 1 else "entries that are not numbers"
        parts.append(f"{nan} {what} (nan)")
    if infinite:
        what = "entry that is infinite" if infinite == 1 else "entries that are infinite"
        parts.append(f"{infinite} {what} (inf)")
    return " and ".join(parts)


def not_normal(where: str, array: np.ndarray[Any, Any], sigma: float) -> Iterator[str]:
    """Yield what shows that numbers are not normal, around 0 and of this standard deviation.

    Parameters
    ----------
    where : str
        Name of the array.
    array : ndarray
        The numbers.
    sigma : float
        The standard deviation.
    """
    n = array.size
    if n > 1 and float(np.ptp(array)) == 0.0:
        yield f"{where} holds the same number everywhere; it should be random"
        return
    for lines, which in ((array, "row"), (array.T, "column")) if array.ndim == 2 else ():
        # A line of one number may be that of another one where numbers are rounded.
        if lines.shape[1] > 1 and len(np.unique(lines, axis=0)) < len(lines):
            yield f"{where} has equal {which}s; every weight should be drawn by itself"
            break
    mean = float(np.mean(array))
    spread = float(np.sqrt(np.mean(array**2)))
    if abs(mean) > STANDARD_ERRORS * max(sigma, spread) / np.sqrt(n):
        yield f"the mean of {where} is {mean:.2g}; weights should scatter evenly around 0"
    # The mean square of n normal numbers has a relative standard error of sqrt(2 / n).
    ratio = (spread / sigma) ** 2
    slack = STANDARD_ERRORS * np.sqrt(2.0 / n)
    if ratio > 1.0 + slack + slack**2 or ratio < 1.0 - slack:
        yield f"{spread_of(array)} of {where} is about {spread:.2g}; it should be {sigma:.2g}"


def spread_of(array: np.ndarray[Any, Any]) -> str:
    """Return what the root mean square of numbers is called: around 0, it is their deviation."""
    is_deviation = np.std(array) > 0.98 * np.sqrt(np.mean(array**2))
    return "the standard deviation" if is_deviation else "the root mean square"
