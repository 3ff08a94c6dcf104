"""Comparison of the learner's gradients with finite differences of the learner's cost."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import call, cost_of
from workbook.learn.flow.matrices import Array

Agreement = Literal["agrees", "DIFFERS", "undecided", "missing", "wrong shape", "not compared"]

#: Largest number of entries compared in one array: each needs at least two forward passes.
MOST_ENTRIES = 24
#: Time limit for the differences of one training step.
SECONDS = 5.0

_STEP = 1e-5
_SMALLEST_STEP = 1e-8
# Relative rounding error of the cost, which is a sum of rounded numbers.
_ROUNDING = 20 * float(np.finfo(float).eps)
_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Gradient:
    """One of the learner's gradients with its finite differences.

    Attributes
    ----------
    name : str
        Its key in ``grads``, such as ``dW1``.
    of : str
        The function that it is the gradient of: ``J`` for dW and db, ``m J`` for dA.
    verdict : str
        Result of the comparison.
    own : ndarray or None
        The learner's gradient; None if it is not an array of numbers.
    numeric : ndarray or None
        The finite differences, of the same shape; NaN where ``compared`` is False.
    compared : ndarray of bool or None
        The entries that were compared: only some of a large array, and none at a corner of ReLU.
    difference : float or None
        The largest absolute difference.
    note : str
        A remark for the learner; may be empty.
    """

    name: str
    of: str
    verdict: Agreement
    own: Array | None = None
    numeric: Array | None = None
    compared: NDArray[np.bool_] | None = None
    difference: float | None = None
    note: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether the gradient is wrong or missing."""
        return self.verdict in ("DIFFERS", "missing", "wrong shape")


@dataclass(frozen=True)
class _Target:
    """A gradient to compare: its variable ``at``, and the cost as a function of this variable."""

    name: str
    of: str
    at: Array
    cost: Callable[[Array], tuple[float, Any]]
    factor: float = 1.0


def compare_gradients(
    own: OwnFunctions,
    X: Array,
    Y: Array,
    parameters: Mapping[str, Array],
    grads: Any,
    caches: Any,
) -> tuple[Gradient, ...]:
    """Return every gradient of a training step with its finite differences.

    Parameters
    ----------
    own : OwnFunctions
        The learner's functions, which also compute the forward pass and the cost.
    X : ndarray, shape (n_x, m)
        Input.
    Y : ndarray, shape (1, m)
        Right answers.
    parameters : mapping of str to ndarray
        The parameters of the step.
    grads : dict
        The gradients from the learner's L_model_backward.
    caches : list
        The caches from the learner's L_model_forward, which hold the hidden activations.

    Raises
    ------
    OwnFunctionError
        If one of the learner's functions fails.
    """
    end = time.monotonic() + SECONDS
    targets = _targets(own, X, Y, parameters, caches)
    return tuple(
        one if isinstance(one, Gradient) else _gradient(one, grads, end) for one in targets
    )


def _targets(
    own: OwnFunctions, X: Array, Y: Array, parameters: Mapping[str, Array], caches: Any
) -> Iterator[_Target | Gradient]:
    """Yield the gradients in the order in which the backward pass meets them."""

    def cost(values: Mapping[str, Array], inputs: Array = X) -> tuple[float, Any]:
        AL, caches = call(own, "L_model_forward", inputs, values)
        return cost_of(own, AL, Y), caches

    def moved(key: str, value: Array) -> tuple[float, Any]:
        return cost({**parameters, key: value})

    depth, m = sum(key.startswith("W") for key in parameters), X.shape[1]
    for l in reversed(range(1, depth + 1)):
        for letter in "Wb":
            key = f"{letter}{l}"
            yield _Target(f"d{key}", "J", parameters[key], partial(moved, key))
        name = f"dA{l - 1}"
        A = X if l == 1 else _activation(caches, l, parameters[f"W{l}"].shape[1], m)
        if A is None:
            note = f"caches[{l - 1}][0][0] does not hold the activations A{l - 1}"
            yield Gradient(name, "m J", "not compared", note=note)
            continue
        # The layers from l on form a network with the input A.
        rest = {f"{k}{i - l + 1}": parameters[f"{k}{i}"] for i in range(l, depth + 1) for k in "Wb"}
        yield _Target(name, "m J", A, partial(cost, rest), float(m))


def _activation(caches: Any, l: int, units: int, m: int) -> Array | None:
    try:
        A = np.asarray(caches[l - 1][0][0], float)
    except (TypeError, ValueError, LookupError):
        return None
    return A if A.shape == (units, m) else None


def _gradient(target: _Target, grads: Any, end: float) -> Gradient:
    """Return the learner's gradient, compared, or the reason why it cannot be."""
    name, of = target.name, target.of
    if not isinstance(grads, Mapping) or name not in grads:
        return Gradient(name, of, "missing", note=f"grads has no {name}")
    try:
        value = np.array(grads[name], float)
    except (TypeError, ValueError):
        return Gradient(name, of, "missing", note=f"{name} is not an array of numbers")
    if value.shape != target.at.shape:
        note = f"{name} has shape {value.shape}; {name[1:]} has {target.at.shape}"
        return Gradient(name, of, "wrong shape", value, note=note)
    return _compare(target, value, end)


def _compare(target: _Target, own: Array, end: float) -> Gradient:
    numeric = np.full(target.at.shape, np.nan)
    compared = np.zeros(target.at.shape, bool)
    step, corners = _STEP, 0
    base = target.cost(target.at)
    for place in _indices(target.at.shape):
        if time.monotonic() > end:
            break
        found = _slope(target, place, base)
        if found is None:
            corners += 1
            continue
        numeric[place], compared[place] = target.factor * found[0], True
        step = min(step, found[1])
    note = _note(compared, corners)
    resolution = target.factor * _ROUNDING * max(1.0, abs(base[0])) / step
    verdict, difference = _verdict(own[compared], numeric[compared], resolution)
    return Gradient(target.name, target.of, verdict, own, numeric, compared, difference, note)


def _indices(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the indices of the entries to compare: all, or some that are evenly spaced."""
    size = int(np.prod(shape))
    chosen = np.unique(np.linspace(0, size - 1, min(size, MOST_ENTRIES)).astype(int))
    return [tuple(int(i) for i in np.unravel_index(k, shape)) for k in chosen]


def _slope(
    target: _Target, place: tuple[int, ...], base: tuple[float, Any]
) -> tuple[float, float] | None:
    """Return the derivative by one entry and the step size; None at a corner of ReLU.

    The cost has a corner where a unit switches on or off, and a difference across a corner is
    meaningless. So the step is reduced until no unit switches. If a unit sits exactly on its
    corner, a one-sided difference is used on the side where it does not switch.
    """

    def at(step: float) -> tuple[float, bool]:
        value = target.at.copy()
        value[place] += step
        cost, caches = target.cost(value)
        return cost, _active(caches) == active

    active, h = _active(base[1]), _STEP
    while h >= _SMALLEST_STEP:
        (above, up), (below, down) = at(h), at(-h)
        if up and down:
            return (above - below) / (2 * h), h
        if up or down:
            side, near = (h, above) if up else (-h, below)
            far, same = at(2 * side)
            if same:
                return (-3 * base[0] + 4 * near - far) / (2 * side), h
        h /= 10
    return None


def _active(caches: Any) -> list[bytes]:
    """Return which hidden units are on; an empty list if the caches are malformed."""
    try:
        return [(np.asarray(cache[1]) > 0).tobytes() for cache in caches[:-1]]
    except (TypeError, LookupError):
        return []


def _verdict(own: Array, numeric: Array, resolution: float) -> tuple[Agreement, float | None]:
    if not own.size:
        return "not compared", None
    if not (np.isfinite(own).all() and np.isfinite(numeric).all()):
        same = np.array_equal(own, numeric, equal_nan=True)
        return ("undecided" if same or not np.isfinite(numeric).all() else "DIFFERS"), None
    difference = float(np.max(np.abs(own - numeric)))
    scale = float(np.max(np.abs([own, numeric])))
    if difference <= _TOLERANCE * scale + resolution:
        # Gradients below the rounding error of the cost agree with anything.
        enough = scale == 0 or scale > 100 * resolution
        return ("agrees" if enough else "undecided"), difference
    return "DIFFERS", difference


def _note(compared: NDArray[np.bool_], corners: int) -> str:
    notes = []
    if not compared.all() and compared.sum() + corners < compared.size:
        notes.append(f"{int(compared.sum())} of {compared.size} entries compared")
    if corners:
        entries = "1 entry lies" if corners == 1 else f"{corners} entries lie"
        notes.append(f"{entries} at a corner of ReLU, where there is no derivative")
    return "; ".join(notes)
