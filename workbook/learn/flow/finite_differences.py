"""Compare every gradient with finite differences of the learner's own cost."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import call, cost_of

Array = NDArray[np.float64]
Verdict = Literal["agrees", "DIFFERS", "cannot be told", "missing", "wrong shape", "not looked at"]

#: Of a larger array, this many entries are looked at: each takes two forward passes or more.
MOST_ENTRIES = 24
#: What the differences of one training step may take.
SECONDS = 5.0

_STEP = 1e-5
_SMALLEST_STEP = 1e-8
# The cost is a sum of rounded numbers: what of its last digits may be wrong.
_ROUNDING = 20 * float(np.finfo(float).eps)
_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Gradient:
    """One of the learner's gradients beside its finite differences.

    Attributes
    ----------
    name : str
        Its key in ``grads``, such as ``dW1``.
    of : str
        What it is the gradient of: ``J`` for dW and db, ``m J`` for dA.
    verdict : str
        How they compare, in a word or three.
    own : ndarray or None
        What the learner's function gives; None if it gives no array of numbers.
    numeric : ndarray or None
        The finite differences, of the shape of what it is a gradient with respect to; NaN where
        ``looked_at`` is False.
    looked_at : ndarray of bool or None
        The entries that were compared: not all of a large array, and none where ReLU has a corner.
    difference : float or None
        The largest difference.
    note : str
        What else is to be said.
    """

    name: str
    of: str
    verdict: Verdict
    own: Array | None = None
    numeric: Array | None = None
    looked_at: NDArray[np.bool_] | None = None
    difference: float | None = None
    note: str = ""


@dataclass(frozen=True)
class _Wanted:
    """A gradient that is to be looked at: of what, and how the cost comes from that."""

    name: str
    of: str
    at: Array
    cost: Callable[[Array], tuple[float, Any]]
    factor: float = 1.0


def compared(
    own: OwnFunctions,
    X: Array,
    Y: Array,
    parameters: Mapping[str, Array],
    grads: Any,
    caches: Any,
    seconds: float = SECONDS,
) -> tuple[Gradient, ...]:
    """Return every gradient of a training step beside its finite differences.

    Parameters
    ----------
    own : OwnFunctions
        The learner's functions; forward pass and cost are theirs, too.
    X : ndarray, shape (n_x, m)
        Input.
    Y : ndarray, shape (1, m)
        Right answers.
    parameters : mapping of str to ndarray
        The parameters of the step.
    grads : dict
        What the learner's L_model_backward returned.
    caches : list
        What their L_model_forward returned; hidden activations are taken from it.
    seconds : float
        After this time no further entry is looked at.
    """
    end = time.monotonic() + seconds
    found = []
    for wanted in _all_wanted(own, X, Y, parameters, caches):
        if isinstance(wanted, Gradient):
            found.append(wanted)
            continue
        gradient = _own_gradient(wanted, grads)
        found.append(gradient if gradient.verdict != "agrees" else _compared(gradient, wanted, end))
    return tuple(found)


def _all_wanted(
    own: OwnFunctions, X: Array, Y: Array, parameters: Mapping[str, Array], caches: Any
) -> Iterator[_Wanted | Gradient]:
    """Yield the gradients in the order in which the backward pass meets them."""

    def cost(values: Mapping[str, Array], inputs: Array = X) -> tuple[float, Any]:
        AL, caches = call(own, "L_model_forward", inputs, values)
        return cost_of(own, AL, Y), caches

    def moved(key: str) -> Callable[[Array], tuple[float, Any]]:
        return lambda value: cost({**parameters, key: value})

    depth, m = sum(key.startswith("W") for key in parameters), X.shape[1]
    for l in reversed(range(1, depth + 1)):
        for letter in "Wb":
            key = f"{letter}{l}"
            yield _Wanted(f"d{key}", "J", parameters[key], moved(key))
        name = f"dA{l - 1}"
        A = X if l == 1 else _activation(caches, l, parameters[f"W{l}"].shape[1], m)
        if A is None:
            note = f"the activations A{l - 1} are not in caches[{l - 1}][0][0]"
            yield Gradient(name, "m J", "not looked at", note=note)
            continue
        # The layers from l on are a network of their own, whose input is A.
        rest = {f"{k}{i - l + 1}": parameters[f"{k}{i}"] for i in range(l, depth + 1) for k in "Wb"}
        yield _Wanted(name, "m J", A, partial(cost, rest), float(m))


def _activation(caches: Any, l: int, units: int, m: int) -> Array | None:
    try:
        A = np.asarray(caches[l - 1][0][0], float)
    except (TypeError, ValueError, LookupError):
        return None
    return A if A.shape == (units, m) else None


def _own_gradient(wanted: _Wanted, grads: Any) -> Gradient:
    """Return the learner's gradient, or why there is nothing to compare."""
    name, of = wanted.name, wanted.of
    if not isinstance(grads, Mapping) or name not in grads:
        return Gradient(name, of, "missing", note=f"grads has no {name}")
    try:
        value = np.array(grads[name], float)
    except (TypeError, ValueError):
        return Gradient(name, of, "missing", note=f"{name} is not an array of numbers")
    if value.shape != wanted.at.shape:
        note = f"{name} has shape {value.shape}; {name[1:]} has {wanted.at.shape}"
        return Gradient(name, of, "wrong shape", value, note=note)
    return Gradient(name, of, "agrees", value)


def _compared(gradient: Gradient, wanted: _Wanted, end: float) -> Gradient:
    assert gradient.own is not None
    numeric = np.full(wanted.at.shape, np.nan)
    looked_at = np.zeros(wanted.at.shape, bool)
    step, corners = _STEP, 0
    base = wanted.cost(wanted.at)
    for place in _places(wanted.at.shape):
        if time.monotonic() > end:
            break
        found = _slope(wanted, place, base)
        if found is None:
            corners += 1
            continue
        numeric[place], looked_at[place] = wanted.factor * found[0], True
        step = min(step, found[1])
    note = _note(looked_at, corners)
    resolution = wanted.factor * _ROUNDING * max(1.0, abs(base[0])) / step
    verdict, difference = _judged(gradient.own[looked_at], numeric[looked_at], resolution)
    return Gradient(
        gradient.name, gradient.of, verdict, gradient.own, numeric, looked_at, difference, note
    )


def _places(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the entries to look at: all, or some that are spread evenly."""
    size = int(np.prod(shape))
    chosen = np.unique(np.linspace(0, size - 1, min(size, MOST_ENTRIES)).astype(int))
    return [tuple(int(i) for i in np.unravel_index(k, shape)) for k in chosen]


def _slope(
    wanted: _Wanted, place: tuple[int, ...], base: tuple[float, Any]
) -> tuple[float, float] | None:
    """Return the derivative by one entry and the step that it took; None at a corner of ReLU.

    The cost has a corner where a unit switches on or off, and a difference across one says
    nothing. So the step is made shorter until no unit switches; where one sits exactly on the
    corner, the difference is taken on the side on which it does not.
    """

    def at(step: float) -> tuple[float, bool]:
        value = wanted.at.copy()
        value[place] += step
        cost, caches = wanted.cost(value)
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
    """Return which hidden units are switched on, as far as the caches are as they should be."""
    try:
        return [(np.asarray(cache[1]) > 0).tobytes() for cache in caches[:-1]]
    except (TypeError, LookupError):
        return []


def _judged(own: Array, numeric: Array, resolution: float) -> tuple[Verdict, float | None]:
    if not own.size:
        return "not looked at", None
    if not (np.isfinite(own).all() and np.isfinite(numeric).all()):
        same = np.array_equal(own, numeric, equal_nan=True)
        return ("cannot be told" if same or not np.isfinite(numeric).all() else "DIFFERS"), None
    difference = float(np.max(np.abs(own - numeric)))
    scale = float(np.max(np.abs([own, numeric])))
    if difference <= _TOLERANCE * scale + resolution:
        # Numbers that are smaller than the rounding of the cost agree with anything.
        enough = scale == 0 or scale > 100 * resolution
        return ("agrees" if enough else "cannot be told"), difference
    return "DIFFERS", difference


def _note(looked_at: NDArray[np.bool_], corners: int) -> str:
    notes = []
    if not looked_at.all() and looked_at.sum() + corners < looked_at.size:
        notes.append(f"{int(looked_at.sum())} of {looked_at.size} entries looked at")
    if corners:
        entries = "1 entry lies" if corners == 1 else f"{corners} entries lie"
        notes.append(f"{entries} at a corner of ReLU, where there is no derivative")
    return "; ".join(notes)


def differing(gradients: Sequence[Gradient]) -> list[str]:
    """Return the names of the gradients that are not as they should be."""
    return [one.name for one in gradients if one.verdict in ("DIFFERS", "missing", "wrong shape")]
