"""Wrong arrays that are the same as another array of the learner's own answer."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np

from workbook.course.compare import alike
from workbook.diagnosis.where.leaves import Leaf
from workbook.diagnosis.where.relations import Relation

# Fewer numbers than these are the same by chance.
_ENOUGH = 3


def on_twice(group: Sequence[Leaf], there: Sequence[Leaf]) -> Iterator[Relation]:
    """Yield of which wrong array before them in the answer all arrays of a group are a copy.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays of the right shape.
    there : sequence of Leaf
        All parts of the answer that can be compared.
    """
    arrays = [leaf for leaf in there if leaf.array is not None]
    places = {(id(leaf.case), leaf.layer, leaf.family): leaf for leaf in arrays}
    if len({id(leaf.case) for leaf in group}) == 1 or sum(map(_distinct, group)) < _ENOUGH:
        return
    own = {leaf.family for leaf in group}
    # Of what is right in all cases, another sentence tells.
    wrong = {leaf.family for leaf in arrays if not leaf.is_right}
    # Of two that are the same, the latter is the copy.
    before = takewhile(lambda one: one not in own, dict.fromkeys(leaf.family for leaf in arrays))
    for family in filter(wrong.__contains__, before):
        beside = [places.get((id(leaf.case), leaf.layer, family)) for leaf in group]
        if all(
            other is not None and alike(leaf.got, other.got)
            for leaf, other in zip(group, beside, strict=True)
        ):
            yield Relation(f"{{names}} {{verb}} the same as your {family}.")
            return


def _distinct(leaf: Leaf) -> int:
    return len(set(np.ravel(leaf.got).tolist()))
