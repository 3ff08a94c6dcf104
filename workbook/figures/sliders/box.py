"""Controls in a notebook, and below them a sentence and a picture that follow them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from workbook.figures.html import element, joined
from workbook.figures.picture import Picture
from workbook.figures.redrawn import Redrawn
from workbook.figures.validation import PictureError

_VIEW = "application/vnd.jupyter.widget-view+json"


class SliderBox:
    """Controls, the sentence that a screen reader says after a change, and the picture.

    Parameters
    ----------
    controls : sequence of sequences of widgets
        The controls, row by row. Each that has a value is followed.
    canvas : Redrawn
        The picture.
    draw : callable
        Draws the picture for the current values, and returns a sentence about it.
    still : callable
        Returns the picture for a front end without widgets.
    without : str
        What is said there above the picture.
    is_moving : callable
        Whether the picture moves by itself, so that a screen reader need not say every step.

    Attributes
    ----------
    controls : tuple of widgets
        The controls.
    said, shown : ipywidgets.HTML
        The sentence and the picture.
    """

    def __init__(
        self,
        controls: Sequence[Sequence[Any]],
        canvas: Redrawn,
        draw: Callable[[], str],
        still: Callable[[], Picture],
        without: str,
        is_moving: Callable[[], bool] = lambda: False,
    ) -> None:
        from ipywidgets import HTML, Box, Layout, VBox

        self.controls = tuple(control for row in controls for control in row)
        self.said, self.shown = HTML(), HTML(layout=Layout(width="100%"))
        wrap = Layout(display="flex", flex_flow="row wrap", align_items="center", width="100%")
        rows = [Box(tuple(row), layout=wrap) for row in controls]
        whole = Layout(width="100%", overflow="hidden")
        self._box = VBox([*rows, self.said, self.shown], layout=whole)
        self._canvas, self._draw = canvas, draw
        self._still, self._without, self._is_moving = still, without, is_moving
        for control in self.controls:
            control.observe(self._changed, "value")
        self._changed()

    def _changed(self, _: Any = None) -> None:
        sentence = self._draw()
        self.shown.value = self._canvas.html()
        live = "off" if self._is_moving() else "polite"
        self.said.value = element("div", sentence, role="status", aria_live=live)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return widget_bundle(self._box, self._still(), self._without)


def widget_bundle(box: Any, still: Picture, without: str) -> dict[str, Any]:
    """Return a widget as a display, with a picture for a front end that shows no widgets.

    Parameters
    ----------
    box : ipywidgets.Widget
        The widget.
    still : Picture
        The picture.
    without : str
        What is said above the picture.
    """
    html = joined([element("p", without), still.html()])
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    return {_VIEW: view, "text/html": html, "text/plain": f"{without}\n{still.alt}"}


def without_widgets(still: Picture, without: str) -> Picture:
    """Return a picture whose words begin with why there is no slider."""
    still.alt = f"{without}\n{still.alt}"
    return still


def slider(name: str, value: float, least: float, most: float, step: float) -> Any:
    """Return a slider for a number, wide enough to be dragged.

    Parameters
    ----------
    name : str
        What stands at its left.
    value, least, most, step : float
        Where it stands first, its ends, and how far an arrow key moves it.
    """
    from ipywidgets import FloatSlider

    return FloatSlider(
        value=min(max(value, least), most), min=least, max=most, step=step, description=name,
        readout_format=".2f", style={"description_width": "initial"},
        layout={"width": "26em", "max_width": "95%"},
    )  # fmt: skip


def number_in(name: str, value: Any, least: float, most: float) -> float:
    """Return a number that is to lie between two others as a float.

    Raises
    ------
    PictureError
        If it does not, or is no number.
    """
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:
        raise PictureError(f"{name} must be a number from {least:g} to {most:g}; it is {value!r}.")
    return float(value)
