"""Small data sets of two classes, drawn with NumPy from a seed."""

from collections.abc import Callable

import numpy as np

from workbook.learn.flow.matrices import Array

#: Points as columns, shape (2, m), and their classes, 0 or 1, shape (1, m).
Data = tuple[Array, Array]


def random_points(n_x: int, m: int, seed: int) -> Data:
    """Return random points around the origin; the nearest third of them has the label 1.

    With as many ones as zeros, the first gradients would nearly cancel out.

    Parameters
    ----------
    n_x : int
        Number of coordinates of a point.
    m : int
        Number of points.
    seed : int
        The same seed gives the same points.

    Returns
    -------
    X : ndarray, shape (n_x, m)
    Y : ndarray, shape (1, m)
    """
    X = np.random.default_rng(seed).standard_normal((n_x, m))
    order = np.argsort(np.linalg.norm(X, axis=0))
    Y = np.zeros((1, m))
    Y[0, order[: max(1, m // 3)]] = 1
    return X, Y


def _circles(m: int, noise: float, rng: np.random.Generator) -> Data:
    Y = _alternating(m)
    radius = np.where(Y == 1, 0.7, 1.6) + noise * rng.standard_normal((1, m))
    angle = 2 * np.pi * rng.random((1, m))
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]), Y


def _moons(m: int, noise: float, rng: np.random.Generator) -> Data:
    Y = _alternating(m)
    angle = np.pi * rng.random((1, m))
    across = np.where(Y == 1, 1 - np.cos(angle), np.cos(angle)) - 0.5
    up = np.where(Y == 1, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return 1.2 * np.vstack([across, up]) + noise * rng.standard_normal((2, m)), Y


def _spirals(m: int, noise: float, rng: np.random.Generator) -> Data:
    Y = _alternating(m)
    # The root makes the density of points the same along the spiral.
    turn = np.sqrt(rng.uniform(0.03, 1.0, (1, m)))
    angle = 3 * np.pi * turn + np.pi * Y
    X = 2.0 * turn * np.vstack([np.cos(angle), np.sin(angle)])
    return X + 0.5 * noise * rng.standard_normal((2, m)), Y


def _xor(m: int, noise: float, rng: np.random.Generator) -> Data:
    X = rng.uniform(-1.2, 1.2, (2, m))
    Y = (X[:1] * X[1:] < 0).astype(float)
    # A gap along the axes, wider than the noise, keeps the classes apart.
    return X + np.sign(X) * 2 * noise + 0.3 * noise * rng.standard_normal((2, m)), Y


def _alternating(m: int) -> Array:
    return (np.arange(m) % 2).astype(float).reshape(1, m)


_KINDS: dict[str, Callable[[int, float, np.random.Generator], Data]] = {
    "moons": _moons,
    "circles": _circles,
    "spirals": _spirals,
    "XOR": _xor,
}

#: Names of the data sets in the plane.
PLANE_DATASETS = tuple(_KINDS)
#: How far the points of the plane scatter, as a standard deviation.
NOISE = 0.12


def plane_dataset(name: str, m: int, seed: int, noise: float = NOISE) -> Data:
    """Return m points of one of the data sets in the plane.

    Parameters
    ----------
    name : {"moons", "circles", "spirals", "XOR"}
        Name of the data set.
    m : int
        Number of points.
    seed : int
        The same seed gives the same points.
    noise : float, optional
        How far they scatter, as a standard deviation.

    Returns
    -------
    X : ndarray, shape (2, m)
    Y : ndarray, shape (1, m)
    """
    return _KINDS[name](m, noise, np.random.default_rng(seed))
