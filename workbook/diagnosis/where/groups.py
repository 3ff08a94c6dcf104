"""Wrong arrays in groups: by their family, of W and b alike, of a layer, of a case."""

from collections.abc import Callable, Sequence

import numpy as np

from workbook.diagnosis.where.leaves import Leaf

#: Arrays by their family.
Groups = dict[str, list[Leaf]]


def by_family(wrong: Sequence[Leaf]) -> Groups:
    """Return arrays by their family, in their order."""
    groups: Groups = {}
    for leaf in wrong:
        groups.setdefault(leaf.family, []).append(leaf)
    return groups


def are_whole(group: Sequence[Leaf]) -> bool:
    """Return whether the right values are single whole numbers, such as epochs."""
    return all(type(leaf.right) is int for leaf in group)


def all_arrays(group: Sequence[Leaf]) -> bool:
    """Return whether the learner's values are all arrays, or numbers, of the right shape."""
    return all(leaf.array is not None for leaf in group)


def entries(group: Sequence[Leaf]) -> int:
    """Return how many numbers the right arrays of a group hold."""
    return sum(int(np.prod(leaf.shape)) for leaf in group)


def is_output(leaf: Leaf) -> bool:
    """Return whether an array belongs to the output layer."""
    return leaf.layer is not None and leaf.layer == leaf.layers


def case_number(group: Sequence[Leaf]) -> Callable[[Leaf], int]:
    """Return a function that tells the cases of some arrays apart."""
    order = {id(leaf.case): number for number, leaf in enumerate(group)}
    return lambda leaf: order[id(leaf.case)]


def kin_of(family: str, groups: Groups) -> list[str]:
    """Return a family and those that are the same of another letter, such as W and b."""
    first = groups[family][0]
    return [
        one
        for one, group in groups.items()
        if first.letter and all_arrays(group) and group[0].as_kin(one) == first.as_kin(family)
    ]
