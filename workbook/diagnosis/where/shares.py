"""Wrong arrays that are sums of several inputs, each with a share of its own."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.diagnosis.where.fits import CLOSE, Fit, fit
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.leaves import Array, Leaf
from workbook.diagnosis.where.names import titles
from workbook.diagnosis.where.relations import Relation

# Of more inputs than these, some share of each would be found by chance.
_MOST = 4
# So many more numbers than shares show that it is no chance.
_ENOUGH = 3
# A share below this is none.
_NONE = 1e-6

_Shares = dict[str, float]


def on_shares(group: Sequence[Leaf], knowledge: Callable[[Leaf], Knowledge]) -> Iterator[Relation]:
    """Yield the shares of the inputs, if in every case all arrays are one sum of them.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays of the right shape.
    knowledge : callable
        Returns what is known of the case of an array.
    """
    by_case: dict[int, list[Leaf]] = {}
    for leaf in group:
        by_case.setdefault(id(leaf.case), []).append(leaf)
    found = [
        (_shares(leaves, [leaf.array for leaf in leaves], knowledge) or {}, leaves)
        for leaves in by_case.values()
    ]
    # The case with the most inputs stands for the others.
    shares, leaves = max(found, key=lambda one: len(one[0]))
    if len(shares) < 2 or not all(one for one, _ in found):
        return
    belong = _shares(leaves, [leaf.wanted for leaf in leaves], knowledge)
    # Shares that are nearly the right ones are told with the digits that differ.
    ways = [(_in_words(shares, n), _in_words(belong, n) if belong else "") for n in (4, 8)]
    words, right = next((way for way in ways if way[0] != way[1]), ways[-1])
    instead = f", where {right} belongs" if right else ""
    several = f", {titles([leaves[0].case])}" if len(found) > 1 else ""
    yield Relation(f"{{names}} {{verb}} {words}{instead}{several}.")


def on_error(group: Sequence[Leaf], knowledge: Callable[[Leaf], Knowledge]) -> Iterator[Relation]:
    """Yield an input of which the error of each array is some multiple, another one in each.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays of the right shape.
    knowledge : callable
        Returns what is known of the case of an array.
    """
    inputs = [_inputs(leaf, knowledge(leaf)) for leaf in group]
    shared = [name for name in inputs[0] if all(name in other for other in inputs)]
    for name in shared if len(group) > 1 else ():
        pairs = [(leaf, other[name]) for leaf, other in zip(group, inputs, strict=True)]
        if all(fit(leaf.wanted, array, leaf) for leaf, array in pairs):
            continue
        fits = [
            fit(np.asarray(leaf.got, float) - leaf.wanted, array, leaf) for leaf, array in pairs
        ]
        found = [one for one in fits if one is not None]
        if len(found) == len(fits) and sum(one.evidence for one in found) >= len(fits) + _ENOUGH:
            values = [one.value for one in found]
            if np.ptp(values) <= CLOSE * np.max(np.abs(values)):
                yield Relation(
                    f"{{names}} {{verb}} the right value plus {values[0]:.4g} times {name}."
                )
                return
            where = "case to case" if _by_case(found) else "array to array"
            yield Relation(
                f"{{names}} {{verb}} off by a multiple of {name}, which differs from {where}."
            )
            return


def _by_case(fits: Sequence[Fit]) -> bool:
    """Return whether the factor is the same for all arrays of a case."""
    values: dict[int, list[float]] = {}
    for one in fits:
        values.setdefault(id(one.leaf.case), []).append(one.value)
    return len(values) > 1 and all(np.allclose(found, found[0]) for found in values.values())


def _shares(
    leaves: Sequence[Leaf],
    arrays: Sequence[Array | None],
    knowledge: Callable[[Leaf], Knowledge],
) -> _Shares | None:
    """Return the share of each input in arrays of one case; None if they are no sum of them."""
    inputs = [_inputs(leaf, knowledge(leaf)) for leaf in leaves]
    names = [name for name in inputs[0] if all(name in other for other in inputs)]
    names = [name for name in names if any(np.any(other[name]) for other in inputs)]
    if not 1 <= len(names) <= _MOST:
        return None
    columns = np.array([np.concatenate([one[name].ravel() for one in inputs]) for name in names]).T
    target = np.concatenate([np.ravel(np.asarray(array, float)) for array in arrays])
    if len(target) < len(names) + _ENOUGH:
        return None
    found, _, rank, _ = np.linalg.lstsq(columns, target, rcond=None)
    room = CLOSE * float(np.max(np.abs(target)))
    if rank < len(names) or np.max(np.abs(columns @ found - target)) > room:
        return None
    return {
        name: share for name, share in zip(names, found.tolist(), strict=True) if abs(share) > _NONE
    }


def _inputs(leaf: Leaf, known: Knowledge) -> dict[str, Array]:
    return {
        leaf.as_kin(one.family) if leaf.letter else one.family: one.array
        for one in known.plain
        if one.is_input and one.layer == leaf.layer and one.array.shape == leaf.shape
    }


def _in_words(shares: _Shares, digits: int) -> str:
    words = ""
    for name, share in shares.items():
        sign = " minus " if share < 0 else " plus " if words else ""
        size = "" if abs(abs(share) - 1) < _NONE else f"{abs(share):.{digits}g} times "
        words += f"{sign}{size}{name}"
    return words.removeprefix(" ")
