"""`show(W1)`: arrays as heat maps, with their shapes and ranges."""

from typing import Any

from workbook.figures.picture import Picture
from workbook.figures.plots.argument_names import argument_names
from workbook.figures.plots.heat_map import draw_heat_maps
from workbook.figures.plots.named_arrays import named_arrays
from workbook.figures.validation import counted

#: More arrays than this make no picture that anybody reads.
MOST_ARRAYS = 24


def show(value: Any, name: str = "") -> Picture:
    """Draw an array, or every array of a cache, tuple, list or dictionary, as a heat map.

    Shape and range stand beside each; NaN and infinities are marked. A notebook shows the picture,
    a terminal its words.

    Parameters
    ----------
    value : array_like, dict, tuple or list
        A matrix of shape (rows, columns), any other array, a number, or a cache that holds some.
    name : str, optional
        What to call it; without it, what stands between the parentheses of the call.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If there is no number in it to draw.
    """
    picture = draw_arrays(value, name or next(iter(argument_names()), ""))
    picture.show_now()
    return picture


def draw_arrays(value: Any, name: str = "") -> Picture:
    """Return the picture that `show` shows."""
    found = named_arrays(value, name or "the array")
    shown = found[:MOST_ARRAYS]
    more = len(found) - len(shown)
    lines = [item.words for item in shown]
    if more:
        lines.append(f"and {counted(more, 'more array', 'more arrays')}, which are not drawn")
    return draw_heat_maps(shown, lines, more)
