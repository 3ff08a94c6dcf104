"""Where a pass through a network first goes wrong."""

from collections.abc import Callable, Sequence

from workbook.course.words import listed
from workbook.diagnosis.parts import LINEAR_CACHE
from workbook.diagnosis.where.leaves import Leaf
from workbook.diagnosis.where.names import titles

# A sentence names so many cases by their titles.
_MOST_TITLES = 2

_CACHE_ORDER = tuple(f"{name} in the caches" for name in (*LINEAR_CACHE, "Z"))


def direction(found: Sequence[Leaf]) -> int:
    """Return 1 for a pass forward through layers, -1 for one backward, and 0 for none.

    Parameters
    ----------
    found : sequence of Leaf
        The parts of the right answers.
    """
    families = {leaf.family for leaf in found}
    if families & set(_CACHE_ORDER):
        return 1
    return -1 if {"dA", "dW"} <= families else 0


def first_wrong(found: Sequence[Leaf]) -> list[Leaf]:
    """Return for each case the wrong parts that are computed first.

    Parameters
    ----------
    found : sequence of Leaf
        The parts of the right answers, of a pass through layers.
    """
    sign = direction(found)
    chosen: list[Leaf] = []
    for case in {id(leaf.case): leaf.case for leaf in found}.values():
        wrong = [leaf for leaf in found if leaf.case is case and leaf.layer and not leaf.is_right]
        if not wrong:
            continue
        layer = sign * min(sign * (leaf.layer or 0) for leaf in wrong)
        here = [leaf for leaf in wrong if leaf.layer == layer]
        if sign > 0:
            first = min(map(_slot, here))
            here = [leaf for leaf in here if _slot(leaf) == first]
        chosen += here
    return chosen


def _slot(leaf: Leaf) -> int:
    return _CACHE_ORDER.index(leaf.family) if leaf.family in _CACHE_ORDER else len(_CACHE_ORDER)


def where_it_starts(first: Sequence[Leaf], found: Sequence[Leaf]) -> str:
    """Return a sentence on the layer in which a pass first goes wrong; "" if that says nothing.

    Parameters
    ----------
    first : sequence of Leaf
        The wrong parts that are computed first.
    found : sequence of Leaf
        All parts of the right answers.
    """
    families = dict.fromkeys(leaf.family.split(" in ")[0] for leaf in first)
    names = listed(list(families))
    cases = list({id(leaf.case): leaf.case for leaf in first}.values())
    some = len(cases) < len({id(leaf.case) for leaf in found}) and len(cases) <= _MOST_TITLES
    where = f", {titles(cases)}" if some else ""
    for text, holds in _FORWARD if direction(found) > 0 else _BACKWARD:
        if all(holds(leaf.layer or 0, leaf.layers) for leaf in first):
            return f"{text.format(names=names)[:-1]}{where}."
    layers = {(leaf.layer, leaf.layers) for leaf in first}
    of = f" of {first[0].layers}"
    if len(layers) > 1:
        # Elsewhere it is another layer, or as many of another number.
        where, names = f", {titles([first[0].case])}", first[0].family.split(" in ")[0]
    return f"It first goes wrong in layer {first[0].layer}{of}: {names}{where}."


_Texts = tuple[tuple[str, Callable[[int, int], bool]], ...]

_FORWARD: _Texts = (
    (
        "It goes wrong from layer 1 on: the first that is wrong is {names}.",
        lambda layer, layers: layer == 1,
    ),
    (
        "Z of layer 1 is right, and it goes wrong after it: the first that is wrong is {names} of "
        "layer 2.",
        lambda layer, layers: layer == 2,
    ),
    (
        "Z of every hidden layer is right, and it goes wrong after that: the first that is wrong "
        "is {names} of the output layer.",
        lambda layer, layers: layer == layers,
    ),
)
_BACKWARD: _Texts = (
    (
        "It goes wrong in the output layer already, the first one on the way back: {names}.",
        lambda layer, layers: layer == layers,
    ),
    (
        "The output layer is right, and it goes wrong from the layer before it on: {names}.",
        lambda layer, layers: layer == layers - 1,
    ),
    (
        "It goes wrong only at layer 1, the last one that is reached: {names}.",
        lambda layer, layers: layer == 1,
    ),
    (
        "The last two layers are right, and it goes wrong from the layer before them on: {names}.",
        lambda layer, layers: layer == layers - 2,
    ),
)
