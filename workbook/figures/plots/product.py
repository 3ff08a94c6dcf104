"""`show_product(W, A, b)`: why the shapes of a matrix product fit or do not fit."""

from typing import Any

from workbook.figures.picture import Picture
from workbook.figures.plots.argument_names import argument_names
from workbook.figures.plots.product_drawing import draw_product
from workbook.figures.plots.product_shapes import check_product

_NAMES = ("W", "A", "b")


def show_product(*factors: Any, **named: Any) -> Picture:
    """Draw the matrices of ``W @ A + b`` as blocks, and say why their shapes fit or do not.

    ``show_product(W, A)`` draws a product without a sum. A tuple of whole numbers is taken for a
    shape, so ``show_product(W=(4, 3), A=(5, 2))`` needs no arrays. A notebook shows the picture, a
    terminal its description.

    Parameters
    ----------
    *factors : array_like or tuple of int
        W of shape (n_l, n_prev), A of shape (n_prev, m) and b of shape (n_l, 1), or other arrays.
    **named : array_like or tuple of int
        The same with names of your own. Other factors are named as they are written in the call.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If there are not two or three factors, or a factor is not an array.
    """
    written = argument_names()
    names = [
        written[i] if i < len(written) and written[i][:1].isalpha() else _NAMES[i % 3]
        for i in range(len(factors))
    ]
    picture = draw_product(check_product([*zip(names, factors, strict=True), *named.items()]))
    picture.show_now()
    return picture
