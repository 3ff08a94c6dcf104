"""The dZ from which gradients of a layer follow, where they tell it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnosis.where.fits import CLOSE
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Array, Leaf


@dataclass(frozen=True)
class Inferred:
    """The dZ of a layer, as it follows from gradients.

    Attributes
    ----------
    gradient : Leaf
        The dZ that the gradients have come from, beside the right one.
    leaves : list of Leaf
        The gradients that follow from it, dA_prev first.
    """

    gradient: Leaf
    leaves: list[Leaf]


def inferred(there: Sequence[Leaf], knowledge: Callable[[Leaf], Knowledge]) -> list[Inferred]:
    """Return for each case the dZ of the layer in which the backward pass begins.

    By dA_prev = W.T dZ, dA_prev tells dZ if there are at least as many inputs as units; of one
    example, db does. From right gradients follows the right dZ.

    Parameters
    ----------
    there : sequence of Leaf
        The parts of an answer.
    knowledge : callable
        Returns what is known of the case of a part.
    """
    found = []
    for leaf in there:
        begins = leaf.family == "dA_prev" or (leaf.family == "dA" and leaf.layer == leaf.layers)
        if begins and leaf.array is not None:
            one = _inferred(leaf, there, knowledge(leaf))
            if one is not None:
                found.append(one)
    return found


def _inferred(leaf: Leaf, there: Sequence[Leaf], known: Knowledge) -> Inferred | None:
    arrays = {name: _of_layer(known, name, leaf.layer) for name in ("W", "A_prev")}
    W, A_prev = arrays["W"], arrays["A_prev"]
    if W is None or A_prev is None or any(one.family == "dZ" for one in known.plain):
        return None
    others = [
        one
        for one in there
        if one.case is leaf.case and one.layer == leaf.layer and one.family in ("dW", "db")
    ]
    db = next((one for one in others if one.family == "db" and one.array is not None), None)
    got = _solved(W, np.asarray(leaf.got, float), None if db is None else db.array)
    right = _solved(W, leaf.wanted, None if db is None else db.wanted)
    if got is None or right is None:
        return None
    of_examples = {"dW": np.einsum("im,jm->ijm", got, A_prev), "db": got[:, np.newaxis]}
    follows = {name: array.mean(axis=-1) for name, array in of_examples.items()}
    beside = [
        one for one in others if one.array is not None and _equal(one.array, follows[one.family])
    ]
    # What is right, and would not be if it came from this dZ, shows that it does not.
    if any(one.is_right and one not in beside for one in others):
        return None
    name = "dZ of the output layer" if leaf.layer else "dZ"
    return Inferred(Leaf(leaf.case, leaf.place, got, right, name, name), [leaf, *beside])


def _of_layer(known: Knowledge, name: str, layer: int | None) -> Array | None:
    for one in known.plain:
        if one.is_input and one.layer == layer and one.family in (name, f"{name} in the caches"):
            return one.array
    return None


def _solved(W: Array, dA_prev: Array, db: Array | None) -> Array | None:
    """Return the dZ with W.T dZ = dA_prev, if there is just one, or it is db."""
    found = db if dA_prev.shape[1] == 1 else None
    if np.linalg.matrix_rank(W) == len(W):
        found = np.asarray(np.linalg.lstsq(W.T, dA_prev, rcond=None)[0])
    return found if found is not None and _equal(W.T @ found, dA_prev) else None


def _equal(one: Array, other: Array) -> bool:
    if one.shape != other.shape or not np.isfinite(one).all():
        return False
    return bool(np.max(np.abs(one - other), initial=0) <= CLOSE * np.max(np.abs(one), initial=0))
