"""`flow`: training steps of the learner's own functions, moment by moment, with every number."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from workbook.course.words import noun
from workbook.figures.html import element
from workbook.figures.ipython import shell
from workbook.learn.check.display import AskedWronglyError, View, show_view
from workbook.learn.finding import learners_folder
from workbook.learn.flow.learner_functions import OwnFunctions, own_functions
from workbook.learn.flow.moments.own_calls import walkthrough_of_parts
from workbook.learn.flow.moments.recorded_step import (
    Base,
    recorded_step,
    recorded_walkthrough,
)
from workbook.learn.flow.moments.show import FlowShown, show_seen
from workbook.learn.flow.moments.values import values_of_step
from workbook.learn.flow.moments.walkthrough import walkthrough_of
from workbook.learn.flow.setting import LAYERS, LEARNING_RATE, SEED, setting_of
from workbook.learn.flow.steps import Setup, train


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
    recorded: bool = False,
    moment: int | None = None,
) -> None:
    """Show training steps with real numbers, moment by moment, and every call with its numbers.

    A function that is not written yet does not stop the others from being seen.

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
    recorded : bool
        Show a step that was recorded, without any functions.
    moment : int, optional
        Draw this moment alone, from 1, without a slider.

    Raises
    ------
    AskedWronglyError, PictureError
        If an argument is invalid.
    """
    setting, start = setting_of(layers, steps, seed, learning_rate, X, Y, parameters)
    found = _seen(Path.cwd(), setting, start, reference, recorded)
    unready = found.own is not None and bool(found.own.unready)
    if found.walk is not None and not (unready and shell() is None):
        show_seen(found, moment)
    if found.own is not None and unready and moment is None:
        show_not_ready(found.own)


def flow_in(
    folder: Path,
    layers: str | None = None,
    steps: int = 1,
    seed: int = SEED,
    learning_rate: float = LEARNING_RATE,
    reference: bool = False,
    recorded: bool = False,
) -> FlowShown:
    """Return training steps of the functions in a folder of notebooks.

    Raises
    ------
    ValueError
        If an argument is invalid.
    """
    setting, start = setting_of(layers, steps, seed, learning_rate)
    return _seen(folder, setting, start, reference, recorded)


def _seen(
    folder: Path,
    setting: Setup,
    start: Mapping[str, NDArray[Any]] | int,
    reference: bool,
    is_recorded: bool,
) -> FlowShown:
    """Return the learner's training steps, or as much of a step as there is."""
    is_usual = _is_usual(setting, start)
    if is_recorded:
        if not is_usual:
            raise AskedWronglyError(
                f"one step is recorded, of the network {list(LAYERS)}: leave out the layers, the "
                "steps, the seed, the learning rate, X, Y and the parameters"
            )
        return FlowShown(recorded_walkthrough())
    own = own_functions(folder, reference)
    if not own.unready:
        found = train(own, setting, start)
        return FlowShown(walkthrough_of(found, own), found, own)
    if is_usual and not own.functions and learners_folder(folder) is None:
        return FlowShown(recorded_walkthrough())
    base = recorded_step() if is_usual else _base_of_reference(folder, setting, start)
    return FlowShown(None if base is None else walkthrough_of_parts(own, base), None, own)


def _base_of_reference(
    folder: Path, setting: Setup, start: Mapping[str, NDArray[Any]] | int
) -> Base | None:
    """Return the first step that the reference takes, or None where there is no reference."""
    try:
        own = own_functions(folder, reference=True)
    except AskedWronglyError:
        return None
    found = train(own, replace(setting, steps=1), start)
    if not found.steps or found.problem:
        return None
    return Base(found.setting, values_of_step(setting, found.steps[0]), "numbers of the reference")


def _is_usual(setting: Setup, start: Mapping[str, NDArray[Any]] | int) -> bool:
    """Return whether every option has its default, so that the recorded step will do."""
    usual, _ = setting_of(None, 1, SEED, LEARNING_RATE)
    numbers = (setting.layers, setting.steps, setting.learning_rate, setting.data, start)
    return not isinstance(start, Mapping) and numbers == (
        usual.layers, usual.steps, usual.learning_rate, usual.data, SEED,
    )  # fmt: skip


def show_not_ready(own: OwnFunctions) -> None:
    """Show which functions the learner must write first."""
    listed = (element("li", sentence) for sentence in own.unready)
    # A path is a long word, which would make a narrow page scroll.
    page = element("div", _needs(own), element("ul", *listed), style="overflow-wrap:anywhere")
    show_view(View(not_ready(own), page, "text/html"))


def not_ready(own: OwnFunctions) -> str:
    """Return a list of the functions that the learner must write first, one per line."""
    return "\n".join([_needs(own), *(f"- {sentence}" for sentence in own.unready)])


def _needs(own: OwnFunctions) -> str:
    count = len(own.unready)
    return f"Your network needs {count} more {noun(count, 'function')}:"
