"""Series of numbers, such as costs, with too few or too many entries."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.course.compare import alike
from workbook.diagnosis.where.leaves import Leaf
from workbook.diagnosis.where.relations import Relation

Entries = list[float]


def on_lengths(group: Sequence[Leaf]) -> Iterator[Relation]:
    """Yield by how many numbers series are too long or too short, and which those are.

    Parameters
    ----------
    group : sequence of Leaf
        Series with a wrong number of entries.
    """
    if any(len(leaf.shape) != 1 for leaf in group):
        return
    pairs = [(np.asarray(leaf.got, float), leaf.wanted) for leaf in group]
    if any(got.ndim != 1 for got, _ in pairs):
        return
    steps = {len(got) - len(right) for got, right in pairs}
    if len(steps) == 1:
        step = steps.pop()
        size = "long" if step > 0 else "short"
        told = f"{{names}} {{verb}} too {size} by {abs(step)}"
    elif all(len(got) == len(pairs[0][0]) for got, _ in pairs):
        told = f"{{names}} {{has}} {len(pairs[0][0])} entries in every case"
    else:
        told = "{names} {has} the wrong length"
    found = [(list(got), list(right)) for got, right in pairs]
    ends: tuple[tuple[str, Callable[[Entries, Entries], tuple[Entries, Entries]]], ...] = (
        (": the last ones are missing, the others are right.", lambda g, r: (g, r[: len(g)])),
        (": the first ones are missing, the others are right.", lambda g, r: (g, r[-len(g) :])),
        (": what comes after the right ones is too much.", lambda g, r: (g[: len(r)], r)),
        (": what comes before the right ones is too much.", lambda g, r: (g[-len(r) :], r)),
    )
    for text, cut in ends:
        if all(got and alike(*cut(got, right)) for got, right in found):
            yield Relation(told + text)
            return
    yield Relation(f"{told}.")
