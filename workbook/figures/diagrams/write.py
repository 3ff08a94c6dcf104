"""The course's diagrams as files: writing them, and finding those that are out of date."""

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from matplotlib import style
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from workbook.figures.diagrams.catalogue import Diagram, diagrams
from workbook.figures.diagrams.colours import PAPER
from workbook.figures.diagrams.drawing import Drawing
from workbook.figures.diagrams.render import PER_INCH, render

# A notebook shows a diagram 900 pixels wide; this leaves twice as many for a fine screen.
_SCALE = 2.0
# Shares of a pixel that the edge of a line or a letter may cover.
_STEPS = (1.0, 0.75, 0.5, 0.25)
# The key in an image's metadata under which the digest of its drawing stands.
_KEY = "Drawing"
# Largest mean difference, of 255, between two images of one drawing: versions of matplotlib
# differ in how they smooth letters. A label at another position makes a larger difference.
_TOLERANCE = 3.0


def write_diagrams(folder: Path) -> list[Path]:
    """Draw every diagram that is missing or out of date, and return the files written.

    An up-to-date file is kept, since another version of matplotlib would write other bytes.
    """
    written = []
    for path, drawing in _drawings(folder):
        image = png(drawing)
        if not _is_current(path, drawing, image):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(image)
            written.append(path)
    return written


def stale(folder: Path) -> list[Path]:
    """Return the files of the diagrams that are missing or out of date."""
    return [
        path for path, drawing in _drawings(folder) if not _is_current(path, drawing, png(drawing))
    ]


def _drawings(folder: Path) -> Iterator[tuple[Path, Drawing]]:
    for picture in filter(_is_possible, diagrams()):
        yield folder / picture.file, picture.draw()


def not_drawn_here(folder: Path) -> list[str]:
    """Return a sentence for each diagram that cannot be drawn here; its file is kept."""
    found = []
    for picture in diagrams():
        if not _is_possible(picture):
            what = "is kept as it is" if (folder / picture.file).exists() else "is not drawn"
            found.append(f"{picture.file} {what}: drawing it needs {picture.needs}.")
    return found


def _is_possible(picture: Diagram) -> bool:
    return not picture.needs or importlib.util.find_spec(picture.needs) is not None


def png(drawing: Drawing) -> bytes:
    """Return a drawing as a PNG file, the same bytes at every call."""
    figure = render(drawing)
    raw = io.BytesIO()
    with style.context("default"):
        figure.savefig(raw, format="png", dpi=_SCALE * PER_INCH)
    info = PngInfo()
    info.add_text(_KEY, drawing.digest())
    packed = io.BytesIO()
    with Image.open(raw) as image:
        few = _with_few_colours(np.asarray(image.convert("RGBA")), _palette(drawing))
    few.save(packed, format="png", optimize=True, pnginfo=info)
    return packed.getvalue()


def _with_few_colours(image: NDArray[np.uint8], palette: NDArray[np.float64]) -> Image.Image:
    """Return an image in the colours of a palette: the file is a third as large."""
    # Colours that differ in the last two bits only count as one. A table of all is faster than to
    # sort millions of pixels.
    codes = (image >> 2) @ np.array([1 << 18, 1 << 12, 1 << 6, 1], np.int32)
    table = np.zeros(1 << 24, np.uint8)
    examples = np.zeros((1 << 24, 4), np.uint8)
    examples[codes] = image
    table[codes] = 1
    found = np.flatnonzero(table)
    apart = np.square(_laid(examples[found] / 255)[:, None] - _laid(palette)).sum(axis=2)
    table[found] = apart.argmin(axis=1)
    few = Image.fromarray(table[codes], mode="P")
    few.putpalette(np.rint(255 * palette).astype(np.uint8).tobytes(), "RGBA")
    return few


def _laid(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return colours as they look on black, with their opacity: what the eye can tell apart."""
    return np.hstack([colours[:, :3] * colours[:, 3:], colours[:, 3:]])


def _palette(drawing: Drawing) -> NDArray[np.float64]:
    """Return a drawing's colours, red to alpha: blends on paper, blends with the page, nothing."""
    areas, inks = drawing.colours()
    white = np.array(to_rgb(PAPER))
    blends = [white + share * (to_rgb(ink) - white) for ink in inks for share in _STEPS]
    whole = [(*colour, 1.0) for colour in [*map(to_rgb, areas), *map(tuple, blends)]]
    edges = [(*to_rgb(ink), share) for ink in (PAPER, *inks) for share in _STEPS[1:]]
    return np.array([(0.0, 0.0, 0.0, 0.0), *whole, *edges])


def _is_current(path: Path, drawing: Drawing, image: bytes) -> bool:
    """Return whether a file shows this drawing, by its metadata and by its pixels."""
    try:
        with Image.open(path) as found, Image.open(io.BytesIO(image)) as wanted:
            if found.info.get(_KEY) != drawing.digest() or found.size != wanted.size:
                return False
            return float(np.abs(_reduced(found) - _reduced(wanted)).mean()) < _TOLERANCE
    except (OSError, SyntaxError):
        # Pillow raises either for a file that is not a complete PNG.
        return False


def _reduced(image: Image.Image) -> NDArray[np.float64]:
    """Return an image at a quarter of its size, in which the edges of letters hardly matter."""
    small = (max(image.width // 4, 1), max(image.height // 4, 1))
    return np.asarray(image.convert("RGBA").resize(small, Image.Resampling.BOX), dtype=np.float64)
