"""`show(W1)`: arrays as heat maps, with their shapes and ranges."""

from typing import Any

from workbook.course.words import counted
from workbook.figures.picture import Picture
from workbook.figures.plots.argument_names import argument_names
from workbook.figures.plots.heat_map import draw_heat_maps
from workbook.figures.plots.named_arrays import named_arrays

#: A picture of more arrays than this would be unreadable.
MOST_ARRAYS = 24


def show(value: Any, name: str = "") -> Picture:
    """Draw an array, or every array of a cache, tuple, list or dictionary, as a heat map.

    The picture also gives the shape and the range of each array, and marks NaN and infinities. A
    notebook shows the picture, a terminal its description.

    Parameters
    ----------
    value : array_like, dict, tuple or list
        A matrix of shape (rows, columns), any other array, a number, or a cache that holds arrays.
    name : str, optional
        Name of the value in the picture; by default, the argument as it is written in the call.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If the value holds no numbers.
    """
    picture = draw_arrays(value, name or next(iter(argument_names()), ""))
    picture.show_now()
    return picture


def draw_arrays(value: Any, name: str = "") -> Picture:
    """Return the picture of a value, without showing it."""
    found = named_arrays(value, name or "the array")
    shown = found[:MOST_ARRAYS]
    more = len(found) - len(shown)
    lines = [item.words for item in shown]
    if more:
        lines.append(f"and {counted(more, 'more array', 'more arrays')}, which are not drawn")
    return draw_heat_maps(shown, lines, more)
