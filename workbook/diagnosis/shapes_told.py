"""The shapes and sizes that the message of an exception tells."""

import re


def shapes_told(message: str) -> list[tuple[int, ...]]:
    """Return the shapes in a message such as "shapes (3,4) and (5,2) not aligned"."""
    found = re.findall(r"\((\d+(?:, ?\d+)*,?)\)", message)
    return [tuple(int(number) for number in re.findall(r"\d+", shape)) for shape in found]


def inner_sizes_told(message: str) -> tuple[str, str] | None:
    """Return the inner sizes, left and right, that NumPy tells of a matrix product that fails."""
    # It tells the size of the right matrix first.
    found = re.search(r"\(size (\d+) is different from (\d+)\)", message)
    return (found[2], found[1]) if found else None
