"""Single numbers that costs are made of: losses of some examples, sums over weights."""

from collections.abc import Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.leaves import Array


def totals(arrays: Sequence[tuple[str, int | None, Array]]) -> Iterator[tuple[str, float]]:
    """Yield single numbers that can be made of the inputs of a case, with their names.

    Parameters
    ----------
    arrays : sequence of (str, int or None, ndarray)
        The inputs: family, layer and numbers.
    """
    named = {family: array for family, layer, array in arrays if layer is None}
    AL, Y = named.get("AL"), named.get("Y")
    if AL is not None and Y is not None and AL.shape == Y.shape and np.all((AL > 0) & (AL < 1)):
        yield from _losses(AL.ravel(), Y.ravel())
    layers: dict[str, list[tuple[int, Array]]] = {}
    for family, layer, array in arrays:
        if layer is not None:
            layers.setdefault(family, []).append((layer, array))
    for family, found in layers.items():
        yield from _penalties(family, [array for _, array in sorted(found, key=lambda one: one[0])])


def _losses(AL: Array, Y: Array) -> Iterator[tuple[str, float]]:
    """Yield sums of the losses of some examples, each the cross-entropy of its label, 0 or 1."""
    losses = -np.log(1 - np.abs(Y - AL))
    yield "the losses of the examples with label 1", float(np.sum(losses[Y == 1]))
    yield "the losses of the examples with label 0", float(np.sum(losses[Y == 0]))
    yield "the loss of the first example", float(losses[0])
    yield "the loss of the last example", float(losses[-1])
    yield "the loss of all examples", float(np.sum(losses))
    yield "the squared errors of all examples", float(np.sum(np.square(AL - Y)))
    exchanged = -np.log(np.abs(Y - AL))
    yield "the loss of all examples with the labels exchanged", float(np.sum(exchanged))


def _penalties(family: str, arrays: Sequence[Array]) -> Iterator[tuple[str, float]]:
    """Yield sums over all arrays of a family, over the first and over the last one."""
    chosen = (("every", arrays), ("the first", arrays[:1]), ("the last", arrays[-1:]))
    for which, some in chosen:
        for what, of in (
            ("the squares", np.square),
            ("the absolute values", np.abs),
            ("the entries", np.asarray),
        ):
            name = f"the sum of {what} of {which} {family}"
            yield name, float(sum(np.sum(of(array)) for array in some))
