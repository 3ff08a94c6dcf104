"""`playground()`: the learner's own functions train a network, with controls and a picture."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workbook.course.words import counted
from workbook.figures.html import Html, element
from workbook.figures.ipython import has_widgets, shows_html
from workbook.figures.picture import Picture
from workbook.learn.check.display import View, show_view
from workbook.learn.flow.flow import show_not_ready
from workbook.learn.flow.learner_functions import OwnFunctions, own_functions, with_labs
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground.canvas import Canvas, unit_name, units
from workbook.learn.playground.choice import NetworkChoice
from workbook.learn.playground.controls import ON_CLICK, PLAYGROUND, Controls, PointControls
from workbook.learn.playground.network_maps import Unit
from workbook.learn.playground.player import Player
from workbook.learn.playground.training import Training

if TYPE_CHECKING:
    from ipywidgets import Widget

_NO_WIDGETS = "The playground needs a front end with widgets, such as JupyterLab."
_STILL_STEPS, _STILL_SECONDS = 500, 5.0
_NOTE = (
    "First weights: <em>times 0.01</em> takes the weights of your initialiser, which learn slowly "
    "or not at all with several hidden layers. <em>He</em> multiplies its W of layer l by "
    "100 &radic;(2 / n<sub>l-1</sub>), which is He's rule for ReLU. A new network begins "
    "whenever you change the data, the network or the seed; what stands under Training can be "
    "changed in the middle of a run. Each square is what one unit answers on the plane; click it, "
    "or choose it beside the buttons, to see it large. A click on the plane sets a point. tanh "
    "and the sigmoid stand in the place of the <code>relu</code> that your functions call. Their "
    "slopes, the mini-batches and the penalty come from your labs, where you have written "
    "<code>tanh_derivative</code>, <code>sigmoid_derivative</code>, "
    "<code>random_mini_batches</code> and <code>l2_gradients</code>, else from the playground. "
    "Small points are held out: the network never learns from them."
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
    try:
        return asyncio.get_running_loop() if shows_html() and has_widgets() else None
    except RuntimeError:
        return None


def _still(own: OwnFunctions, why: str) -> Picture | None:
    """Show a still picture of a short run."""
    choice = NetworkChoice(steps=_STILL_STEPS)
    canvas = Canvas()
    try:
        training = Training(own, choice)
        training.advance(choice, choice.steps, _STILL_SECONDS)
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
        first = NetworkChoice()
        self.controls, self.points = Controls(first), PointControls()
        self.look = widgets.Dropdown(
            options=_looks(first), description="on the plane",
            style={"description_width": "7em"},
            layout=widgets.Layout(width="21em", max_width="100%"),
        )  # fmt: skip
        self.start = widgets.Button(description="Start", icon="play")
        self.stop = widgets.Button(description="Stop", icon="stop")
        self.restart = widgets.Button(description="Restart", icon="refresh")
        # HTML, because an Image widget has no alt text.
        self.image = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.status = widgets.HTML()
        self.player = Player(lambda choice: Training(_ready_functions(), choice), self._moved)
        self.box = self._laid_out(widgets)
        self.box.add_class(PLAYGROUND)
        self._listen()
        self.player.prepare(first)

    def _laid_out(self, widgets: Any) -> Any:
        wrap = widgets.Layout(display="flex", flex_flow="row wrap", width="100%")
        buttons = (self.start, self.stop, self.restart, self.look)
        return widgets.VBox(
            [
                self.controls.box,
                widgets.Box(buttons, layout=wrap),
                self.status,
                self.image,
                self.points.box,
                widgets.HTML(element("p", Html(_NOTE), style="max-width:60em;line-height:1.4")),
            ],
            layout=widgets.Layout(width="100%", overflow="hidden"),
        )

    def _listen(self) -> None:
        def soon(do: Callable[[], None]) -> Callable[[Any], object]:
            return lambda _: self._loop.call_soon_threadsafe(do)

        self.start.on_click(soon(self.player.start))
        self.stop.on_click(soon(self.player.stop))
        self.restart.on_click(soon(self.player.restart))
        self.points.add.on_click(soon(self._add_typed))
        self.points.remove.on_click(soon(self._remove_points))
        self.points.clicked.observe(soon(self._clicked), names="value")
        self.look.observe(soon(self._looked), names="value")
        self.controls.listen(soon(self._changed))

    def _changed(self) -> None:
        choice = self.controls.choice()
        looks = _looks(choice)
        if looks != list(self.look.options):
            # Another network has other units.
            self.look.options = looks
        self.player.change(choice)

    def _looked(self) -> None:
        self._canvas.look = self.look.value or None
        self._moved()

    def _clicked(self) -> None:
        """Add a point where the plane was clicked; look at a unit that was clicked."""
        text, self.points.clicked.value = self.points.clicked.value, ""
        try:
            across, down = map(float, text.split())
        except ValueError:
            # Emptied just now, or not by a click.
            return
        found = self._canvas.clicked(across, down)
        if found is None:
            return
        if isinstance(found[0], float):
            self._add(found[0], found[1])
        else:
            known = {unit for _, unit in self.look.options}
            self.look.value = found if found in known else ()

    def _add_typed(self) -> None:
        self._add(self.points.first.value, self.points.second.value)

    def _add(self, first: float, second: float) -> None:
        self.controls.points += ((first, second, self.points.label.value),)
        self._changed()

    def _remove_points(self) -> None:
        self.controls.points = ()
        self._changed()

    def _moved(self) -> None:
        training = self.player.training
        if training is not None:
            if self._canvas.look not in units(training.choice):
                self._canvas.look = None
            self._canvas.draw(training, self.player.choice.steps)
            self.image.value = self._canvas.html(onclick=ON_CLICK)
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


def _looks(choice: NetworkChoice) -> list[tuple[str, Unit | tuple[()]]]:
    """Return what the plane can show, by name."""
    # Where the value is None, a list shows that nothing is chosen.
    return [("the network's answer", ()), *((unit_name(one), one) for one in units(choice))]


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
    return with_labs(own)


def status(player: Player) -> str:
    """Return the state of the training in a sentence or two."""
    training, state = player.training, player.state
    if state == "failed" or training is None:
        return f"Stopped. {player.problem}"
    if not training.costs:
        layers = " -> ".join(map(str, training.choice.layers))
        points = counted(training.Y.size, "point")
        if kept := training.held_out[1].size:
            points += f" to learn from and {kept} held out"
        said = f"{points}, a network {layers}. Functions: {training.own.source}."
        return f"Ready: {said} Press Start."
    where = (
        f"step {training.step} of {player.choice.steps}, cost {training.costs[-1]:.4f}, "
        f"{training.accuracy:.1%} of the points right"
    )
    if training.held_out_costs:
        where += (
            f"; held out: cost {training.held_out_costs[-1][1]:.4f}, "
            f"{training.held_out_accuracy:.1%} right"
        )
    if state != "diverged":
        return f"{state.capitalize()}: {where}."
    if training.step == 1:
        return " ".join(filter(None, [
            f"Diverged: {where}. The cost of the first weights is not finite: an answer AL is "
            "exactly 0 or 1, or is not a number (NaN). No learning rate changes that.",
            player.problem,
        ]))  # fmt: skip
    return (
        f"Diverged: {where}. The cost is not finite: numbers grow without bound, or an answer AL "
        "is exactly 0 or 1, so that its logarithm is not finite. Try a smaller learning rate."
    )
