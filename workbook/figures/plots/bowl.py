"""`gradient_descent_bowl()`: gradient descent on a bowl-shaped cost of two parameters."""

import textwrap

import numpy as np

from workbook.figures.picture import Picture
from workbook.figures.plots import descent
from workbook.figures.plots.surface_drawing import Surface, draw_surface

# The bowl is drawn for w1 and w2 from minus to plus these values.
_EXTENT = (5.0, 2.5)
_POINTS = 41


def gradient_descent_bowl(learning_rate: float = 0.1, steps: int = 30) -> Picture:
    """Draw a cost of two parameters as a bowl, with the path of gradient descent on it.

    The cost is J(w1, w2) = (w1² + 8 w2²) / 2, whose gradient is (w1, 8 w2).

    Parameters
    ----------
    learning_rate : float, default 0.1
        Step length as a multiple of the gradient. Above 2/8 the path leaves the bowl.
    steps : int, default 30
        Number of steps, up to 1000.

    Returns
    -------
    Picture
        A matplotlib figure: the surface, and its contours beside it.

    Raises
    ------
    PictureError
        If the learning rate is not a finite number above 0, or ``steps`` is not a whole number from
        1 to 1000.
    """
    rate, count = descent.checked_rate(learning_rate), descent.checked_steps(steps)
    kind, sentence = descent.behaviour(rate, count)
    title = f"Gradient descent with learning rate {rate:g}: {kind}"
    return draw_surface(bowl_surface(rate, count, title, textwrap.fill(sentence, 115)))


def bowl_surface(rate: float, steps: int, title: str, words: str) -> Surface:
    """Return the bowl and the path of gradient descent on it."""
    path = descent.descend(rate, steps)
    w1, w2 = (np.linspace(-most, most, _POINTS) for most in _EXTENT)
    heights = descent.bowl_cost(np.stack(np.meshgrid(w1, w2), axis=-1))
    return Surface((w1, w2), heights, path, descent.bowl_cost(path), ("w1", "w2"), title, words)
