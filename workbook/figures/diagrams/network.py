"""A small network as data: its layers, and the names and shapes of their arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbook.figures.validation import PictureError, counted

# More layers would not be readable in the width of a notebook.
_MOST_LAYERS = 6


@dataclass(frozen=True)
class NamedShape:
    """The name and the shape of an array in the network."""

    name: str
    shape: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.shape}"


@dataclass(frozen=True)
class Layer:
    """One layer: its number, the units of the layer before and its own, and the examples."""

    number: int
    before: int
    units: int
    examples: int
    last: bool

    @property
    def activation(self) -> str:
        """Name of the layer's activation function."""
        return "sigmoid" if self.last else "relu"

    def value(self, letter: str) -> NamedShape:
        """Return an array of the layer by its letter: A, Z, W, b, dA, dZ, dW or db."""
        columns = {"W": self.before, "b": 1}.get(letter[-1], self.examples)
        return NamedShape(f"{letter}{self.number}", (self.units, columns))

    def input(self, letter: str) -> NamedShape:
        """Return the layer's input by its letter: A, or its gradient dA."""
        return NamedShape(f"{letter}{self.number - 1}", (self.before, self.examples))

    @property
    def parameters(self) -> int:
        """Number of weights and biases of the layer."""
        return self.units * self.before + self.units


def layers_of(layer_dims: Sequence[int], examples: int = 1) -> tuple[Layer, ...]:
    """Return the layers of a network.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first: [n_0, n_1, ..., n_L].
    examples : int
        Number of examples, m.

    Raises
    ------
    PictureError
        If there is no layer, there are too many for one picture, or a size is not a whole number
        above 0.
    """
    try:
        sizes = list(layer_dims)
    except TypeError:
        raise PictureError(
            f"layer_dims is {layer_dims!r}; it must be a list of sizes, such as [4, 5, 3, 1]."
        ) from None
    if len(sizes) < 2:
        raise PictureError(
            f"layer_dims is {sizes}: a network has an input and at least one layer, "
            "such as [4, 5, 3, 1]."
        )
    if len(sizes) - 1 > _MOST_LAYERS:
        raise PictureError(
            f"layer_dims names {counted(len(sizes) - 1, 'layer')}; one picture holds at most "
            f"{_MOST_LAYERS}. Draw some of them."
        )
    for place, size in enumerate(sizes):
        if isinstance(size, bool) or not isinstance(size, int) or size < 1:
            raise PictureError(
                f"layer_dims[{place}] is {size!r}; a size must be a whole number above 0."
            )
    if isinstance(examples, bool) or not isinstance(examples, int) or examples < 1:
        raise PictureError(
            f"m is {examples!r}; the number of examples must be a whole number above 0."
        )
    return tuple(
        Layer(number, before, units, examples, number == len(sizes) - 1)
        for number, (before, units) in enumerate(pairwise(sizes), 1)
    )
