"""Answers that are put together in another way: tuples, lists and dictionaries of another form."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from workbook.course.kinds import kind
from workbook.course.words import about, listed, noun, ordinal
from workbook.diagnosis.where.containers import Container, Pairs, alike_layout, same
from workbook.diagnosis.where.keys import on_keys
from workbook.diagnosis.where.order import on_order


def on_layout(held: Container) -> str | None:
    """Return what is wrong with a tuple, a list or a dictionary, and not with what is in it."""
    name, pairs, entries = held.name, held.pairs, held.entries
    wrong = [(got, right) for got, right in pairs if not alike_layout(got, right)]
    if not wrong:
        return next(on_order(name, pairs, entries), None)
    if name.startswith("Each "):
        name = _which_of_them(name, held)
    if all(isinstance(right, dict) for _, right in pairs):
        return next(_in_dictionary(name or "The function", wrong, pairs), None)
    tries = (
        told(name, wrong, entries) for told in (_wrapped, _unwrapped, _flattened, _lengths, _kinds)
    )
    said = next(chain.from_iterable(tries), None)
    if said and len(wrong) < len(pairs) and not name.startswith(("Each ", "The last ", "A ")):
        at = next(said.find(end) for end in (" where", ":", ".") if end in said)
        said = f"{said[:at]} in {len(wrong)} of {len(pairs)} cases{said[at:]}"
    return said


def _which_of_them(name: str, held: Container) -> str:
    """Return the name of those entries of a list that have another form."""
    indices = [next(step for step in place if isinstance(step, int)) for place in held.places]
    ends = [*(after <= index for index, after in pairwise(indices)), True]
    wrong = [not alike_layout(got, right) for got, right in held.pairs]
    if all(wrong):
        return name
    # Of lists with a single entry, that is also the first one.
    is_last = not all(ends) and all(end for end, bad in zip(ends, wrong, strict=True) if bad)
    return name.replace("Each", "The last" if is_last else "A", 1)


def _returned(name: str) -> str:
    return f"{name} is" if name else "The function returns"


def _wrapped(name: str, wrong: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence if the right value is an entry of what is there."""
    sizes = {len(got) if isinstance(got, tuple | list) else 0 for got, _ in wrong}
    if len(sizes) == 1 and (size := sizes.pop()):
        for at in range(size):
            if all(same(got[at], right) for got, right in wrong):
                place = "only" if size == 1 else ordinal(at)
                yield (
                    f"{_returned(name)} {kind(wrong[0][0])} of {size}, of which the {place} entry "
                    "is what belongs there."
                )
                return


def _unwrapped(name: str, wrong: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence if only one of the right entries is there."""
    sizes = {len(right) for _, right in wrong}
    if len(sizes) != 1:
        if name and all(isinstance(right, list) for _, right in wrong):
            for place, at in (("last", -1), ("first", 0)):
                if all(same(got, right[at]) for got, right in wrong):
                    yield f"{name} is only what its {place} entry should be, and no list."
        return
    for at in range(sizes.pop()):
        if all(same(got, right[at]) for got, right in wrong):
            what = entries[at] if at < len(entries) else f"its {ordinal(at)} entry"
            others = [one for one in entries if one != what]
            missing = about(others, ": {names} {verb} missing") if others else ""
            yield f"{_returned(name)} only {what}{missing}."
            return


def _flattened(name: str, wrong: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence if the right arrays are there, but in other tuples."""
    if not all(isinstance(got, tuple | list) for got, _ in wrong):
        return
    parts = [(_flat(got), _flat(right)) for got, right in wrong]
    if all(same(one, other) for one, other in parts):
        flat = all(len(got) == len(one) for (got, _), (one, _) in zip(wrong, parts, strict=True))
        what = f"{name} holds" if name else "The function returns"
        how = "all in one flat sequence" if flat else "but in other tuples"
        yield f"{what} the right values, {how}: which of them belong together in a tuple?"


def _flat(value: Any) -> list[Any]:
    if isinstance(value, tuple | list):
        return [inner for entry in value for inner in _flat(entry)]
    return [value]


def _lengths(name: str, wrong: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on a tuple or a list with too few or too many entries."""
    if not all(isinstance(got, tuple | list) for got, _ in wrong):
        return
    counts = {(len(got), len(right)) for got, right in wrong}
    got, belong = len(wrong[0][0]), len(wrong[0][1])
    thing = noun(got, "entry", "entries") if name else noun(got, "value")
    if name and not any(got for got, _ in counts):
        yield f"{name} is empty: nothing is put into it."
        return
    example = ", for example," if len(counts) > 1 and name else ""
    which = _which_values(wrong, entries) if not name else _which_entries(name, wrong)
    what = f"{name} has{example}" if name else "The function returns"
    verb = "belongs" if belong == 1 else "belong"
    yield f"{what} {got or 'no'} {thing} where {belong} {verb}{which}."


def _which_values(wrong: Pairs, entries: Sequence[str]) -> str:
    """Return which of the returned values are missing, if those that are there are right."""
    if len({len(got) for got, _ in wrong}) > 1:
        return ""
    found: list[str] = []
    for at in range(len(wrong[0][0])):
        found += [
            name
            for number, name in enumerate(entries)
            if name not in found and all(same(got[at], right[number]) for got, right in wrong)
        ][:1]
    if len(found) != len(wrong[0][0]):
        return ""
    missing = [one for one in entries if one not in found]
    return about(missing, ": {names} {verb} missing")


def _which_entries(name: str, wrong: Pairs) -> str:
    """Return which entries are missing or there too often, where the others are right."""
    of = "cache of the {} layer" if name == "caches" else "{} entry"
    last, first = of.format("last"), of.format("first")
    pairs = [(list(got), list(right)) for got, right in wrong]
    if all(got and _in_turn(got, right) for got, right in pairs):
        return ": each is there more than once"
    for word, cut in (
        (f": the {last} is missing", slice(None, -1)),
        (f": the {first} is missing", slice(1, None)),
        (f": only the {last} is there", slice(-1, None)),
        (f": only the {first} is there", slice(0, 1)),
    ):
        if all(same(got, right[cut]) and len(got) < len(right) for got, right in pairs):
            return word
    for word, begin in (("after the right ones", True), ("before the right ones", False)):
        if all(
            len(got) > len(right) > 0
            and same(got[: len(right)] if begin else got[-len(right) :], right)
            for got, right in pairs
        ):
            return f": there is something more {word}"
    return ""


def _in_turn(got: list[Any], right: list[Any]) -> bool:
    """Return whether a list has every right entry the same number of times, one after another."""
    times = len(got) // len(right) if right else 0
    return times > 1 and same(got, [one for one in right for _ in range(times)])


def _kinds(name: str, wrong: Pairs, entries: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on something else in the place of a tuple or a list."""
    kinds = list(dict.fromkeys(kind(got) for got, _ in wrong))
    if kinds == ["None"] and not name:
        yield "The function returns None: its `return` line is missing, or is not reached."
    elif len(kinds) == 1 and not isinstance(wrong[0][0], tuple | list):
        belongs = listed(entries) if entries and not name else kind(wrong[0][1])
        verb = "belong" if entries and not name and len(entries) > 1 else "belongs"
        yield f"{_returned(name)} {kinds[0]}, where {belongs} {verb}."


def _in_dictionary(what: str, wrong: Pairs, pairs: Pairs) -> Iterator[str]:
    """Yield what is wrong with the keys, or what is there in the place of a dictionary."""
    if all(isinstance(got, dict) for got, _ in wrong):
        yield from on_keys(what, pairs)
        return
    name = "" if what == "The function" else what
    sentence = next(_wrapped(name, wrong, ()), None)
    if sentence is None and all(
        isinstance(got, tuple | list) and same(list(got), list(right.values()))
        for got, right in wrong
    ):
        sentence = f"{_returned(name)} {kind(wrong[0][0])} of the right arrays, not a dictionary."
    if sentence is None:
        kinds = list(dict.fromkeys(kind(got) for got, _ in wrong))
        if kinds == ["None"]:
            sentence = f"{_returned(name)} None: its `return` line is missing, or is not reached."
        elif len(kinds) == 1:
            sentence = f"{_returned(name)} {kinds[0]}, where a dictionary belongs."
    if sentence:
        yield sentence
