"""Matplotlib figures with alt text, which a notebook shows once and a terminal describes."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib
import matplotlib.style
import numpy as np
from matplotlib.figure import Figure

from workbook.figures.html import Html, image
from workbook.figures.ipython import shell, shows_html

#: Colours that colour-blind readers can tell apart, darkest first so that they also differ in
#: greyscale (Okabe and Ito, 2008).
INK, BLUE, VERMILLION, ORANGE, SKY, YELLOW = (
    "#000000", "#0072B2", "#D55E00", "#E69F00", "#56B4E9", "#F0E442",
)  # fmt: skip
GREY = "#595959"
#: Matplotlib's colour map for colour-blind readers; its lightness increases steadily.
COLORS = "cividis"

#: Pixels per inch of a figure in a notebook; 9 inches fill the width.
SCREEN_DPI = 100
# A finer image makes notebooks much larger; a coarser one looks blurred on a good screen.
_FILE_DPI = 150

_STYLE: dict[str, Any] = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.dpi": SCREEN_DPI,
    "figure.facecolor": "white",
    "font.size": 10,
    "legend.frameon": False,
    "savefig.facecolor": "white",
}


@contextmanager
def style() -> Iterator[None]:
    """Apply the style of the course's pictures, whatever style the learner has set."""
    with matplotlib.style.context(["default", _STYLE]):
        yield


class Picture(Figure):
    """A matplotlib figure that pyplot does not know, so that a notebook shows it only once.

    Attributes
    ----------
    alt : str
        Description of the picture: the alt text, and what a terminal shows.
    """

    alt = ""
    _shown_in: Any = None

    def show_now(self) -> None:
        """Show the figure in the running cell, or print its description outside IPython.

        If the cell then ends with this figure, it is not shown a second time.
        """
        cell = _cell()
        if cell is None:
            print(self.alt)
            return
        self._ipython_display_()
        self._shown_in = cell

    def place_axes(
        self, left: float, bottom: float, width: float, height: float, **settings: Any
    ) -> Any:
        """Add axes, placed in inches from the lower left corner of the figure."""
        across, up = self.get_size_inches()
        return self.add_axes((left / across, bottom / up, width / across, height / up), **settings)

    def place_text(self, left: float, down: float, text: str, **settings: Any) -> None:
        """Write text, its upper left corner in inches from that of the figure."""
        across, up = self.get_size_inches()
        self.text(left / across, 1 - down / up, text, **{"va": "top", **settings})

    def place_heading(self, text: str) -> None:
        """Write the heading of the whole figure in its upper left corner."""
        self.place_text(0.15, 0.12, text, weight="bold", fontsize=11)

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        target = BytesIO()
        # Where a surface has holes or numbers are extreme, matplotlib before 3.11 lets NumPy warn.
        with style(), np.errstate(all="ignore"):
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
        # A terminal need not wait for the image.
        if shows_html():
            bundle["text/html"] = self.html()
        display(bundle, raw=True)


def _cell() -> int | None:
    """Return the number of the running cell, or None outside IPython."""
    found = shell()
    return None if found is None else int(found.execution_count)
