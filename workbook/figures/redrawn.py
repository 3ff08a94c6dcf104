"""A figure that is redrawn many times a second, for a page that shows it as an image."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imsave

from workbook.figures.html import Html, image
from workbook.figures.picture import SCREEN_DPI, Picture, style

_DPI = 110


class Redrawn:
    """A figure that can be redrawn quickly.

    The fixed background (axes, ticks, legend) is drawn once and kept as pixels; the moving artists
    are drawn on top of it.

    Parameters
    ----------
    size : (float, float)
        Width and height in inches.

    Attributes
    ----------
    picture : Picture
        The figure.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        self._pixels: Any = None
        with style():
            self.picture = Picture(figsize=size, dpi=_DPI)
            self._canvas: Any = FigureCanvasAgg(self.picture)

    def keep_background(self, moving: Iterable[Artist]) -> None:
        """Draw all that does not move, and keep its pixels."""
        for artist in moving:
            artist.set_animated(True)
        with style():
            self._canvas.draw()
        self._pixels = self._canvas.copy_from_bbox(self.picture.bbox)

    def redraw(self, moving: Iterable[Artist]) -> None:
        """Draw the moving artists on the background, in their order."""
        self._canvas.restore_region(self._pixels)
        with style():
            for artist in moving:
                self.picture.draw_artist(artist)

    def html(self, **attributes: str) -> Html:
        """Return the picture as an HTML image with alt text, at most as wide as the page."""
        width, height = (round(inches * SCREEN_DPI) for inches in self.picture.get_size_inches())
        # Decoded synchronously: otherwise the page would flicker between two pictures.
        size = {"width": width, "height": height}
        return image(self.picture.alt, self._png(), **size, decoding="sync", **attributes)

    def _png(self) -> bytes:
        target = BytesIO()
        pixels = np.asarray(self._canvas.buffer_rgba())[:, :, :3]
        # Fast, weak compression: the image only goes to a browser, many times a second.
        imsave(target, pixels, format="png", pil_kwargs={"compress_level": 1})
        return target.getvalue()
