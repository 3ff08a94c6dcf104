"""Relations between a wrong answer and the right one: order, factor, sign, transpose, ..."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import NormalArray, alike
from workbook.diagnosis.observation import Observation

# One part of the answer in every case: the case, the answer's value, the right value.
_Values = list[tuple[PublicCase, Any, Any]]

_MOST_NAMES = 4
# With an error below this, relative to the largest entry, the formula is essentially right.
_NEAR = 1e-2
_NEARLY = (
    "{names} {verb} nearly right: look for a small number that is added, for rounding, or for a "
    "type of low precision such as float32."
)
_MISSING = object()


def structural_relations(
    returns: Sequence[str], cases: Sequence[PublicCase], seen: Observation
) -> Iterator[str]:
    """Yield a sentence for each relation between parts of the answer and the right ones.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    """
    root = returns[0] if len(returns) == 1 else ""
    nodes: dict[str, _Values] = {}
    for case, outcome in zip(cases, seen.outcomes, strict=True):
        if outcome.raised is None:
            for where, got, want in _nodes(root, outcome.answer, case.expected, returns):
                nodes.setdefault(where, []).append((case, got, want))
    yield from _reordered(nodes, returns)
    yield from _shifted_keys(nodes)
    yield from _transformed(nodes)


def _nodes(
    where: str, got: Any, want: Any, names: Sequence[str] = ()
) -> Iterator[tuple[str, Any, Any]]:
    """Yield every part of the right answer, nested parts as well, with the learner's part."""
    yield where, got, want
    if isinstance(want, dict):
        for key, value in want.items():
            yield from _nodes(key, got.get(key) if isinstance(got, dict) else None, value)
    elif isinstance(want, tuple | list):
        fits = isinstance(got, tuple | list) and len(got) == len(want)
        for index, value in enumerate(want):
            label = f"{where}[{index}]" if where else names[index]
            yield from _nodes(label, got[index] if fits else None, value)


def _reordered(nodes: dict[str, _Values], returns: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on a tuple that holds the right values in another order."""
    for where, values in nodes.items():
        lengths = {len(want) if isinstance(want, tuple) else 0 for _, _, want in values}
        if len(lengths) > 1 or not 2 <= min(lengths) <= 4:
            continue
        for order in list(permutations(range(min(lengths))))[1:]:
            if all(_in_order(got, want, order) for _, got, want in values):
                if where:
                    yield f"{where} holds the right values in another order."
                else:
                    yield f"The values are right, but the order is: {', '.join(returns)}."
                return


def _in_order(got: Any, want: Any, order: Sequence[int]) -> bool:
    if not isinstance(got, tuple | list) or len(got) != len(want):
        return False
    return all(alike(got[place], want[i]) for i, place in enumerate(order))


def _shifted_keys(nodes: dict[str, _Values]) -> Iterator[str]:
    """Yield a sentence on keys of a dictionary that hold the values of a neighbouring layer."""
    for values in nodes.values():
        pairs = [(got, want) for _, got, want in values]
        if not all(isinstance(one, dict) for pair in pairs for one in pair):
            continue
        families = {re.sub(r"\d+$", "", key) for _, want in pairs for key in want}
        for family in sorted(families):
            for step in (1, -1):
                if all(_is_shifted(got, want, family, step) for got, want in pairs):
                    first = min(_layers(pairs[0][1], family))
                    yield (
                        f"The keys of {family} are one layer off: {family}{first + step} holds "
                        f"the value of {family}{first}."
                    )


def _layers(want: dict[str, Any], family: str) -> list[int]:
    return [int(key[len(family) :]) for key in want if re.fullmatch(rf"{family}\d+", key)]


def _is_shifted(got: dict[str, Any], want: dict[str, Any], family: str, step: int) -> bool:
    layers = _layers(want, family)
    moved = [(got.get(f"{family}{l + step}", _MISSING), want[f"{family}{l}"]) for l in layers]
    # Random numbers and zeros could belong to any layer.
    told = [
        right is not None and not isinstance(right, NormalArray) and np.any(right)
        for _, right in moved
    ]
    return bool(told) and all(told) and all(alike(value, right) for value, right in moved)


def _transformed(nodes: dict[str, _Values]) -> Iterator[str]:
    """Yield sentences on arrays that are right up to a factor, a sign, a transpose or an axis."""
    leaves = {
        where: values
        for where, values in nodes.items()
        if all(isinstance(want, np.ndarray | float | NormalArray) for _, _, want in values)
    }
    for change, text in _CHANGES:
        names = [where for where, values in leaves.items() if _explains(change, values)]
        if names:
            yield about(names, text)
            leaves = {where: values for where, values in leaves.items() if where not in names}
    wrong = {where: values for where, values in leaves.items() if not _is_same(values)}
    if wrong and all(map(_is_near, wrong.values())):
        yield about([*wrong], _NEARLY)
        return
    factors: dict[str, list[str]] = {}
    for where, values in wrong.items():
        factor = _factor(values)
        if factor is not None:
            factors.setdefault(f"{factor:.4g}", []).append(where)
    for times, names in factors.items():
        yield about(
            names, f"{{names}} {{verb}} {times} times what should be there, in every entry."
        )


def _explains(change: Callable[[PublicCase, Any], Any], values: _Values) -> bool:
    """Return whether the change turns every right value into the learner's value."""
    differs = False
    for case, got, want in values:
        changed = change(case, want)
        if changed is None:
            return False
        if isinstance(want, NormalArray):
            # Of random numbers, only the shape can be compared.
            if getattr(got, "shape", None) != changed:
                return False
            differs = differs or changed != want.shape
        elif _is_number(got) and alike(got, changed):
            differs = differs or not alike(got, want)
        else:
            return False
    return differs


def _are_numbers(values: _Values) -> bool:
    return all(_is_number(got) and not isinstance(want, NormalArray) for _, got, want in values)


def _is_near(values: _Values) -> bool:
    """Return whether every error is below a hundredth."""
    return _are_numbers(values) and all(alike(got, want, _NEAR) for _, got, want in values)


def _is_same(values: _Values) -> bool:
    return all(alike(got, want) for _, got, want in values)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, np.ndarray | np.generic | float | int)
    return is_number and np.asarray(value).dtype.kind in "biuf"


def _times_m(case: PublicCase, want: Any, power: int = 1) -> Any:
    """Return the value times m, the number of examples, or times another power of m."""
    first = case.args[0]
    # The examples are the columns of the first argument, if it is a matrix.
    if isinstance(want, NormalArray) or not isinstance(first, np.ndarray) or first.ndim != 2:
        return None
    return want * float(first.shape[1]) ** power


def _negative(_case: PublicCase, want: Any) -> Any:
    return None if isinstance(want, NormalArray) else -want


def _flat(_case: PublicCase, want: Any) -> Any:
    is_column = isinstance(want, np.ndarray) and want.ndim == 2 and want.shape[1] == 1
    return want[:, 0] if is_column else None


def _transpose(_case: PublicCase, want: Any) -> Any:
    return want.shape[::-1] if isinstance(want, NormalArray) else np.transpose(want)


_CHANGES: tuple[tuple[Callable[[PublicCase, Any], Any], str], ...] = (
    (
        _times_m,
        "{names} {verb} exactly m times too large, where m is the number of examples: a sum over "
        "the examples stands where their mean belongs.",
    ),
    (
        partial(_times_m, power=-1),
        "{names} {verb} exactly m times too small, where m is the number of examples: a division "
        "by m is there once too often.",
    ),
    (_negative, "{names} {verb} right but for the sign: look for a minus."),
    (
        _flat,
        "{names} {verb} flat, with a single axis, where a column of shape (n, 1) belongs: "
        "broadcasting spreads a flat array along the other axis.",
    ),
    (_transpose, "{names} {verb} transposed: rows and columns have changed places."),
)


def _factor(values: _Values) -> float | None:
    """Return the factor between all entries and the right ones, if there is a common factor."""
    if not _are_numbers(values) or any(np.shape(got) != np.shape(want) for _, got, want in values):
        return None
    found, right = (
        np.concatenate([np.ravel(np.asarray(value[k], float)) for value in values]) for k in (1, 2)
    )
    at = int(np.argmax(np.abs(right)))
    # A single number is always a multiple of another.
    if right.size < 2 or right[at] == 0 or not np.isfinite(found).all():
        return None
    factor = float(found[at] / right[at])
    told = factor != 0 and not alike(found, right) and alike(found, factor * right)
    return factor if told else None


def about(names: Sequence[str], text: str) -> str:
    """Return a sentence about some names; in the text, {verb} stands for "is" or "are"."""
    return text.format(names=listed(names), verb="is" if len(names) == 1 else "are")


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence, such as "a, b and c"."""
    more = len(names) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(names[:_MOST_NAMES])} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
