"""A small network as data: its layers, and the names and shapes of their arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class NamedShape:
    """The name and the shape of an array in the network."""

    name: str
    shape: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.shape}"


@dataclass(frozen=True)
class Layer:
    """One layer: its number, its units and those of the layer before, the number of examples."""

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


def layers_of(layer_dims: Sequence[int], examples: int = 1) -> list[Layer]:
    """Return the layers of a network.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first: [n_0, n_1, ..., n_L].
    examples : int
        Number of examples, m.
    """
    sizes = list(pairwise(layer_dims))
    return [
        Layer(number, before, units, examples, number == len(sizes))
        for number, (before, units) in enumerate(sizes, 1)
    ]
