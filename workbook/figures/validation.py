"""Validation of a learner's arrays, parameters and costs before they are drawn."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.words import counted

Array = NDArray[np.float64]
Parameters = dict[str, Array]

_KEY = re.compile(r"([Wb])([1-9][0-9]*)")


class PictureError(ValueError):
    """A value cannot be drawn. Jupyter shows the message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def is_number(value: Any) -> bool:
    """Return whether a value is a single number, of Python or NumPy, and not a truth value."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def is_whole(value: Any) -> bool:
    """Return whether a value is a whole number, of Python or NumPy, and not a truth value."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def real_array(value: Any, name: str) -> Array:
    """Return a value as an array of floats, which may hold NaN and infinities.

    Parameters
    ----------
    value : array_like of real numbers
        The learner's value.
    name : str
        Name of the value in the message of an error.

    Returns
    -------
    ndarray of float
        The value itself, not a copy, if it is such an array already.

    Raises
    ------
    PictureError
        If the value holds anything but real numbers.
    """
    try:
        found = np.asarray(value)
    except ValueError:
        raise PictureError(
            f"{name} is not an array: its rows have different lengths, so it has no shape. "
            "Make every row as long as the first."
        ) from None
    if found.dtype.kind not in "biuf":
        what = "None" if value is None else f"a {type(value).__name__}"
        if isinstance(value, np.ndarray):
            what = f"an array of {value.dtype}"
        raise PictureError(f"{name} must be an array of real numbers; it is {what}.")
    # A copy only if one is needed: a history may hold thousands of large arrays.
    return found.astype(np.float64, copy=False)


def finite_array(value: Any, name: str) -> Array:
    """Return a value as an array of finite floats that is not empty.

    Raises
    ------
    PictureError
        If it is empty, or holds anything but finite real numbers.
    """
    array = real_array(value, name)
    if not array.size:
        raise PictureError(
            f"{name} has shape {array.shape}: it is empty, so there is nothing to draw."
        )
    bad = ~np.isfinite(array)
    if bad.any():
        at = np.argwhere(bad)[0].tolist()
        where = f"{name}{at}" if at else name
        raise PictureError(
            f"{name} holds {counted(int(bad.sum()), 'entry', 'entries')} that cannot be drawn: "
            f"{where} is {array[tuple(at)]}. The usual causes are a learning rate that is too "
            "large, a logarithm of 0, and a division by 0."
        )
    return array


def finite_matrix(value: Any, name: str) -> Array:
    """Return a value as a matrix of finite floats.

    Raises
    ------
    PictureError
        If it is not one.
    """
    array = finite_array(value, name)
    if array.ndim != 2:
        remedy = " Use reshape, or keepdims=True in the sum." if array.ndim == 1 else ""
        raise PictureError(
            f"{name} has shape {array.shape}; it must be a matrix, with rows and columns.{remedy}"
        )
    return array


def checked_parameters(parameters: Any, name: str = "parameters") -> Parameters:
    """Return the parameters of a network as arrays of finite floats, layer by layer.

    Parameters
    ----------
    parameters : dict
        "W1", "b1", ..., "WL", "bL", ``W{l}`` of shape (n_l, n_{l-1}), ``b{l}`` of shape (n_l, 1).
    name : str
        Name of the dictionary in the message of an error.

    Returns
    -------
    dict
        The same parameters, in the order W1, b1, W2, b2, ...

    Raises
    ------
    PictureError
        If a key is missing or unknown, shapes do not fit, or a number is not finite.
    """
    if not isinstance(parameters, Mapping):
        raise PictureError(
            f'{name} must be a dictionary with the keys "W1", "b1", ...; '
            f"it is a {type(parameters).__name__}."
        )
    depth = _depth(list(parameters), name)
    found: Parameters = {}
    before = 0
    for l in range(1, depth + 1):
        W, b = (finite_matrix(parameters[key], key) for key in (f"W{l}", f"b{l}"))
        if before and W.shape[1] != before:
            raise PictureError(
                f"W{l} has shape {W.shape}: it takes {W.shape[1]} inputs, "
                f"but layer {l - 1} has {counted(before, 'unit')}. "
                f"W{l} must have {counted(before, 'column')}."
            )
        before = W.shape[0]
        if b.shape != (before, 1):
            raise PictureError(
                f"b{l} has shape {b.shape}; W{l} has {counted(before, 'row')}, "
                f"so b{l} must have shape ({before}, 1)."
            )
        found[f"W{l}"], found[f"b{l}"] = W, b
    return found


def _depth(keys: Sequence[Any], name: str) -> int:
    """Return the number of layers that the keys name; raise PictureError if one is missing."""
    if not keys:
        raise PictureError(f"{name} is empty: a network has at least one layer, W1 and b1.")
    for key in keys:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise PictureError(
                f'{name} has the key {key!r}; its keys must be "W1", "b1", "W2", "b2", ...'
            )
    # No more layers than the keys can name: the number in a key may be arbitrarily large.
    depth = (len(keys) + 1) // 2
    names = [f"{letter}{l}" for l in range(1, depth + 1) for letter in "Wb"]
    missing = next((one for one in names if one not in keys), None)
    if missing:
        listed = ", ".join(map(str, keys[:8])) + (", ..." if len(keys) > 8 else "")
        raise PictureError(
            f"{name} has no {missing}: layers are numbered from 1 without a gap, "
            f"and each has a W and a b. Its keys are {listed}."
        )
    return depth


def layer_count(parameters: Mapping[str, Any]) -> int:
    """Return the number of layers of parameters that `checked_parameters` has returned."""
    return sum(key.startswith("W") for key in parameters)


def checked_history(snapshots: Any, name: str = "history") -> list[Parameters]:
    """Return the parameters at several moments of training as arrays of finite floats.

    Parameters
    ----------
    snapshots : list of dict
        Parameters of one network at several moments.
    name : str
        Name of the list in the message of an error.

    Raises
    ------
    PictureError
        If it is not a list of parameters of one network, or every entry is the same object.
    """
    if not isinstance(snapshots, Sequence) or isinstance(snapshots, str | bytes):
        raise PictureError(
            f"{name} must be a list of parameters, one dictionary per moment; it is a "
            f"{type(snapshots).__name__}. Collect them as you train: {name}.append(parameters)."
        )
    if not snapshots:
        raise PictureError(f"{name} is empty: it needs the parameters of at least one moment.")
    found = [checked_parameters(one, f"{name}[{i}]") for i, one in enumerate(snapshots)]
    shapes = {key: value.shape for key, value in found[0].items()}
    for i, one in enumerate(found):
        if {key: value.shape for key, value in one.items()} != shapes:
            raise PictureError(
                f"{name}[{i}] and {name}[0] are not from the same network: their shapes differ."
            )
    first = snapshots[0]
    if len(found) > 1 and all(one[key] is first[key] for one in snapshots for key in first):
        raise PictureError(
            f"all {len(found)} entries of {name} are the same arrays: each append stored the same "
            "object, which training then changed. Store a copy, such as copy.deepcopy(parameters)."
        )
    return found


def checked_inputs(X: Any, parameters: Parameters | None = None) -> Array:
    """Return X as an array of finite floats, shape (n_x, m).

    Raises
    ------
    PictureError
        If it is no such array, or does not fit the first layer.
    """
    found = finite_matrix(X, "X")
    want = found.shape[0] if parameters is None else parameters["W1"].shape[1]
    if found.shape[0] != want:
        turned = " Did you mean X.T?" if found.shape[1] == want else ""
        raise PictureError(
            f"X has shape {found.shape}: {counted(found.shape[0], 'number')} per example, "
            f"but W1 takes {want}. Examples are columns.{turned}"
        )
    return found


def checked_labels(Y: Any, m: int) -> Array:
    """Return Y as an array of zeros and ones, shape (1, m).

    Raises
    ------
    PictureError
        If it is no such array.
    """
    found = finite_array(Y, "Y")
    if found.shape != (1, m):
        turned = " Use Y.reshape(1, -1)." if found.size == m else ""
        raise PictureError(
            f"Y has shape {found.shape}; X has {counted(m, 'column')}, so Y must have shape "
            f"(1, {m}).{turned}"
        )
    others = np.unique(found[(found != 0) & (found != 1)])
    if others.size:
        raise PictureError(f"Y holds {others[0]:g}; every right answer must be 0 or 1.")
    return found


def checked_costs(values: Any, name: str = "costs") -> Array:
    """Return costs as an array of finite floats, shape (n,).

    Raises
    ------
    PictureError
        If there are none, or one is not finite.
    """
    found = real_array(values, name)
    shape = found.shape
    if found.size > 1:
        found = np.squeeze(found)
    if found.ndim != 1:
        raise PictureError(
            f"{name} must be a list of numbers, one for each computed cost; it has shape {shape}."
        )
    if not found.size:
        raise PictureError(f"{name} is empty: append the cost to it in the training loop.")
    finite = np.isfinite(found)
    if not finite[0]:
        raise PictureError(
            f"{name}[0], the very first cost, is {found[0]}. Look at AL: log(0) is not finite."
        )
    if not finite.all():
        i = int(np.argmin(finite))
        raise PictureError(
            f"{name}[{i}] is {found[i]}, after {found[i - 1]:.4g}. A smaller learning rate keeps "
            f"the cost finite; {name}[:{i}] can be drawn."
        )
    return found


def check_iterations(iterations: Sequence[Any] | None, moments: int) -> None:
    """Raise PictureError if iterations are given, but not one for each moment."""
    if iterations is not None and len(iterations) != moments:
        raise PictureError(
            f"iterations has {counted(len(iterations), 'entry', 'entries')}, but there "
            f"{'is' if moments == 1 else 'are'} {counted(moments, 'moment')}."
        )


def evenly_spaced(count: int, most: int) -> list[int]:
    """Return at most ``most`` indices below ``count``, evenly spaced from the first to the last."""
    return sorted({round(i) for i in np.linspace(0, count - 1, min(count, most))})
