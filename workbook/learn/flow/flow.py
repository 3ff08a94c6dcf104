"""`flow`: training steps of the learner's own functions with every number, call by call."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.words import noun
from workbook.figures import validation
from workbook.learn.check.display import AskedWronglyError, View, show_view
from workbook.learn.flow.datasets import random_points
from workbook.learn.flow.html import flow_html
from workbook.learn.flow.layers import layer_dims
from workbook.learn.flow.learner_functions import OwnFunctions, own_functions
from workbook.learn.flow.steps import Flow, Setup, train
from workbook.learn.flow.text import flow_text

#: Default network, learning rate and seed.
LAYERS = (2, 4, 3, 1)
LEARNING_RATE = 1.0
SEED = 1

_EXAMPLES = 4
_MOST_STEPS = 10_000
# NumPy refuses a larger seed.
_LARGEST_SEED = 2**32 - 1


def flow(
    layers: str | Iterable[int] | None = None,
    steps: int = 1,
    seed: int = SEED,
    learning_rate: float = LEARNING_RATE,
    *,
    X: Any = None,
    Y: Any = None,
    parameters: Mapping[str, Any] | None = None,
    reference: bool = False,
) -> None:
    """Show training steps with real numbers: every call, every gradient, every parameter.

    Parameters
    ----------
    layers : list of int, optional
        Number of units of every layer, the input first: ``[2, 4, 3, 1]``.
    steps : int
        Number of training steps.
    seed : int
        For the data and for your initialiser's random numbers.
    learning_rate : float
        Step length as a multiple of the gradient.
    X : array_like, shape (n_x, m), optional
        Your own input; by default, a few random points.
    Y : array_like, shape (1, m), optional
        The right answers for X, 0 or 1.
    parameters : dict, optional
        Your own initial parameters, such as trained ones.
    reference : bool
        Show the reference solution, if the whole course is installed.

    Raises
    ------
    AskedWronglyError, PictureError
        If an argument is invalid.
    """
    setting, start = setting_of(layers, steps, seed, learning_rate, X, Y, parameters)
    own = own_functions(reference=reference)
    if own.unready:
        show_not_ready(own)
        return
    found = train(own, setting, start)
    show_view(View(flow_text(found), flow_html(found), "text/html"))


def flow_in(
    folder: Path,
    layers: str | None = None,
    steps: int = 1,
    seed: int = SEED,
    learning_rate: float = LEARNING_RATE,
    reference: bool = False,
) -> Flow:
    """Return training steps of the functions in a folder of notebooks.

    Raises
    ------
    ValueError
        If an argument is invalid, or one of the learner's functions is missing.
    """
    setting, start = setting_of(layers, steps, seed, learning_rate)
    own = own_functions(folder, reference)
    if own.unready:
        raise AskedWronglyError(_not_ready(own))
    return train(own, setting, start)


def show_not_ready(own: OwnFunctions) -> None:
    """Show which functions the learner must write first."""
    text = _not_ready(own)
    show_view(View(text, text.replace("\n", "\n\n")))


def _not_ready(own: OwnFunctions) -> str:
    """Return a list of the functions that the learner must write first, one per line."""
    count = len(own.unready)
    first = f"Your network needs {count} more {noun(count, 'function')}:"
    return "\n".join([first, *(f"- {sentence}" for sentence in own.unready)])


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
            f"{_EXAMPLES} points of {dims[0]} random numbers each (seed {seed}); the point nearest "
            "to the origin has the label 1."
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
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not is_whole or not least <= value <= most:
        raise AskedWronglyError(
            f"{name} must be a whole number from {least} to {most}; {value!r} is not"
        )
    return int(value)


def _checked_rate(value: Any) -> float:
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not is_number or not np.isfinite(value):
        raise AskedWronglyError(f"learning_rate must be a finite number; {value!r} is not")
    return float(value)
