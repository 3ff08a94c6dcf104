"""Tuples and lists whose entries are right but stand in another order."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.compare import NormalArray
from workbook.course.kinds import kind
from workbook.diagnosis.where.containers import Pairs, same
from workbook.diagnosis.where.leaves import of_key

_MOST_ORDERED = 4
# In so many cases, a value is not that of another by chance.
_ENOUGH_CASES = 3


def on_order(name: str, pairs: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on the right values in another order."""
    if all(same(got, right) for got, right in pairs) or any(isinstance(r, dict) for _, r in pairs):
        return
    if all(isinstance(r, list) for _, r in pairs) and all(same(g[::-1], r) for g, r in pairs):
        yield f"{name} is in reversed order: the last entry comes first."
        return
    if name == "caches" and (order := _order_of_caches(pairs)):
        yield order
        return
    lengths = {len(right) for _, right in pairs}
    if len(lengths) > 1 or not 2 <= min(lengths) <= _MOST_ORDERED:
        return
    fitting = [
        order
        for order in list(permutations(range(min(lengths))))[1:]
        if all(same(got[k], right[i]) for got, right in pairs for k, i in enumerate(order))
    ]
    if not fitting:
        exchanged = all(_kinds_exchanged(got, right) for got, right in pairs)
        if not name and (exchanged or _one_exchanged(pairs)):
            yield f"The values come in another order: it should be {', '.join(entries)}."
        return
    if not name:
        order = ", ".join(entries[i] for i in fitting[0])
        told = f" They come as {order}." if len(fitting) == 1 else ""
        yield f"The values are right, but the order should be: {', '.join(entries)}.{told}"
    else:
        yield f"{name} holds the right values in another order."


def _order_of_caches(pairs: Pairs) -> str:
    """Return a sentence on caches in another order, by the W in each; "" if they are in order."""
    first, orders = [], []
    for got, right in pairs:
        weights = [cache[0][1] for cache in right]
        found = [[at for at, W in enumerate(weights) if same(_weights(one), W)] for one in got]
        if not all(len(one) == 1 for one in found):
            return ""
        orders.append([one[0] for one in found])
        first += [orders[-1][0] == len(right) - 1] * (len(right) > 1)
    if not first or all(order == sorted(order) for order in orders):
        return ""
    if all(order == sorted(order)[::-1] for order in orders):
        return "caches is in reversed order: the last layer comes first."
    which = ": that of the output layer comes first" if all(first) else ""
    return f"caches holds the caches of the layers in another order{which}."


def _weights(cache: Any) -> Any:
    """Return what stands in the place of W in a cache, None if there is no such place."""
    linear = cache[0] if isinstance(cache, tuple | list) and cache else None
    return linear[1] if isinstance(linear, tuple | list) and len(linear) > 1 else None


def _one_exchanged(pairs: Pairs) -> bool:
    """Return whether of two values one stands, in every case, right in the place of the other."""
    if len(pairs) < _ENOUGH_CASES or any(len(right) != 2 for _, right in pairs):
        return False
    crossed = [(same(got[1], right[0]), same(got[0], right[1])) for got, right in pairs]
    straight = [same(got[0], right[0]) or same(got[1], right[1]) for got, right in pairs]
    return all(map(any, crossed)) and not all(straight) and any(map(all, crossed))


def _kinds_exchanged(got: Any, right: Any) -> bool:
    """Return whether the kinds of the values, all different, are there in another order."""
    found, wanted = ([_sort(one) for one in value] for value in (got, right))
    return len(set(wanted)) == len(wanted) and sorted(found) == sorted(wanted) and found != wanted


def _sort(value: Any) -> str:
    if isinstance(value, dict) and value:
        return f"dict of {', '.join(sorted({of_key(str(key))[0] for key in value}))}"
    for name, kinds in (
        ("dict", dict),
        ("list", tuple | list),
        ("array", NormalArray | np.ndarray),
    ):
        if isinstance(value, kinds):
            return name
    return kind(value)
