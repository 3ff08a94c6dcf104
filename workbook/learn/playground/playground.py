"""`playground()`: the learner's own functions train a network, with controls and a picture."""

import asyncio
from typing import TYPE_CHECKING, Any

from workbook.figures.html import Html, element
from workbook.figures.ipython import shell
from workbook.figures.picture import Picture
from workbook.learn.check.display import View, show_view
from workbook.learn.flow.datasets import PLANE_DATASETS
from workbook.learn.flow.flow import show_not_ready
from workbook.learn.flow.learner_functions import OwnFunctions, own_functions
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground.canvas import Canvas
from workbook.learn.playground.player import Player
from workbook.learn.playground.training import HE, POINTS, SMALL, Choice, Training

if TYPE_CHECKING:
    from ipywidgets import Widget

_NO_WIDGETS = "The playground needs a front end with widgets, such as JupyterLab."
_STILL_STEPS, _STILL_SECONDS = 500, 5.0
_WIDE = {"description_width": "7.5em"}
_NOTE = (
    "First weights: <em>times 0.01</em> takes the weights of your initialiser, which learn slowly "
    "or not at all with several hidden layers. <em>He</em> multiplies its W of layer l by "
    "100 &radic;(2 / n<sub>l-1</sub>), which is He's rule for ReLU. A new network begins "
    "whenever you change the data, the layers, the first weights or the seed."
)

_open: list["Playground"] = []


def playground(live: bool = True) -> Picture | None:
    """Train a network of your own ten functions and watch its boundary move.

    Parameters
    ----------
    live : bool
        If False, or in a front end without widgets, draw a still picture of a short run.

    Returns
    -------
    Picture or None
        The still picture, if there is one: ``playground(live=False).savefig("run.png")`` saves it.
    """
    while _open:
        # Running the cell again replaces the playground that it showed.
        _open.pop().close()
    own = own_functions()
    if own.unready:
        show_not_ready(own)
        return None
    loop = _loop() if live else None
    if loop is None:
        return _still(own, f"{_NO_WIDGETS} " if live else "")
    made = Playground(loop)
    _open.append(made)
    made.display()
    return None


def _loop() -> asyncio.AbstractEventLoop | None:
    """Return the kernel's event loop if its front end may have widgets, else None."""
    formatter = getattr(shell(), "display_formatter", None)
    if formatter is None or "text/html" not in formatter.active_types:
        return None
    try:
        import ipywidgets  # noqa: F401

        return asyncio.get_running_loop()
    except (ImportError, RuntimeError):
        return None


def _still(own: OwnFunctions, why: str) -> Picture | None:
    """Show a still picture of a short run."""
    choice = Choice(steps=_STILL_STEPS)
    canvas = Canvas()
    try:
        training = Training(own, choice)
        training.advance(choice.learning_rate, choice.steps, _STILL_SECONDS)
    except OwnFunctionError as error:
        said = f"{why}A short run failed. {error.message}"
        show_view(View(said, said))
        return None
    canvas.draw(training, choice.steps)
    said = f"{why}This is a still picture of a short run. Functions: {own.source}."
    show_view(View(said, said))
    canvas.picture.show_now()
    return canvas.picture


class Playground:
    """The widgets of one playground, and the player behind them.

    Parameters
    ----------
    loop : asyncio.AbstractEventLoop
        The kernel's loop. Widget events may arrive in another thread, so the loop does the work.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        import ipywidgets as widgets

        self._loop = loop
        self._canvas = Canvas()
        self._drawn_state = ""
        first = Choice()
        wide = widgets.Layout(width="23em", max_width="100%")
        options: dict[str, Any] = {"style": _WIDE, "layout": wide}
        later = {**options, "continuous_update": False}
        self.data = widgets.Dropdown(
            options=PLANE_DATASETS, value=first.data, description="data", **options
        )
        self.hidden = widgets.IntSlider(
            first.hidden_layers, 0, 4, description="hidden layers", **later
        )
        self.units = widgets.IntSlider(first.units, 1, 16, description="units in each", **later)
        self.first_weights = widgets.Dropdown(
            options=[("He", HE), ("times 0.01", SMALL)], value=first.start,
            description="first weights", **options,
        )  # fmt: skip
        self.rate = widgets.FloatLogSlider(
            first.learning_rate, base=10, min=-3, max=1, step=0.1, readout_format=".3g",
            description="learning rate", **later,
        )  # fmt: skip
        self.steps = widgets.IntSlider(
            first.steps, 100, 10_000, step=100, description="steps", **later
        )
        self.seed = widgets.BoundedIntText(first.seed, 0, 9999, description="seed", **options)
        self.start = widgets.Button(description="Start", icon="play")
        self.stop = widgets.Button(description="Stop", icon="stop")
        self.restart = widgets.Button(description="Restart", icon="refresh")
        # HTML, because an Image widget has no alt text.
        self.image = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.status = widgets.HTML()
        self.player = Player(lambda choice: Training(_ready_functions(), choice), self._moved)
        self.box = self._laid_out(widgets)
        self._listen()
        self.player.prepare(first)

    def _laid_out(self, widgets: Any) -> Any:
        wrap = widgets.Layout(display="flex", flex_flow="row wrap", width="100%")
        buttons = (self.start, self.stop, self.restart)
        return widgets.VBox(
            [
                widgets.Box(self._controls(), layout=wrap),
                widgets.Box(buttons, layout=wrap),
                self.status,
                self.image,
                widgets.HTML(element("p", Html(_NOTE), style="max-width:60em;line-height:1.4")),
            ],
            layout=widgets.Layout(width="100%", overflow="hidden"),
        )

    def _listen(self) -> None:
        soon = self._loop.call_soon_threadsafe
        self.start.on_click(lambda _: soon(self.player.start))
        self.stop.on_click(lambda _: soon(self.player.stop))
        self.restart.on_click(lambda _: soon(self.player.restart))
        for control in self._controls():
            control.observe(lambda _: soon(self._changed), names="value")

    def _controls(self) -> tuple[Any, ...]:
        """Return the controls in the order of the attributes of `Choice`."""
        return (self.data, self.hidden, self.units, self.first_weights, self.rate, self.steps,
                self.seed)  # fmt: skip

    def _changed(self) -> None:
        self.player.change(Choice(*(control.value for control in self._controls())))

    def _moved(self) -> None:
        training = self.player.training
        if training is not None:
            self._canvas.draw(training, self.player.choice.steps)
            self.image.value = self._canvas.html()
        text, state = status(self.player), self.player.state
        # While the numbers change all the time, a screen reader must not read each of them.
        live = "off" if state == "running" and state == self._drawn_state else "polite"
        self._drawn_state = state
        self.status.value = element("div", text, role="status", aria_live=live)

    def display(self) -> None:
        """Show the playground in the running cell."""
        from IPython.display import display

        bundle = dict(self.box._repr_mimebundle_())
        bundle["text/plain"] = f"{_NO_WIDGETS} playground(live=False) draws a still picture."
        display(bundle, raw=True)

    def close(self) -> None:
        """Stop the training and remove the widgets from the page."""
        self.player.close()
        _close(self.box)


def _close(widget: "Widget") -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    for part in (getattr(widget, "layout", None), getattr(widget, "style", None), widget):
        if part is not None:
            part.close()


def _ready_functions() -> OwnFunctions:
    """Return the learner's current functions, which may have changed since the start."""
    own = own_functions()
    if own.unready:
        raise OwnFunctionError(" ".join(own.unready))
    return own


def status(player: Player) -> str:
    """Return the state of the training in a sentence or two."""
    training, state = player.training, player.state
    if state == "failed" or training is None:
        return f"Stopped. {player.problem}"
    if not training.costs:
        layers = " -> ".join(map(str, training.choice.layers))
        said = f"{POINTS} points, a network {layers}. Functions: {training.own.source}."
        return f"Ready: {said} Press Start."
    where = (
        f"step {training.step} of {player.choice.steps}, cost {training.costs[-1]:.4f}, "
        f"{training.accuracy:.1%} of the points right"
    )
    if state != "diverged":
        return f"{state.capitalize()}: {where}."
    return (
        f"Diverged: {where}. The cost is not finite: numbers grow without bound, or an answer AL "
        "is exactly 0 or 1, so that its logarithm is not finite. Try a smaller learning rate."
    )
