"""A figure that a notebook shows once, with alt text, and a terminal as a sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure

from workbook.figures.html import Html, image

#: Colours that the colour-blind tell apart, darkest first so that they differ in greyscale, too
#: (Okabe and Ito, 2008).
INK, BLUE, VERMILLION, ORANGE, SKY, YELLOW = (
    "#000000", "#0072B2", "#D55E00", "#E69F00", "#56B4E9", "#F0E442",
)  # fmt: skip
GREY = "#595959"
#: Matplotlib's map for the colour-blind; its lightness only rises.
COLORS = "cividis"

#: Pixels that an inch of the figure takes in a notebook; 9 inches fill it.
SCREEN_DPI = 100
# Twice as fine would double the notebook's size, and half as fine is blurred on a good screen.
_FILE_DPI = 150

_STYLE: dict[str, Any] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.facecolor": "white",
    "font.size": 10,
    "legend.frameon": False,
    "savefig.facecolor": "white",
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the style of these pictures, whatever the learner has set for their own."""
    with matplotlib.style.context(["default", _STYLE]):
        yield


class Picture(Figure):
    """A matplotlib figure that pyplot does not know, so that a notebook shows it only once.

    Attributes
    ----------
    alt : str
        What is seen in it, in words: the alt text, and what a terminal shows.
    """

    alt = ""
    _shown_in: Any = None

    def show_now(self) -> None:
        """Show it in the notebook's cell that runs, or print its words.

        Where the cell then ends with this figure, it is not shown a second time.
        """
        cell = _cell()
        if cell is None:
            print(self.alt)
            return
        self._ipython_display_()
        self._shown_in = cell

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        target = BytesIO()
        with style():
            self.savefig(target, format="png", dpi=_FILE_DPI)
        return target.getvalue()

    def html(self) -> Html:
        """Return the picture as an HTML image with its alt text."""
        return image(self.alt, self.png(), width=round(float(self.get_figwidth()) * SCREEN_DPI))

    def _ipython_display_(self) -> None:
        from IPython.display import display

        cell = _cell()
        if cell is not None and cell == self._shown_in:
            return
        bundle = {"text/plain": self.alt}
        if _is_notebook():
            bundle["text/html"] = self.html()
        display(bundle, raw=True)


def shell() -> Any:
    """Return the IPython that this code runs in, or None."""
    # A process that never imported IPython does not run in it: no need to pay for the import.
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _cell() -> int | None:
    """Return the number of the cell that runs; None outside IPython."""
    found = shell()
    return None if found is None else int(found.execution_count)


def _is_notebook() -> bool:
    # IPython in a terminal shows plain text alone, and need not wait for the image.
    active = getattr(shell(), "display_formatter", None)
    return active is not None and "text/html" in active.active_types
