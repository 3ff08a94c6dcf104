"""The activations that the course gives: ReLU, sigmoid and their backward steps."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def sigmoid(Z: Array) -> tuple[Array, Array]:
    """Apply the logistic sigmoid, 1 / (1 + exp(-Z)), to every entry.

    Parameters
    ----------
    Z : ndarray, shape (n_l, m)
        Pre-activations of one layer.

    Returns
    -------
    A : ndarray, shape (n_l, m)
        Activations, each between 0 and 1.
    Z : ndarray, shape (n_l, m)
        The same Z, for the cache.
    """
    # exp of a number that is never positive cannot overflow.
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1.0, small) / (1.0 + small), Z


def relu(Z: Array) -> tuple[Array, Array]:
    """Apply the rectified linear unit, max(0, Z), to every entry.

    Parameters
    ----------
    Z : ndarray, shape (n_l, m)
        Pre-activations of one layer.

    Returns
    -------
    A : ndarray, shape (n_l, m)
        Activations, none of them negative.
    Z : ndarray, shape (n_l, m)
        The same Z, for the cache.
    """
    return np.maximum(0.0, Z), Z


def sigmoid_backward(dA: Array, Z: Array | None = None, *, cache: Array | None = None) -> Array:
    """Return dZ = dA * s * (1 - s), where s = sigmoid(Z).

    Parameters
    ----------
    dA : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to A = sigmoid(Z).
    Z, cache : ndarray, shape (n_l, m)
        Pre-activations, which are the activation cache. Two names for one argument: give one.

    Returns
    -------
    dZ : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to Z.

    Raises
    ------
    TypeError
        If Z is given under both names or under none.
    """
    s, _ = sigmoid(_pre_activations("sigmoid_backward", Z, cache))
    dZ: Array = dA * s * (1.0 - s)
    return dZ


def relu_backward(dA: Array, Z: Array | None = None, *, cache: Array | None = None) -> Array:
    """Return dZ: dA where Z is positive, 0 elsewhere.

    ReLU has no derivative at exactly 0; the convention here is 0.

    Parameters
    ----------
    dA : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to A = relu(Z).
    Z, cache : ndarray, shape (n_l, m)
        Pre-activations, which are the activation cache. Two names for one argument: give one.

    Returns
    -------
    dZ : ndarray, shape (n_l, m)
        Gradient of m times the cost with respect to Z, a new array.

    Raises
    ------
    TypeError
        If Z is given under both names or under none.
    """
    return np.where(_pre_activations("relu_backward", Z, cache) > 0, dA, 0.0)


def _pre_activations(function: str, Z: Array | None, cache: Array | None) -> Array:
    """Return Z, whether it was given as Z or as cache, its name in much published material."""
    if Z is not None and cache is None:
        return Z
    if cache is not None and Z is None:
        return cache
    given = "both" if Z is not None else "neither, or None"
    raise TypeError(
        f"{function}() takes dA and Z, which may also be called cache; it was given {given}: give "
        "one of the two"
    )
