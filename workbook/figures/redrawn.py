"""A figure that is redrawn many times a second, for a page that shows it as an image."""

import struct
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from numpy.typing import NDArray

from workbook.figures.html import Html, image
from workbook.figures.picture import SCREEN_DPI, Picture, style


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
            self.picture = Picture(figsize=size, dpi=SCREEN_DPI)
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
        png = _png(np.asarray(self._canvas.buffer_rgba())[:, :, :3])
        return image(self.picture.alt, png, **size, decoding="sync", **attributes)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Return an image as a PNG file that is written fast and is not the smallest.

    The image only goes to a browser, many times a second. Pillow tries five filters on each row,
    which takes longer than everything else.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        Red, green and blue, the upper row first.
    """
    height, width, _ = pixels.shape
    # Each row begins with the number of its filter: none.
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
