"""The shapes and sizes that the message of an exception tells."""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

Shape = tuple[int, ...]


def shapes_told(message: str) -> list[Shape]:
    """Return the shapes in a message such as "shapes (3,4) and (5,2) not aligned"."""
    found = re.findall(r"\((\d+(?:, ?\d+)*,?)\)", message)
    return [tuple(int(number) for number in re.findall(r"\d+", shape)) for shape in found]


def misfit(shapes: Sequence[Shape]) -> tuple[Shape, Shape] | None:
    """Return the first two shapes that cannot be combined entry by entry; None if all can."""
    return next((pair for pair in combinations(shapes, 2) if not fit_by_entry(*pair)), None)


def fit_by_entry(one: Shape, other: Shape) -> bool:
    """Tell whether arrays of two shapes can be combined entry by entry."""
    try:
        np.broadcast_shapes(one, other)
    except ValueError:
        return False
    return True


def inner_sizes_told(message: str) -> tuple[str, str] | None:
    """Return the inner sizes, left and right, that NumPy tells of a matrix product that fails."""
    # It tells the size of the right matrix first.
    found = re.search(r"\(size (\d+) is different from (\d+)\)", message)
    return (found[2], found[1]) if found else None
