"""`watch_learning()`: a recorded training of a small network, to be played and dragged."""

from collections.abc import Callable, Iterable
from typing import Any

from matplotlib.axes import Axes

from workbook.course.words import counted, listed
from workbook.figures.ipython import has_widgets
from workbook.figures.picture import Picture, style
from workbook.figures.plots.training_panels import BoundaryPanel
from workbook.figures.sliders.box import SliderBox, play_button, slider, without_widgets
from workbook.figures.sliders.recorded_runs import EVERY, RATES, STEPS, UNITS, RecordedRun, recorded
from workbook.figures.sliders.training_picture import TrainingPicture
from workbook.figures.validation import PictureError

_NO_WIDGETS = (
    "Without widgets there is no slider here. watch_learning(units=8, learning_rate=1, step=40) in "
    "a cell draws one step with the network and the cost; change the numbers."
)
_STILL_STEPS = (0, 20, 60, STEPS)
# Panels of a still picture side by side, and the height of one in inches, with its title.
_ACROSS, _PANEL = 4, 2.65
# Milliseconds from picture to picture, in which one is drawn and sent.
_INTERVAL = 150


def watch_learning(
    units: Any = 8, learning_rate: Any = 1.0, step: int | None = None
) -> SliderBox | Picture:
    """Show a recorded training of a network with one hidden layer, with a slider for the step.

    Without widgets, or with a ``step``, the function returns a still picture.

    Parameters
    ----------
    units : int or list of int
        Number of hidden units: 1, 2, 3 or 8. A list gives buttons to choose one.
    learning_rate : float or list of float
        Learning rate: 0.01, 1 or 10. A list gives buttons to choose one.
    step : int, optional
        Draw the training as it is after so many steps, up to 200.

    Returns
    -------
    SliderBox or Picture
        The slider, or a picture.

    Raises
    ------
    PictureError
        If there is no record of such a training, or of this step.
    """
    all_units = _checked("units", units, UNITS)
    rates = _checked("learning_rate", learning_rate, RATES)
    if step is not None:
        return _at_step(recorded()[all_units[0], rates[0]], step)
    still = _still([recorded()[one, rate] for one in all_units for rate in rates])
    if not has_widgets():
        return without_widgets(still(), _NO_WIDGETS)
    return _player(all_units, rates, still)


def _checked(name: str, chosen: Any, known: tuple[Any, ...]) -> list[Any]:
    """Return what was chosen as a list of what is recorded."""
    wanted = list(chosen) if isinstance(chosen, Iterable) else [chosen]
    for one in wanted or [chosen]:
        if one not in known:
            there = listed([f"{value:g}" for value in known])
            raise PictureError(f"No training with {name}={one!r} is recorded; there are {there}.")
    return wanted


def _at_step(run: RecordedRun, step: Any) -> Picture:
    if type(step) is not int or not 0 <= step <= STEPS:
        raise PictureError(f"step must be a whole number from 0 to {STEPS}; it is {step!r}.")
    canvas = TrainingPicture()
    canvas.draw(run, step - step % EVERY)
    return canvas.picture


def _player(all_units: list[int], rates: list[float], still: Callable[[], Picture]) -> SliderBox:
    field, at = slider("step", 0, 0, STEPS, EVERY)
    button, play = play_button(at, EVERY, _INTERVAL)
    buttons = {
        name: _buttons(name, values)
        for name, values in (("hidden units", all_units), ("learning rate", rates))
        if len(values) > 1
    }
    canvas = TrainingPicture()

    def draw() -> str:
        chosen = {name: control.value for name, control in buttons.items()}
        run = recorded()[chosen.get("hidden units", all_units[0]),
                         chosen.get("learning rate", rates[0])]  # fmt: skip
        step = at.value - at.value % EVERY
        canvas.draw(run, step)
        return state(run, step)

    rows = [*([one] for one in buttons.values()), [button, play, field, at]]
    followed = [*buttons.values(), at]
    return SliderBox(rows, followed, canvas, draw, still, _NO_WIDGETS, lambda: play.playing)


def _buttons(name: str, values: list[Any]) -> Any:
    from ipywidgets import ToggleButtons

    options = [(f"{value:g}", value) for value in values]
    tooltips = [f"{name}: {text}" for text, _ in options]
    return ToggleButtons(
        options=options, description=name, tooltips=tooltips,
        style={"description_width": "initial", "button_width": "5em"},
    )  # fmt: skip


def state(run: RecordedRun, step: int) -> str:
    """Return how far a training is after a step, in a sentence."""
    return (
        f"{counted(run.units, 'hidden unit')}, learning rate {run.rate:g}, step {step} of {STEPS}: "
        f"cost {run.costs[step]:.3f}, {run.right[step // EVERY]:.0%} of the points right."
    )


def _still(runs: list[RecordedRun]) -> Callable[[], Picture]:
    """Return the function that draws some steps of a run, or where each of several runs ends."""

    def drawn() -> Picture:
        shown = [(run, STEPS) for run in runs]
        if len(runs) == 1:
            shown = [(runs[0], step) for step in _STILL_STEPS]
        with style():
            rows = -(-len(shown) // _ACROSS)
            picture = Picture(figsize=(9.0, _PANEL * rows))
            for number, (run, step) in enumerate(shown):
                up = rows - 1 - number // _ACROSS
                left = 0.15 + 2.22 * (number % _ACROSS)
                _panel(picture.place_axes(left, _PANEL * up + 0.1, 2.05, 2.05), run, step)
            picture.alt = "\n".join(state(run, step) for run, step in shown)
        return picture

    return drawn


def _panel(axes: Axes, run: RecordedRun, step: int) -> None:
    panel = BoundaryPanel(axes)
    panel.set_up(run.X, run.Y, has_legend=False)
    panel.update(run.answers[step // EVERY], run.right[step // EVERY])
    right = f"{run.right[step // EVERY]:.0%} right"
    title = f"{counted(run.units, 'hidden unit')}, learning rate {run.rate:g}\n"
    title += f"step {step}: cost {run.costs[step]:.3f}, {right}"
    axes.set_title(title, loc="left", fontsize=9)
