"""A few functions of an array to practise on: their gradients and lowest points are known.

Each takes the place, an array ``theta`` of numbers, and returns the height there, a float. Where no
shape is given, theta may have any.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def bowl(theta: Array) -> float:
    """Return half the sum of squares: round, and lowest at 0.

    Parameters
    ----------
    theta : ndarray, any shape
        The place.
    """
    return float(np.sum(np.square(theta)) / 2)


def cubes(theta: Array) -> float:
    """Return the sum of cubes; its gradient is 3 theta**2.

    A central difference of step h is off by exactly h**2 in each entry, a one-sided one by
    3 h theta + h**2: large steps tell the two apart.

    Parameters
    ----------
    theta : ndarray, any shape
        The place.
    """
    return float(np.sum(np.power(theta, 3)))


def ravine(theta: Array) -> Any:
    """Return theta_1**2 / 2 + 25 theta_2**2 / 2: a long valley, 25 times steeper across than along.

    Parameters
    ----------
    theta : ndarray, shape (2,) or (2, k)
        The place; of an array with more axes, the first one counts.

    Returns
    -------
    height : float or ndarray, shape (k,)
        The height of each place.
    """
    along, across = theta
    height = np.square(along) / 2 + 25 * np.square(across) / 2
    return float(height) if np.ndim(height) == 0 else height


def waves(theta: Array) -> float:
    """Return the sum of sin(theta_i) theta_{i+1}: all but the first and last count twice.

    Parameters
    ----------
    theta : ndarray, any shape
        The place; its entries count in the order in which NumPy goes through them.
    """
    flat = np.ravel(theta)
    return float(np.sum(np.sin(flat[:-1]) * flat[1:]))


#: The functions by name: a public case that needs one stores its name.
LANDSCAPES: dict[str, Callable[[Array], float]] = {
    function.__name__: function for function in (bowl, cubes, ravine, waves)
}
