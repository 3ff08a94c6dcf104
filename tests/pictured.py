"""What the tests of pictures share: what is cut off, what overlaps, and the baseline images."""

import os
import re
from pathlib import Path

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.testing.compare import compare_images
from PIL import Image

from workbook.figures.picture import style

BASELINE = Path(__file__).parent / "baseline"
# Of 255 levels, root mean square: other machines smooth edges in another way.
TOLERANCE = 8.0
_DPI = 34


def texts(picture):
    """Return every text that is seen in a picture."""
    found = picture.findobj(matplotlib.text.Text)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def said(picture):
    """Return all the words in a picture."""
    return " ".join(text.get_text() for text in texts(picture))


def axes_named(picture, label):
    return next(axes for axes in picture.axes if axes.get_label() == label)


def clipped(picture):
    """Return the texts, and the axes with their numbers, that reach beyond the picture's edge."""
    canvas = FigureCanvasAgg(picture)
    with style():
        canvas.draw()
    edge, renderer = picture.bbox.padded(1), canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent()) for text in _free(picture)]
    boxes += [
        (f"{axes.get_label()}: {axis.axis_name}", axis.get_tightbbox(renderer))
        for axes in picture.axes
        for axis in axes._axis_map.values()
        if axes.axison
    ]
    return [
        name
        for name, box in boxes
        if box is not None
        and not (
            edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1
        )
    ]


def overlapping(picture):
    """Return the pairs of texts of a picture, outside its axes, that cover each other."""
    with style():
        FigureCanvasAgg(picture).draw()
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in _free(picture)]
    return [
        (one, other)
        for i, (one, first) in enumerate(boxes)
        for other, second in boxes[i + 1 :]
        if first.overlaps(second)
    ]


def _free(picture):
    titles = [text for axes in picture.axes for text in (axes.title, axes._left_title, *axes.texts)]
    labels = [axis.label for axes in picture.axes for axis in axes._axis_map.values()]
    return [text for text in (*picture.texts, *titles, *labels) if text.get_text().strip()]


def assert_looks_like(picture, name, folder):
    """Compare a picture with its baseline image, small enough to be kept.

    Another minor version of matplotlib draws letters and edges in another way: there nothing is
    compared. Run with ``WORKBOOK_BASELINE=1`` to write the baseline anew; look at it then.
    """
    expected = BASELINE / f"{name}.png"
    written = bool(os.environ.get("WORKBOOK_BASELINE"))
    drawn = expected if written else folder / f"{name}.png"
    drawn.parent.mkdir(exist_ok=True)
    with style():
        picture.savefig(drawn, dpi=_DPI)
    if not written and _drawn_by(drawn) != _drawn_by(expected):
        pytest.skip(f"the baseline of {name} was drawn by {_drawn_by(expected)}")
    assert written or compare_images(str(expected), str(drawn), TOLERANCE) is None


def _drawn_by(path):
    """Return which program wrote an image, up to its minor version."""
    with Image.open(path) as image:
        return re.match(r"Matplotlib version\d+\.\d+", image.info["Software"])[0]
