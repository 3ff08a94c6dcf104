"""The graph that PyTorch records for a small network, from the cost back to the parameters.

The record is plain data, so that its diagram can be drawn and tested without PyTorch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.figures.diagrams.network import NamedShape, layers_of


@dataclass(frozen=True)
class RecordedNode:
    """One node of the graph.

    Attributes
    ----------
    kind : str
        PyTorch's name, such as "MmBackward0".
    saved : tuple of NamedShape
        The tensors that it saves for the backward pass, by the course's names.
    inputs : tuple of int
        Indices in the record of the nodes that receive the gradient next.
    leaf : str
        The course's name for the tensor that accumulates its gradient here; empty for other nodes.
    shape : tuple of int
        Shape of that tensor.
    """

    kind: str
    saved: tuple[NamedShape, ...] = ()
    inputs: tuple[int, ...] = ()
    leaf: str = ""
    shape: tuple[int, ...] = ()


def record(layer_dims: Sequence[int], examples: int) -> tuple[RecordedNode, ...]:
    """Return what PyTorch records in a forward pass, starting with the node of the cost.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first.
    examples : int
        Number of examples, m.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    """
    import torch

    layers = layers_of(layer_dims, examples)
    generator = torch.Generator().manual_seed(1)
    # X requires its gradient, because the course's backward pass computes dA0 as well.
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
    """Return the nodes that can be reached from a node, each once, in breadth-first order."""
    order: list[Any] = [start]
    # The list grows while the loop runs over it: appended nodes are visited later.
    for node in order:
        for following, _ in node.next_functions:
            if following is not None and following not in order:
                order.append(following)
    place = {node: number for number, node in enumerate(order)}
    return tuple(_node(node, place, known) for node in order)


def _node(node: Any, place: dict[Any, int], known: dict[str, Any]) -> RecordedNode:
    inputs = tuple(place[following] for following, _ in node.next_functions if following in place)
    kind = node.name().rpartition("::")[2]
    if hasattr(node, "variable"):
        name = _name(node.variable, known)
        return RecordedNode(kind, (), inputs, name, tuple(node.variable.shape))
    values = [getattr(node, word) for word in dir(node) if word.startswith("_saved_")]
    tensors = [value for value in values if hasattr(value, "data_ptr")]
    saved = tuple(NamedShape(_name(tensor, known), tuple(tensor.shape)) for tensor in tensors)
    return RecordedNode(kind, saved, inputs)


def _name(tensor: Any, known: dict[str, Any]) -> str:
    """Return the course's name for a tensor: that of the tensor at the same memory address."""
    return next((n for n, one in known.items() if one.data_ptr() == tensor.data_ptr()), "?")
