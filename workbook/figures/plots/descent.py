"""Gradient descent on a bowl-shaped cost: its path, and the effect of the learning rate."""

import numpy as np

from workbook.figures.validation import Array, PictureError, is_number, is_whole

#: The curvatures along w1 and along w2 of the bowl, a long valley along w2 = 0: the second
#: derivatives of its cost J(w1, w2) = (flat w1² + steep w2²) / 2.
FLAT, STEEP = 1.0, 8.0
START = (-4.0, 1.5)
# A diverging path ends at this distance, while its cost is still a number.
_FARTHEST = 1e100
MOST_STEPS = 1000


def bowl_cost(w: Array) -> Array:
    """Return the cost of points of the bowl.

    Parameters
    ----------
    w : ndarray, shape (..., 2)
        The points.

    Returns
    -------
    ndarray, shape (...)
    """
    found: Array = (FLAT * w[..., 0] ** 2 + STEEP * w[..., 1] ** 2) / 2
    return found


def checked_rate(value: float) -> float:
    """Return a learning rate as a float.

    Raises
    ------
    PictureError
        If it is not a finite number above 0.
    """
    if not is_number(value) or not np.isfinite(value) or value <= 0:
        raise PictureError(f"a learning rate must be a finite number above 0; it is {value!r}.")
    return float(value)


def checked_steps(value: int) -> int:
    """Return a number of steps as an int.

    Raises
    ------
    PictureError
        If it is not a whole number from 1 to `MOST_STEPS`.
    """
    if not is_whole(value):
        raise PictureError(f"steps must be a whole number; it is {value!r}.")
    if not 1 <= value <= MOST_STEPS:
        raise PictureError(f"steps must be from 1 to {MOST_STEPS}; it is {value}.")
    return int(value)


def descend(learning_rate: float, steps: int) -> Array:
    """Return the points of gradient descent on the bowl.

    Returns
    -------
    ndarray, shape (n + 1, 2)
        The start and the point after each step. A path that diverges ends early: then n is less
        than ``steps``.
    """
    path = [np.array(START)]
    while len(path) <= steps and np.abs(path[-1]).max() < _FARTHEST:
        slopes = np.array([FLAT, STEEP]) * path[-1]
        point = path[-1] - learning_rate * slopes
        path.append(np.clip(point, -_FARTHEST, _FARTHEST))
    return np.array(path)


def behaviour(learning_rate: float, steps: int) -> tuple[str, str]:
    """Return the effect of the learning rate on the bowl, from the bowl's curvatures alone.

    One step multiplies w2 by ``1 - learning_rate * STEEP`` and w1 by ``1 - learning_rate * FLAT``.

    Returns
    -------
    kind : str
        "crawling", "converging", "oscillating" or "diverging".
    sentence : str
        The reason, with the deciding numbers.
    """
    across = 1 - learning_rate * STEEP
    one, two = (f"{n}/{STEEP:g} = {n / STEEP:.4g}" for n in (1, 2))
    if across < -1:
        return "diverging", (
            f"A learning rate above {two} (two over the largest curvature) lands farther up the "
            f"other side each time: {abs(across):.3g} times as far from the valley's floor."
        )
    if across == -1:
        return "oscillating", (
            f"At exactly {two} (two over the largest curvature) each step lands as far up the "
            "other side as it came from, for ever."
        )
    if across < 0:
        return "oscillating", (
            f"A learning rate between {one} and {two} (one and two over the largest curvature) "
            f"jumps over the valley's floor at each step, to {abs(across):.3g} of the distance "
            "before."
        )
    left = (1 - learning_rate * FLAT) ** steps
    if left > 0.5:
        return "crawling", (
            f"The learning rate is far below {one} (one over the largest curvature): after "
            f"{steps} steps {100 * left:.0f}% of the way along the valley is still to go."
        )
    return "converging", (
        f"A learning rate up to {one} (one over the largest curvature) never jumps over the "
        f"valley's floor; after {steps} steps {100 * left:.2g}% of the way is left."
    )
