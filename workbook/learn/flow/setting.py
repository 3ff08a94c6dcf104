"""What `flow` was asked for, checked: the network, the data, the start, the steps."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.words import counted
from workbook.figures import validation
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.flow.datasets import random_points
from workbook.learn.flow.layers import layer_dims
from workbook.learn.flow.steps import Setup

#: Default network, learning rate and seed.
LAYERS = (2, 4, 3, 1)
LEARNING_RATE = 1.0
SEED = 1

_EXAMPLES = 4
_MOST_STEPS = 10_000
# NumPy refuses a larger seed.
_LARGEST_SEED = 2**32 - 1


def setting_of(
    layers: str | Iterable[int] | None,
    steps: int,
    seed: int,
    learning_rate: float,
    X: Any = None,
    Y: Any = None,
    parameters: Mapping[str, Any] | None = None,
) -> tuple[Setup, Mapping[str, NDArray[Any]] | int]:
    """Return the setup of the training, and the initial parameters or the seed for them.

    Raises
    ------
    AskedWronglyError, PictureError
        If an argument is invalid.
    """
    steps = _whole_number("steps", steps, 1, _MOST_STEPS)
    seed = _whole_number("seed", seed, 0, _LARGEST_SEED)
    rate = _checked_rate(learning_rate)
    if (X is None) != (Y is None):
        raise AskedWronglyError("X and Y belong together: give both or neither")
    given = None if parameters is None else validation.checked_parameters(parameters)
    dims = _dims(layers, given, X)
    if X is None:
        X, Y = random_points(dims[0], _EXAMPLES, seed)
        data = (
            f"{_EXAMPLES} points of {counted(dims[0], 'random number')} each (seed {seed}); the "
            "point nearest to the origin has the label 1."
        )
    else:
        X = validation.checked_inputs(X, given)
        Y = validation.checked_labels(Y, X.shape[1])
        data = "the X and Y that you gave."
    if X.shape[0] != dims[0]:
        raise AskedWronglyError(
            f"X has {X.shape[0]} rows, but the network has {dims[0]} inputs: each row is an input"
        )
    text = "the parameters that you gave."
    if given is None:
        text = f"initialize_parameters_deep({dims}), after np.random.seed({seed})."
    setting = Setup(tuple(dims), X, Y, data, text, rate, steps)
    return setting, seed if given is None else given


def _dims(layers: Any, parameters: Mapping[str, NDArray[Any]] | None, X: Any) -> list[int]:
    """Return the sizes of the layers: as given, else from the parameters or X, else the default."""
    if parameters is None:
        if layers is None and X is not None:
            return [validation.checked_inputs(X).shape[0], *LAYERS[1:]]
        return layer_dims(LAYERS if layers is None else layers)
    L = validation.layer_count(parameters)
    own = [parameters["W1"].shape[1], *(parameters[f"W{l}"].shape[0] for l in range(1, L + 1))]
    if layers is not None and layer_dims(layers) != own:
        raise AskedWronglyError(
            f"layers are {layer_dims(layers)}, but the parameters belong to a network {own}: "
            "leave layers out"
        )
    return layer_dims(own)


def _whole_number(name: str, value: Any, least: int, most: int) -> int:
    if not validation.is_whole(value) or not least <= value <= most:
        raise AskedWronglyError(
            f"{name} must be a whole number from {least} to {most}; {value!r} is not"
        )
    return int(value)


def _checked_rate(value: Any) -> float:
    if not validation.is_number(value) or not np.isfinite(value):
        raise AskedWronglyError(f"learning_rate must be a finite number; {value!r} is not")
    return float(value)
