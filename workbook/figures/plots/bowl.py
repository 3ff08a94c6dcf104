"""`gradient_descent_bowl()`: gradient descent on a cost of two parameters, seen whole."""

import textwrap

import numpy as np

from workbook.figures.picture import Picture
from workbook.figures.plots.descent import (
    BOWL,
    behaviour,
    checked_learning_rate,
    checked_steps,
    descend,
)
from workbook.figures.plots.surface_drawing import Surface, draw_surface
from workbook.figures.validation import Array

#: What is seen of the bowl: w1 and w2 from minus to plus this.
EXTENT = (5.0, 2.5)
_POINTS = 41


def gradient_descent_bowl(learning_rate: float = 0.1, steps: int = 30) -> Picture:
    """Draw a cost of two parameters as a bowl, with the path of gradient descent on it.

    The cost is J(w1, w2) = (w1² + 8 w2²) / 2, whose gradient is (w1, 8 w2).

    Parameters
    ----------
    learning_rate : float, default 0.1
        Length of a step, as a multiple of the gradient. Above 2/8 the path leaves the bowl.
    steps : int, default 30
        Number of steps, up to 1000.

    Returns
    -------
    Picture
        A matplotlib figure: the surface, and its contours beside it.

    Raises
    ------
    PictureError
        If the learning rate is no finite number above 0, or the steps are no whole number.
    """
    rate, count = checked_learning_rate(learning_rate), checked_steps(steps)
    found = behaviour(BOWL, rate, count)
    title = f"Gradient descent with learning rate {rate:g}: {found.kind}"
    return draw_surface(bowl_surface(rate, count, title, textwrap.fill(found.sentence, 115)))


def bowl_surface(rate: float, steps: int, title: str, words: str) -> Surface:
    """Return the bowl and the path of gradient descent on it."""
    path = descend(BOWL, rate, steps)
    axes = _axis(EXTENT[0]), _axis(EXTENT[1])
    heights = BOWL.cost(np.stack(np.meshgrid(*axes), axis=-1))
    return Surface(axes, heights, path, BOWL.cost(path), ("w1", "w2"), title, words)


def _axis(extent: float) -> Array:
    return np.linspace(-extent, extent, _POINTS)
