"""What PyTorch records of a small network: the graph from the cost back to the parameters.

The record is plain data, so that the picture of it can be drawn and tested where PyTorch is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.figures.diagrams.network import layers_of


@dataclass(frozen=True)
class SavedTensor:
    """A tensor that a node keeps for the way back: PyTorch's word for it, our name, its shape."""

    word: str
    name: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class RecordedNode:
    """One node of the graph.

    Attributes
    ----------
    kind : str
        PyTorch's name, such as "MmBackward0".
    saved : tuple of Saved
        The tensors that it keeps.
    inputs : tuple of int
        The nodes that the gradient goes on to, by their place in the record.
    leaf : str
        Our name of the tensor whose gradient ends here; "" for every other node.
    shape : tuple of int
        Shape of that tensor.
    """

    kind: str
    saved: tuple[SavedTensor, ...] = ()
    inputs: tuple[int, ...] = ()
    leaf: str = ""
    shape: tuple[int, ...] = ()


def record(layer_dims: Sequence[int] = (4, 5, 3, 1), examples: int = 6) -> tuple[RecordedNode, ...]:
    """Run the network forward in PyTorch, and return what PyTorch recorded, the cost's node first.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    """
    import torch

    layers = layers_of(layer_dims, examples)
    generator = torch.Generator().manual_seed(1)
    # Our backward pass computes dA0, too: so X asks for its gradient.
    A = torch.randn(layers[0].before, examples, generator=generator).requires_grad_()
    Y = (torch.rand(1, examples, generator=generator) > 0.5).float()
    known = {"A0": A, "Y": Y}
    for layer in layers:
        n = layer.number
        W = torch.randn(layer.units, layer.before, generator=generator).requires_grad_()
        b = torch.zeros(layer.units, 1).requires_grad_()
        Z = W @ A + b
        A = torch.sigmoid(Z) if layer.last else torch.relu(Z)
        known |= {f"W{n}": W, f"b{n}": b, f"Z{n}": Z, f"A{n}": A}
    cost = torch.nn.functional.binary_cross_entropy(A, Y)
    return _walk(cost.grad_fn, known)


def _walk(start: Any, known: dict[str, Any]) -> tuple[RecordedNode, ...]:
    """Return the nodes that can be reached from one, each once, the nearest first."""
    order: list[Any] = [start]
    # The list grows while it is walked: what is appended is visited in its turn.
    for node in order:
        for following, _ in node.next_functions:
            if following is not None and following not in order:
                order.append(following)
    place = {node: number for number, node in enumerate(order)}
    return tuple(_node(node, place, known) for node in order)


def _node(node: Any, place: dict[Any, int], known: dict[str, Any]) -> RecordedNode:
    inputs = tuple(place[following] for following, _ in node.next_functions if following in place)
    if hasattr(node, "variable"):
        shape = tuple(node.variable.shape)
        return RecordedNode(
            node.name().rpartition("::")[2], (), inputs, _name(node.variable, known), shape
        )
    words = [word for word in dir(node) if word.startswith("_saved_")]
    tensors = [(word.removeprefix("_saved_"), getattr(node, word)) for word in words]
    saved = tuple(
        SavedTensor(word, _name(tensor, known), tuple(tensor.shape))
        for word, tensor in tensors
        if hasattr(tensor, "data_ptr")
    )
    return RecordedNode(node.name(), saved, inputs)


def _name(tensor: Any, known: dict[str, Any]) -> str:
    """Return our name of a tensor: of the one that lies at the same place in memory."""
    return next((n for n, one in known.items() if one.data_ptr() == tensor.data_ptr()), "?")
