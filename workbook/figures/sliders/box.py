"""Controls in a notebook, and below them a sentence and a picture that follow them."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from workbook.figures.html import Html, element, joined
from workbook.figures.ipython import has_widgets
from workbook.figures.picture import Picture
from workbook.figures.validation import PictureError, is_number

# In a column that is too narrow to read the picture, it is scrolled and not made smaller.
_LEAST_WIDTH = "min-width:34em"
# For screen readers, and not seen.
_HEARD_ONLY = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
_VIEW = "application/vnd.jupyter.widget-view+json"
# The handle's other colour says that it has the focus, and is lost where the reader has chosen all.
_FOCUS = ".noUi-handle:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }"


class Drawn(Protocol):
    """What is drawn anew after each change."""

    def html(self) -> Html:
        """Return it as HTML."""
        ...


class Still(Drawn, Protocol):
    """What is shown where there are no widgets.

    Attributes
    ----------
    alt : str
        The same in words.
    """

    alt: str


class SliderBox:
    """Controls, the sentence that a screen reader says after a change, and the picture.

    Parameters
    ----------
    rows : sequence of sequences of widgets
        The controls, row by row.
    followed : sequence of widgets
        Those whose value the picture shows.
    canvas : Drawn
        The picture.
    draw : callable
        Draws the picture for the current values, and returns a sentence about it.
    still : callable
        Returns the picture for a front end without widgets.
    without : str
        What is said there above the picture.
    is_moving : callable
        Whether the picture moves by itself, so that a screen reader need not say every step.
    style : str, optional
        Style of the picture's place.
    is_heard_only : bool
        Whether the sentence stands in the picture as well, so that it need not be seen twice.

    Attributes
    ----------
    followed : sequence of widgets
        The controls whose value the picture shows.
    said, shown : ipywidgets.HTML
        The sentence and the picture.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        followed: Sequence[Any],
        canvas: Drawn,
        draw: Callable[[], str],
        still: Callable[[], Still],
        without: str,
        is_moving: Callable[[], bool] = lambda: False,
        style: str | None = _LEAST_WIDTH,
        is_heard_only: bool = False,
    ) -> None:
        from ipywidgets import HTML, Box, Layout, VBox

        self.followed = followed
        self.said, self.shown = HTML(), HTML(layout=Layout(width="100%", overflow="auto"))
        wrap = Layout(display="flex", flex_flow="row wrap", align_items="center", width="100%")
        laid_out = [Box(tuple(row), layout=wrap) for row in rows]
        whole = Layout(width="100%", overflow="hidden")
        focus = HTML(element("style", _FOCUS), layout=Layout(display="none"))
        self._box = VBox([*laid_out, self.said, self.shown, focus], layout=whole)
        self._canvas, self._draw, self._style = canvas, draw, style
        self._said_style = _HEARD_ONLY if is_heard_only else None
        self._still, self._without, self._is_moving = still, without, is_moving
        for control in followed:
            control.observe(self._changed, "value")
        self._changed()

    def _changed(self, _: Any = None) -> None:
        sentence = self._draw()
        self.shown.value = element("div", self._canvas.html(), style=self._style)
        live = "off" if self._is_moving() else "polite"
        self.said.value = element(
            "div", sentence, role="status", aria_live=live, style=self._said_style
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the controls, with a picture for a front end that shows no widgets."""
        still = self._still()
        html = joined([element("p", self._without), still.html()])
        view = {"version_major": 2, "version_minor": 0, "model_id": self._box.model_id}
        text = f"{self._without}\n{still.alt}"
        return {_VIEW: view, "text/html": html, "text/plain": text}


def with_sliders(
    make: Callable[[], Any], numbers: Sequence[tuple[Any, ...]], without: str
) -> SliderBox | Picture:
    """Return a picture of some numbers with a slider for each, or alone if there are no widgets.

    Parameters
    ----------
    make : callable
        Returns a new `Redrawn`, whose ``draw`` takes the numbers and returns a sentence about them.
    numbers : sequence of tuple
        The arguments of `slider` for each number.
    without : str
        What is said where there are no widgets.
    """

    def still() -> Picture:
        canvas = make()
        canvas.draw(*(value for _, value, *_ in numbers))
        drawn: Picture = canvas.picture
        return drawn

    if not has_widgets():
        return without_widgets(still(), without)
    rows = [slider(*one) for one in numbers]
    chosen = [shown for _, shown in rows]
    canvas = make()
    return SliderBox(
        rows, chosen, canvas, lambda: canvas.draw(*(one.value for one in chosen)), still, without
    )


def without_widgets(still: Picture, without: str) -> Picture:
    """Return a picture whose words begin with why there is no slider."""
    still.alt = f"{without}\n{still.alt}"
    return still


def slider(name: str, value: float, least: float, most: float, step: float) -> tuple[Any, Any]:
    """Return a field with its name for a number, and the slider that goes with it.

    ipywidgets gives the handle of a slider no name that a screen reader could say; a field has one.

    Parameters
    ----------
    name : str
        What stands at its left.
    value, least, most, step : float or int
        Where it stands first, its ends, and how far an arrow key moves it.

    Returns
    -------
    field, slider : ipywidgets.Widget
        Both have the same value in the page. The picture follows the slider.
    """
    import ipywidgets as widgets

    whole = isinstance(step, int)
    field = widgets.BoundedIntText if whole else widgets.BoundedFloatText
    handle = widgets.IntSlider if whole else widgets.FloatSlider
    ends = {"value": value, "min": least, "max": most, "step": step}
    shown = handle(readout=False, layout={"width": "16em", "max_width": "95%"}, **ends)
    wide = max(4.0, 0.8 * len(name))
    typed = field(
        description=name, style={"description_width": f"{wide:g}em"},
        layout={"width": f"{wide + 5:g}em"}, **ends,
    )  # fmt: skip
    # In the page itself, so that one keeps pace with the other.
    widgets.jslink((typed, "value"), (shown, "value"))
    return typed, shown


def number_in(name: str, value: Any, least: float, most: float) -> float:
    """Return a number that is to lie between two others as a float.

    Raises
    ------
    PictureError
        If it does not, or is no number.
    """
    if not is_number(value) or not least <= value <= most:
        raise PictureError(f"{name} must be a number from {least:g} to {most:g}; it is {value!r}.")
    return float(value)


def play_button(slider: Any, step: int, interval: int) -> tuple[Any, Any]:
    """Return a button that plays and pauses, and the widget without a look that moves a slider.

    ipywidgets' own buttons for this have no name that a screen reader could say.

    Parameters
    ----------
    slider : ipywidgets.Widget
        The slider.
    step : int
        How far it moves at a time.
    interval : int
        Milliseconds from one move to the next.
    """
    from ipywidgets import Button, Play, jslink

    ends = {"value": slider.value, "min": slider.min, "max": slider.max}
    play = Play(step=step, interval=interval, layout={"display": "none"}, **ends)
    jslink((play, "value"), (slider, "value"))
    button = Button(description="Play", icon="play", layout={"width": "7em"})

    def press(_: Any) -> None:
        if not play.playing and slider.value >= slider.max:
            slider.value = play.value = slider.min
        play.playing = not play.playing

    def say(change: Any) -> None:
        button.description = "Pause" if change.new else "Play"
        button.icon = "pause" if change.new else "play"

    button.on_click(press)
    play.observe(say, "playing")
    return button, play
