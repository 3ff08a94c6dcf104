"""Costs with a penalty whose cross-entropy is right, and whose penalty is not."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.fits import CLOSE
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Leaf
from workbook.diagnosis.where.names import titles
from workbook.diagnosis.where.relations import Relation

# How dear the weights are, as the functions of the course call it.
_STRENGTH = "lambd"
# An error of the cross-entropy, where this is large, is many times as large as a small penalty.
_LARGEST = 25.0


def on_penalty(
    group: Sequence[Leaf], there: Sequence[Leaf], knowledge: Callable[[Leaf], Knowledge]
) -> Iterator[Relation]:
    """Yield how large the penalty in a cost is, if the cost is right where there is none.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong numbers or arrays.
    there : sequence of Leaf
        All parts of the answer.
    knowledge : callable
        Returns what is known of the case of a part.
    """
    costs = [leaf for leaf in there if leaf.family == group[0].family and not leaf.shape]
    strengths = [knowledge(leaf).numbers.get(_STRENGTH) for leaf in costs]
    wrong = [leaf for leaf, size in zip(costs, strengths, strict=True) if size]
    # Else it may be the cross-entropy that is wrong.
    if None in strengths or len(wrong) == len(costs) or {*map(id, wrong)} != {*map(id, group)}:
        return
    shares = [_share(leaf, knowledge(leaf)) for leaf in wrong]
    # Written so that nan is not one of them, either.
    if not all(0 <= share <= _LARGEST for share in shares):
        return
    text = f"The penalty in {{names}} is {shares[0]:.4g} times what it should be"
    farthest = int(np.argmax(np.abs(np.array(shares) - shares[0])))
    if abs(shares[farthest] - shares[0]) > CLOSE * abs(shares[0]):
        first, other = titles([wrong[0].case]), titles([wrong[farthest].case])
        text += f" {first}, and {shares[farthest]:.4g} times {other}"
    yield Relation(f"{text}.")


def _share(leaf: Leaf, known: Knowledge) -> float:
    """Return the penalty in a cost as a multiple of the right one; nan if there is no cost."""
    inputs = {one.family: one.array for one in known.plain if one.is_input and one.layer is None}
    if leaf.array is None or not {"AL", "Y"} <= inputs.keys():
        return float("nan")
    bare = -np.mean(np.log(1 - np.abs(inputs["Y"] - inputs["AL"])))
    return float((leaf.array - bare) / (leaf.wanted - bare))
